import type { Comparison } from './compare.ts';

/** Distinct combinations of levels with how many pairs show each; what EM and scoring work on instead of pairs. */
export interface Patterns {
  /** `levels[k]` has one level per comparison. */
  readonly levels: readonly Uint8Array[];
  readonly counts: Float64Array;
  /** Pattern of each pair. */
  readonly of: Int32Array;
}

/** Collapses level columns to patterns, in order of first appearance. O(pairs · comparisons) */
export function patternsOf(
  comparisons: readonly Comparison[],
  columns: readonly Uint8Array[],
  pairs: number,
): Patterns {
  const index = new Map<string | number, number>();
  const levels: Uint8Array[] = [];
  const counts: number[] = [];
  const of = new Int32Array(pairs);
  const radix = comparisons.map((c) => c.levels.length);
  const fits = radix.reduce((product, n) => product * n, 1) < Number.MAX_SAFE_INTEGER;
  for (let p = 0; p < pairs; p++) {
    let key: string | number;
    if (fits) {
      let code = 0;
      for (let c = 0; c < columns.length; c++) code = code * radix[c]! + columns[c]![p]!;
      key = code;
    } else {
      key = '';
      for (let c = 0; c < columns.length; c++) key += String.fromCharCode(columns[c]![p]!);
    }
    let k = index.get(key);
    if (k === undefined) {
      k = levels.length;
      index.set(key, k);
      levels.push(Uint8Array.from(columns, (col) => col[p]!));
      counts.push(0);
    }
    counts[k]!++;
    of[p] = k;
  }
  return { levels, counts: Float64Array.from(counts), of };
}
