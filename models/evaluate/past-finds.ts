import { InputError } from '../../ingest/base/index.ts';
import { rankOrder } from './ranking.ts';

/** What a list promised and what it brought. */
export interface PastFinds {
  readonly expected: number;
  /** Variance of the finds if rows were independent and the probabilities right. */
  readonly variance: number;
  readonly found: number;
}

/** Promise and outcome of the `budget` highest probabilities (ties: lowest row number first), to learn the spread of later lists from.
 *  @throws InputError `top-size` */
export function pastFinds(labels: ArrayLike<number>, probabilities: ArrayLike<number>, budget: number): PastFinds {
  if (!Number.isInteger(budget) || budget < 1 || budget > labels.length)
    throw new InputError('top-size', `pastFinds: a budget of ${budget} for ${labels.length} rows`, {});
  let [expected, variance, found] = [0, 0, 0];
  for (const row of rankOrder(probabilities).subarray(0, budget)) {
    const p = probabilities[row]!;
    expected += p;
    variance += p * (1 - p);
    found += labels[row]!;
  }
  return { expected, variance, found };
}

/** How much wider than independent trials the finds of earlier periods scattered around what was expected: the mean of squared misses over variance, 1 at
 *  least. For `expectedFinds(…, { dispersion })`; without past periods 1. Drift between periods is in it, for it makes lists miss together. */
export function dispersionOf(past: readonly PastFinds[]): number {
  const known = past.filter((p) => p.variance > 0);
  if (known.length === 0) return 1;
  return Math.max(1, known.reduce((sum, p) => sum + (p.found - p.expected) ** 2 / p.variance, 0) / known.length);
}
