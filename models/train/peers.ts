import { quantileOfSorted } from '../evaluate/index.ts';
import type { FeatureDefinition } from '../features/index.ts';
import type { PeerRange } from '../registry/index.ts';
import type { ExampleTable } from './examples.ts';

/** Middle 80 % of each feature among the rows of the latest date on the given grid; null where it is a category or nobody has it. */
export function peerRanges(examples: ExampleTable, features: readonly FeatureDefinition[], grid: number): PeerRange[] {
  const { matrix } = examples;
  let latest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < examples.rows; i++)
    if ((examples.grid[i]! & grid) !== 0 && matrix.asOf[i]! > latest) latest = matrix.asOf[i]!;
  const rows = Array.from(matrix.asOf.keys()).filter(
    (i) => matrix.asOf[i] === latest && (examples.grid[i]! & grid) !== 0,
  );
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
