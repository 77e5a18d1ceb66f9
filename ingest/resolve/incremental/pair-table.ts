import { PAIR_BASE } from './key-index.ts';

/** Scored pairs in order of (left, right), left < right. */
export interface PairTable {
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Log2 odds, prior included. */
  readonly weight: Float64Array;
  readonly forbidden: Uint8Array;
}

export const NO_PAIRS: PairTable = Object.freeze({
  left: new Int32Array(0),
  right: new Int32Array(0),
  weight: new Float64Array(0),
  forbidden: new Uint8Array(0),
});

/** The table without the dropped pairs and with the added ones, both ascending (see PAIR_BASE). O(pairs) */
export function changedPairs(table: PairTable, dropped: Float64Array, added: PairTable): PairTable {
  const size = table.left.length - dropped.length + added.left.length;
  const out = {
    left: new Int32Array(size),
    right: new Int32Array(size),
    weight: new Float64Array(size),
    forbidden: new Uint8Array(size),
  };
  let [a, b, d] = [0, 0, 0];
  let at = 0;
  while (a < table.left.length || b < added.left.length) {
    const ka = a < table.left.length ? table.left[a]! * PAIR_BASE + table.right[a]! : Infinity;
    if (d < dropped.length && ka === dropped[d]) {
      d++;
      a++;
      continue;
    }
    const kb = b < added.left.length ? added.left[b]! * PAIR_BASE + added.right[b]! : Infinity;
    const [from, i] = ka < kb ? [table, a++] : [added, b++];
    out.left[at] = from.left[i]!;
    out.right[at] = from.right[i]!;
    out.weight[at] = from.weight[i]!;
    out.forbidden[at] = from.forbidden[i]!;
    at++;
  }
  return out;
}
