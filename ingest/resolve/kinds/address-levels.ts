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

const DISTANCE_LEVELS = Object.freeze([
  MISSING,
  level('within 60 m', 0.6, 0.0005),
  level('within 150 m', 0.2, 0.001),
  level('within 300 m', 0.1, 0.003),
  level('within 1 km', 0.05, 0.02),
  level('farther', 0.05, 0.975),
]);

/** Compares places by distance on the ground. */
export function distanceComparison(lon: readonly (string | null)[], lat: readonly (string | null)[]): Comparison {
  const x = Float64Array.from(lon, (v) => (v === null ? Number.NaN : Number(v)));
  const y = Float64Array.from(lat, (v) => (v === null ? Number.NaN : Number(v)));
  const levelOf = (i: number, j: number): number => {
    if (Number.isNaN(x[i]! + y[i]! + x[j]! + y[j]!)) return 0;
    const m = metresBetween(x[i]!, y[i]!, x[j]!, y[j]!);
    return m <= 60 ? 1 : m <= 150 ? 2 : m <= 300 ? 3 : m <= 1000 ? 4 : 5;
  };
  return { id: 'distance', fields: ['lon', 'lat'], levels: DISTANCE_LEVELS, levelOf };
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
