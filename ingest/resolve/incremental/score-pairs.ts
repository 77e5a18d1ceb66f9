import { compareAll, patternsOf, scorePatterns } from '../core/index.ts';
import { PAIR_BASE } from './key-index.ts';
import type { PairTable } from './pair-table.ts';
import { type CleanRows, type TableModel, comparisonsOver, weightsOfModel } from './table-model.ts';

/** Pairs scored at a time: bounds the level columns, not the result. */
const CHUNK = 2_000_000;

/** Weights of pairs under a kept model. Only the records that the pairs touch are compared.
 *  @param rowsOf  cleaned values of records, by number  O(pairs · comparisons) */
export function scorePairs(
  model: TableModel,
  pairs: Float64Array,
  size: number,
  rowsOf: (records: Int32Array) => CleanRows,
): PairTable {
  const n = pairs.length;
  const out = {
    left: new Int32Array(n),
    right: new Int32Array(n),
    weight: new Float64Array(n),
    forbidden: new Uint8Array(n),
  };
  const row = new Int32Array(size).fill(-1);
  for (let p = 0; p < n; p++) {
    const left = Math.floor(pairs[p]! / PAIR_BASE);
    const right = pairs[p]! - left * PAIR_BASE;
    out.left[p] = left;
    out.right[p] = right;
    row[left] = 0;
    row[right] = 0;
  }
  if (n === 0) return out;
  const touched: number[] = [];
  for (let i = 0; i < size; i++)
    if (row[i] === 0) {
      row[i] = touched.length;
      touched.push(i);
    }
  const comparisons = comparisonsOver(model, rowsOf(Int32Array.from(touched)));
  const weights = weightsOfModel(model);
  for (let from = 0; from < n; from += CHUNK) {
    const to = Math.min(n, from + CHUNK);
    const a = out.left.subarray(from, to).map((i) => row[i]!);
    const b = out.right.subarray(from, to).map((i) => row[i]!);
    const patterns = patternsOf(comparisons, compareAll(comparisons, a, b), to - from);
    const scored = scorePatterns(comparisons, weights, patterns);
    out.weight.set(scored.weight, from);
    out.forbidden.set(scored.forbidden, from);
  }
  return out;
}

/** Weight of each row against a copy of itself, bits; −Infinity where a level forbids even that. */
export function selfWeights(model: TableModel, rows: CleanRows): Float64Array {
  const comparisons = comparisonsOver(model, rows);
  const all = Int32Array.from({ length: rows.size }, (_x, i) => i);
  const patterns = patternsOf(comparisons, compareAll(comparisons, all, all), rows.size);
  const scored = scorePatterns(comparisons, weightsOfModel(model), patterns);
  return scored.weight.map((w, i) => (scored.forbidden[i] === 1 ? -Infinity : w));
}
