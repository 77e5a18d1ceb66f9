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

/** How much the share of findings moves from one stretch of time to the next, beyond chance: its relative variance over stretches of equal length, the binomial part
 *  taken off; 0 at least, and without two stretches or a finding. A list of E expected finds with binomial variance V then has a dispersion of 1 + drift × E² ÷ V.
 *  @param labels  0 or 1 in order of time, all earlier than the list        @param stretch  rows of a stretch
 *  @throws InputError `bad-stretch` */
export function shareDrift(labels: ArrayLike<number>, stretch: number): number {
  if (!Number.isInteger(stretch) || stretch < 1)
    throw new InputError('bad-stretch', `shareDrift: stretches of ${stretch} rows; pass a whole number from 1`, {});
  const count = Math.floor(labels.length / stretch);
  const shares = Array.from({ length: count }, (_, k) => {
    let found = 0;
    for (let i = k * stretch; i < (k + 1) * stretch; i++) found += labels[i]!;
    return found / stretch;
  });
  const mean = shares.reduce((a, b) => a + b, 0) / count;
  if (count < 2 || !(mean > 0)) return 0;
  const variance = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / (count - 1);
  return Math.max(0, variance - (mean * (1 - mean)) / stretch) / mean ** 2;
}
