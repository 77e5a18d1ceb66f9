import type { Prepared } from '../typology.ts';
import { CEMS } from './cems.ts';
import { FARMS } from './farms.ts';
import { METERS } from './meters.ts';
import { MUCK } from './muck.ts';
import { PLACES } from './places.ts';
import { POWER } from './power.ts';
import { RUNS } from './runs.ts';
import { TRIPS } from './trips.ts';
import { WASTE } from './waste.ts';

/** Every prepared table, by id. */
export const PREPARED: ReadonlyMap<string, Prepared> = new Map(
  [...PLACES, ...POWER, ...CEMS, ...TRIPS, ...MUCK, ...WASTE, ...METERS, ...RUNS, ...FARMS].map(
    (p) => [p.id, p] as const,
  ),
);
