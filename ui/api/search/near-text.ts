/** Longest text that is looked for with errors: one bit for each of its characters. */
export const MOST_CHARS = 31;

/** A text that is looked for, prepared once. */
export interface Wanted {
  readonly codes: Uint16Array;
  /** Character → the places where it stands in the text, as bits; one entry for each of 65,536. */
  readonly masks: Int32Array;
  /** Characters that may be wrong, missing or too many. */
  readonly errors: 0 | 1;
}

/** @param text  already normalised, 1 – MOST_CHARS characters */
export function wantedOf(text: string, errors: 0 | 1): Wanted {
  const codes = codesOf(text);
  const masks = new Int32Array(65_536);
  codes.forEach((c, i) => (masks[c]! |= 1 << i));
  return { codes, masks, errors };
}

export function codesOf(text: string): Uint16Array {
  const codes = new Uint16Array(text.length);
  for (let i = 0; i < codes.length; i++) codes[i] = text.charCodeAt(i);
  return codes;
}

/** Fewest errors with which the wanted text stands somewhere in `codes[start … stop)`: 0, 1, or −1 = more than allowed. One pass, O(length).
 *  @source Wu and Manber 1992, Shift-And with errors */
export function errorsIn(wanted: Wanted, codes: Uint16Array, start: number, stop: number): -1 | 0 | 1 {
  const { masks } = wanted;
  const goal = 1 << (wanted.codes.length - 1);
  let exact = 0;
  let near = 1;
  let found: -1 | 1 = -1;
  for (let i = start; i < stop; i++) {
    const mask = masks[codes[i]!]!;
    const before = exact;
    exact = ((exact << 1) | 1) & mask;
    if ((exact & goal) !== 0) return 0;
    if (wanted.errors === 0) continue;
    // a right character · one too many · a wrong one · one missing
    near = (((near << 1) | 1) & mask) | before | (before << 1) | (exact << 1) | 1;
    if ((near & goal) !== 0) found = 1;
  }
  return found;
}
