import type { Vectors } from './tfidf.ts';

export interface NearestOptions {
  /** Partners kept per record. */
  readonly k: number;
  /** Cosine below which a partner is not kept. */
  readonly least: number;
  /** Terms in more rows than this are not looked up (they still count in the cosine of those found through others). */
  readonly maxRows: number;
  /** Rarest terms of a record that are looked up. */
  readonly probes: number;
  /** Rows read in looking up one record, at least the rarest three terms' rows. */
  readonly budget: number;
  readonly side: ArrayLike<number> | null;
}

/** For each record its `k` most similar others by TF-IDF cosine over shared rare terms (an inverted index, the pass that two-field keys
 *  cannot give: any shared rare part proposes). Pairs come as (smaller, larger), sorted, distinct.
 *  O(records · budget) time, O(terms) memory.  @source idea of Sparkly, Paulsen et al. 2023 */
export function nearestPairs(v: Vectors, options: NearestOptions): { left: Int32Array; right: Int32Array } {
  const n = v.starts.length - 1;
  const postings = _postings(v);
  const score = new Float32Array(n);
  const touched = new Int32Array(n);
  const keys: number[] = [];
  const { k, least, side } = options;
  for (let i = 0; i < n; i++) {
    const probes = _rarest(v, i, options);
    let count = 0;
    for (const at of probes) {
      const term = v.terms[at]!;
      const w = v.weights[at]!;
      for (let p = postings.starts[term]!; p < postings.starts[term + 1]!; p++) {
        const j = postings.rows[p]!;
        if (j === i || (side !== null && side[j] === side[i])) continue;
        if (score[j] === 0) touched[count++] = j;
        score[j]! += w * postings.weights[p]!;
      }
    }
    _keep(i, n, { touched, count, score, k, least }, keys);
  }
  return _pairs(Float64Array.from(keys).sort(), n);
}

function _postings(v: Vectors): { starts: Int32Array; rows: Int32Array; weights: Float32Array } {
  const starts = new Int32Array(v.termCount + 1);
  for (const t of v.terms) starts[t + 1]!++;
  for (let t = 0; t < v.termCount; t++) starts[t + 1]! += starts[t]!;
  const fill = starts.slice();
  const rows = new Int32Array(v.terms.length);
  const weights = new Float32Array(v.terms.length);
  for (let i = 0; i + 1 < v.starts.length; i++) {
    for (let a = v.starts[i]!; a < v.starts[i + 1]!; a++) {
      const at = fill[v.terms[a]!]!++;
      rows[at] = i;
      weights[at] = v.weights[a]!;
    }
  }
  return { starts, rows, weights };
}

/** Positions of the row's rarest terms that the budget allows. */
function _rarest(v: Vectors, i: number, o: NearestOptions): number[] {
  const found: number[] = [];
  for (let a = v.starts[i]!; a < v.starts[i + 1]!; a++) {
    const rows = v.rowsWith[v.terms[a]!]!;
    if (rows > 1 && rows <= o.maxRows) found.push(a);
  }
  found.sort((a, b) => v.rowsWith[v.terms[a]!]! - v.rowsWith[v.terms[b]!]! || a - b);
  let read = 0;
  const out: number[] = [];
  for (const a of found) {
    read += v.rowsWith[v.terms[a]!]!;
    if (out.length >= o.probes || (out.length >= 3 && read > o.budget)) break;
    out.push(a);
  }
  return out;
}

function _keep(
  i: number,
  n: number,
  found: { touched: Int32Array; count: number; score: Float32Array; k: number; least: number },
  keys: number[],
): void {
  const { touched, count, score, k, least } = found;
  let kept: number[] = [];
  for (let c = 0; c < count; c++) if (score[touched[c]!]! >= least) kept.push(touched[c]!);
  if (kept.length > k) {
    kept.sort((a, b) => score[b]! - score[a]! || a - b);
    kept = kept.slice(0, k);
  }
  for (const j of kept) keys.push(i < j ? i * n + j : j * n + i);
  for (let c = 0; c < count; c++) score[touched[c]!] = 0;
}

function _pairs(sorted: Float64Array, n: number): { left: Int32Array; right: Int32Array } {
  const left: number[] = [];
  const right: number[] = [];
  for (let p = 0; p < sorted.length; p++) {
    if (p > 0 && sorted[p] === sorted[p - 1]) continue;
    left.push(Math.floor(sorted[p]! / n));
    right.push(sorted[p]! % n);
  }
  return { left: Int32Array.from(left), right: Int32Array.from(right) };
}
