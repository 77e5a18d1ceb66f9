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

/** Distinct values are counted exactly up to this many rows; above, cuts come from about that many rows, one from each stretch of equal length. */
export const QUANTILE_ROWS = 1 << 16;

/** Bins of every feature from its quantiles: a value alone in its bin where there are few, else bins of about equal
 *  count in which a frequent value keeps its own. O(rows + sample log sample) a feature. */
export function describeBins(matrix: Matrix, maxBins: number): FeatureBins[] {
  return matrix.features.map((feature, f) => {
    const column = columnOf(matrix, f);
    return feature.kind === 'category' ? categoryBins(column, maxBins) : numberBins(column, maxBins);
  });
}

/** A matrix in bins, column after column. */
export function binMatrix(matrix: Matrix, maxBins: number): Binned {
  const features = describeBins(matrix, maxBins);
  const bins = new Uint8Array(matrix.rows * features.length);
  features.forEach((feature, f) =>
    assignBins(columnOf(matrix, f), feature, { out: bins, offset: f * matrix.rows, stride: 1 }),
  );
  return { rows: matrix.rows, features, bins };
}

/** Writes the bin of each value to `out[offset + row × stride]`. */
export function assignBins(
  column: Float32Array | Float64Array,
  feature: FeatureBins,
  to: { readonly out: Uint8Array; readonly offset: number; readonly stride: number },
): void {
  const binOfCode = new Map(feature.codes?.flatMap((list, bin) => list.map((code) => [code, bin] as const)) ?? []);
  let at = to.offset;
  for (let r = 0; r < column.length; r++) {
    const value = column[r]!;
    to.out[at] = Number.isNaN(value)
      ? feature.bins
      : feature.cuts === null
        ? binOfCode.get(value)!
        : binOf(feature.cuts, value);
    at += to.stride;
  }
}

function columnOf(matrix: Matrix, feature: number): Float32Array | Float64Array {
  return matrix.values.subarray(feature * matrix.rows, (feature + 1) * matrix.rows);
}

function numberBins(column: Float32Array | Float64Array, maxBins: number): FeatureBins {
  let missing = 0;
  let infinite = false;
  for (let r = 0; r < column.length; r++) {
    const value = column[r]!;
    if (value !== value) missing++;
    else if (value === Infinity) infinite = true;
  }
  const cuts = quantileCuts(column, maxBins);
  return { bins: cuts.length + 1, cuts, codes: null, hasMissing: missing > 0, partsMissing: missing > 0 && !infinite };
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
  for (let start = 0, stretch = 0; start < column.length; start += step, stretch++) {
    // A row of each stretch, not the same place in each, so that a period in the rows does no harm.
    const row = Math.min(column.length - 1, start + ((Math.imul(stretch, 0x9e3779b1) >>> 8) % step));
    const value = column[row]!;
    if (value === value) sample[known++] = value;
  }
  const sorted = sample.subarray(0, known).sort();
  const { values, counts } = distinct(sorted);
  const ends = values.length <= maxBins ? Array.from(values.keys()) : equalCountEnds(counts, known, maxBins);
  const cuts = new Float64Array(Math.max(0, ends.length - 1));
  for (let i = 0; i < cuts.length; i++) cuts[i] = cutBetween(values[ends[i]!]!, values[ends[i]! + 1]!);
  return cuts;
}

function distinct(sorted: Float32Array | Float64Array): { values: Float64Array; counts: Int32Array } {
  const values = new Float64Array(sorted.length);
  const counts = new Int32Array(sorted.length);
  let size = 0;
  for (let i = 0; i < sorted.length; i++) {
    const value = sorted[i]!;
    if (size === 0 || values[size - 1] !== value) values[size++] = value;
    counts[size - 1]!++;
  }
  return { values: values.subarray(0, size), counts: counts.subarray(0, size) };
}

/** Index of the last distinct value of each bin. A value as frequent as a whole bin stands alone; the rest share evenly. */
function equalCountEnds(counts: Int32Array, total: number, maxBins: number): number[] {
  const heavy = total / maxBins;
  let freeBins = maxBins;
  let freeRows = total;
  for (const count of counts) {
    if (count < heavy) continue;
    freeBins--;
    freeRows -= count;
  }
  const ends: number[] = [];
  let inBin = 0;
  let target = freeRows / Math.max(1, freeBins);
  for (let i = 0; i < counts.length; i++) {
    const alone = counts[i]! >= heavy;
    inBin += counts[i]!;
    if (!alone) freeRows -= counts[i]!;
    const full = alone || (counts[i + 1] ?? 0) >= heavy || inBin >= target;
    if (!full || ends.length >= maxBins - 1 || i >= counts.length - 1) continue;
    ends.push(i);
    inBin = 0;
    if (alone) continue;
    freeBins--;
    target = freeRows / Math.max(1, freeBins);
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

function categoryBins(column: Float32Array | Float64Array, maxBins: number): FeatureBins {
  const counts = new Map<number, number>();
  let hasMissing = false;
  for (let r = 0; r < column.length; r++) {
    const code = column[r]!;
    if (Number.isNaN(code)) hasMissing = true;
    else counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  const order = [...counts.entries()].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([code]) => code);
  const own = order.length <= maxBins ? order.length : maxBins - 1;
  const codes: number[][] = order.slice(0, own).map((code) => [code]);
  if (own < order.length) codes.push(order.slice(own).sort((a, b) => a - b));
  return { bins: codes.length, cuts: null, codes, hasMissing, partsMissing: false };
}
