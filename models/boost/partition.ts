import type { Binned, FeatureBins } from './binning.ts';
import type { Split } from './split.ts';

/** Parts `rows[begin … end − 1]` in place: rows that go left first, both sides in their old order. Returns where the right side begins.
 *  @param spare  scratch of the same length */
export function partitionRows(
  rows: Int32Array,
  of: { readonly binned: Binned; readonly split: Split; readonly spare: Int32Array },
  range: readonly [number, number],
): number {
  const { binned, split, spare } = of;
  const goesRight = rightByBin(binned.features, split);
  const bins = binned.bins.subarray(split.feature * binned.rows, (split.feature + 1) * binned.rows);
  let left = range[0];
  let right = 0;
  for (let at = range[0]; at < range[1]; at++) {
    const row = rows[at]!;
    if (goesRight[bins[row]!] === 0) rows[left++] = row;
    else spare[right++] = row;
  }
  rows.set(spare.subarray(0, right), left);
  return left;
}

/** 1 for each bin, missing included, that goes right. */
export function rightByBin(features: readonly FeatureBins[], split: Split): Uint8Array {
  if (split.goesRight !== null) return split.goesRight;
  const { bins } = features[split.feature]!;
  const right = new Uint8Array(bins + 1);
  for (let bin = split.bin + 1; bin < bins; bin++) right[bin] = 1;
  right[bins] = split.missingLeft ? 0 : 1;
  return right;
}
