import type { Matrix } from '../boost/index.ts';
import { quantileOfSorted } from '../evaluate/index.ts';

/** The value of each feature that says nothing of a row, because it is the usual one: missing (NaN) where at least half of the rows have none, else the median of
 *  those that have one; missing for a category. */
export function neutralValues(data: Matrix): Float64Array {
  return Float64Array.from(data.features, (feature, f) => {
    if (feature.kind === 'category') return Number.NaN;
    const known = data.values.subarray(f * data.rows, (f + 1) * data.rows).filter((v) => !Number.isNaN(v));
    return 2 * known.length <= data.rows ? Number.NaN : quantileOfSorted(Float64Array.from(known).sort(), 0.5);
  });
}
