import { InputError, type Random } from '../../ingest/base/index.ts';
import { quantileOfSorted } from '../evaluate/index.ts';

/** @property share  estimated share of positives among the rows without labels, 0–1; null when the scores part the classes too little to say
 *  @property low  90 % interval by resampling the labelled rows; it is not cut at 0 and 1, so that its width tells how little is known */
export interface PriorEstimate {
  readonly share: number | null;
  readonly low: number;
  readonly high: number;
}

/** Widest interval of which the middle is still taken for an estimate. */
const WIDEST = 0.2;

/** Share of positives of a population without labels, from the mean of its scores: it lies between the mean scores of the two classes, as far along as there
 *  are positives. Assumes that within a class the labelled rows are like the population (labels drawn by class), not that their share is. With weak scores
 *  or few labels the interval is wide; beyond a width of 0.2 no share is given, for a wrong base rate is worse than a stated one.
 *  @param labelled  scores of labelled rows by a model that never saw them        @param population  scores of rows without labels
 *  @throws InputError `no-rows`, `one-class`
 *  @source Forman 2005; Lipton, Wang & Smola 2018 (black-box shift estimation, two classes) */
export function estimatePrior(
  labelled: { readonly labels: ArrayLike<number>; readonly scores: ArrayLike<number> },
  population: ArrayLike<number>,
  of: { readonly random: Random; readonly draws?: number },
): PriorEstimate {
  if (population.length === 0) throw new InputError('no-rows', 'estimatePrior: no rows; pass the population', {});
  const classes = [0, 1].map((label) =>
    Array.from(labelled.labels as ArrayLike<number>, (y, i) => (y === label ? [labelled.scores[i]!] : [])).flat(),
  ) as [number[], number[]];
  if (classes.some((list) => list.length === 0))
    throw new InputError('one-class', 'estimatePrior: all labelled rows are alike; both classes are needed', {});
  const middle = mean(population);
  const share = (negative: readonly number[], positive: readonly number[]): number => {
    const apart = mean(positive) - mean(negative);
    // Scores that rank backwards on a draw say nothing of the share: as good as any share at all.
    return apart > 0 ? (middle - mean(negative)) / apart : of.random() < 0.5 ? -1e3 : 1e3;
  };
  const drawn = (list: readonly number[]): number[] => list.map(() => list[Math.floor(of.random() * list.length)]!);
  const draws = Float64Array.from({ length: of.draws ?? 500 }, () =>
    share(drawn(classes[0]), drawn(classes[1])),
  ).sort();
  const [low, high] = [quantileOfSorted(draws, 0.05), quantileOfSorted(draws, 0.95)];
  const value = high - low > WIDEST ? null : Math.min(0.999, Math.max(0.001, share(...classes)));
  return { share: value, low, high };
}

/** Probabilities calibrated at one share of positives, as they are at another: odds times the ratio of prior odds. Keeps the order.
 *  @throws InputError `bad-share` */
export function shiftPrior(
  probabilities: ArrayLike<number>,
  of: { readonly from: number; readonly to: number },
): Float64Array {
  for (const share of [of.from, of.to])
    if (!(share > 0 && share < 1))
      throw new InputError('bad-share', `shiftPrior: a share of positives of ${share}; it must lie between 0 and 1`, {
        share,
      });
  return Float64Array.from(probabilities, (p) => {
    const positive = (p * of.to) / of.from;
    const negative = ((1 - p) * (1 - of.to)) / (1 - of.from);
    return positive / (positive + negative);
  });
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
