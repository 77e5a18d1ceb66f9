/** Rings of one polygon: the outer one, then its holes; each a closed run of [lon, lat]. */
export type Rings = readonly (readonly (readonly [number, number])[])[];

interface Geometry {
  readonly type?: string;
  readonly coordinates?: unknown;
  readonly geometries?: readonly Geometry[];
}

/** Polygons of a GeoJSON geometry text (Polygon, MultiPolygon, and those inside a collection); other kinds give none.
 *  Text that is not GeoJSON gives none: the format reader has refused it already. */
export function polygonsOf(geometry: string): Rings[] {
  let value: Geometry | null;
  try {
    value = JSON.parse(geometry) as Geometry | null;
  } catch {
    return [];
  }
  return value === null ? [] : _polygons(value);
}

function _polygons(g: Geometry): Rings[] {
  if (g.type === 'Polygon') return [g.coordinates as Rings];
  if (g.type === 'MultiPolygon') return g.coordinates as Rings[];
  return (g.geometries ?? []).flatMap(_polygons);
}

/** Whether a point lies in a polygon (even–odd rule over all rings, so holes are outside). A point on an edge may fall on either side. */
export function isInside(lon: number, lat: number, rings: Rings): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i]!;
      const [xj, yj] = ring[j]!;
      if (yi > lat !== yj > lat && lon < ((xj - xi) * (lat - yi)) / (yj - yi) + xi) inside = !inside;
    }
  }
  return inside;
}

/** West, south, east, north of the outer ring. */
export function boxOf(rings: Rings): readonly [number, number, number, number] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of rings[0] ?? []) {
    west = Math.min(west, x);
    east = Math.max(east, x);
    south = Math.min(south, y);
    north = Math.max(north, y);
  }
  return [west, south, east, north];
}
