/** A position of GeoJSON, degrees. */
export type Position = readonly [lon: number, lat: number];

/** What a map row needs of a geometry. */
export interface GeometryFacts {
  /** A point on the geometry: inside for areas, on the middle vertex for lines. */
  readonly inside: Position;
  readonly box: readonly [minLon: number, minLat: number, maxLon: number, maxLat: number];
}

interface _Geometry {
  readonly type?: unknown;
  readonly coordinates?: unknown;
  readonly geometries?: unknown;
}

/** Point inside and bounding box of a GeoJSON geometry, or the fault as text: a type that is none, a position that is no pair of finite degrees, an empty part. */
export function geometryFacts(geometry: unknown): GeometryFacts | string {
  if (geometry === null || typeof geometry !== 'object') return 'has no geometry';
  const g = geometry as _Geometry;
  const positions = _positions(g);
  if (typeof positions === 'string') return positions;
  const inside = _inside(g, positions);
  return { inside, box: _box(positions) };
}

function _positions(g: _Geometry): Position[] | string {
  if (g.type === 'GeometryCollection') {
    const parts = Array.isArray(g.geometries) ? (g.geometries as _Geometry[]).map(_positions) : [];
    const fault = parts.find((p) => typeof p === 'string');
    if (fault !== undefined) return fault;
    return parts.length === 0 ? 'is an empty collection' : (parts as Position[][]).flat();
  }
  const depth = DEPTHS[String(g.type)];
  if (depth === undefined) return `has a geometry of type "${String(g.type)}"`;
  const out: Position[] = [];
  if (!_collect(g.coordinates, depth, out)) return 'has a position that is not two finite degrees';
  return out.length === 0 ? 'has no position' : out;
}

const DEPTHS: Readonly<Record<string, number>> = {
  Point: 0,
  MultiPoint: 1,
  LineString: 1,
  MultiLineString: 2,
  Polygon: 2,
  MultiPolygon: 3,
};

function _collect(value: unknown, depth: number, out: Position[]): boolean {
  if (!Array.isArray(value)) return false;
  if (depth > 0) return value.every((part) => _collect(part, depth - 1, out));
  const [lon, lat] = value as unknown[];
  if (typeof lon !== 'number' || typeof lat !== 'number' || !Number.isFinite(lon) || !Number.isFinite(lat))
    return false;
  out.push([lon, lat]);
  return true;
}

function _box(positions: readonly Position[]): GeometryFacts['box'] {
  let [a, b, c, d] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of positions) {
    [a, b, c, d] = [Math.min(a, lon), Math.min(b, lat), Math.max(c, lon), Math.max(d, lat)];
  }
  return [a, b, c, d];
}

function _inside(g: _Geometry, positions: readonly Position[]): Position {
  if (g.type === 'Polygon') return pointInPolygon(g.coordinates as Position[][]) ?? positions[0]!;
  if (g.type === 'MultiPolygon') {
    const parts = (g.coordinates as Position[][][]).toSorted((p, q) => _area(q[0] ?? []) - _area(p[0] ?? []));
    return pointInPolygon(parts[0]!) ?? positions[0]!;
  }
  return positions[Math.floor((positions.length - 1) / 2)]!;
}

function _area(ring: readonly Position[]): number {
  let twice = 0;
  for (let i = 0; i < ring.length; i++) {
    const [p, q] = [ring[i]!, ring[(i + 1) % ring.length]!];
    twice += p[0] * q[1] - q[0] * p[1];
  }
  return Math.abs(twice) / 2;
}

/** A point strictly inside a polygon with holes: the middle of its widest stretch on one of seven level lines; null for a polygon without area. O(vertices). */
export function pointInPolygon(rings: readonly (readonly Position[])[]): Position | null {
  const [, low, , high] = _box(rings[0] ?? []);
  let best: Position | null = null;
  let widest = 0;
  for (const share of [0.5, 0.37, 0.63, 0.25, 0.75, 0.11, 0.89]) {
    const lat = low + (high - low) * share;
    const crossings = rings.flatMap((ring) => _crossings(ring, lat)).toSorted((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const width = crossings[i + 1]! - crossings[i]!;
      if (width > widest) [widest, best] = [width, [(crossings[i]! + crossings[i + 1]!) / 2, lat]];
    }
  }
  return best;
}

function _crossings(ring: readonly Position[], lat: number): number[] {
  const out: number[] = [];
  for (let i = 0; i < ring.length; i++) {
    const [p, q] = [ring[i]!, ring[(i + 1) % ring.length]!];
    if (p[1] > lat !== q[1] > lat) out.push(p[0] + ((lat - p[1]) / (q[1] - p[1])) * (q[0] - p[0]));
  }
  return out;
}
