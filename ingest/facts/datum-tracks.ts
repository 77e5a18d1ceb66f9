import { numbersOf, textsOf } from '../base/index.ts';
import { type LonLat, fromWgs84, offsetMetres, toWgs84 } from '../clean/index.ts';
import type { SourceDescription } from '../schema/index.ts';
import { type Database, quoteIdent, quoteText } from '../tables/index.ts';
import type { DatumChoice } from './datum-mixture.ts';
import { shiftedTerminals } from './datum-terminals.ts';

/** Neighbours on both sides within this time bear witness. */
const WINDOW_MINUTES = 15;
/** A point this far from where its neighbours put it is looked at. */
const SUSPECT_METRES = 200;
/** It is taken as GCJ-02 when that reading lies this much nearer, as a share of the distance. */
const NEARER_SHARE = 0.4;
/** How well the shift of a degree cell holds within it. */
const CELL_METRES = 100;
const METRES_PER_DEGREE = 111_195;

/** The datum of one row, and the point as sent. */
export interface ChosenDatum extends DatumChoice {
  readonly row_id: string;
  readonly at: LonLat;
}

/** Points of a track (all but the time in the source's key) that are GCJ-02: all points of a track that runs beside where the others run, and single points
 *  that jump off their track and fall back onto it. */
export async function shiftedOnTracks(db: Database, d: SourceDescription): Promise<ChosenDatum[]> {
  const times = new Set(d.columns.filter((c) => c.kind === 'timestamp').map((c) => c.name));
  const track = d.key.filter((k) => !times.has(k)).map(quoteIdent);
  if (track.length === 0 || track.length === d.key.length) return [];
  const whole = await _wholeTracks(db, d, track);
  const taken = new Set(whole.map((c) => c.row_id));
  await _shiftOfCells(db, d);
  const page = await db.columns(_suspectsSql(d, track.join(', ')));
  await db.run('drop table shift_of_cell');
  if (page.rows === 0) return whole;
  const ids = textsOf(page, 'row_id');
  const [lon, lat, atLon, atLat] = ['lon', 'lat', 'at_lon', 'at_lat'].map((n) => numbersOf(page, n).values);
  const out: ChosenDatum[] = [...whole];
  for (let i = 0; i < page.rows; i++) {
    const at: LonLat = [lon![i]!, lat![i]!];
    const expected: LonLat = [atLon![i]!, atLat![i]!];
    const asSent = Math.hypot(...offsetMetres(expected, at));
    const asGcj = Math.hypot(...offsetMetres(expected, toWgs84(at, 'gcj02')));
    if (asGcj >= NEARER_SHARE * asSent || taken.has(ids[i]!)) continue;
    const confidence = Math.round((1 - asGcj / (asGcj + asSent)) * 1e4) / 1e4;
    out.push({ row_id: ids[i]!, at, datum: 'gcj02', confidence });
  }
  return out;
}

async function _wholeTracks(db: Database, d: SourceDescription, track: readonly string[]): Promise<ChosenDatum[]> {
  const name = `concat_ws(chr(31), ${track.join(', ')})`;
  const tracks = await shiftedTerminals(db, d, name);
  if (tracks.length === 0) return [];
  const confidence = new Map(tracks.map((t) => [t.track, t.confidence]));
  const list = tracks.map((t) => quoteText(t.track)).join(', ');
  const page = await db.columns(
    `select row_id, ${name} as track, lon_raw as lon, lat_raw as lat from ${quoteIdent(`src_${d.id}`)}
     where lon_raw is not null and lat_raw is not null and ${name} in (${list}) order by row_id`,
  );
  const [ids, names] = [textsOf(page, 'row_id'), textsOf(page, 'track')];
  const [lon, lat] = [numbersOf(page, 'lon').values, numbersOf(page, 'lat').values];
  return Array.from({ length: page.rows }, (_x, i) => ({
    row_id: ids[i]!,
    at: [lon[i]!, lat[i]!] as const,
    datum: 'gcj02' as const,
    confidence: confidence.get(names[i]!)!,
  }));
}

/** The GCJ-02 shift in the middle of each degree cell that the source touches: good to 100 m, so that SQL can leave out most points. */
async function _shiftOfCells(db: Database, d: SourceDescription): Promise<void> {
  const cells = await db.rows<{ x: number; y: number }>(
    `select distinct floor(lon_raw) as x, floor(lat_raw) as y from ${quoteIdent(`src_${d.id}`)} where lon_raw is not null and lat_raw is not null order by x, y`,
  );
  const shifts = cells.map(({ x, y }) => {
    const [lon, lat] = fromWgs84([x + 0.5, y + 0.5], 'gcj02');
    return [x, y, lon - x - 0.5, lat - y - 0.5];
  });
  const column = (k: number) => ({
    kind: 'number' as const,
    values: Float64Array.from(shifts, (s) => s[k]!),
    valid: null,
  });
  await db.tableFrom('shift_of_cell', {
    rows: cells.length,
    data: { x: column(0), y: column(1), dx: column(2), dy: column(3) },
  });
}

/** Points off the straight line between their neighbours that the shift of their cell brings clearly nearer. */
function _suspectsSql(d: SourceDescription, track: string): string {
  const metres = (lon: string, lat: string): string =>
    `${METRES_PER_DEGREE} * sqrt(((${lon}) * cos(radians(lat))) ** 2 + (${lat}) ** 2)`;
  return `
    with t as (
      select row_id, lon_raw as lon, lat_raw as lat, epoch_ms(event_at) as ms, lag(lon_raw) over w as lon0, lag(lat_raw) over w as lat0, lead(lon_raw) over w as lon1,
        lead(lat_raw) over w as lat1, epoch_ms(lag(event_at) over w) as ms0, epoch_ms(lead(event_at) over w) as ms1
      from ${quoteIdent(`src_${d.id}`)} where lon_raw is not null and lat_raw is not null
      window w as (partition by ${track} order by event_at, row_id)),
    p as (
      select row_id, lon, lat, lon0 + (lon1 - lon0) * s as at_lon, lat0 + (lat1 - lat0) * s as at_lat from (
        select *, case when ms1 > ms0 then (ms - ms0)::double / (ms1 - ms0) else 0.5 end as s from t
        where ms1 - ms0 <= ${WINDOW_MINUTES * 60_000})),
    q as (
      select p.*, ${metres('lon - at_lon', 'lat - at_lat')} as sent, ${metres('lon - dx - at_lon', 'lat - dy - at_lat')} as shifted
      from p join shift_of_cell c on c.x = floor(lon) and c.y = floor(lat))
    select row_id, lon, lat, at_lon, at_lat from q where sent > ${SUSPECT_METRES} and shifted < ${NEARER_SHARE} * sent + ${CELL_METRES} order by row_id`;
}
