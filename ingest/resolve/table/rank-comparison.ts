import { type Comparison, MISSING, level } from '../core/index.ts';
import { type Vectors, cosine } from './tfidf.ts';

/** Whether two records are each other's nearest among the candidates, and by how much: the evidence that is left when there is but one text to compare.
 *  @param pairs  candidate pairs; others count as not nearest */
export function rankComparison(
  vectors: Vectors,
  size: number,
  pairs: { left: Int32Array; right: Int32Array },
): Comparison {
  const first = new Int32Array(size).fill(-1);
  const best = new Float64Array(size);
  const second = new Float64Array(size);
  const offer = (i: number, j: number, s: number): void => {
    if (s > best[i]! || (s === best[i] && first[i]! >= 0 && j < first[i]!)) {
      if (first[i] !== j) second[i] = best[i]!;
      best[i] = s;
      first[i] = j;
    } else if (s > second[i]!) second[i] = s;
  };
  for (let p = 0; p < pairs.left.length; p++) {
    const s = cosine(vectors, pairs.left[p]!, pairs.right[p]!);
    offer(pairs.left[p]!, pairs.right[p]!, s);
    offer(pairs.right[p]!, pairs.left[p]!, s);
  }
  const levels = [
    MISSING,
    level('nearest both ways, far ahead', 0.45, 1e-6),
    level('nearest both ways, ahead', 0.2, 3e-6),
    level('nearest both ways', 0.12, 1e-5),
    level('nearest one way', 0.13, 1e-4),
    level('not nearest', 0.1, 0.999),
  ];
  const levelOf = (i: number, j: number): number => {
    const here = first[i] === j;
    const there = first[j] === i;
    if (!here && !there) return 5;
    if (!here || !there) return 4;
    const gap = best[i]! - Math.max(second[i]!, second[j]!);
    return gap >= 0.2 ? 1 : gap >= 0.08 ? 2 : 3;
  };
  return { id: 'nearest', fields: ['all'], levels, hold: 0.2, levelOf };
}
