import type { Matrix } from './matrix.ts';

/** How one feature's values fall into bins 0 … `bins − 1`; missing is bin `bins`. */
export interface FeatureBins {
  readonly bins: number;
  /** Numbers: ascending, `bins − 1` of them; bin b holds cuts[b − 1] ≤ x < cuts[b]. Null for a category. */
  readonly cuts: Float64Array | null;
  /** Categories: the codes of each bin, most frequent first; where there are too many, the rare ones share the last. Null for a number. */
  readonly codes: readonly (readonly number[])[] | null;
  readonly hasMissing: boolean;
  /** Whether "known" and "missing" may be parted by a threshold: some are missing, and no value is +∞. */
  readonly partsMissing: boolean;
}

/** A matrix in bins, column after column. */
export interface Binned {
  readonly rows: number;
  readonly features: readonly FeatureBins[];
  readonly bins: Uint8Array;
}

/** Distinct values are counted exactly up to this many rows; above, cuts come from that many evenly spaced rows. */
export const QUANTILE_ROWS = 1 << 18;

/** Bins of every feature from its quantiles: a value alone in its bin where there are few, else bins of about equal
 *  count in which a frequent value keeps its own. O(rows log rows) a feature. */
export function binMatrix(matrix: Matrix, maxBins: number): Binned {
  const bins = new Uint8Array(matrix.rows * matrix.features.length);
  const features = matrix.features.map((feature, f) => {
    const column = matrix.values.subarray(f * matrix.rows, (f + 1) * matrix.rows);
    const out = bins.subarray(f * matrix.rows, (f + 1) * matrix.rows);
    return feature.kind === 'category' ? binCategories(column, maxBins, out) : binNumbers(column, maxBins, out);
  });
  return { rows: matrix.rows, features, bins };
}

function binNumbers(column: Float32Array | Float64Array, maxBins: number, out: Uint8Array): FeatureBins {
  const cuts = quantileCuts(column, maxBins);
  const missing = cuts.length + 1;
  let hasMissing = false;
  let infinite = false;
  for (let r = 0; r < column.length; r++) {
    const value = column[r]!;
    if (value === Infinity) infinite = true;
    if (Number.isNaN(value)) {
      out[r] = missing;
      hasMissing = true;
    } else {
      out[r] = binOf(cuts, value);
    }
  }
  return { bins: missing, cuts, codes: null, hasMissing, partsMissing: hasMissing && !infinite };
}

/** Number of cuts ≤ value, by halving without a branch on the result. */
export function binOf(cuts: Float64Array, value: number): number {
  let low = 0;
  let size = cuts.length;
  while (size > 0) {
    const half = size >> 1;
    if (cuts[low + half]! <= value) {
      low += half + 1;
      size -= half + 1;
    } else {
      size = half;
    }
  }
  return low;
}

/** Ascending cuts between neighbouring distinct values. */
export function quantileCuts(column: Float32Array | Float64Array, maxBins: number): Float64Array {
  const step = Math.max(1, Math.floor(column.length / QUANTILE_ROWS));
  const sample = new (column.constructor as Float64ArrayConstructor)(Math.ceil(column.length / step));
  let known = 0;
  for (let r = 0; r < column.length; r += step) if (!Number.isNaN(column[r]!)) sample[known++] = column[r]!;
  const sorted = sample.subarray(0, known).sort();
  const { values, counts } = distinct(sorted);
  const ends = values.length <= maxBins ? values.map((_, i) => i) : equalCountEnds(counts, known, maxBins);
  const cuts = new Float64Array(Math.max(0, ends.length - 1));
  for (let i = 0; i < cuts.length; i++) cuts[i] = cutBetween(values[ends[i]!]!, values[ends[i]! + 1]!);
  return cuts;
}

function distinct(sorted: Float32Array | Float64Array): { values: number[]; counts: number[] } {
  const values: number[] = [];
  const counts: number[] = [];
  for (let i = 0; i < sorted.length; i++) {
    const value = sorted[i]!;
    if (values.length > 0 && values[values.length - 1] === value) counts[counts.length - 1]!++;
    else {
      values.push(value);
      counts.push(1);
    }
  }
  return { values, counts };
}

/** Index of the last distinct value of each bin. A value as frequent as a whole bin stands alone; the rest share evenly. */
function equalCountEnds(counts: readonly number[], total: number, maxBins: number): number[] {
  const heavy = counts.map((count) => count >= total / maxBins);
  let freeBins = maxBins - heavy.filter(Boolean).length;
  let freeRows = total - counts.reduce((sum, count, i) => sum + (heavy[i] ? count : 0), 0);
  const ends: number[] = [];
  let inBin = 0;
  let target = freeRows / Math.max(1, freeBins);
  for (let i = 0; i < counts.length; i++) {
    inBin += counts[i]!;
    if (!heavy[i]) freeRows -= counts[i]!;
    const full = heavy[i] || heavy[i + 1] === true || inBin >= target;
    if (full && ends.length < maxBins - 1 && i < counts.length - 1) {
      ends.push(i);
      if (!heavy[i]) {
        freeBins--;
        target = freeRows / Math.max(1, freeBins);
      }
      inBin = 0;
    }
  }
  ends.push(counts.length - 1);
  return ends;
}

/** A number in (low, high] that parts the two, one that 32 bits hold exactly where there is such a number
 *  (so that a model written for XGBoost parts the same rows). */
function cutBetween(low: number, high: number): number {
  const middle = Math.fround(low / 2 + high / 2);
  if (middle > low && middle <= high && Number.isFinite(middle)) return middle;
  return Number.isFinite(high) ? high : Number.MAX_VALUE;
}

function binCategories(column: Float32Array | Float64Array, maxBins: number, out: Uint8Array): FeatureBins {
  const counts = new Map<number, number>();
  for (let r = 0; r < column.length; r++) {
    const code = column[r]!;
    if (!Number.isNaN(code)) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  const order = [...counts.entries()].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([code]) => code);
  const own = order.length <= maxBins ? order.length : maxBins - 1;
  const codes: number[][] = order.slice(0, own).map((code) => [code]);
  if (own < order.length) codes.push(order.slice(own).sort((a, b) => a - b));
  const binOfCode = new Map(codes.flatMap((list, bin) => list.map((code) => [code, bin] as const)));
  let hasMissing = false;
  for (let r = 0; r < column.length; r++) {
    const code = column[r]!;
    hasMissing ||= Number.isNaN(code);
    out[r] = Number.isNaN(code) ? codes.length : binOfCode.get(code)!;
  }
  return { bins: codes.length, cuts: null, codes, hasMissing, partsMissing: false };
}
