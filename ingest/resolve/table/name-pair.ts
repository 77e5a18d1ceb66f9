import { folded, tokensOf } from './normal.ts';
import { wordSimilarity } from './phrase.ts';

/** How alike two names are, with what was seen. */
export interface NameComparison {
  /** 0–1, only orders. */
  readonly score: number;
  readonly same: boolean;
  readonly reasons: readonly string[];
}

/** Compares two bare names, without any table to learn from: words in any order, close spellings, initials and shortenings.
 *  @param type  what is named (`Person`, `Company`, `Vessel`, …); an unknown type is compared as a name in general */
export function compareNames(left: string, right: string, type = ''): NameComparison {
  const a = tokensOf(folded(left) ?? '');
  const b = tokensOf(folded(right) ?? '');
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length === 0) return { score: 0, same: false, reasons: ['one of them holds no word'] };
  const taken = new Set<number>();
  let sum = 0;
  let weakest = 1;
  for (const w of short) {
    let best = -1;
    let similarity = 0;
    long.forEach((x, i) => {
      const s = taken.has(i) ? 0 : wordSimilarity(w, x);
      if (s > similarity) [similarity, best] = [s, i];
    });
    if (best >= 0) taken.add(best);
    sum += similarity * w.length;
    weakest = Math.min(weakest, similarity);
  }
  const mass = short.reduce((s, w) => s + w.length, 0);
  const left_ = long.filter((_w, i) => !taken.has(i)).reduce((s, w) => s + w.length, 0);
  const score = (sum / mass) * (1 - 0.3 * (left_ / (mass + left_))) * (weakest === 0 ? 0.8 : 1);
  return {
    score,
    same: score >= (type === 'Person' ? 0.82 : 0.8),
    reasons: [`words agree ${(sum / mass).toFixed(2)}`],
  };
}
