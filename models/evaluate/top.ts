import { InputError } from '../../ingest/base/index.ts';
import { checkScored, scoreGroups } from './ranking.ts';

/** What the first `k` rows of a ranking hold. */
export interface Top {
  readonly k: number;
  /** Positives expected among them; a group of ties cut by `k` counts by the share of it that fits (the mean over all its orders). */
  readonly found: number;
  readonly precision: number;
  readonly recall: number;
  /** Precision over the share of positives in all rows. */
  readonly lift: number;
}

/** The first `k` rows by score. Ties across the cut count by expectation, so the answer is free of row order.
 *  @throws InputError `top-size` unless 1 ≤ k ≤ rows */
export function topK(labels: ArrayLike<number>, scores: ArrayLike<number>, k: number): Top {
  checkScored('topK', labels, scores);
  if (!Number.isInteger(k) || k < 1 || k > labels.length) {
    throw new InputError('top-size', `topK: k = ${k} of ${labels.length} rows; pass a whole number from 1 to the rows`);
  }
  const groups = scoreGroups(labels, scores);
  let left = k;
  let found = 0;
  let all = 0;
  for (let g = 0; g < groups.sizes.length; g++) {
    const size = groups.sizes[g]!;
    const taken = Math.min(left, size);
    found += (groups.positives[g]! * taken) / size;
    all += groups.positives[g]!;
    left -= taken;
  }
  const precision = found / k;
  return { k, found, precision, recall: all > 0 ? found / all : NaN, lift: precision / (all / labels.length) };
}

/** Rows in a share of `rows`, rounded, at least 1. `rowsInShare(491, 0.1)` is 49. */
export function rowsInShare(rows: number, share: number): number {
  return Math.min(rows, Math.max(1, Math.round(rows * share)));
}

/** Recall among the K highest scores with K = the number of positives (where it equals the precision). */
export function recallAtPositives(labels: ArrayLike<number>, scores: ArrayLike<number>): number {
  let positives = 0;
  for (let i = 0; i < labels.length; i++) positives += labels[i]!;
  return positives === 0 ? NaN : topK(labels, scores, positives).recall;
}
