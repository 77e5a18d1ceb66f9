import type { Binned, FeatureBins } from './binning.ts';

/** Sums of first and second derivatives by bin, for every feature of one node, interleaved: g at 2 (start + bin), h after it. */
export type Histogram = Float64Array;

/** Where each feature's bins start in a histogram; the last entry is the total. Each feature has one bin more than values, for missing. */
export function histogramStarts(features: readonly FeatureBins[]): Int32Array {
  const starts = new Int32Array(features.length + 1);
  features.forEach((feature, f) => (starts[f + 1] = starts[f]! + feature.bins + 1));
  return starts;
}

/** Fills the histogram of the rows `rows[begin … end − 1]` for the given features, each in row order, so that the sums are the same
 *  however features are dealt to threads.
 *  @param gradients  interleaved g and h of every row */
export function buildHistogram(
  out: Histogram,
  of: {
    readonly binned: Binned;
    readonly starts: Int32Array;
    readonly gradients: Float64Array;
    readonly rows: Int32Array;
    readonly features: ArrayLike<number>;
  },
  range: readonly [number, number],
): void {
  const { binned, starts, gradients, rows } = of;
  const [begin, end] = range;
  for (let i = 0; i < of.features.length; i++) {
    const feature = of.features[i]!;
    const bins = binned.bins.subarray(feature * binned.rows, (feature + 1) * binned.rows);
    const base = 2 * starts[feature]!;
    out.fill(0, base, 2 * starts[feature + 1]!);
    for (let at = begin; at < end; at++) {
      const row = rows[at]!;
      const cell = base + 2 * bins[row]!;
      out[cell] = out[cell]! + gradients[2 * row]!;
      out[cell + 1] = out[cell + 1]! + gradients[2 * row + 1]!;
    }
  }
}

/** Turns the histogram of a parent into that of one child by taking off the other child's. */
export function subtractHistogram(parent: Histogram, child: Histogram): void {
  for (let i = 0; i < parent.length; i++) parent[i] = parent[i]! - child[i]!;
}
