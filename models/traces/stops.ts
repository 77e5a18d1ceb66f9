import type { Progress } from '../../ingest/base/index.ts';
import { numbersOf, textsOf } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import { type Place, PlaceIndex, polygonsOf } from './nearest.ts';

/** Kinds of element that a stop can be at; areas such as towns, rivers and zones are no place to stop *at*. */
const STOP_KINDS = `('wharf', 'muck_site', 'disposal_plant', 'pit', 'farmland', 'residential')`;
/** Points of GPS handled at once. */
const POINTS_AT_ONCE = 3_000_000;

/** `trace_stop`: a vehicle under 5 km/h for at least `minDwellMin`, with the nearest element (2 km) and registered site (1 km); and the silences of terminals among
 *  `trace_gap`. Points are put in order once for both, one part of the terminals at a time, so that memory does not grow with the fleet or the years. */
export async function buildStops(
  db: Database,
  o: { minDwellMin: number; gapMin: number; progress: Progress },
): Promise<void> {
  await db.run('create or replace temp table gap_raw as select * from trace_gap limit 0');
  await db.run(`create or replace temp table stop_raw (terminal VARCHAR, plate VARCHAR, vehicle_id VARCHAR, start_at TIMESTAMP, end_at TIMESTAMP,
    dwell_min DOUBLE, lon DOUBLE, lat DOUBLE, load_before INTEGER, load_after INTEGER, points BIGINT, power_cut BOOLEAN, row_ids VARCHAR[], known_at TIMESTAMP)`);
  const [{ n }] = (await db.rows<{ n: number }>('select count(*) as n from src_trn_gps')) as [{ n: number }];
  const parts = Math.max(1, Math.ceil(n / POINTS_AT_ONCE));
  for (let part = 0; part < parts; part++) {
    o.progress.tick(part, parts, 'part');
    await db.run(orderedSql(), { parts, part });
    await db.run(stopsSql(), { minDwellMin: o.minDwellMin });
    await db.run(silencesSql(), { gapMin: o.gapMin });
  }
  await db.run('insert into trace_gap select * from gap_raw order by key, from_at, row_ids');
  await db.run(`create or replace temp table stop_numbered as
    select row_number() over (order by terminal, start_at, row_ids) as stop_no, * from stop_raw`);
  await _placeStops(db);
  await db.run(`create or replace table trace_stop as
    select 'stop:' || md5(concat_ws('|', s.terminal, s.start_at::varchar, s.row_ids[1])) as stop_id, s.vehicle_id, s.terminal, s.plate, s.start_at, s.end_at,
      s.dwell_min, s.lon, s.lat, s.load_before, s.load_after, s.points, s.power_cut, p.element_id, p.element_kind, p.element_m, p.site_id, p.site_m,
      s.row_ids, s.known_at
    from stop_numbered s left join stop_place p on p.stop_no = s.stop_no order by s.terminal, s.start_at, s.row_ids`);
  for (const t of ['gps_part', 'gap_raw', 'stop_raw', 'stop_numbered', 'stop_place']) await db.run(`drop table ${t}`);
}

/** One part of the terminals (by hash): each point with the one before it. */
export function orderedSql(): string {
  return `create or replace temp table gps_part as
    select row_id, terminal, plate, "at", known_at, lon, lat, load, alarm, coalesce(speed_kmh, 0) < 5 as slow,
      lag(load ignore nulls) over w as load_before, lead(load ignore nulls) over w as load_after, lag("at") over w as was_at, lag(row_id) over w as was_row,
      lag(coalesce(speed_kmh, 0) < 5) over w as was_slow, lag(lon) over w as was_lon, lag(lat) over w as was_lat
    from src_trn_gps where lon is not null and lat is not null and hash(terminal) % $parts::ubigint = $part::ubigint
    window w as (partition by terminal order by "at", row_id)`;
}

/** Silences of the part's terminals: over `gapMin`, and more than 1 km further on. */
export function silencesSql(): string {
  return `insert into gap_raw
    with silent as (
      select *, sqrt(pow((lon - was_lon) * 95600, 2) + pow((lat - was_lat) * 110950, 2)) as metres from gps_part
      where date_diff('second', was_at, "at") > 60 * $gapMin and date_diff('hour', was_at, "at") < 24)
    select 'gps', coalesce(k.vehicle_id, l.vehicle_id), s.terminal, was_at, "at", date_diff('second', was_at, "at") / 60.0, was_lon, was_lat, lon, lat, round(metres, 1),
      null, null, [was_row, row_id], known_at
    from silent s left join trace_plate k on k.plate = s.plate and k.plate_class is null left join trace_terminal l on l.terminal = s.terminal
    where metres > 1000`;
}

/** Runs of the part's slow points without a gap over 30 min or a jump over 300 m. */
export function stopsSql(): string {
  return `insert into stop_raw
    with marked as (
      select *, sum(case when was_slow and "at" - was_at <= interval 30 minute and abs(lon - was_lon) < 0.0032 and abs(lat - was_lat) < 0.0027 then 0 else 1 end)
        over (partition by terminal order by "at", row_id) as run
      from gps_part where slow),
    runs as (
      select terminal, run, mode(plate) as plate, min("at") as start_at, max("at") as end_at, avg(lon) as lon, avg(lat) as lat,
        arg_min(load_before, "at") as load_before, arg_max(load_after, "at") as load_after, count(*) as points,
        bool_or((coalesce(alarm, 0) & 384) <> 0) as power_cut,
        list_distinct(arg_min(row_id, "at", 6) || arg_max(row_id, "at", 6)) as ids, max(known_at) as known_at
      from marked group by terminal, run)
    select r.terminal, r.plate, coalesce(k.vehicle_id, l.vehicle_id), start_at, end_at, date_diff('second', start_at, end_at) / 60.0, round(lon, 6), round(lat, 6),
      load_before, load_after, points, power_cut, list_sort(ids), r.known_at
    from runs r left join trace_plate k on k.plate = r.plate and k.plate_class is null
    left join trace_terminal l on l.terminal = r.terminal
    where date_diff('second', start_at, end_at) >= 60 * $minDwellMin`;
}

async function _placeStops(db: Database): Promise<void> {
  const elements = new PlaceIndex(await _elements(db), 2000);
  const sites = new PlaceIndex(await _sites(db), 1000);
  const stops = await db.columns('select stop_no, lon, lat from stop_numbered order by stop_no');
  const lon = numbersOf(stops, 'lon').values;
  const lat = numbersOf(stops, 'lat').values;
  const near = Array.from(lon, (x, i) => ({ element: elements.nearest(x, lat[i]!), site: sites.nearest(x, lat[i]!) }));
  const metres = (of: (n: (typeof near)[number]) => number | undefined) => ({
    kind: 'number' as const,
    values: Float64Array.from(near, (n) => Math.round((of(n) ?? 0) * 10) / 10),
    valid: Uint8Array.from(near, (n) => (of(n) === undefined ? 0 : 1)),
  });
  await db.tableFrom('stop_place', {
    rows: stops.rows,
    data: {
      stop_no: numbersOf(stops, 'stop_no'),
      element_id: { kind: 'text', values: near.map((n) => n.element?.place.id ?? null) },
      element_kind: { kind: 'text', values: near.map((n) => n.element?.place.kind ?? null) },
      element_m: metres((n) => n.element?.metres),
      site_id: { kind: 'text', values: near.map((n) => n.site?.place.id ?? null) },
      site_m: metres((n) => n.site?.metres),
    },
  });
}

async function _elements(db: Database): Promise<Place[]> {
  if (!(await db.has('src_geo_element'))) return [];
  const c = await db.columns(
    `select element_id, kind, lon, lat, geometry from src_geo_element where lon is not null and kind in ${STOP_KINDS} order by element_id, row_id`,
  );
  const ids = textsOf(c, 'element_id');
  const kinds = textsOf(c, 'kind');
  const geometry = textsOf(c, 'geometry');
  return ids.map((id, i) => ({
    id: id!,
    kind: kinds[i]!,
    lon: numbersOf(c, 'lon').values[i]!,
    lat: numbersOf(c, 'lat').values[i]!,
    polygons: polygonsOf(geometry[i]!),
  }));
}

/** Sites that a register knows (permit, meter, farm, power); a place on the map or in a complaint alone is no works. */
async function _sites(db: Database): Promise<Place[]> {
  const c = await db.columns(
    `select entity_id, lon, lat from entity where kind = 'site' and lon is not null and lat is not null
      and entity_id in (select entity_id from entity_key where kind = 'site' and key_kind <> 'element_id') order by entity_id`,
  );
  return textsOf(c, 'entity_id').map((id, i) => ({
    id: id!,
    kind: 'site',
    lon: numbersOf(c, 'lon').values[i]!,
    lat: numbersOf(c, 'lat').values[i]!,
    polygons: [],
  }));
}
