import { type LonLat, offsetMetres, toWgs84 } from '../clean/index.ts';
import type { SourceDescription } from '../schema/index.ts';
import { type Database, quoteIdent } from '../tables/index.ts';
import type { DatumChoice } from './datum-mixture.ts';

/** Neighbours on both sides within this time bear witness. */
const WINDOW_MINUTES = 15;
/** A point this far from where its neighbours put it is looked at. */
const SUSPECT_METRES = 200;
/** It is taken as GCJ-02 when that reading lies this much nearer, as a share of the distance. */
const NEARER_SHARE = 0.4;
const METRES_PER_DEGREE = 111_195;

/** The datum of one row, and the point as sent. */
export interface ChosenDatum extends DatumChoice {
  readonly row_id: string;
  readonly at: LonLat;
}

interface Suspect {
  readonly row_id: string;
  readonly lon: number;
  readonly lat: number;
  readonly at_lon: number;
  readonly at_lat: number;
}

/** Points of a track (all but the time in the source's key) that jump off it and fall back onto it when read as GCJ-02. A track shifted as a whole does
 *  not jump and is not seen. */
export async function shiftedOnTracks(db: Database, d: SourceDescription): Promise<ChosenDatum[]> {
  const times = new Set(d.columns.filter((c) => c.kind === 'timestamp').map((c) => c.name));
  const track = d.key.filter((k) => !times.has(k)).map(quoteIdent);
  if (track.length === 0 || track.length === d.key.length) return [];
  const suspects = await db.rows<Suspect>(`
    with t as (
      select row_id, lon_raw as lon, lat_raw as lat, epoch_ms(event_at) as ms, lag(lon_raw) over w as lon0, lag(lat_raw) over w as lat0, lead(lon_raw) over w as lon1,
        lead(lat_raw) over w as lat1, epoch_ms(lag(event_at) over w) as ms0, epoch_ms(lead(event_at) over w) as ms1
      from ${quoteIdent(`src_${d.id}`)} where lon_raw is not null and lat_raw is not null
      window w as (partition by ${track.join(', ')} order by event_at, row_id)),
    p as (
      select row_id, lon, lat, lon0 + (lon1 - lon0) * s as at_lon, lat0 + (lat1 - lat0) * s as at_lat from (
        select *, case when ms1 > ms0 then (ms - ms0)::double / (ms1 - ms0) else 0.5 end as s from t
        where ms1 - ms0 <= ${WINDOW_MINUTES * 60_000}))
    select * from p where ${METRES_PER_DEGREE} * sqrt(((lon - at_lon) * cos(radians(lat))) ** 2 + (lat - at_lat) ** 2) > ${SUSPECT_METRES} order by row_id`);
  return suspects.flatMap((s) => {
    const at: LonLat = [s.lon, s.lat];
    const expected: LonLat = [s.at_lon, s.at_lat];
    const asSent = Math.hypot(...offsetMetres(expected, at));
    const asGcj = Math.hypot(...offsetMetres(expected, toWgs84(at, 'gcj02')));
    if (asGcj >= NEARER_SHARE * asSent) return [];
    const confidence = Math.round((1 - asGcj / (asGcj + asSent)) * 1e4) / 1e4;
    return [{ row_id: s.row_id, at, datum: 'gcj02' as const, confidence }];
  });
}
