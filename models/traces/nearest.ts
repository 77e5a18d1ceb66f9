import { InputError } from '../../ingest/base/index.ts';

/** A place with an extent: a point, or polygons (outer rings and holes, WGS-84 degrees). */
export interface Place {
  readonly id: string;
  readonly kind: string;
  readonly lon: number;
  readonly lat: number;
  /** Rings by polygon; empty for a point. */
  readonly polygons: readonly (readonly (readonly (readonly [number, number])[])[])[];
}

export interface Nearest {
  readonly place: Place;
  /** 0 inside. */
  readonly metres: number;
}

const CELL = 0.01;
const M_PER_LAT = 110_950;

/** Metres between two points, on a flat earth around the first: within 0.2 % over 20 km at 31° N. */
export function metresBetween(lonA: number, latA: number, lonB: number, latB: number): number {
  const mPerLon = 111_320 * Math.cos((latA * Math.PI) / 180);
  return Math.hypot((lonB - lonA) * mPerLon, (latB - latA) * M_PER_LAT);
}

/** Finds the nearest place within `maxM`; equal distances go to the smaller id. Grid of 0.01°; a query looks at the cells within reach. */
export class PlaceIndex {
  readonly #cells = new Map<number, Place[]>();
  readonly #maxM: number;
  readonly #reach: number;

  constructor(places: readonly Place[], maxM: number) {
    if (!(maxM > 0))
      throw new InputError('bad-reach', `PlaceIndex: maxM ${maxM} is not a distance; pass metres > 0`, {});
    this.#maxM = maxM;
    this.#reach = Math.ceil(maxM / (CELL * 111_320 * Math.cos((32 * Math.PI) / 180)));
    for (const place of [...places].sort((a, b) => (a.id < b.id ? -1 : 1)))
      for (const key of _cellsOf(place)) {
        const list = this.#cells.get(key);
        if (list === undefined) this.#cells.set(key, [place]);
        else list.push(place);
      }
  }

  nearest(lon: number, lat: number): Nearest | null {
    const x = Math.floor(lon / CELL);
    const y = Math.floor(lat / CELL);
    let best: Nearest | null = null;
    for (let dx = -this.#reach; dx <= this.#reach; dx++)
      for (let dy = -this.#reach; dy <= this.#reach; dy++)
        for (const place of this.#cells.get(_key(x + dx, y + dy)) ?? []) {
          const metres = metresTo(place, lon, lat);
          if (metres > this.#maxM) continue;
          if (best === null || metres < best.metres || (metres === best.metres && place.id < best.place.id))
            best = { place, metres };
        }
    return best;
  }
}

/** Metres to a place; 0 inside one of its polygons. */
export function metresTo(place: Place, lon: number, lat: number): number {
  if (place.polygons.length === 0) return metresBetween(lon, lat, place.lon, place.lat);
  let least = Number.POSITIVE_INFINITY;
  for (const rings of place.polygons) {
    if (_inside(rings, lon, lat)) return 0;
    for (const ring of rings)
      for (let i = 1; i < ring.length; i++) least = Math.min(least, _toSegment(lon, lat, ring[i - 1]!, ring[i]!));
  }
  return least;
}

/** The polygons of a GeoJSON geometry; a point, a line or anything unreadable gives none. */
export function polygonsOf(geometry: string | null): Place['polygons'] {
  if (geometry === null) return [];
  try {
    const g = JSON.parse(geometry) as { type?: string; coordinates?: unknown };
    if (g.type === 'Polygon') return [g.coordinates as Place['polygons'][number]];
    if (g.type === 'MultiPolygon') return g.coordinates as Place['polygons'];
  } catch {
    return [];
  }
  return [];
}

function _inside(rings: Place['polygons'][number], lon: number, lat: number): boolean {
  let inside = false;
  for (const ring of rings)
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i]!;
      const [xj, yj] = ring[j]!;
      if (yi > lat !== yj > lat && lon < ((xj - xi) * (lat - yi)) / (yj - yi) + xi) inside = !inside;
    }
  return inside;
}

function _toSegment(lon: number, lat: number, a: readonly [number, number], b: readonly [number, number]): number {
  const mPerLon = 111_320 * Math.cos((lat * Math.PI) / 180);
  const ax = (a[0] - lon) * mPerLon;
  const ay = (a[1] - lat) * M_PER_LAT;
  const bx = (b[0] - lon) * mPerLon;
  const by = (b[1] - lat) * M_PER_LAT;
  const length = (bx - ax) ** 2 + (by - ay) ** 2;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, -(ax * (bx - ax) + ay * (by - ay)) / length));
  return Math.hypot(ax + t * (bx - ax), ay + t * (by - ay));
}

function _key(x: number, y: number): number {
  return x * 100_000 + y;
}

function _cellsOf(place: Place): Set<number> {
  const points = place.polygons.length === 0 ? [[place.lon, place.lat] as const] : place.polygons.flat(2);
  const xs = points.map((p) => Math.floor(p[0] / CELL));
  const ys = points.map((p) => Math.floor(p[1] / CELL));
  const keys = new Set<number>();
  for (let x = Math.min(...xs); x <= Math.max(...xs); x++)
    for (let y = Math.min(...ys); y <= Math.max(...ys); y++) keys.add(_key(x, y));
  return keys;
}
