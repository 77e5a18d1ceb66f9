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

/** Cells of the grid, degrees: wide for few places, narrow where towns are full of them. */
const [WIDE, NARROW] = [0.01, 0.0025];
const MANY_PLACES = 5000;
const M_PER_LAT = 110_950;

/** Metres between two points, on a flat earth around the first: within 0.2 % over 20 km at 31° N. */
export function metresBetween(lonA: number, latA: number, lonB: number, latB: number): number {
  const mPerLon = 111_320 * Math.cos((latA * Math.PI) / 180);
  return Math.hypot((lonB - lonA) * mPerLon, (latB - latA) * M_PER_LAT);
}

/** Finds the nearest place within `maxM`; equal distances go to the smaller id. A query looks at the cells around it ring by ring, and stops
 *  where nothing nearer can come. */
export class PlaceIndex {
  readonly #cells = new Map<number, Place[]>();
  /** Side of a cell: degrees, and the least metres that it spans. */
  readonly #size: number;
  readonly #sizeM: number;
  readonly #maxM: number;
  readonly #reach: number;

  constructor(places: readonly Place[], maxM: number) {
    if (!(maxM > 0))
      throw new InputError('bad-reach', `PlaceIndex: maxM ${maxM} is not a distance; pass metres > 0`, {});
    this.#maxM = maxM;
    this.#size = places.length > MANY_PLACES ? NARROW : WIDE;
    const farNorth = places.reduce((most, p) => Math.max(most, Math.abs(p.lat)), 0);
    this.#sizeM = this.#size * 111_320 * Math.cos((Math.min(80, farNorth + 0.1) * Math.PI) / 180);
    this.#reach = Math.ceil(maxM / this.#sizeM);
    for (const place of [...places].sort((a, b) => (a.id < b.id ? -1 : 1)))
      for (const key of _cellsOf(place, this.#size)) {
        const list = this.#cells.get(key);
        if (list === undefined) this.#cells.set(key, [place]);
        else list.push(place);
      }
  }

  nearest(lon: number, lat: number): Nearest | null {
    const x = Math.floor(lon / this.#size);
    const y = Math.floor(lat / this.#size);
    let best: Nearest | null = null;
    for (let ring = 0; ring <= this.#reach; ring++) {
      if (best !== null && (ring - 1) * this.#sizeM > best.metres) break;
      for (let dx = -ring; dx <= ring; dx++)
        for (let dy = -ring; dy <= ring; dy += Math.abs(dx) === ring ? 1 : 2 * ring)
          best = this.#better(best, _key(x + dx, y + dy), lon, lat);
    }
    return best;
  }

  #better(best: Nearest | null, key: number, lon: number, lat: number): Nearest | null {
    for (const place of this.#cells.get(key) ?? []) {
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

function _cellsOf(place: Place, size: number): Set<number> {
  const points = place.polygons.length === 0 ? [[place.lon, place.lat] as const] : place.polygons.flat(2);
  const xs = points.map((p) => Math.floor(p[0] / size));
  const ys = points.map((p) => Math.floor(p[1] / size));
  const keys = new Set<number>();
  for (let x = Math.min(...xs); x <= Math.max(...xs); x++)
    for (let y = Math.min(...ys); y <= Math.max(...ys); y++) keys.add(_key(x, y));
  return keys;
}
