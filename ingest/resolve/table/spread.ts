import type { Coded } from '../core/index.ts';

/** Per value of a column, 1 where it is spread over places: three or more, none with three fifths of its rows. The phone of a head office is such a value:
 *  to share it says less than to share a phone. Rows without a place are not counted.
 *  @param placeOf  key of each row's place, null = unknown  O(rows) */
export function spreadValues(values: Coded, placeOf: (row: number) => string | null, rows: number): Uint8Array {
  const places: Map<string, number>[] = values.values.map(() => new Map<string, number>());
  for (let i = 0; i < rows; i++) {
    const code = values.codes[i]!;
    const place = code < 0 ? null : placeOf(i);
    if (place === null) continue;
    const seen = places[code]!;
    seen.set(place, (seen.get(place) ?? 0) + 1);
  }
  return Uint8Array.from(places, (seen) => {
    const counts = [...seen.values()];
    const all = counts.reduce((s, n) => s + n, 0);
    return counts.length >= 3 && Math.max(...counts) < 0.6 * all ? 1 : 0;
  });
}
