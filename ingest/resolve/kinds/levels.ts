import { type Coded, type Comparison, MISSING, level } from '../core/index.ts';

/** Codes of an identifier column: equal = the same entity for certain, different = never the same. */
export function identifierComparison(id: string, ids: Coded): Comparison {
  const levels = [MISSING, level('same', 0.95, 0.001, 'same'), level('different', 0.05, 0.999, 'different')];
  return { id, fields: [id], levels, levelOf: (i, j) => _identifier(ids.codes[i]!, ids.codes[j]!) };
}

/** Equal or not, as evidence only; values shared by more than `most` records count as their own, weaker level. */
export function sharedComparison(id: string, values: Coded, most: number): Comparison {
  const held = new Int32Array(values.values.length);
  for (const c of values.codes) if (c >= 0) held[c]!++;
  const levels = [
    MISSING,
    level('same', 0.7, 0.001),
    level('same, shared by many', 0.05, 0.002),
    level('different', 0.25, 0.997),
  ];
  const levelOf = (i: number, j: number): number => {
    const a = values.codes[i]!;
    const b = values.codes[j]!;
    if (a < 0 || b < 0) return 0;
    return a !== b ? 3 : held[a]! > most ? 2 : 1;
  };
  return { id, fields: [id], levels, levelOf };
}

function _identifier(a: number, b: number): number {
  return a < 0 || b < 0 ? 0 : a === b ? 1 : 2;
}

/** The value most members hold, by rows behind it; ties go to the smaller text. */
export function mostHeld(
  column: readonly (string | null)[],
  members: readonly number[],
  rows: Float64Array,
): string | null {
  const sums = new Map<string, number>();
  for (const i of members) {
    const v = column[i];
    if (v !== null && v !== undefined) sums.set(v, (sums.get(v) ?? 0) + rows[i]!);
  }
  let best: string | null = null;
  for (const [v, n] of sums) {
    const top = best === null ? -1 : sums.get(best)!;
    if (n > top || (n === top && best !== null && v < best)) best = v;
  }
  return best;
}

/** The one value all members hold, or null when there is none or more than one. */
export function onlyValue(column: readonly (string | null)[], members: readonly number[]): string | null {
  let only: string | null = null;
  for (const i of members) {
    const v = column[i];
    if (v === null || v === undefined) continue;
    if (only !== null && only !== v) return null;
    only = v;
  }
  return only;
}

/** Middle of the coordinates that members hold, in degrees; null when none has both. */
export function middleOf(
  lon: readonly (string | null)[],
  lat: readonly (string | null)[],
  members: readonly number[],
): { lon: number | null; lat: number | null } {
  const points = members.filter((i) => lon[i] !== null && lat[i] !== null);
  if (points.length === 0) return { lon: null, lat: null };
  const median = (column: readonly (string | null)[]): number =>
    points.map((i) => Number(column[i])).sort((a, b) => a - b)[points.length >> 1]!;
  return { lon: median(lon), lat: median(lat) };
}
