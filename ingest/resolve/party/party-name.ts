import { personPinyin } from '../../clean/index.ts';
import { editDistance, jaroWinkler } from '../core/index.ts';
import { isPetName, nameWords, plainText, soundOf, takeGeneration, withoutLegalForm } from '../names/index.ts';

/** A name read into parts. `loose` = which words are the family name is a guess. */
export interface PartyName {
  readonly kind: 'person' | 'body';
  readonly given: readonly string[];
  readonly family: readonly string[];
  readonly loose: boolean;
  /** Senior 1, junior 2, III 3; 0 = not said. */
  readonly generation: number;
  /** Holds letters that cannot be read as Latin, so that it tells nothing beside a Latin name. */
  readonly unread: boolean;
}

/** Words of a name in Latin letters: Han by its readings (a family name in the reading that family names have), titles and particles out. */
export function latinWords(text: string): string[] {
  return nameWords(/\p{Script=Han}/u.test(text) ? personPinyin(text) : text);
}

const UNREAD = /(?!\p{Script=Latin})\p{L}/u;

/** Reads a person's name from its parts or from the whole ("Last, First" or "First Last"); null when there is none. */
export function personName(parts: {
  full: string | null;
  given: string | null;
  family: string | null;
  suffix: string | null;
}): PartyName | null {
  const stated = [parts.suffix, parts.family, parts.given, parts.full].map(_withoutGeneration);
  const [, family0, given0, full0] = stated.map((t) => t.text);
  const { whole, given, family } = _split({ full: full0!, given: given0!, family: family0! });
  if (given.length + family.length === 0) return null;
  const loose = whole || given.length === 0 || family.length === 0;
  return {
    kind: 'person',
    given,
    family,
    loose,
    generation: stated.find((t) => t.generation > 0)?.generation ?? 0,
    unread: [...given, ...family].some((w) => UNREAD.test(w)),
  };
}

/** A text without the word that states a generation; a suffix column may be that word alone. */
function _withoutGeneration(text: string | null, index: number): { text: string | null; generation: number } {
  if (text === null) return { text, generation: 0 };
  const words = [...(index === 0 ? ['-'] : []), ...text.split(/(?<=[\s,.])/)]
    .map((w) => w.trim())
    .filter((w) => w !== '');
  const plain = words.map((w) => plainText(w));
  const generation = takeGeneration(plain);
  if (generation === 0) return { text, generation };
  const at = words.findLastIndex((w, i) => i > 0 && takeGeneration(['', plainText(w)]) > 0);
  return { text: words.filter((_w, i) => i !== at).join(' '), generation };
}

function _split(p: { full: string | null; given: string | null; family: string | null }): {
  whole: boolean;
  given: string[];
  family: string[];
} {
  if (p.given !== null || p.family !== null)
    return { whole: false, given: latinWords(p.given ?? ''), family: latinWords(p.family ?? '') };
  const comma = (p.full ?? '').split(',');
  if (comma.length === 2 && latinWords(comma[1]!).length > 0)
    return { whole: false, given: latinWords(comma[1]!), family: latinWords(comma[0]!) };
  const words = latinWords(p.full ?? '');
  return { whole: true, given: words.slice(0, -1), family: words.slice(-1) };
}

/** Reads a firm's or body's name: words without legal forms; null when there is none. */
export function bodyName(text: string | null): PartyName | null {
  const words = text === null ? [] : latinWords(withoutLegalForm(plainText(text)).rest);
  if (words.length === 0) return null;
  return {
    kind: 'body',
    given: [],
    family: words,
    loose: true,
    generation: 0,
    unread: words.some((w) => UNREAD.test(w)),
  };
}

const soundHead = (w: string): string => soundOf(w.replace(/^ge/, 'je').replace(/igh/g, 'i').replace(/^kn/, 'n'));

/** How well one word of a name stands for another, 0–1: equal, a pet name, a slip or two, the same sound, an initial. */
export function wordFit(a: string, b: string): number {
  if (a === b) return 1;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (/\d/.test(short) || /\d/.test(long)) return 0;
  if (short.length === 1) return long.startsWith(short) ? 0.35 : 0;
  if (isPetName(a, b)) return 0.9;
  const allowed = long.length < 4 ? 0 : long.length < 8 ? 1 : 2;
  if (short.length >= 4 && editDistance(a, b, allowed) <= allowed) return 0.85;
  const sound = soundHead(a);
  if (sound !== soundHead(b)) return 0;
  if (sound.replace(/^a/, '').length >= 2) return 0.8;
  return a[0] === b[0] && long.length <= 5 ? 0.6 : 0;
}

/** Bits against two given names that are no forms of one: a shared family name makes them relatives, so it earns nothing then. */
const OTHER_PERSON = 12;

/** Bits of two persons' names, or −12 … where they part; `conflict` when they state two generations. */
export function personBits(a: PartyName, b: PartyName, rarity: (word: string) => number): number | 'conflict' {
  if (a.generation > 0 && b.generation > 0 && a.generation !== b.generation) return 'conflict';
  if (a.unread !== b.unread) return 0;
  const left = [...a.given.map((w) => ({ w, role: 0 })), ...a.family.map((w) => ({ w, role: 1 }))];
  const right = [...b.given.map((w) => ({ w, role: 0 })), ...b.family.map((w) => ({ w, role: 1 }))];
  const joined = _joinedBits(left, right, rarity);
  if (joined !== null) return joined;
  const loose = a.loose || b.loose;
  const found = left.flatMap((x, i) =>
    right.map((y, j) => ({ i, j, s: wordFit(x.w, y.w) * (x.role === y.role || loose ? 1 : 0.8) })),
  );
  const taken = _matched(found);
  const lost = _parting(left, right, taken);
  if (lost >= OTHER_PERSON) return -OTHER_PERSON;
  const bits = taken.reduce((s, t) => s + t.s * Math.min(rarity(left[t.i]!.w), rarity(right[t.j]!.w)), 0);
  return Math.max(-OTHER_PERSON, bits - lost);
}

interface Word {
  readonly w: string;
  readonly role: number;
}
interface Match {
  readonly i: number;
  readonly j: number;
  readonly s: number;
}

function _matched(found: Match[]): Match[] {
  const order = found.filter((f) => f.s > 0).sort((x, y) => y.s - x.s || x.i - y.i || x.j - y.j);
  const [left, right] = [new Set<number>(), new Set<number>()];
  return order.filter((f) => {
    if (left.has(f.i) || right.has(f.j)) return false;
    left.add(f.i);
    right.add(f.j);
    return true;
  });
}

/** What names lose for parts that both have and that do not meet: another given name is nearly another person, another family name may be a marriage. */
function _parting(left: readonly Word[], right: readonly Word[], taken: readonly Match[]): number {
  const open = (words: readonly Word[], used: readonly number[]): Word[] => words.filter((_w, i) => !used.includes(i));
  const openLeft = open(
    left,
    taken.map((t) => t.i),
  );
  const openRight = open(
    right,
    taken.map((t) => t.j),
  );
  const parts = (role: number): boolean =>
    openLeft.some((x) => x.role === role && x.w.length > 0) && openRight.some((x) => x.role === role);
  const met = (role: number): boolean => taken.some((t) => left[t.i]!.role === role || right[t.j]!.role === role);
  let lost = 0;
  if (parts(0)) lost += met(0) ? 3 : OTHER_PERSON;
  if (parts(1)) lost += met(1) ? 1 : 4;
  return lost;
}

/** Names that are one string when written together ("Xiu Ying", "Xiuying"), in either order of the words. */
function _joinedBits(left: readonly Word[], right: readonly Word[], rarity: (word: string) => number): number | null {
  if (left.length === right.length || left.length < 2 || right.length < 2) return null;
  const text = (words: readonly Word[]): string =>
    words
      .map((x) => x.w)
      .sort()
      .join('');
  const plain = (words: readonly Word[]): string => words.map((x) => x.w).join('');
  if (text(left) !== text(right) && plain(left) !== plain(right)) return null;
  return left.reduce((s, x) => s + rarity(x.w), 0);
}

/** Bits of two bodies' names: rare words in common count, words that are open on both sides or many on one speak against. */
export function bodyBits(a: PartyName, b: PartyName, rarity: (word: string) => number): number {
  if (a.unread !== b.unread) return 0;
  const found = a.family.flatMap((x, i) => b.family.map((y, j) => ({ i, j, s: _bodyFit(x, y) })));
  const taken = _matched(found);
  if (taken.length === 0) return -8;
  let bits = 0;
  for (const t of taken) bits += t.s * Math.min(6, rarity(a.family[t.i]!), rarity(b.family[t.j]!));
  const [openA, openB] = [a.family.length - taken.length, b.family.length - taken.length];
  return Math.max(-8, bits - 3 * Math.min(openA, openB) - Math.max(openA, openB));
}

function _bodyFit(a: string, b: string): number {
  if (a === b) return 1;
  if (/\d/.test(a) || /\d/.test(b) || Math.min(a.length, b.length) < 4) return 0;
  const s = jaroWinkler(a, b);
  return s >= 0.9 || (a.length > 5 && soundOf(a) === soundOf(b)) ? 0.85 : 0;
}
