import { coded } from '../core/index.ts';
import { type TupleField, type Tuples, fieldOf } from '../tuples.ts';
import { cellKeys, crowdedDoors, cutAddresses, doorKey, placeComparison } from './address-levels.ts';
import { identifierComparison, middleOf, mostHeld, onlyValue, sharedComparison } from './levels.ts';
import { cutNames, nameComparison } from './name-levels.ts';
import type { KindPlan, Prepared } from './plan.ts';

/** Sites: a place, not a firm. Permit, meter and map number are exclusive, a power site code goes with the permit that a pair table
 *  gives it, and only then name, address, distance and operator speak. */
export const SITE_PLAN: KindPlan = {
  kind: 'site',
  fields: ['permit_no', 'meter_no', 'site_code', 'key', 'uscc', 'name', 'address', 'lon', 'lat'],
  prepare: _prepare,
};

function _prepare(tuples: Tuples): Prepared {
  const numbers = _ownNumber(tuples);
  const own = coded(numbers);
  const code = coded(fieldOf(tuples, 'site_code'));
  const uscc = coded(fieldOf(tuples, 'uscc'));
  const names = cutNames(fieldOf(tuples, 'name'));
  const addresses = cutAddresses(fieldOf(tuples, 'address'));
  const lon = fieldOf(tuples, 'lon');
  const lat = fieldOf(tuples, 'lat');
  const door = (i: number): string | null =>
    addresses.codes[i]! < 0 ? null : doorKey(addresses.parts[addresses.codes[i]!]!);
  return {
    rules: [
      {
        id: 'site number',
        fields: ['permit_no', 'meter_no', 'key'],
        keysOf: (i) => (own.codes[i]! < 0 ? [] : [String(own.codes[i]!)]),
      },
      {
        id: 'power site code',
        fields: ['site_code'],
        keysOf: (i) => (code.codes[i]! < 0 ? [] : [String(code.codes[i]!)]),
      },
      {
        id: 'operator and number',
        fields: ['uscc', 'name'],
        maxBlock: 60,
        keysOf: (i) => (uscc.codes[i]! < 0 ? [] : [String(uscc.codes[i]!)]),
      },
      {
        id: 'whole address',
        fields: ['address'],
        maxBlock: 60,
        keysOf: (i) => (addresses.codes[i]! < 0 ? [] : [String(addresses.codes[i]!)]),
      },
      {
        id: 'road or village and number',
        fields: ['address'],
        maxBlock: 80,
        keysOf: (i) => (door(i) === null ? [] : [door(i)!]),
      },
      {
        id: 'name',
        fields: ['name'],
        maxBlock: 60,
        keysOf: (i) => (names.codes[i]! < 0 ? [] : [names.names[names.codes[i]!]!.body]),
      },
      { id: 'near', fields: ['lon', 'lat'], maxBlock: 60, keysOf: (i) => cellKeys(lon[i]!, lat[i]!) },
    ],
    comparisons: [
      identifierComparison('site number', own),
      identifierComparison('power site code', code),
      sharedComparison('operator', uscc, 12),
      nameComparison('name', names, null),
      placeComparison(
        addresses,
        lon,
        lat,
        crowdedDoors(addresses, own.codes, (i) => _rank(tuples, i)),
      ),
    ],
    exclusive: [{ id: 'site number', codes: own.codes }],
    together: [own.codes, code.codes],
    anonymous: (i) =>
      own.codes[i]! < 0 && code.codes[i]! < 0 && names.codes[i]! < 0 && addresses.codes[i]! < 0 && lon[i] === null,
    expectedMatches: tuples.size / 2,
    nameOf: (members) => ({
      id: onlyValue(numbers, members) ?? _prefixed('code:', onlyValue(fieldOf(tuples, 'site_code'), members)),
      label:
        mostHeld(fieldOf(tuples, 'name'), members, tuples.rows) ??
        mostHeld(fieldOf(tuples, 'address'), members, tuples.rows),
      town:
        members
          .map((i) => (addresses.codes[i]! < 0 ? '' : addresses.parts[addresses.codes[i]!]!.town))
          .find((t) => t !== '') ?? null,
      ...middleOf(lon, lat, members),
    }),
  };
}

/** The number that names a site: its permit, else its meter, else its number on a map or in a register. */
function _ownNumber(tuples: Tuples): (string | null)[] {
  const of = (f: TupleField): readonly (string | null)[] => fieldOf(tuples, f);
  const permit = of('permit_no');
  const meter = of('meter_no');
  const key = of('key');
  return permit.map((p, i) => p ?? _prefixed('meter:', meter[i]!) ?? _prefixed('element:', key[i]!));
}

/** A permit names a site better than a number on a map, and that better than a meter. */
function _rank(tuples: Tuples, i: number): number {
  if (fieldOf(tuples, 'permit_no')[i] !== null) return 3;
  return fieldOf(tuples, 'key')[i] !== null ? 2 : 1;
}

const _prefixed = (head: string, value: string | null): string | null => (value === null ? null : head + value);
