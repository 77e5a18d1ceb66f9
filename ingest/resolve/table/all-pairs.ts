import type { Candidates } from '../core/index.ts';

/** Every pair (across sides, if there are sides) as one rule: for tables so small that blocking saves nothing. O(n²) */
export function allPairs(size: number, side: ArrayLike<number> | null): Candidates {
  const left: number[] = [];
  const right: number[] = [];
  for (let i = 0; i < size; i++) {
    for (let j = i + 1; j < size; j++) {
      if (side !== null && side[i] === side[j]) continue;
      left.push(i);
      right.push(j);
    }
  }
  const report = {
    rule: 'all pairs',
    fields: ['all'],
    keys: 1,
    pairsBeforeCap: left.length,
    cappedKeys: 0,
    cappedPairs: 0,
    pairs: left.length,
    onlyThis: left.length,
  };
  return {
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    rules: new Uint32Array(left.length).fill(1),
    report: [report],
  };
}
