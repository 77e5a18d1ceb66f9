import { InputError } from '../../ingest/base/index.ts';

/** Where the scores of a set change: groups of equal scores, highest first. Everything ranked here is built on it, so that
 *  no metric depends on the order of the rows. */
export interface ScoreGroups {
  /** Number of rows with that score. */
  readonly sizes: Float64Array;
  /** Weighted rows and weighted positives of each group. */
  readonly weights: Float64Array;
  readonly positives: Float64Array;
  readonly scores: Float64Array;
}

/** Checks labels against scores once. @throws InputError `label-length`, `label-value`, `score-value` */
export function checkScored(where: string, labels: ArrayLike<number>, scores: ArrayLike<number>): void {
  if (labels.length !== scores.length) {
    throw new InputError(
      'label-length',
      `${where}: ${labels.length} labels for ${scores.length} scores; they must be as many`,
    );
  }
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (label !== 0 && label !== 1) {
      throw new InputError(
        'label-value',
        `${where}: label ${label} of row ${i} is not 0 or 1; drop rows never checked`,
      );
    }
    if (!Number.isFinite(scores[i]!)) {
      throw new InputError('score-value', `${where}: score ${scores[i]} of row ${i} is not a number`);
    }
  }
}

/** Row numbers by score, highest first; equal scores by row number, lowest first.
 *  Ties in a printed list are broken this way (rows are in id order); metrics use {@link scoreGroups} instead. */
export function rankOrder(scores: ArrayLike<number>): Int32Array {
  const order = new Int32Array(scores.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  return order.sort((a, b) => scores[b]! - scores[a]! || a - b);
}

/** Groups of equal scores, highest first. O(n log n) */
export function scoreGroups(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  weights: ArrayLike<number> | null = null,
): ScoreGroups {
  const order = rankOrder(scores);
  const n = order.length;
  const sizes = new Float64Array(n);
  const weightSums = new Float64Array(n);
  const positives = new Float64Array(n);
  const values = new Float64Array(n);
  let groups = 0;
  for (let i = 0; i < n; i++) {
    const row = order[i]!;
    if (i === 0 || scores[row] !== values[groups - 1]) values[groups++] = scores[row]!;
    const weight = weights === null ? 1 : weights[row]!;
    sizes[groups - 1]! += 1;
    weightSums[groups - 1]! += weight;
    positives[groups - 1]! += weight * labels[row]!;
  }
  return {
    sizes: sizes.slice(0, groups),
    weights: weightSums.slice(0, groups),
    positives: positives.slice(0, groups),
    scores: values.slice(0, groups),
  };
}
