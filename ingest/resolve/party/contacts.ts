import { folded } from '../names/index.ts';
import { jaroWinkler } from '../core/index.ts';
import { sharedBits } from './evidence.ts';

/** How many differently named parties hold each value. */
export type Holders = ReadonlyMap<string, number>;

/** Counts the names that go with each value; records without a name count as one. */
export function holdersOf(values: readonly (string | null)[], names: readonly (string | null)[]): Map<string, number> {
  const seen = new Map<string, Set<string>>();
  values.forEach((v, i) => {
    if (v === null) return;
    const set = seen.get(v) ?? new Set<string>();
    set.add(names[i] ?? '');
    seen.set(v, set);
  });
  return new Map([...seen].map(([v, set]) => [v, set.size]));
}

/** Digits of a phone without country or trunk zeros; the last ten at most. */
export function phoneDigits(text: string | null): string | null {
  const digits = (folded(text) ?? '').replace(/x.*$/, '').replace(/\D/g, '').replace(/^0+/, '');
  return digits.length < 6 || /^(\d)\1+$/.test(digits) ? null : digits.slice(-10);
}

/** The address alone of a mail ("Ann <a@b.org>" too), lower case. */
export function mailOf(text: string | null): string | null {
  const m = /[^\s<>"',;]+@[^\s<>"',;]+\.[^\s<>"',;]+/.exec(folded(text) ?? '');
  return m === null ? null : m[0];
}

const FULL = 9;

/** Bits of two phones: the same, or the same last seven where an area code is left out. */
export function phoneBits(a: string, b: string, holders: Holders): number {
  if (a === b) return sharedBits(FULL, holders.get(a) ?? 1);
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length >= 7 && long.endsWith(short)) return sharedBits(FULL - 2, holders.get(long) ?? 1);
  return -0.5;
}

/** Bits of two mail addresses: the same, one slip, the same before the @ in another place. */
export function mailBits(a: string, b: string, holders: Holders): number {
  if (a === b) return sharedBits(FULL, holders.get(a) ?? 1);
  const [x, y] = [a.split('@')[0]!, b.split('@')[0]!];
  if (a.length >= 10 && jaroWinkler(a, b) >= 0.96) return 3;
  return x === y && x.length >= 6 ? 1 : -0.5;
}

const SHORT: ReadonlyMap<string, string> = new Map(
  (
    'street st strasse st str st avenue ave av ave lane ln road rd drive dr place pl boulevard blvd court ct square sq terrace ter highway hwy parkway pkwy ' +
    'suite ste apartment apt appt apt apartments apt aparments apt building bldg bld bldg floor fl north n south s east e west w northeast ne northwest nw southeast se southwest sw mount mt saint st'
  )
    .split(' ')
    .map((w, i, all) => [w, all[i + 1]!] as const)
    .filter((_p, i) => i % 2 === 0),
);
const LITTLE = new Set(
  'st ave ln rd dr pl blvd ct sq ter hwy pkwy ste apt bldg fl n s e w ne nw se sw the of no po box ul'.split(' '),
);

/** Parts of an address as a bag: numbers in order and words that are not road types or directions. */
export interface AddressBag {
  readonly numbers: readonly string[];
  readonly words: readonly string[];
  readonly key: string;
}

/** Reads an address of any order; null when it holds neither a number nor a word. */
export function addressBag(text: string | null): AddressBag | null {
  const plain = (folded(text) ?? '')
    .replace(/ß/g, 'ss')
    .replace(/(\p{L}{4,})strasse\b/gu, '$1 st')
    .replace(/p\.\s*o\.?/g, 'po');
  const tokens = [...plain.matchAll(/\p{N}+|[\p{L}\p{M}]+/gu)].map((m) => SHORT.get(m[0]) ?? m[0]);
  const numbers = tokens.filter((t) => /^\p{N}/u.test(t));
  const words = [...new Set(tokens.filter((t) => !/^\p{N}/u.test(t) && !LITTLE.has(t) && t.length > 1))];
  if (numbers.length + words.length === 0) return null;
  return { numbers, words, key: `${numbers[0] ?? ''} ${words[0] ?? ''}` };
}

/** Bits of two addresses: a number and most of the shorter one's words in common, damped by how many live there; another number in the same road says
 *  nothing, another address little. */
export function addressBits(a: AddressBag, b: AddressBag, rarity: (word: string) => number, holders: Holders): number {
  const alike = _overlap(a.words, b.words, rarity);
  const numbers = a.numbers.some((n) => b.numbers.includes(n));
  const bare = a.numbers.length === 0 || b.numbers.length === 0;
  const people = Math.max(holders.get(a.key) ?? 1, holders.get(b.key) ?? 1);
  if (numbers && alike >= 0.5 && a.numbers.some((n) => n.length < 5 && b.numbers.includes(n)))
    return sharedBits(7, people);
  if (alike >= 0.85 && (bare || numbers) && Math.min(a.words.length, b.words.length) >= 3) return sharedBits(5, people);
  return alike >= 0.5 ? 0 : -1;
}

/** Weight of the words in common over the weight of the lighter side's words. */
function _overlap(a: readonly string[], b: readonly string[], rarity: (word: string) => number): number {
  const weight = (words: readonly string[]): number => words.reduce((s, w) => s + rarity(w), 0);
  const least = Math.min(weight(a), weight(b));
  if (least === 0) return 0;
  let both = 0;
  for (const x of a) {
    const y = b.find((w) => w === x) ?? b.find((w) => x.length > 4 && w.length > 4 && jaroWinkler(x, w) >= 0.9);
    if (y !== undefined) both += Math.min(rarity(x), rarity(y));
  }
  return both / least;
}

/** Several contacts in common speak once and a half at most: a household shares them all. Without any in common, differences add up. */
export function contactBits(bits: readonly number[]): number | null {
  if (bits.length === 0) return null;
  const sorted = [...bits].sort((a, b) => b - a);
  if (sorted[0]! <= 0) return sorted.reduce((s, x) => s + x, 0);
  return sorted.reduce((s, x, k) => s + (x > 0 ? x / 2 ** k : x), 0);
}
