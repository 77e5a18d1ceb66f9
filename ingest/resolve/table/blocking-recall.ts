import type { Candidates } from '../core/index.ts';

/** Share of true pairs that blocking proposed, by Chapman's capture–recapture estimate: the key rules and the nearest passes are two
 *  catches, each pair counted by its probability. Optimistic when the passes miss the same pairs. Null when either caught next to nothing. */
export function blockingRecall(candidates: Candidates, probability: Float64Array): number | null {
  const nearest = candidates.report.reduce((bits, r, i) => (r.rule.startsWith('nearest ') ? bits | (1 << i) : bits), 0);
  let keys = 0;
  let near = 0;
  let both = 0;
  for (let p = 0; p < probability.length; p++) {
    const byNear = (candidates.rules[p]! & nearest) !== 0;
    const byKeys = (candidates.rules[p]! & ~nearest) !== 0;
    if (byKeys) keys += probability[p]!;
    if (byNear) near += probability[p]!;
    if (byKeys && byNear) both += probability[p]!;
  }
  if (keys < 5 || near < 5) return null;
  const all = ((keys + 1) * (near + 1)) / (both + 1) - 1;
  return Math.min(1, (keys + near - both) / all);
}
