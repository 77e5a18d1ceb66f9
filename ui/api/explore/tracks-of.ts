import type { Database } from '../../../ingest/tables/index.ts';

export interface TracksRequest {
  readonly ids: readonly string[];
  readonly from: string | null;
  readonly to: string | null;
  /** Points over all tracks. */
  readonly points: number;
}

export interface Track {
  readonly id: string;
  readonly points: readonly (readonly [number, number, string])[];
  readonly total: number;
  readonly notShown: number;
}

/** Tables of positions, and the key by which each names its entity. */
const _SOURCES = [
  { table: 'src_trn_gps', column: 'plate', kind: 'vehicle', keyKind: 'plate' },
  { table: 'src_ship_ais', column: 'mmsi', kind: 'ship', keyKind: 'mmsi' },
] as const;

/** Points of one table, every n-th of a track that has too many, its last one always. */
function _trackSql({ table, column, kind, keyKind }: (typeof _SOURCES)[number]): string {
  return `with p as (
      select k.entity_id as id, s.lon, s.lat, s."at", row_number() over w as n, count(*) over (partition by k.entity_id) as total
      from ${table} s join entity_key k on k.kind = '${kind}' and k.key_kind = '${keyKind}' and k.key = s.${column}
      where list_contains($ids::varchar[], k.entity_id) and s.lon is not null and s.lat is not null and s."at" is not null
        and s."at" >= $from::timestamptz at time zone 'UTC' and s."at" <= $to::timestamptz at time zone 'UTC'
      window w as (partition by k.entity_id order by s."at", s.row_id))
    select id, lon, lat, "at", total from p where (n - 1) % greatest(1, ceil(total::double / $each)::bigint) = 0 or n = total order by id, n`;
}

/** Positions of vehicles and ships in order of time; an entity without any is left out. */
export async function tracksOf(db: Database, request: TracksRequest): Promise<Track[]> {
  const { ids } = request;
  const params = {
    ids,
    from: request.from ?? '0001-01-01T00:00:00Z',
    to: request.to ?? '9999-12-31T00:00:00Z',
    each: Math.max(2, Math.floor(request.points / ids.length)),
  };
  const tracks = new Map<string, { points: [number, number, string][]; total: number }>();
  for (const source of _SOURCES) {
    if (!(await db.has(source.table))) continue;
    type Row = { id: string; lon: number; lat: number; at: string; total: number };
    for (const { id, lon, lat, at, total } of await db.rows<Row>(_trackSql(source), params)) {
      const track = tracks.get(id) ?? { points: [], total };
      track.points.push([lon, lat, at]);
      tracks.set(id, track);
    }
  }
  return [...tracks].map(([id, { points, total }]) => ({ id, points, total, notShown: total - points.length }));
}
