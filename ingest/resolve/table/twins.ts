import type { Comparison, Patterns, ScoredPairs } from '../core/index.ts';

/** Weights with parted twins lowered: two records whose leading names each say what the other's does not ("Ritz Cafe", "Ritz Grill" at one address), while
 *  each has a likelier partner whose name it shares. Then the words that differ are what tells the two apart.
 *  @param most  what their weight is lowered to, bits: below the threshold, so that they do not join by themselves  O(pairs) */
export function withoutTwins(
  size: number,
  comparisons: readonly Comparison[],
  patterns: Patterns,
  pairs: ScoredPairs,
  most: number,
): Float64Array {
  const at = comparisons.findIndex((c) => c.lead === true);
  const weight = Float64Array.from(pairs.weight);
  if (at < 0) return weight;
  const crossing = comparisons[at]!.levels.map((l) => l.crossed === true);
  const crossed = (p: number): boolean => crossing[patterns.levels[patterns.of[p]!]![at]!]!;
  const best = new Float64Array(size).fill(-Infinity);
  for (let p = 0; p < weight.length; p++) {
    if (crossed(p) || pairs.forbidden[p] === 1) continue;
    for (const i of [pairs.left[p]!, pairs.right[p]!]) best[i] = Math.max(best[i]!, pairs.weight[p]!);
  }
  for (let p = 0; p < weight.length; p++) {
    const w = pairs.weight[p]!;
    if (w > most && crossed(p) && best[pairs.left[p]!]! > w && best[pairs.right[p]!]! > w) weight[p] = most;
  }
  return weight;
}
