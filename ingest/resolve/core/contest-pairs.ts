import { rowStarts } from './background.ts';
import type { ScoredPairs } from './cluster.ts';

/** Pairs that are no better than a pair that cannot be true with them: record i fits j, and fits k at least as well (within `margin` bits), while j and k
 *  are forbidden to be one. Such pairs tell nothing of which is meant and are taken out. Pairs stay when i fits j better than every such rival.
 *  O(Σ strong partners · log) */
export function contestedPairs(
  size: number,
  pairs: ScoredPairs,
  options: { threshold: number; margin: number },
): Uint8Array {
  const starts = rowStarts(size, pairs.left);
  const strong: number[][] = Array.from({ length: size }, () => []);
  const isStrong = (p: number): boolean => pairs.forbidden[p] === 0 && pairs.weight[p]! >= options.threshold;
  for (let p = 0; p < pairs.left.length; p++) {
    if (!isStrong(p)) continue;
    strong[pairs.left[p]!]!.push(p);
    strong[pairs.right[p]!]!.push(p);
  }
  const forbidden = (a: number, b: number): boolean => {
    const p = _find(starts, pairs.right, Math.min(a, b), Math.max(a, b));
    return p >= 0 && pairs.forbidden[p] === 1;
  };
  const other = (p: number, i: number): number => (pairs.left[p] === i ? pairs.right[p]! : pairs.left[p]!);
  const out = new Uint8Array(pairs.left.length);
  for (let i = 0; i < size; i++) {
    for (const p of strong[i]!) {
      const j = other(p, i);
      const rival = strong[i]!.some(
        (q) => q !== p && pairs.weight[q]! >= pairs.weight[p]! - options.margin && forbidden(j, other(q, i)),
      );
      if (rival) out[p] = 1;
    }
  }
  return out;
}

function _find(starts: Int32Array, right: Int32Array, a: number, b: number): number {
  let low = starts[a]!;
  let high = starts[a + 1]!;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (right[mid]! < b) low = mid + 1;
    else high = mid;
  }
  return low < starts[a + 1]! && right[low] === b ? low : -1;
}
