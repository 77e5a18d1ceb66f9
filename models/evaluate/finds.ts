import { InputError } from '../../ingest/base/index.ts';
import { rankOrder } from './ranking.ts';

/** Finds to expect from looking at the first `budget` rows, if the probabilities are right. */
export interface ExpectedFinds {
  readonly budget: number;
  readonly expected: number;
  /** Smallest and largest whole number of finds of the central interval. */
  readonly low: number;
  readonly high: number;
}

/** Interval of the number of finds among the `budget` highest probabilities (ties: lowest row number first): the exact distribution of a sum of
 *  independent yes–no trials (Poisson binomial), widened by an overdispersion factor measured on earlier periods.
 *  @param options.level  probability inside, 0.9 by default
 *  @param options.dispersion  variance over the binomial variance, ≥ 1; 1 takes rows as independent
 *  O(budget²) */
export function expectedFinds(
  probabilities: ArrayLike<number>,
  options: { readonly budget: number; readonly level?: number; readonly dispersion?: number },
): ExpectedFinds {
  const { budget, level = 0.9, dispersion = 1 } = options;
  if (!Number.isInteger(budget) || budget < 1 || budget > probabilities.length) {
    throw new InputError('top-size', `expectedFinds: a budget of ${budget} for ${probabilities.length} rows`);
  }
  const chosen = Array.from(rankOrder(probabilities).subarray(0, budget), (row) => probabilities[row]!);
  const expected = chosen.reduce((a, b) => a + b, 0);
  const chances = poissonBinomial(chosen);
  const tail = (1 - level) / 2;
  const spread = Math.sqrt(Math.max(1, dispersion));
  return {
    budget,
    expected,
    low: Math.max(0, Math.floor(expected - (expected - quantile(chances, tail)) * spread)),
    high: Math.min(budget, Math.ceil(expected + (quantile(chances, 1 - tail) - expected) * spread)),
  };
}

/** Chance of each number of successes of independent trials. */
export function poissonBinomial(probabilities: readonly number[]): Float64Array {
  const chances = new Float64Array(probabilities.length + 1);
  chances[0] = 1;
  probabilities.forEach((p, trial) => {
    for (let k = trial + 1; k > 0; k--) chances[k] = chances[k]! * (1 - p) + chances[k - 1]! * p;
    chances[0]! *= 1 - p;
  });
  return chances;
}

function quantile(chances: Float64Array, share: number): number {
  let sum = 0;
  for (let k = 0; k < chances.length; k++) {
    sum += chances[k]!;
    if (sum >= share - 1e-12) return k;
  }
  return chances.length - 1;
}
