import { personPinyin } from '../../clean/index.ts';
import { editDistance } from '../core/index.ts';
import { romanized, soundOf, withoutLegalForm } from '../names/index.ts';
import { nameWords, plainText, wordsAgree } from '../names/index.ts';

/** How alike two names are, with what was seen. */
export interface NameComparison {
  /** 0–1, only orders. */
  readonly score: number;
  readonly same: boolean;
  readonly reasons: readonly string[];
}

const CUT = 0.7;

/** Compares two bare names, without any table to learn from: words in any order, close spellings, other scripts, initials, shortenings, words run
 *  together, legal forms. A person may leave names out; two persons whose names part on both sides are two, and a firm must be named in full.
 *  Alternatives parted by a slash count each.
 *  @param type  what is named: `Person`, or a firm, body or ship (any other text)  O(words²) */
export function compareNames(left: string, right: string, type = ''): NameComparison {
  let best: NameComparison = { score: 0, same: false, reasons: ['one of them holds no word'] };
  for (const a of left.split('/')) {
    for (const b of right.split('/')) {
      const found = type === 'Person' ? _persons(a, b) : _bodies(a, b);
      if (found.score > best.score) best = found;
    }
  }
  return best;
}

function _said(score: number, ...reasons: string[]): NameComparison {
  return { score, same: score >= CUT, reasons };
}

const ALL_HAN = /^[\p{Script=Han}·\s]+$/u;

/** A Han name beside a Latin one is read aloud, its family name in the reading that family names have. */
function _persons(left: string, right: string): NameComparison {
  if (ALL_HAN.test(left) !== ALL_HAN.test(right)) {
    const read = (name: string): string => (ALL_HAN.test(name) ? personPinyin(name.replace(/[·\s]+/gu, '')) : name);
    if (/\p{Script=Latin}/u.test(left + right)) return _latinPersons(read(left), read(right));
  }
  return _latinPersons(left, right);
}

function _latinPersons(left: string, right: string): NameComparison {
  const a = nameWords(left);
  const b = nameWords(right);
  if (a.length === 0 || b.length === 0) return _said(0, 'one of them holds no word');
  if (_isSonOf(left) && _isSonOf(right) && wordsAgree(a[0]!, b[0]!) === 0)
    return _said(0.4, 'son and father change places');
  const joined = Math.max(_joined(a, b), _joined(plainText(left).split(' '), plainText(right).split(' ')));
  if (joined > 0) return _said(joined, 'written together they are the same but for a slip');
  if (_otherScript(left, right) && _soundsFit(a, b)) return _said(0.8, 'the same consonants across two scripts');
  const fit = _aligned(a, b, 3);
  if (fit.openShort > 0 && fit.openLong > 0)
    return _said(0.6 * fit.mean, `${fit.openShort} and ${fit.openLong} words have no counterpart on the other side`);
  if (fit.openLong > 0 && (fit.matched === 1 || fit.openLong > fit.matched))
    return _said(0.5, 'too few words in common');
  return _said(
    fit.mean * (1 - 0.04 * fit.openLong),
    `words agree ${fit.mean.toFixed(2)}`,
    `${fit.openLong} words on one side only`,
  );
}

const _isSonOf = (name: string): boolean => /\b(?:bin|ibn|ben)\b/i.test(name);

function _bodies(left: string, right: string): NameComparison {
  const x = withoutLegalForm(plainText(left));
  const y = withoutLegalForm(plainText(right));
  const a = nameWords(x.rest);
  const b = nameWords(y.rest);
  if (a.length === 0 || b.length === 0) return _said(0, 'one of them holds no word');
  if (x.family !== '' && y.family !== '' && x.family !== y.family) return _said(0.5, 'legal forms of two families');
  const joined = Math.max(_joined(a, b), _joined(x.rest.split(' '), y.rest.split(' ')));
  if (joined > 0) return _said(joined, 'written together they are the same but for a slip');
  const fit = _aligned(a, b, 4);
  if (fit.openShort + fit.openLong > 0)
    return _said(0.55 * fit.mean, `${fit.openShort + fit.openLong} words have no counterpart`);
  return _said(fit.mean, `words agree ${fit.mean.toFixed(2)}`);
}

/** Similarity of the letters without spaces, words in order or sorted, when one slip parts them at most (more where digits stand for letters); else 0. */
function _joined(a: readonly string[], b: readonly string[]): number {
  const digits = (words: readonly string[]): string =>
    words
      .filter((w) => /^\d+$/.test(w))
      .sort()
      .join(' ');
  if (digits(a) !== digits(b)) return 0;
  const near = (x: string, y: string): number => {
    const long = Math.max(x.length, y.length);
    const d = editDistance(x, y, 1);
    return d > (/^[a-z0-9]+$/.test(x) && long >= 8 ? 1 : 0) ? 0 : 1 - d / Math.max(1, long);
  };
  return Math.max(near(a.join(''), b.join('')), near([...a].sort().join(''), [...b].sort().join('')));
}

interface Fit {
  readonly matched: number;
  readonly mean: number;
  /** Words without a counterpart on the shorter and the longer side. */
  readonly openShort: number;
  readonly openLong: number;
}

/** Best first matching of words; each stands for one. */
function _aligned(a: readonly string[], b: readonly string[], shortening: number): Fit {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  const pairs = short
    .flatMap((x, i) => long.map((y, j) => ({ i, j, s: wordsAgree(x, y, shortening) })))
    .filter((p) => p.s > 0);
  pairs.sort((p, q) => q.s - p.s || p.i - q.i || p.j - q.j);
  const usedShort = new Set<number>();
  const usedLong = new Set<number>();
  let sum = 0;
  for (const p of pairs) {
    if (usedShort.has(p.i) || usedLong.has(p.j)) continue;
    usedShort.add(p.i);
    usedLong.add(p.j);
    sum += p.s;
  }
  const matched = usedShort.size;
  const open = (words: readonly string[], used: ReadonlySet<number>): string[] => words.filter((_w, i) => !used.has(i));
  const openShort = open(short, usedShort);
  const openLong = open(long, usedLong);
  const initials = openShort.length > 0 && openLong.length > 0;
  const count = (words: readonly string[], all: readonly string[]): number =>
    initials
      ? words.length
      : words.filter((w) => (w.length > 1 || /\d/.test(w)) && all.filter((x) => x === w).length === 1).length;
  return {
    matched,
    mean: matched === 0 ? 0 : sum / matched,
    openShort: count(openShort, short),
    openLong: count(openLong, long),
  };
}

function _otherScript(a: string, b: string): boolean {
  return (romanized(a.toLowerCase()) === a.toLowerCase()) !== (romanized(b.toLowerCase()) === b.toLowerCase());
}

/** Whether the words sound alike one for one when p is written b and a vowel may stand for any. */
function _soundsFit(a: readonly string[], b: readonly string[]): boolean {
  const sound = (w: string): string => soundOf(w.replaceAll('p', 'b').replace(/[wy]/g, 'u'));
  const left = a.map(sound).sort().join(' ');
  return a.length > 1 && left === b.map(sound).sort().join(' ');
}
