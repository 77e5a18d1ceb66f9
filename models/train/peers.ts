import { DAY_MS } from '../../ingest/base/index.ts';
import { quantileOfSorted } from '../evaluate/index.ts';
import type { FeatureDefinition } from '../features/index.ts';
import type { PeerRange } from '../registry/index.ts';
import type { ExampleTable } from './examples.ts';

/** Middle 80 % of each feature among the rows of a grid within `days` of its latest date (0 = that date only); null where it is a category or nobody has it. */
export function peerRanges(
  examples: ExampleTable,
  features: readonly FeatureDefinition[],
  of: { readonly grid: number; readonly days: number },
): PeerRange[] {
  const { matrix } = examples;
  const on = (i: number): boolean => (examples.grid[i]! & of.grid) !== 0;
  let latest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < examples.rows; i++) if (on(i) && matrix.asOf[i]! > latest) latest = matrix.asOf[i]!;
  const rows = Array.from(matrix.asOf.keys()).filter((i) => on(i) && matrix.asOf[i]! >= latest - of.days * DAY_MS);
  return peersOf(rows, features, new Map(matrix.features.map((f, j) => [f.id, matrix.values[j]!])));
}

/** Middle 80 % of each feature among the given rows. */
export function peersOf(
  rows: readonly number[],
  features: readonly FeatureDefinition[],
  columns: ReadonlyMap<string, Float64Array>,
): PeerRange[] {
  return features.map((feature) => {
    const column = columns.get(feature.id)!;
    const sorted = Float64Array.from(rows.flatMap((i) => (Number.isNaN(column[i]!) ? [] : [column[i]!]))).sort();
    if (feature.levels !== undefined || sorted.length === 0) return { low: null, high: null };
    return { low: quantileOfSorted(sorted, 0.1), high: quantileOfSorted(sorted, 0.9) };
  });
}
