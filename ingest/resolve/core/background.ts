import { type Random, integerIn } from '../../base/index.ts';
import type { Candidates } from './block.ts';

/** Random pairs that blocking did not propose, the sample of everything else. Pairs within one side are left out when sides count.
 *  Draws `count` times; a draw that hits a candidate, itself or one side is dropped.  O(count log candidates) */
export function backgroundPairs(
  size: number,
  candidates: Pick<Candidates, 'left' | 'right'>,
  options: { count: number; side: ArrayLike<number> | null; random: Random },
): { left: Int32Array; right: Int32Array } {
  const left: number[] = [];
  const right: number[] = [];
  const starts = rowStarts(size, candidates.left);
  for (let n = 0; n < options.count && size > 1; n++) {
    let a = integerIn(options.random, 0, size - 1);
    let b = integerIn(options.random, 0, size - 1);
    if (a === b || (options.side !== null && options.side[a] === options.side[b])) continue;
    if (a > b) [a, b] = [b, a];
    if (hasPair(starts, candidates.right, a, b)) continue;
    left.push(a);
    right.push(b);
  }
  return { left: Int32Array.from(left), right: Int32Array.from(right) };
}

/** Where each record's pairs begin in pairs sorted by left; n + 1 entries. */
export function rowStarts(size: number, left: Int32Array): Int32Array {
  const starts = new Int32Array(size + 1);
  for (const l of left) starts[l + 1]!++;
  for (let i = 0; i < size; i++) starts[i + 1]! += starts[i]!;
  return starts;
}

/** Whether (a, b), a < b, is among pairs sorted by (left, right). */
export function hasPair(starts: Int32Array, right: Int32Array, a: number, b: number): boolean {
  let low = starts[a]!;
  let high = starts[a + 1]!;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (right[mid]! < b) low = mid + 1;
    else high = mid;
  }
  return low < starts[a + 1]! && right[low] === b;
}
