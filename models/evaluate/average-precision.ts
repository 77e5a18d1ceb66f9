import { checkScored, scoreGroups } from './ranking.ts';

/** Average precision (area under precision–recall by steps, not trapezoids): the sum over groups of equal scores of the gain in
 *  recall times the precision down to and with that group, as scikit-learn has it. A set of ties is one step.
 *  @returns 0–1, or NaN without a positive */
export function averagePrecision(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  weights: ArrayLike<number> | null = null,
): number {
  checkScored('averagePrecision', labels, scores);
  return _averagePrecision(labels, scores, weights);
}

/** @internal without the checks, for the early stopping of the trainer */
export function _averagePrecision(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  weights: ArrayLike<number> | null,
): number {
  const groups = scoreGroups(labels, scores, weights);
  let found = 0;
  let seen = 0;
  let area = 0;
  for (let g = 0; g < groups.sizes.length; g++) {
    found += groups.positives[g]!;
    seen += groups.weights[g]!;
    if (seen > 0) area += (groups.positives[g]! * found) / seen;
  }
  return found > 0 ? area / found : NaN;
}
