import type { Database } from '../../ingest/tables/index.ts';
import type { MapLayer } from './pictures/map.ts';

type Position = readonly [number, number];

const KIND_OF: Readonly<Record<string, MapLayer['kind']>> = {
  river: 'water',
  lake: 'water',
  road: 'road',
  town: 'outline',
  zone_source: 'zone',
  zone_nodredge: 'zone',
  zone_redline: 'zone',
};

/** The workspace's own ground under a map: waters, roads, towns, zones of `src_geo_element`; empty where there is no such table.
 *  Damaged geometry is left out: the map is a sketch, the rows keep the text. */
export async function mapLayers(db: Database): Promise<MapLayer[]> {
  if (!(await db.has('src_geo_element'))) return [];
  const kinds = Object.keys(KIND_OF)
    .map((k) => `'${k}'`)
    .join(', ');
  const rows = await db.rows<{ kind: string; geometry: string | null }>(
    `select kind, geometry from src_geo_element where kind in (${kinds}) order by kind, element_id`,
  );
  const layers = rows.flatMap((r): MapLayer[] => {
    const lines = _lines(r.geometry);
    return lines === null
      ? []
      : [{ kind: KIND_OF[r.kind]!, closed: lines.closed && KIND_OF[r.kind] !== 'outline', lines: lines.lines }];
  });
  const order: readonly MapLayer['kind'][] = ['water', 'zone', 'outline', 'road'];
  return layers.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

function _lines(text: string | null): { lines: Position[][]; closed: boolean } | null {
  if (text === null) return null;
  let geometry: { type?: string; coordinates?: unknown };
  try {
    geometry = JSON.parse(text) as typeof geometry;
  } catch {
    return null;
  }
  switch (geometry.type) {
    case 'LineString':
      return { lines: [geometry.coordinates as Position[]], closed: false };
    case 'MultiLineString':
      return { lines: geometry.coordinates as Position[][], closed: false };
    case 'Polygon':
      return { lines: geometry.coordinates as Position[][], closed: true };
    case 'MultiPolygon':
      return { lines: (geometry.coordinates as Position[][][]).flat(), closed: true };
    default:
      return null;
  }
}
