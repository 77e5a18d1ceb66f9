import { charReadings } from '../../../ingest/clean/index.ts';

/** Character → its readings as small Latin letters; each character is looked up once. A letter or digit reads as itself. */
export class Readings {
  readonly #known = new Map<number, readonly string[]>();
  /** −1 = not looked up yet. */
  readonly #initials = new Int32Array(65_536).fill(-1);

  of(code: number): readonly string[] {
    const known = this.#known.get(code);
    if (known !== undefined) return known;
    const char = String.fromCharCode(code);
    const readings = /[\u3400-\u9fff]/.test(char) ? charReadings(char) : [char];
    this.#known.set(code, readings);
    return readings;
  }

  /** First letters of all readings as bits 0–25; other characters as none. */
  initialsOf(code: number): number {
    if (this.#initials[code] === -1)
      this.#initials[code] = this.of(code).reduce((bits, reading) => bits | letterBit(reading.charCodeAt(0)), 0);
    return this.#initials[code]!;
  }
}

export function letterBit(code: number): number {
  return code >= 97 && code <= 122 ? 1 << (code - 97) : 0;
}

/** Letters that stand within a syllable as well as at its beginning; any other letter of a word must begin one. */
const _WITHIN = new Set('aeiouvngrh');

/** First letters that a name must have for `letters` to be read off it, bits 0–25. */
export function initialsNeeded(letters: string): number {
  let bits = letterBit(letters.charCodeAt(0));
  for (const letter of letters) if (!_WITHIN.has(letter)) bits |= letterBit(letter.charCodeAt(0));
  return bits;
}

/** How `letters` may be read off `codes[start … stop)` from somewhere on: `full` = whole syllables (the last may be begun), `initials` = with at least one
 *  syllable cut short; null = not at all. `atStart` says whether it begins with the first character. */
export function readsAs(
  letters: string,
  codes: Uint16Array,
  range: { readonly start: number; readonly stop: number },
  readings: Readings,
): { readonly how: 'full' | 'initials'; readonly atStart: boolean } | null {
  let best: { how: 'full' | 'initials'; atStart: boolean } | null = null;
  const first = letterBit(letters.charCodeAt(0));
  for (let i = range.start; i < range.stop; i++) {
    if (first !== 0 && (readings.initialsOf(codes[i]!) & first) === 0) continue;
    const how = _from(letters, 0, codes, i, range.stop, readings);
    if (how === null) continue;
    const found = { how, atStart: i === range.start };
    if (how === 'full') return found;
    best ??= found;
  }
  return best;
}

function _from(
  letters: string,
  at: number,
  codes: Uint16Array,
  i: number,
  stop: number,
  readings: Readings,
): 'full' | 'initials' | null {
  if (at === letters.length) return 'full';
  if (i === stop) return null;
  let best: 'full' | 'initials' | null = null;
  for (const reading of readings.of(codes[i]!)) {
    if (letters.startsWith(reading, at)) {
      const rest = _from(letters, at + reading.length, codes, i + 1, stop, readings);
      if (rest === 'full') return rest;
      best ??= rest;
    } else if (reading.startsWith(letters.slice(at)) && letters.length - at > 1) return 'full';
    if (reading.length > 1 && letters.charCodeAt(at) === reading.charCodeAt(0)) {
      if (_from(letters, at + 1, codes, i + 1, stop, readings) !== null) best ??= 'initials';
    }
  }
  return best;
}
