import { probabilityOf, type Scored } from '../core/index.ts';

/** Scores of pairs between two tables in which a record has one partner at most: each pair's odds are set against those of all rivals of either
 *  record, so that partners that look alike share what only one of them can have. Certain and forbidden pairs stay as they are.
 *  O(pairs).  Sums run in the order of the pairs, which is fixed. */
export function partnerShares(
  size: number,
  pairs: { readonly left: Int32Array; readonly right: Int32Array },
  scored: Scored,
): Scored {
  const odds = Float64Array.from(scored.weight, (w, p) =>
    scored.forbidden[p] === 1 ? 0 : 2 ** Math.max(-200, Math.min(200, w)),
  );
  const sum = new Float64Array(size);
  for (let p = 0; p < odds.length; p++) {
    sum[pairs.left[p]!]! += odds[p]!;
    sum[pairs.right[p]!]! += odds[p]!;
  }
  const weight = Float64Array.from(scored.weight, (w, p) => {
    if (scored.forbidden[p] === 1 || scored.probability[p] === 1) return w;
    const rivals = Math.max(0, sum[pairs.left[p]!]! - odds[p]!) + Math.max(0, sum[pairs.right[p]!]! - odds[p]!);
    return w - Math.log2(1 + rivals);
  });
  const probability = scored.probability.map((x, p) =>
    scored.forbidden[p] === 1 || x === 1 ? x : probabilityOf(weight[p]!),
  );
  return { weight, probability, forbidden: scored.forbidden };
}
