import { codesOf } from './near-text.ts';
import { Readings } from './readings.ts';

/** What an entity is called: its label first, then other names and numbers. */
export interface Named {
  readonly id: string;
  readonly kind: string;
  readonly town: string | null;
  readonly mentions: number;
  readonly texts: readonly string[];
}

/** All names of a snapshot in flat arrays: about 60 bytes a text beside its characters. A search is one pass over 12 bytes a text that leaves few to read.
 *  Entities are numbered in the order added; `textStarts` has n + 1 entries. */
export interface NameIndex {
  readonly ids: readonly string[];
  readonly kind: Uint8Array;
  readonly kinds: readonly string[];
  readonly town: Uint16Array;
  readonly towns: readonly string[];
  readonly mentions: Float32Array;
  readonly textStarts: Uint32Array;
  /** Text → where its characters begin in `codes`; one entry more. */
  readonly starts: Uint32Array;
  readonly codes: Uint16Array;
  /** Text → a bit for each character in it, by remainder; two words. */
  readonly low: Uint32Array;
  readonly high: Uint32Array;
  /** The same for each two neighbouring characters. */
  readonly pairLow: Uint32Array;
  readonly pairHigh: Uint32Array;
  /** Text → first letters of its characters' readings, bits 0–25. */
  readonly initials: Uint32Array;
  readonly readings: Readings;
}

/** As texts are compared: width folded, small letters, no spaces, points or brackets. */
export function normal(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s·•\-_.,，。、()（）〔〕[\]【】"'“”‘’/\\|:：;；]/gu, '');
}

/** Bit of a character among 64. */
export function charBit(code: number): number {
  return (Math.imul(code, 0x9e3779b1) >>> 26) & 63;
}

/** Bit of two neighbouring characters among 64. */
export function pairBit(first: number, second: number): number {
  return (Math.imul(first * 31 + second, 0x85ebca6b) >>> 26) & 63;
}

/** The index of names that come in slices. O(characters). */
export class NameIndexBuilder {
  readonly #ids: string[] = [];
  readonly #kinds = new Map<string, number>();
  readonly #towns = new Map<string, number>([['', 0]]);
  readonly #kind: number[] = [];
  readonly #town: number[] = [];
  readonly #mentions: number[] = [];
  readonly #textStarts: number[] = [0];
  readonly #starts: number[] = [0];
  #codes = new Uint16Array(1 << 16);
  #used = 0;

  add(named: Named): void {
    this.#ids.push(named.id);
    this.#kind.push(_code(this.#kinds, named.kind));
    this.#town.push(_code(this.#towns, named.town ?? ''));
    this.#mentions.push(named.mentions);
    for (const text of new Set(named.texts.map(normal))) if (text !== '') this.#addText(text);
    this.#textStarts.push(this.#starts.length - 1);
  }

  done(): NameIndex {
    const codes = this.#codes.slice(0, this.#used);
    const starts = Uint32Array.from(this.#starts);
    return {
      ids: this.#ids,
      kind: Uint8Array.from(this.#kind),
      kinds: [...this.#kinds.keys()],
      town: Uint16Array.from(this.#town),
      towns: [...this.#towns.keys()],
      mentions: Float32Array.from(this.#mentions),
      textStarts: Uint32Array.from(this.#textStarts),
      starts,
      codes,
      ..._signatures(codes, starts),
    };
  }

  #addText(text: string): void {
    const codes = codesOf(text);
    while (this.#used + codes.length > this.#codes.length) {
      const wider = new Uint16Array(this.#codes.length * 2);
      wider.set(this.#codes);
      this.#codes = wider;
    }
    this.#codes.set(codes, this.#used);
    this.#used += codes.length;
    this.#starts.push(this.#used);
  }
}

function _code(codes: Map<string, number>, name: string): number {
  const known = codes.get(name);
  if (known !== undefined) return known;
  codes.set(name, codes.size);
  return codes.size - 1;
}

function _signatures(
  codes: Uint16Array,
  starts: Uint32Array,
): Pick<NameIndex, 'low' | 'high' | 'pairLow' | 'pairHigh' | 'initials' | 'readings'> {
  const texts = starts.length - 1;
  const [low, high] = [new Uint32Array(texts), new Uint32Array(texts)];
  const [pairLow, pairHigh] = [new Uint32Array(texts), new Uint32Array(texts)];
  const initials = new Uint32Array(texts);
  const readings = new Readings();
  for (let t = 0; t < texts; t++) {
    for (let i = starts[t]!; i < starts[t + 1]!; i++) {
      const code = codes[i]!;
      setBit(low, high, t, charBit(code));
      if (i > starts[t]!) setBit(pairLow, pairHigh, t, pairBit(codes[i - 1]!, code));
      initials[t]! |= readings.initialsOf(code);
    }
  }
  return { low, high, pairLow, pairHigh, initials, readings };
}

/** Sets one of 64 bits that two words hold. */
export function setBit(low: Uint32Array, high: Uint32Array, at: number, bit: number): void {
  if (bit < 32) low[at]! |= 1 << bit;
  else high[at]! |= 1 << (bit - 32);
}
