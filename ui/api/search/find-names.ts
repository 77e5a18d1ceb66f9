import { type NameIndex, charBit, normal, pairBit, setBit } from './name-index.ts';
import { MOST_CHARS, type Wanted, codesOf, errorsIn, wantedOf } from './near-text.ts';
import { type Readings, initialsNeeded, readsAs } from './readings.ts';

/** How a name was found, from the surest. */
export const HOWS = ['exact', 'start', 'inside', 'pinyin', 'near', 'initials'] as const;
export type How = (typeof HOWS)[number];

export interface Found {
  readonly id: string;
  /** Orders only. */
  readonly score: number;
  readonly how: How;
  /** The text that was found, as compared. */
  readonly text: string;
}

export interface FindOptions {
  readonly limit: number;
  /** Kinds that count; null = all. */
  readonly kinds: readonly string[] | null;
  /** Entity number → whether it counts at all; null = all do. */
  readonly mask: Uint8Array | null;
}

/** The best hits, and how many there are of each kind. */
export interface Finding {
  readonly hits: readonly Found[];
  readonly total: number;
  readonly byKind: Readonly<Record<string, number>>;
}

const _BASE: Readonly<Record<How, number>> = { exact: 100, start: 90, inside: 80, pinyin: 72, near: 60, initials: 50 };

/** Kinds that people look for by name come before papers and events of the same fit. */
const _FIRST: Readonly<Record<string, number>> = {
  company: 5,
  vehicle: 5,
  ship: 5,
  site: 4,
  person: 4,
  project: 3,
  zone: 3,
  gate: 3,
  section: 3,
  area: 3,
};

/** Entities whose names hold every word of a query: as written, with one wrong, missing or surplus character (from three characters on), by pinyin, or by
 *  the first letters of the pinyin. Ordered by fit, then by kind, by the share of the name that was asked for, by mentions, by number.
 *  One pass over all texts: O(texts) plus the characters of those that a signature does not rule out. */
export function findNames(index: NameIndex, query: string, options: FindOptions): Finding {
  const words = query
    .trim()
    .split(/\s+/)
    .map(normal)
    .filter((w) => w !== '')
    .slice(0, 6)
    .map((w) => _wordOf(w.slice(0, MOST_CHARS)));
  if (words.length === 0) return { hits: [], total: 0, byKind: {} };
  const allowed = index.kinds.map((k) => options.kinds === null || options.kinds.includes(k));
  const counts = new Uint32Array(index.kinds.length);
  const best = new _Best(options.limit);
  for (let e = 0; e < index.ids.length; e++) {
    if (!allowed[index.kind[e]!] || (options.mask !== null && options.mask[e] === 0)) continue;
    const fit = _fitOfAll(index, e, words);
    if (fit === null) continue;
    counts[index.kind[e]!]!++;
    const score =
      fit.score + (_FIRST[index.kinds[index.kind[e]!]!] ?? 0) + Math.min(2, Math.log10(1 + index.mentions[e]!));
    best.offer({ entity: e, score, how: fit.how, text: fit.text });
  }
  const byKind = Object.fromEntries(index.kinds.flatMap((k, i) => (counts[i] === 0 ? [] : [[k, counts[i]!]])));
  return {
    hits: best
      .sorted()
      .map((b) => ({ id: index.ids[b.entity]!, score: b.score, how: b.how, text: _text(index, b.text) })),
    total: counts.reduce((a, b) => a + b, 0),
    byKind,
  };
}

interface _Word {
  readonly wanted: Wanted;
  readonly low: number;
  readonly high: number;
  readonly pairLow: number;
  readonly pairHigh: number;
  /** The word when it could be pinyin, and the first letters that it needs. */
  readonly letters: string | null;
  readonly initials: number;
}

interface _Fit {
  readonly score: number;
  readonly how: How;
  readonly text: number;
}

function _wordOf(word: string): _Word {
  const codes = codesOf(word);
  const [low, high] = [new Uint32Array(2), new Uint32Array(2)];
  codes.forEach((code, i) => {
    setBit(low, high, 0, charBit(code));
    if (i > 0) setBit(low, high, 1, pairBit(codes[i - 1]!, code));
  });
  const isLatin = /^[a-z][a-z0-9]*$/.test(word);
  // Codes of letters and digits are alike by chance: one error is allowed only from five on.
  const errors = codes.length >= (/^[a-z0-9]+$/.test(word) ? 5 : 3) ? 1 : 0;
  return {
    wanted: wantedOf(word, errors),
    low: low[0]!,
    high: high[0]!,
    pairLow: low[1]!,
    pairHigh: high[1]!,
    letters: isLatin && codes.length >= 2 ? word : null,
    initials: initialsNeeded(word),
  };
}

function _fitOfAll(index: NameIndex, entity: number, words: readonly _Word[]): _Fit | null {
  let sum = 0;
  let worst: _Fit | null = null;
  for (const word of words) {
    const fit = _fit(index, entity, word) ?? (words.length > 1 ? _fitTown(index, entity, word) : null);
    if (fit === null) return null;
    sum += fit.score;
    if (worst === null || fit.score < worst.score) worst = fit;
  }
  return { ...worst!, score: sum / words.length };
}

function _fit(index: NameIndex, entity: number, word: _Word): _Fit | null {
  const { wanted } = word;
  let best: _Fit | null = null;
  for (let t = index.textStarts[entity]!; t < index.textStarts[entity + 1]!; t++) {
    const how = _how(index, t, word);
    if (how === null) continue;
    const share = Math.min(1, wanted.codes.length / (index.starts[t + 1]! - index.starts[t]!));
    const score = _BASE[how] + 6 * share - (t === index.textStarts[entity] ? 0 : 1);
    if (best === null || score > best.score) best = { score, how, text: t };
  }
  return best;
}

function _how(index: NameIndex, t: number, word: _Word): How | null {
  const { wanted, letters } = word;
  const start = index.starts[t]!;
  const stop = index.starts[t + 1]!;
  const errors = _isPossible(index, t, word) ? errorsIn(wanted, index.codes, start, stop) : -1;
  if (errors === 0) {
    if (stop - start === wanted.codes.length) return 'exact';
    return _begins(wanted.codes, index.codes, start) ? 'start' : 'inside';
  }
  const isRead = letters !== null && (index.initials[t]! & word.initials) === word.initials;
  const read = isRead ? _read(index, t, letters, index.readings) : null;
  if (read === 'pinyin') return read;
  return errors === 1 ? 'near' : read;
}

/** Whether the signatures leave it open: one error takes one character, and two pairs, from what must be there. */
function _isPossible(index: NameIndex, t: number, word: _Word): boolean {
  const { errors } = word.wanted;
  if (_ones(word.low & ~index.low[t]!) + _ones(word.high & ~index.high[t]!) > errors) return false;
  return _ones(word.pairLow & ~index.pairLow[t]!) + _ones(word.pairHigh & ~index.pairHigh[t]!) <= 2 * errors;
}

function _read(index: NameIndex, t: number, letters: string, readings: Readings): How | null {
  const read = readsAs(letters, index.codes, { start: index.starts[t]!, stop: index.starts[t + 1]! }, readings);
  if (read === null) return null;
  return read.how === 'full' ? 'pinyin' : 'initials';
}

function _fitTown(index: NameIndex, entity: number, { wanted }: _Word): _Fit | null {
  const town = index.towns[index.town[entity]!]!;
  if (town === '') return null;
  const codes = codesOf(normal(town));
  return errorsIn({ ...wanted, errors: 0 }, codes, 0, codes.length) === 0
    ? { score: _BASE.inside, how: 'inside', text: index.textStarts[entity]! }
    : null;
}

function _begins(wanted: Uint16Array, codes: Uint16Array, start: number): boolean {
  return wanted.every((c, i) => codes[start + i] === c);
}

function _ones(bits: number): number {
  let v = bits - ((bits >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return (((v + (v >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

function _text(index: NameIndex, t: number): string {
  return String.fromCharCode(...index.codes.subarray(index.starts[t]!, index.starts[t + 1]!));
}

interface _Candidate {
  readonly entity: number;
  readonly score: number;
  readonly how: How;
  readonly text: number;
}

/** The best few of many, without sorting the many. */
class _Best {
  readonly #limit: number;
  #kept: _Candidate[] = [];
  #least = -Infinity;

  constructor(limit: number) {
    this.#limit = limit;
  }

  offer(candidate: _Candidate): void {
    if (candidate.score < this.#least) return;
    this.#kept.push(candidate);
    if (this.#kept.length >= 4 * this.#limit + 64) this.#cut();
  }

  sorted(): readonly _Candidate[] {
    this.#cut();
    return this.#kept;
  }

  #cut(): void {
    this.#kept = this.#kept.toSorted((a, b) => b.score - a.score || a.entity - b.entity).slice(0, this.#limit);
    if (this.#kept.length === this.#limit) this.#least = this.#kept.at(-1)!.score;
  }
}
