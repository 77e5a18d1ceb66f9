import type { Place } from './investigation.ts';

/** Angle between one place of a sunflower's head and the next, radians. */
const _GOLDEN = Math.PI * (3 - Math.sqrt(5));

/** Places around a point, in the order of the ids, as the seeds of a sunflower stand: none nearer than about one unit to another or to a place that is taken.
 *  Same ids, same places. */
export function placesAround(ids: readonly string[], centre: Place, taken: readonly Place[]): Record<string, Place> {
  const grid = new Set(taken.map(_cell));
  const out: Record<string, Place> = {};
  let seed = taken.length === 0 ? 0 : 2;
  for (const id of ids) {
    for (let tries = 0; ; tries++) {
      const radius = 1.2 * Math.sqrt(seed);
      const place = {
        x: centre.x + radius * Math.cos(seed * _GOLDEN),
        y: centre.y + radius * Math.sin(seed * _GOLDEN),
      };
      seed++;
      if (tries < 200 && grid.has(_cell(place))) continue;
      grid.add(_cell(place));
      out[id] = { x: _round(place.x), y: _round(place.y) };
      break;
    }
  }
  return out;
}

const _cell = (p: Place): string => `${Math.round(p.x)},${Math.round(p.y)}`;
const _round = (v: number): number => Math.round(v * 1000) / 1000;
