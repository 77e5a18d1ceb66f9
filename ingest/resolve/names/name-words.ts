import { editDistance, isSubsequence } from '../core/index.ts';
import { readingOf } from './readings.ts';
import { romanized, soundOf } from './romanize.ts';
import { folded } from './normal.ts';

const TITLES = new Set(
  'mr mrs ms dr prof sir dame lord president sheikh shaikh sheik hajji haji mullah mawlawi maulavi general colonel gen col mv mt the'.split(
    ' ',
  ),
);
const PARTICLES = new Set(
  'al el ul bin ibn ben bint abu von van der den de la le da di du dos das y e i of and for'.split(' '),
);
const NUMBERS = new Map(
  'one 1 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 ten 10 first 1 second 2 third 3 fourth 4 fifth 5 1st 1 2nd 2 3rd 3 4th 4 5th 5 ii 2 iii 3 iv 4 vi 6 vii 7 viii 8 ix 9'
    .split(' ')
    .map((w, i, all) => [w, all[i + 1]!] as const)
    .filter((_p, i) => i % 2 === 0),
);
const LOOKS: Readonly<Record<string, string>> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 9: 'g', '@': 'a', $: 's' };
const CJK = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const HAN = /\p{Script=Han}/u;

/** Plain words of a name: folded, romanised, titles and particles out; digits inside a word read as the letters they look like. */
export function nameWords(text: string): string[] {
  const plain = plainText(text);
  const words = plain.split(' ').filter((w) => w !== '' && !TITLES.has(w));
  const kept = words.filter((w) => !PARTICLES.has(w));
  return (kept.length > 0 ? kept : words).map((w) => NUMBERS.get(w) ?? _letters(w));
}

/** Folded and romanised, with nothing but letters, digits and single spaces; apostrophes and dots inside a word join it. */
export function plainText(text: string): string {
  return romanized(folded(text) ?? '')
    .normalize('NFD')
    .replace(/(?<=[a-z])\p{M}+/gu, '')
    .replace(/['’`ʼ]/gu, '')
    .replace(/\b(\p{L})\.(?=\p{L}\b)/gu, '$1')
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}\p{M}\p{N}@$]+/gu, ' ')
    .trim();
}

function _letters(word: string): string {
  return /\p{L}/u.test(word) && /[0-9@$]/.test(word) ? word.replace(/[0-9@$]/g, (d) => LOOKS[d] ?? d) : word;
}

/** How well one name word stands for another, 0–1; 0 = it does not. Numbers only for themselves; short words and Han, Hangul and kana only with
 *  hardly a slip.
 *  @param shortening  least letters of a beginning that stands for the whole word; 0 = none does */
export function wordsAgree(a: string, b: string, shortening = 3): number {
  if (a === b) return 1;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (/^\d/.test(short) || /^\d/.test(long)) return 0;
  if (CJK.test(short) || CJK.test(long)) return HAN.test(a) && HAN.test(b) && readingOf(a) === readingOf(b) ? 0.65 : 0;
  if (short.length === 1) return long.length > 1 && long.startsWith(short) ? 0.75 : 0;
  const distance = editDistance(a, b, 3);
  const allowed = long.length < 4 ? 0 : long.length < 8 ? 1 : long.length < 12 ? 2 : 3;
  if (distance <= allowed) return 1 - (0.5 * distance) / long.length;
  if (short.length >= 4 && soundOf(a) === soundOf(b) && soundOf(a).length >= 2) return 0.88;
  if (shortening > 0 && short.length >= shortening && long.startsWith(short)) return 0.8;
  if (short.length >= 4 && short[0] === long[0] && short.at(-1) === long.at(-1) && isSubsequence(short, long))
    return 0.75;
  if (distance === 2 && short.length >= 5 && long.length >= 6 && a.slice(0, 3) === b.slice(0, 3)) return 0.72;
  return distance === 1 && long.length === 3 && a[0] === b[0] ? 0.72 : 0;
}
