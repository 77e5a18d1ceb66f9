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

/** Intercept and slopes of the log-loss minimum by damped Newton steps over at most two columns. */
function fitCurve(
  columns: readonly ArrayLike<number>[],
  targets: Float64Array,
  weights: ArrayLike<number> | null,
): number[] {
  const size = columns.length + 1;
  let beta = Array.from({ length: size }, () => 0);
  const at = (b: readonly number[], i: number): number =>
    columns.reduce((sum, column, c) => sum + b[c + 1]! * column[i]!, b[0]!);
  const loss = (b: readonly number[]): number => {
    let sum = 0;
    for (let i = 0; i < targets.length; i++) {
      const z = at(b, i);
      sum +=
        (weights === null ? 1 : weights[i]!) * (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - targets[i]! * z);
    }
    return sum;
  };
  let now = loss(beta);
  for (let step = 0; step < 100; step++) {
    const direction = direct(columns, targets, weights, (i) => at(beta, i));
    let scale = 1;
    let next = beta.map((value, i) => value - direction[i]!);
    while (!(loss(next) <= now) && scale > 1e-8) {
      scale /= 2;
      next = beta.map((value, i) => value - scale * direction[i]!);
    }
    const gained = now - loss(next);
    if (!(gained > 0)) break;
    beta = next;
    now -= gained;
    if (gained < 1e-11 * (1 + now)) break;
  }
  return beta;
}

function direct(
  columns: readonly ArrayLike<number>[],
  targets: Float64Array,
  weights: ArrayLike<number> | null,
  marginAt: (row: number) => number,
): number[] {
  const size = columns.length + 1;
  const a = Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_unused, j) => (i === j ? 1e-9 : 0)));
  const g = a.map(() => 0);
  for (let row = 0; row < targets.length; row++) {
    const p = 1 / (1 + Math.exp(-marginAt(row)));
    const weight = weights === null ? 1 : weights[row]!;
    const x = [1, ...columns.map((column) => column[row]!)];
    for (let i = 0; i < size; i++) {
      g[i]! += weight * (p - targets[row]!) * x[i]!;
      for (let j = 0; j < size; j++) a[i]![j]! += weight * p * (1 - p) * x[i]! * x[j]!;
    }
  }
  return gauss(a, g);
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
