import { type Coded, type Comparison, MISSING, jaroWinkler, level, valueComparison } from '../core/index.ts';
import { exactBands } from './bands.ts';
import { type ColumnInput, learntValues } from './column-comparisons.ts';
import { tokensOf } from '../names/index.ts';

/** Words of each distinct value with their weights (idf over distinct values). */
export interface Words {
  readonly words: readonly (readonly string[])[];
  readonly weights: readonly (readonly number[])[];
  readonly norms: Float64Array;
  readonly numbers: readonly (readonly string[])[];
}

const CUTS = [0.97, 0.9, 0.8, 0.68, 0.55, 0.4, 0.25];
/** Cuts of values that each hold words the other has not. */
const CROSSED = [0.9, 0.8, 0.68, 0.55, 0.4];

/** Several words (titles, organisations, full names): soft TF-IDF, where words match when equal, close, or one shortens the other, in any order.
 *  Whether only one value says more, or each says what the other does not ("Ritz Cafe", "Ritz Grill"), are levels of their own, and so are values that
 *  hold numbers and none in common.
 *  @source Cohen, Ravikumar & Fienberg 2003 (SoftTFIDF) */
export function phraseComparison(input: ColumnInput): Comparison {
  const words = wordsOf(input.values, input.learnt?.distinct ?? input.values.values.length);
  const bands = exactBands(learntValues(input), 0.5);
  const m = [0.12, 0.08, 0.06, 0.04, 0.03, 0.02, 0.02];
  const u = [1e-6, 3e-6, 1e-5, 5e-5, 3e-4, 3e-3, 0.02];
  const mCrossed = [0.02, 0.02, 0.02, 0.02, 0.02];
  const uCrossed = [2e-6, 1e-5, 5e-5, 3e-4, 2e-3];
  const levels = [
    MISSING,
    ...bands.levels,
    ...CUTS.map((c, i) => level(`words agree ${c}`, m[i]!, u[i]!)),
    ...CROSSED.map((c, i) => ({
      ...level(`words agree ${c}, others on both sides`, mCrossed[i]!, uCrossed[i]!),
      crossed: true,
    })),
    level('words agree, numbers differ', 0.01, 0.02),
    level('different', 0.03, 0.97),
  ];
  const offset = 1 + bands.levels.length;
  const crossed = offset + CUTS.length;
  return valueComparison(input.name, input.values, levels, {
    equal: (code) => 1 + bands.bandOf[code]!,
    differ: (a, b) => {
      const { cosine, open } = softMatch(words, a, b);
      const at = CUTS.findIndex((c) => cosine >= c);
      if (at < 0) return crossed + CROSSED.length + 1;
      if (at < 5 && numbersClash(words.numbers[a]!, words.numbers[b]!)) return crossed + CROSSED.length;
      const cut = open ? CROSSED.findIndex((c) => cosine >= c) : -1;
      return cut >= 0 ? crossed + cut : offset + at;
    },
  });
}

/** Words of each distinct value with idf weights.
 *  @param learnt  leading distinct values that say how rare a word is */
export function wordsOf(values: Coded, learnt: number): Words {
  const words = values.values.map((v) => [...new Set(tokensOf(v))]);
  const rows = new Map<string, number>();
  for (const list of words.slice(0, learnt)) for (const w of list) rows.set(w, (rows.get(w) ?? 0) + 1);
  const n = Math.max(1, learnt);
  const weights = words.map((list) => list.map((w) => Math.log(1 + n / (rows.get(w) ?? 1))));
  const norms = Float64Array.from(weights, (list) => Math.sqrt(list.reduce((s, w) => s + w * w, 0)));
  return {
    words,
    weights,
    norms,
    numbers: words.map((list) => list.map(_generation).filter((w) => /^\p{N}/u.test(w))),
  };
}

/** Cosine of two weighted word lists where each word of the shorter list takes its best still free partner, and whether words stay open on both sides. */
export function softMatch(w: Words, i: number, j: number): { cosine: number; open: boolean } {
  const [a, b] = w.words[i]!.length <= w.words[j]!.length ? [i, j] : [j, i];
  const wordsA = w.words[a]!;
  const wordsB = w.words[b]!;
  if (wordsA.length === 0 || wordsB.length === 0) return { cosine: 0, open: false };
  const taken = new Uint8Array(wordsB.length);
  let sum = 0;
  let matched = 0;
  for (let x = 0; x < wordsA.length; x++) {
    let best = -1;
    let similarity = 0;
    for (let y = 0; y < wordsB.length; y++) {
      if (taken[y] === 1) continue;
      const s = wordSimilarity(wordsA[x]!, wordsB[y]!);
      if (s > similarity) {
        similarity = s;
        best = y;
        if (s === 1) break;
      }
    }
    if (best < 0) continue;
    taken[best] = 1;
    matched++;
    sum += similarity * w.weights[a]![x]! * w.weights[b]![best]!;
  }
  return { cosine: sum / (w.norms[a]! * w.norms[b]!), open: matched < wordsA.length && matched < wordsB.length };
}

/** 1 equal, 0.8–0.98 close spellings of four letters or more, 0.85 a shortening (st, street), 0.6 an initial, else 0. Numbers must be equal. */
export function wordSimilarity(a: string, b: string): number {
  if (a === b) return 1;
  const short = a.length <= b.length ? a : b;
  const long = a.length <= b.length ? b : a;
  const digit = short.charCodeAt(0) < 58 && short.charCodeAt(0) > 47;
  if (digit) return 0;
  if (short.length === 1) return long[0] === short ? 0.6 : 0;
  if (long.startsWith(short)) return short.length >= 3 || long.length <= 6 ? 0.85 : 0.7;
  if (short.length < 4) return 0;
  const s = jaroWinkler(a, b);
  return s >= 0.88 ? s : 0;
}

/** Junior and senior count as numbers: two of them never name one person. */
function _generation(word: string): string {
  return /^(?:jr|junior)$/.test(word) ? '2 generation' : /^(?:sr|senior)$/.test(word) ? '1 generation' : word;
}

/** Whether both hold numbers and none in common. */
export function numbersClash(a: readonly string[], b: readonly string[]): boolean {
  return a.length > 0 && b.length > 0 && !a.some((x) => b.includes(x));
}
