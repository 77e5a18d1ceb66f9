/** probability = 1 / (1 + exp(−(intercept + slope × log-odds))), slope ≥ 0. */
export interface PlattMap {
  readonly kind: 'platt';
  readonly intercept: number;
  readonly slope: number;
}

/** log-odds out = intercept + a ln p − b ln(1 − p), a and b ≥ 0: Platt's curve, free at both ends. */
export interface BetaMap {
  readonly kind: 'beta';
  readonly intercept: number;
  readonly a: number;
  readonly b: number;
}

/** Platt scaling of log-odds with Platt's own smoothing of the labels. @source Platt 1999; Lin, Lin & Weng 2007 */
export function fitPlatt(
  labels: ArrayLike<number>,
  logits: ArrayLike<number>,
  weights: ArrayLike<number> | null = null,
): PlattMap {
  const [intercept, slope] = fitCurve([logits], targetsOf(labels, weights), weights);
  if (slope! > 0) return { kind: 'platt', intercept: intercept!, slope: slope! };
  return { kind: 'platt', intercept: fitCurve([], targetsOf(labels, weights), weights)[0]!, slope: 0 };
}

/** Beta calibration. A slope that comes out negative is set to 0 and the rest fitted again, so the map never falls.
 *  @source Kull, Silva Filho & Flach 2017 */
export function fitBeta(
  labels: ArrayLike<number>,
  logits: ArrayLike<number>,
  weights: ArrayLike<number> | null = null,
): BetaMap {
  const [up, down] = [Float64Array.from(logits, lnP), Float64Array.from(logits, (z) => -lnP(-z))];
  const targets = targetsOf(labels, weights);
  const both = fitCurve([up, down], targets, weights);
  if (both[1]! >= 0 && both[2]! >= 0) return { kind: 'beta', intercept: both[0]!, a: both[1]!, b: both[2]! };
  const one = both[1]! < 0 ? fitCurve([down], targets, weights) : fitCurve([up], targets, weights);
  const slope = Math.max(0, one[1]!);
  const intercept = slope > 0 ? one[0]! : fitCurve([], targets, weights)[0]!;
  return { kind: 'beta', intercept, a: both[1]! < 0 ? 0 : slope, b: both[1]! < 0 ? slope : 0 };
}

/** The maps at one log-odds. */
export function sigmoidMapAt(map: PlattMap | BetaMap, logit: number): number {
  const z = map.kind === 'platt' ? map.slope * logit : map.a * lnP(logit) - map.b * lnP(-logit);
  return 1 / (1 + Math.exp(-(map.intercept + z)));
}

/** ln of the probability of a log-odds, held above −30. */
function lnP(logit: number): number {
  return Math.max(-30, logit < -700 ? logit : -Math.log1p(Math.exp(-logit)));
}

/** Labels drawn in by one row each, so that separable scores do not give a step. */
function targetsOf(labels: ArrayLike<number>, weights: ArrayLike<number> | null): Float64Array {
  let positive = 0;
  let negative = 0;
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === 1) positive += weights === null ? 1 : weights[i]!;
    else negative += weights === null ? 1 : weights[i]!;
  }
  return Float64Array.from(labels, (label) => (label === 1 ? (positive + 1) / (positive + 2) : 1 / (negative + 2)));
}

/** Intercept and slopes of the log-loss minimum by damped Newton steps over at most two columns. Each pass over the rows gives the loss, the
 *  gradient and the curvature at once, on typed arrays: a card fits these maps on tens of thousands of rows, and a band sixty times over. */
function fitCurve(
  columns: readonly ArrayLike<number>[],
  targets: Float64Array,
  weights: ArrayLike<number> | null,
): number[] {
  const of: CurveRows = {
    size: columns.length + 1,
    x: columns.map((column) => Float64Array.from(column)),
    targets,
    weights: weights === null ? new Float64Array(targets.length).fill(1) : Float64Array.from(weights),
  };
  let beta = Array.from({ length: of.size }, () => 0);
  let now = curveAt(of, beta);
  for (let step = 0; step < 100; step++) {
    const direction = gauss(now.curvature, now.gradient);
    let scale = 1;
    let next = beta.map((value, i) => value - direction[i]!);
    let reached = curveAt(of, next);
    while (!(reached.loss <= now.loss) && scale > 1e-8) {
      scale /= 2;
      next = beta.map((value, i) => value - scale * direction[i]!);
      reached = curveAt(of, next);
    }
    const gained = now.loss - reached.loss;
    if (!(gained > 0)) break;
    beta = next;
    now = reached;
    if (gained < 1e-11 * (1 + now.loss)) break;
  }
  return beta;
}

interface CurveRows {
  /** Intercept and slopes. */
  readonly size: number;
  readonly x: readonly Float64Array[];
  readonly targets: Float64Array;
  readonly weights: Float64Array;
}

interface CurvePoint {
  readonly loss: number;
  readonly gradient: number[];
  readonly curvature: number[][];
}

/** The log-loss at `b` with its gradient and curvature. A column that is not there counts as zeros. */
function curveAt({ size, x, targets, weights }: CurveRows, b: readonly number[]): CurvePoint {
  const [b0, b1, b2] = [b[0]!, b[1] ?? 0, b[2] ?? 0];
  const first = x[0] ?? null;
  const second = x[1] ?? null;
  let loss = 0;
  let [g0, g1, g2] = [0, 0, 0];
  let [h00, h01, h02, h11, h12, h22] = [1e-9, 0, 0, 1e-9, 0, 1e-9];
  for (let row = 0; row < targets.length; row++) {
    const weight = weights[row]!;
    if (weight === 0) continue;
    const x1 = first === null ? 0 : first[row]!;
    const x2 = second === null ? 0 : second[row]!;
    const z = b0 + b1 * x1 + b2 * x2;
    // e^−|z| serves the loss and the probability, and cannot overflow
    const small = Math.exp(-Math.abs(z));
    const p = z >= 0 ? 1 / (1 + small) : small / (1 + small);
    loss += weight * (Math.max(z, 0) + Math.log1p(small) - targets[row]! * z);
    const slope = weight * (p - targets[row]!);
    const curve = weight * p * (1 - p);
    g0 += slope;
    g1 += slope * x1;
    g2 += slope * x2;
    h00 += curve;
    h01 += curve * x1;
    h02 += curve * x2;
    h11 += curve * x1 * x1;
    h12 += curve * x1 * x2;
    h22 += curve * x2 * x2;
  }
  const cut = (list: number[]): number[] => list.slice(0, size);
  return {
    loss,
    gradient: cut([g0, g1, g2]),
    curvature: [cut([h00, h01, h02]), cut([h01, h11, h12]), cut([h02, h12, h22])].slice(0, size),
  };
}

function gauss(a: number[][], b: number[]): number[] {
  const n = b.length;
  for (let i = 0; i < n; i++) {
    for (let r = i + 1; r < n; r++) {
      const factor = a[r]![i]! / a[i]![i]!;
      for (let c = i; c < n; c++) a[r]![c]! -= factor * a[i]![c]!;
      b[r]! -= factor * b[i]!;
    }
  }
  const x = b.map(() => 0);
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i]!;
    for (let c = i + 1; c < n; c++) sum -= a[i]![c]! * x[c]!;
    x[i] = sum / a[i]![i]!;
  }
  return x;
}
