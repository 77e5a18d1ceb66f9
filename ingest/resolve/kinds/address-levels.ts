import { type Comparison, MISSING, level, metresBetween } from '../core/index.ts';
import { type AddressParts, addressAgreement, parseAddress, plainAddress } from '../names/index.ts';

/** Addresses of a column, cut once per distinct spelling. */
export interface CutAddresses {
  readonly codes: Int32Array;
  readonly parts: readonly AddressParts[];
}

/** Cuts an address column; equal comparable spellings share a code. */
export function cutAddresses(column: readonly (string | null)[]): CutAddresses {
  const index = new Map<string, number>();
  const parts: AddressParts[] = [];
  const codes = Int32Array.from(column, (raw) => {
    if (raw === null) return -1;
    const full = plainAddress(raw);
    if (full === '') return -1;
    let code = index.get(full);
    if (code === undefined) {
      code = parts.length;
      index.set(full, code);
      parts.push(parseAddress(raw));
    }
    return code;
  });
  return { codes, parts };
}

const ADDRESS_LEVELS = Object.freeze([
  MISSING,
  level('same door', 0.55, 0.001),
  level('same number of the same road or village', 0.2, 0.001),
  level('same road or village', 0.1, 0.01),
  level('same town', 0.08, 0.1),
  level('nothing in common', 0.04, 0.3),
  level('contradiction', 0.03, 0.588),
]);

/** Compares addresses by their parts, town to door. */
export function addressComparison(addresses: CutAddresses): Comparison {
  const levelOf = (i: number, j: number): number => {
    const a = addresses.codes[i]!;
    const b = addresses.codes[j]!;
    if (a < 0 || b < 0) return 0;
    const agreement = addressAgreement(addresses.parts[a]!, addresses.parts[b]!);
    return agreement < 0 ? 6 : 5 - agreement;
  };
  return { id: 'address', fields: ['address'], levels: ADDRESS_LEVELS, levelOf };
}

/** Key of the door, for blocking: road or village with number; null when either is missing. */
export function doorKey(a: AddressParts): string | null {
  const way = a.road !== '' ? a.road : a.village;
  return way === '' || a.number === '' ? null : `${way}|${a.number}`;
}

const PLACE_LEVELS = Object.freeze([
  MISSING,
  level('same door, one site there', 0.45, 0.000005),
  level('same door, several sites there', 0.1, 0.0003),
  level('same number of the same road or village, one site there', 0.15, 0.000005),
  level('same number of the same road or village, several there', 0.05, 0.0003),
  level('same road or village, within 150 m', 0.05, 0.0005),
  level('within 60 m, addresses do not contradict', 0.05, 0.0003),
  level('within 300 m, addresses do not contradict', 0.05, 0.003),
  level('same road or village', 0.04, 0.01),
  level('same town, or within 1 km', 0.05, 0.1),
  level('nothing in common', 0.03, 0.3),
  level('contradiction', 0.02, 0.58),
]);

/** Address and distance as one comparison, since the one follows from the other: doors first, then metres, and a contradiction beats nearness.
 *  `crowded` says whether several known things share the door of a record. */
export function placeComparison(
  addresses: CutAddresses,
  lon: readonly (string | null)[],
  lat: readonly (string | null)[],
  crowded: (record: number) => boolean = () => false,
): Comparison {
  const number = (v: string | null): number => (v === null ? Number.NaN : Number(v));
  const x = Float64Array.from(lon, number);
  const y = Float64Array.from(lat, number);
  const levelOf = (i: number, j: number): number => {
    const a = addresses.codes[i]!;
    const b = addresses.codes[j]!;
    const metres = metresBetween(x[i]!, y[i]!, x[j]!, y[j]!);
    if (a < 0 || b < 0) return Number.isNaN(metres) ? 0 : _byMetres(metres, 0);
    const agreement = addressAgreement(addresses.parts[a]!, addresses.parts[b]!);
    if (agreement < 0) return 11;
    if (agreement >= 3) return metres > 1500 ? 9 : (agreement === 4 ? 1 : 3) + (crowded(i) || crowded(j) ? 1 : 0);
    return Number.isNaN(metres) ? [10, 9, 8][agreement]! : _byMetres(metres, agreement);
  };
  return { id: 'place', fields: ['address', 'lon', 'lat'], levels: PLACE_LEVELS, given: true, levelOf };
}

function _byMetres(metres: number, agreement: number): number {
  if (agreement === 2 && metres <= 150) return 5;
  if (metres <= 60) return 6;
  if (metres <= 300) return 7;
  if (agreement === 2) return 8;
  return metres <= 1000 || agreement === 1 ? 9 : metres > 3000 ? 11 : 10;
}

/** For each record, whether its door (road or village with number) leaves open what stands there: several different `ids` of the highest rank present,
 *  or the record's own id is of a lower rank (a meter beside the one permitted site). */
export function crowdedDoors(
  addresses: CutAddresses,
  ids: Int32Array,
  rankOf: (record: number) => number,
): (record: number) => boolean {
  const door = addresses.parts.map(doorKey);
  const keyOf = (i: number): string | null => (addresses.codes[i]! < 0 ? null : door[addresses.codes[i]!]!);
  const top = new Map<string, { rank: number; ids: Set<number> }>();
  for (let i = 0; i < ids.length; i++) {
    const key = keyOf(i);
    if (key === null || ids[i]! < 0) continue;
    const held = top.get(key);
    const rank = rankOf(i);
    if (held === undefined || rank > held.rank) top.set(key, { rank, ids: new Set([ids[i]!]) });
    else if (rank === held.rank) held.ids.add(ids[i]!);
  }
  return (i) => {
    const key = keyOf(i);
    const held = key === null ? undefined : top.get(key);
    return held !== undefined && (held.ids.size > 1 || (ids[i]! >= 0 && !held.ids.has(ids[i]!)));
  };
}

/** Cells of about 300 m around a point, its own and the three nearest neighbours, for blocking. */
export function cellKeys(lon: string | null, lat: string | null): string[] {
  if (lon === null || lat === null) return [];
  const x = Number(lon) / 0.0031;
  const y = Number(lat) / 0.0027;
  const out: string[] = [];
  for (const dx of [Math.floor(x - 0.5), Math.floor(x + 0.5)])
    for (const dy of [Math.floor(y - 0.5), Math.floor(y + 0.5)]) out.push(`${dx}|${dy}`);
  return out;
}
