/** Weighted terms of texts as sparse unit vectors: `terms`/`weights` of row i sit at starts[i] … starts[i + 1], terms ascending. */
export interface Vectors {
  readonly starts: Int32Array;
  readonly terms: Int32Array;
  readonly weights: Float32Array;
  readonly termCount: number;
  /** Rows that hold each term. */
  readonly rowsWith: Int32Array;
}

/** TF-IDF unit vectors. idf = ln(1 + n / rows) over the first `learnt` rows; term frequency counts as 1 + ln(tf). Rows without text are empty. O(total terms) */
export function tfidf(
  texts: readonly (string | null)[],
  termsOf: (text: string) => readonly string[],
  learnt = texts.length,
): Vectors {
  const index = new Map<string, number>();
  const rows: { term: number; count: number }[][] = [];
  const rowsWith: number[] = [];
  let filled = 0;
  for (const [at, text] of texts.entries()) {
    const counts = new Map<number, number>();
    if (text !== null) {
      if (at < learnt) filled++;
      for (const t of termsOf(text)) {
        let term = index.get(t);
        if (term === undefined) {
          term = index.size;
          index.set(t, term);
          rowsWith.push(0);
        }
        const n = counts.get(term);
        if (n === undefined && at < learnt) rowsWith[term]!++;
        counts.set(term, (n ?? 0) + 1);
      }
    }
    rows.push([...counts].map(([term, count]) => ({ term, count })).sort((a, b) => a.term - b.term));
  }
  return _packed(rows, rowsWith, filled);
}

function _packed(
  rows: readonly { term: number; count: number }[][],
  rowsWith: readonly number[],
  filled: number,
): Vectors {
  const total = rows.reduce((s, r) => s + r.length, 0);
  const starts = new Int32Array(rows.length + 1);
  const terms = new Int32Array(total);
  const weights = new Float32Array(total);
  let at = 0;
  rows.forEach((row, i) => {
    const from = at;
    let sum = 0;
    for (const { term, count } of row) {
      const w = Math.log(1 + filled / Math.max(1, rowsWith[term]!)) * (1 + Math.log(count));
      terms[at] = term;
      weights[at] = w;
      sum += w * w;
      at++;
    }
    const norm = Math.sqrt(sum);
    for (let k = from; k < at; k++) weights[k] = weights[k]! / norm;
    starts[i + 1] = at;
  });
  return { starts, terms, weights, termCount: rowsWith.length, rowsWith: Int32Array.from(rowsWith) };
}

/** Cosine of two rows, 0–1; 0 when either is empty. O(terms of both) */
export function cosine(v: Vectors, i: number, j: number): number {
  let a = v.starts[i]!;
  let b = v.starts[j]!;
  const endA = v.starts[i + 1]!;
  const endB = v.starts[j + 1]!;
  let sum = 0;
  while (a < endA && b < endB) {
    const d = v.terms[a]! - v.terms[b]!;
    if (d === 0) sum += v.weights[a++]! * v.weights[b++]!;
    else if (d < 0) a++;
    else b++;
  }
  return sum;
}
