import type { MapLayers } from '../../../contract/index.ts';

type Feature = MapLayers['features'][number];
type Point = readonly [lon: number, lat: number];

/** The ground as drawn: paths and names in the units of the picture, and where a place falls. */
export interface Ground {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly {
    readonly id: string;
    readonly kind: string;
    readonly name: string | null;
    readonly path: string;
  }[];
  readonly names: readonly { readonly id: string; readonly name: string; readonly x: number; readonly y: number }[];
  readonly at: (lon: number, lat: number) => readonly [number, number];
}

/** Kinds of the ground that a wall shows, from below. */
const KINDS = ['town', 'zone_redline', 'zone_source', 'lake', 'river', 'road'];
const WIDTH = 800;

/** Fits the towns (else every place) into the picture; degrees of longitude are shortened by the latitude. Null when there is nothing to fit. */
export function groundOf(
  features: readonly Feature[],
  places: readonly { readonly lon: number; readonly lat: number }[],
): Ground | null {
  const shown = KINDS.flatMap((kind) => features.filter((f) => f.properties.kind === kind));
  const towns = shown.filter((f) => f.properties.kind === 'town');
  const frame = towns.flatMap((f) => linesOf(f.geometry).flat());
  const all = frame.length > 0 ? frame : places.map((p): Point => [p.lon, p.lat]);
  if (all.length === 0) return null;
  const [west, east] = _range(all.map((p) => p[0]));
  const [south, north] = _range(all.map((p) => p[1]));
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = (WIDTH - 20) / ((east - west) * shrink || 1);
  const at = (lon: number, lat: number): readonly [number, number] => [
    Math.round((10 + (lon - west) * shrink * scale) * 10) / 10,
    Math.round((10 + (north - lat) * scale) * 10) / 10,
  ];
  return {
    width: WIDTH,
    height: Math.round((north - south) * scale) + 20,
    shapes: shown.map((f) => ({ id: f.id, kind: f.properties.kind, name: f.properties.name, path: _path(f, at) })),
    names: towns.flatMap((f) => (f.properties.name === null ? [] : [_name(f, f.properties.name, at)])),
    at,
  };
}

/** Rings or lines of a geometry, whatever its type. */
export function linesOf(geometry: { readonly type: string; readonly coordinates?: unknown }): Point[][] {
  const { type, coordinates } = geometry;
  if (coordinates === undefined) return [];
  switch (type) {
    case 'LineString':
      return [coordinates as Point[]];
    case 'Polygon':
    case 'MultiLineString':
      return coordinates as Point[][];
    case 'MultiPolygon':
      return (coordinates as Point[][][]).flat();
    default:
      return [];
  }
}

function _path(feature: Feature, at: Ground['at']): string {
  const isClosed = feature.geometry.type.endsWith('Polygon');
  return linesOf(feature.geometry)
    .map((line) => `M${line.map((p) => at(p[0], p[1]).join(' ')).join('L')}${isClosed ? 'Z' : ''}`)
    .join('');
}

function _name(feature: Feature, name: string, at: Ground['at']): Ground['names'][number] {
  const ring = linesOf(feature.geometry)[0] ?? [];
  const [west, east] = _range(ring.map((p) => p[0]));
  const [south, north] = _range(ring.map((p) => p[1]));
  const [x, y] = at((west + east) / 2, (south + north) / 2);
  return { id: feature.id, name, x, y };
}

function _range(values: readonly number[]): readonly [number, number] {
  return [values.reduce((a, b) => Math.min(a, b), Infinity), values.reduce((a, b) => Math.max(a, b), -Infinity)];
}
