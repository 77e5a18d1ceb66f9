import { type Tuples, fieldOf } from '../tuples.ts';
import { cutAddresses, doorKey, placeComparison } from './address-levels.ts';
import { middleOf, mostHeld } from './levels.ts';
import type { KindPlan, Prepared } from './plan.ts';

/** Addresses: equal spellings, and the same door of the same road or village in towns that do not contradict. */
export const ADDRESS_PLAN: KindPlan = { kind: 'address', fields: ['address', 'lon', 'lat'], prepare: _prepare };

function _prepare(tuples: Tuples): Prepared {
  const addresses = cutAddresses(fieldOf(tuples, 'address'));
  const lon = fieldOf(tuples, 'lon');
  const lat = fieldOf(tuples, 'lat');
  const parts = (i: number) => (addresses.codes[i]! < 0 ? null : addresses.parts[addresses.codes[i]!]!);
  return {
    rules: [
      {
        id: 'road or village and number',
        fields: ['address'],
        maxBlock: 60,
        keysOf: (i) => {
          const p = parts(i);
          const door = p === null ? null : doorKey(p);
          return door === null ? [] : [door];
        },
      },
    ],
    comparisons: [placeComparison(addresses, lon, lat)],
    exclusive: [],
    together: [addresses.codes],
    anonymous: (i) => addresses.codes[i]! < 0,
    expectedMatches: tuples.size / 4,
    nameOf: (members) => ({
      id: null,
      label: mostHeld(fieldOf(tuples, 'address'), members, tuples.rows),
      town: members.map((i) => parts(i)?.town ?? '').find((t) => t !== '') ?? null,
      ...middleOf(lon, lat, members),
    }),
  };
}
