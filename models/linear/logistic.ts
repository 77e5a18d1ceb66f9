import { InputError } from '../../ingest/base/index.ts';
import type { FeatureInfo, Matrix } from '../boost/index.ts';
import { design, designColumns, type LinearColumn } from './design.ts';
import { solveSymmetric } from './solve.ts';

/** Logistic regression as plain data. */
export interface LogisticModel {
  readonly intercept: number;
  /** One for each column of the design, on its standardised scale. */
  readonly weights: readonly number[];
  readonly columns: readonly LinearColumn[];
  readonly features: readonly FeatureInfo[];
}

/** @property l2  penalty on standardised weights, the intercept free
 *  @property maxLevels  commonest levels of a category that get a column */
export interface LogisticOptions {
  readonly l2: number;
  readonly maxLevels: number;
  readonly weights: ArrayLike<number> | null;
  readonly maxSteps: number;
}

export const LOGISTIC_DEFAULTS: LogisticOptions = Object.freeze({ l2: 1, maxLevels: 20, weights: null, maxSteps: 50 });

/** Ridge logistic regression by Newton steps with halving (IRLS): the baseline every model must beat. Numbers are standardised, missing ones
 *  take the mean and add an indicator column, categories become one column a level.
 *  @throws InputError `label-length`, `one-class`             O(rows × columns²) a step */
export function trainLogistic(
  data: Matrix,
  labels: ArrayLike<number>,
  given: Partial<LogisticOptions> = {},
): LogisticModel {
  const options = { ...LOGISTIC_DEFAULTS, ...given };
  if (labels.length !== data.rows) {
    throw new InputError('label-length', `trainLogistic: ${labels.length} labels for ${data.rows} rows`);
  }
  const rowWeight = Float64Array.from({ length: data.rows }, (_, r) => options.weights?.[r] ?? 1);
  let positive = 0;
  let total = 0;
  for (let r = 0; r < data.rows; r++) {
    positive += rowWeight[r]! * labels[r]!;
    total += rowWeight[r]!;
  }
  if (!(positive > 0 && positive < total)) {
    throw new InputError(
      'one-class',
      `trainLogistic: all ${data.rows} labels are alike; a model needs rows of both kinds`,
    );
  }
  const columns = designColumns(data, options.maxLevels);
  const x = design(data, columns);
  const beta = newton(
    { x, width: columns.length, labels, rowWeight, l2: options.l2, maxSteps: options.maxSteps },
    Math.log(positive / (total - positive)),
  );
  return {
    intercept: beta[columns.length]!,
    weights: [...beta.subarray(0, columns.length)],
    columns,
    features: data.features,
  };
}

/** Log-odds of every row. Features are taken by position; align them first. */
export function predictLogistic(model: LogisticModel, data: Matrix): Float64Array {
  const x = design(data, model.columns);
  const width = model.columns.length;
  const out = new Float64Array(data.rows).fill(model.intercept);
  for (let r = 0; r < data.rows; r++) {
    let sum = 0;
    for (let c = 0; c < width; c++) sum += model.weights[c]! * x[r * width + c]!;
    out[r] = out[r]! + sum;
  }
  return out;
}

interface Problem {
  readonly x: Float64Array;
  readonly width: number;
  readonly labels: ArrayLike<number>;
  readonly rowWeight: Float64Array;
  readonly l2: number;
  readonly maxSteps: number;
}

/** Weights, then the intercept. */
function newton(of: Problem, start: number): Float64Array {
  let beta = new Float64Array(of.width + 1);
  beta[of.width] = start;
  let loss = lossAt(of, beta);
  for (let step = 0; step < of.maxSteps; step++) {
    const direction = newtonDirection(of, beta);
    let scale = 1;
    let next = moved(beta, direction, scale);
    let nextLoss = lossAt(of, next);
    while (nextLoss > loss && scale > 1e-6) {
      scale /= 2;
      next = moved(beta, direction, scale);
      nextLoss = lossAt(of, next);
    }
    const gained = loss - nextLoss;
    if (gained > 0) [beta, loss] = [next, nextLoss];
    if (gained <= 1e-9 * (1 + Math.abs(loss))) break;
  }
  return beta;
}

function moved(beta: Float64Array, direction: Float64Array, scale: number): Float64Array<ArrayBuffer> {
  return Float64Array.from(beta, (value, i) => value - scale * direction[i]!);
}

function marginOf(of: Problem, beta: Float64Array, row: number): number {
  let sum = beta[of.width]!;
  for (let c = 0; c < of.width; c++) sum += beta[c]! * of.x[row * of.width + c]!;
  return sum;
}

function lossAt(of: Problem, beta: Float64Array): number {
  let loss = 0;
  for (let c = 0; c < of.width; c++) loss += 0.5 * of.l2 * beta[c]! * beta[c]!;
  for (let r = 0; r < of.rowWeight.length; r++) {
    const margin = marginOf(of, beta, r);
    // log(1 + e^m) − y m, without overflow
    loss += of.rowWeight[r]! * (Math.max(margin, 0) + Math.log1p(Math.exp(-Math.abs(margin))) - of.labels[r]! * margin);
  }
  return loss;
}

/** Rows whose products are summed before the Hessian is touched. */
const TILE = 64;

function newtonDirection(of: Problem, beta: Float64Array): Float64Array {
  const size = of.width + 1;
  const hessian = new Float64Array(size * size);
  const gradient = new Float64Array(size);
  const rows = of.rowWeight.length;
  const tile = new Float64Array(size * TILE);
  const scaled = new Float64Array(size * TILE);
  for (let start = 0; start < rows; start += TILE) {
    const count = Math.min(TILE, rows - start);
    if (count < TILE) {
      tile.fill(0);
      scaled.fill(0);
    }
    for (let b = 0; b < count; b++) {
      const r = start + b;
      const p = 1 / (1 + Math.exp(-marginOf(of, beta, r)));
      const slope = of.rowWeight[r]! * (p - of.labels[r]!);
      const curve = of.rowWeight[r]! * Math.max(p * (1 - p), 1e-12);
      for (let c = 0; c < size; c++) {
        const value = c < of.width ? of.x[r * of.width + c]! : 1;
        tile[c * TILE + b] = value;
        scaled[c * TILE + b] = curve * value;
        gradient[c] = gradient[c]! + slope * value;
      }
    }
    addTile(hessian, size, { tile, scaled });
  }
  for (let c = 0; c < of.width; c++) {
    gradient[c] = gradient[c]! + of.l2 * beta[c]!;
    hessian[c * size + c] = hessian[c * size + c]! + of.l2 + 1e-9;
  }
  return solveSymmetric(hessian, gradient);
}

/** Lower triangle of the Hessian += scaled × tileᵀ, four columns at a time: each product is read once and the sums stay in registers.
 *  Replaces `h[i][j] += scaled[i][b] * tile[j][b]` over i, j ≤ i, b. Padding rows are zero. */
function addTile(
  hessian: Float64Array,
  size: number,
  of: { readonly tile: Float64Array; readonly scaled: Float64Array },
): void {
  const { tile, scaled } = of;
  for (let i = 0; i < size; i++) {
    const left = i * TILE;
    let j = 0;
    for (; j + 3 <= i; j += 4) {
      const at = j * TILE;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let b = 0; b < TILE; b++) {
        const x = scaled[left + b]!;
        s0 += x * tile[at + b]!;
        s1 += x * tile[at + TILE + b]!;
        s2 += x * tile[at + 2 * TILE + b]!;
        s3 += x * tile[at + 3 * TILE + b]!;
      }
      const h = i * size + j;
      hessian[h] = hessian[h]! + s0;
      hessian[h + 1] = hessian[h + 1]! + s1;
      hessian[h + 2] = hessian[h + 2]! + s2;
      hessian[h + 3] = hessian[h + 3]! + s3;
    }
    for (; j <= i; j++) {
      let sum = 0;
      for (let b = 0; b < TILE; b++) sum += scaled[left + b]! * tile[j * TILE + b]!;
      hessian[i * size + j] = hessian[i * size + j]! + sum;
    }
  }
}
