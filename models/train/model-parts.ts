import { reliabilityTable } from '../evaluate/index.ts';
import type { FeatureDefinition, FeatureMatrix } from '../features/index.ts';
import type { CardBin, ModelCard } from '../registry/index.ts';
import type { ExampleTable } from './examples.ts';
import type { LeadTask } from './task.ts';

/** Features with at least two different values (missing counts as one) on the training rows: the others can teach nothing. */
export function usedFeatures(matrix: FeatureMatrix, train: Int32Array): readonly FeatureDefinition[] {
  return matrix.features.filter((_f, j) => {
    const column = matrix.values[j]!;
    const first = column[train[0] ?? 0]!;
    return train.some((i) => !Object.is(column[i]!, first));
  });
}

/** What every card says of its data. */
export function cardBase(
  examples: ExampleTable,
  features: readonly FeatureDefinition[],
  task: LeadTask,
): Pick<ModelCard, 'title' | 'counts' | 'families' | 'skipped'> {
  const { matrix } = examples;
  return {
    title: task.title,
    counts: examples.counts,
    families: Object.entries(matrix.latestKnownAt).map(([id, latest]) => ({
      id,
      features: features.filter((f) => f.family === id).length,
      latestKnownAt: latest === null ? null : new Date(latest).toISOString(),
    })),
    skipped: matrix.skipped,
  };
}

/** Reliability table of hold-out rows. */
export function reliabilityLines(labels: ArrayLike<number>, probabilities: ArrayLike<number>): CardBin[] {
  return reliabilityTable(labels, probabilities).map((b) => ({
    low: b.low,
    high: b.high,
    rows: b.rows,
    meanProbability: b.meanProbability,
    shareFound: b.shareOfPositives,
  }));
}
