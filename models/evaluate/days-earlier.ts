import { InputError } from '../../ingest/base/index.ts';

/** How much sooner violations are found when the same days of inspection are given to the highest scores first. */
export interface DaysEarlier {
  /** Mean over positives of actual day − new day; positive is earlier. */
  readonly meanDays: number;
  /** Share of all positives among the first half of the inspections (rounded down), in the new order and as it was. */
  readonly firstHalfShare: number;
  readonly firstHalfShareActual: number;
}

/** The replay of the Chicago food-inspection pilot: sort the rows by score, deal out the sequence of days on which inspections really
 *  took place. Ties of score: earlier actual day first, then row number, so a scorer that says nothing changes nothing.
 *  @param days  day of each inspection, as a number of days
 *  @source City of Chicago, Food Inspection Forecasting, 2015 */
export function daysEarlier(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  days: ArrayLike<number>,
): DaysEarlier {
  const n = labels.length;
  if (scores.length !== n || days.length !== n) {
    throw new InputError('label-length', `daysEarlier: ${n} labels, ${scores.length} scores, ${days.length} days`);
  }
  const asItWas = Int32Array.from({ length: n }, (_, i) => i).sort((a, b) => days[a]! - days[b]! || a - b);
  const position = new Int32Array(n);
  asItWas.forEach((row, at) => (position[row] = at));
  const byScore = orderByScore(scores, position);
  let gained = 0;
  let positives = 0;
  let firstNew = 0;
  let firstOld = 0;
  const half = Math.floor(n / 2);
  for (let at = 0; at < n; at++) {
    const row = byScore[at]!;
    if (at < half) {
      firstNew += labels[row]!;
      firstOld += labels[asItWas[at]!]!;
    }
    if (labels[row] === 1) {
      positives++;
      gained += days[row]! - days[asItWas[at]!]!;
    }
  }
  return {
    meanDays: gained / positives,
    firstHalfShare: firstNew / positives,
    firstHalfShareActual: firstOld / positives,
  };
}

function orderByScore(scores: ArrayLike<number>, position: Int32Array): Int32Array {
  return Int32Array.from({ length: scores.length }, (_, i) => i).sort(
    (a, b) => scores[b]! - scores[a]! || position[a]! - position[b]!,
  );
}
