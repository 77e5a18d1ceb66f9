import { checkScored, scoreGroups } from './ranking.ts';

/** Chance that a positive scores above a negative; equal scores count one half.
 *  @returns 0–1, or NaN when one class is absent */
export function auroc(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  weights: ArrayLike<number> | null = null,
): number {
  checkScored('auroc', labels, scores);
  const groups = scoreGroups(labels, scores, weights);
  let above = 0;
  let area = 0;
  let negatives = 0;
  for (let g = 0; g < groups.sizes.length; g++) {
    const positive = groups.positives[g]!;
    const negative = groups.weights[g]! - positive;
    area += negative * (above + positive / 2);
    above += positive;
    negatives += negative;
  }
  return above > 0 && negatives > 0 ? area / (above * negatives) : NaN;
}
