import type { Database } from '../../ingest/tables/index.ts';

/** `trace_gap`, empty: silences of ships (`kind` `ais`) and of terminals (`gps`). */
export async function makeGapTable(db: Database): Promise<void> {
  await db.run(`create or replace table trace_gap (kind VARCHAR, subject_id VARCHAR, key VARCHAR, from_at TIMESTAMP, to_at TIMESTAMP, minutes DOUBLE, from_lon DOUBLE, from_lat DOUBLE,
    to_lon DOUBLE, to_lat DOUBLE, metres DOUBLE, draught_before DOUBLE, draught_after DOUBLE, row_ids VARCHAR[], known_at TIMESTAMP)`);
}

/** Silences of ships, into `trace_gap`: over `gapMin` and four times the ship's usual interval. */
export async function buildGaps(db: Database, o: { gapMin: number }): Promise<void> {
  if (await db.has('src_ship_ais'))
    await db.run(
      `insert into trace_gap
      with points as (
        select mmsi, "at", lon, lat, draught_m, row_id, known_at, lag("at") over w as was_at, lag(lon) over w as was_lon, lag(lat) over w as was_lat,
          lag(draught_m ignore nulls) over w as was_draught, lag(row_id) over w as was_row, lead(draught_m ignore nulls) over w as next_draught
        from src_ship_ais where lon is not null and lat is not null window w as (partition by mmsi order by "at", row_id)),
      usual as (select mmsi, median(date_diff('second', was_at, "at")) / 60.0 as minutes from points where was_at is not null group by mmsi)
      select 'ais', s.ship_id, p.mmsi, was_at, "at", date_diff('second', was_at, "at") / 60.0, was_lon, was_lat, lon, lat,
        round(sqrt(pow((lon - was_lon) * 95600, 2) + pow((lat - was_lat) * 110950, 2)), 1), was_draught, coalesce(draught_m, next_draught), [was_row, row_id], known_at
      from points p join usual u using (mmsi) left join trace_ship s using (mmsi)
      where date_diff('second', was_at, "at") > 60 * greatest($gapMin, 4 * u.minutes) and date_diff('hour', was_at, "at") < 72
      order by mmsi, was_at`,
      { gapMin: o.gapMin },
    );
}

/** `trace_ship(mmsi, ship_id)`. */
export async function buildShipKeys(db: Database): Promise<void> {
  await db.run(`create or replace temp table trace_ship as
    select key as mmsi, min(entity_id) as ship_id from entity_key where kind = 'ship' and key_kind = 'mmsi' group by key`);
}

/** `trace_meeting`: two ships, both under 2 kn, within `metres` of each other for more than `minutes`, away from wharves or beside one (`wharf_m`); by month,
 *  in slots of a quarter hour, a ship's place in a slot being the mean of its points. */
export async function buildMeetings(db: Database, o: { metres: number; minutes: number }): Promise<void> {
  await db.run(`create or replace table trace_meeting (a_id VARCHAR, b_id VARCHAR, a_mmsi VARCHAR, b_mmsi VARCHAR, from_at TIMESTAMP, to_at TIMESTAMP, minutes DOUBLE,
    lon DOUBLE, lat DOUBLE, metres DOUBLE, wharf_id VARCHAR, wharf_m DOUBLE, row_ids VARCHAR[], known_at TIMESTAMP)`);
  if (!(await db.has('src_ship_ais'))) return;
  const months = await db.rows<{ from_at: string; to_at: string }>(
    `select distinct month::varchar as from_at, (month + interval 1 month)::varchar as to_at
      from (select date_trunc('month', "at")::timestamp as month from src_ship_ais) where month is not null order by from_at`,
  );
  const sql = meetingsSql(await db.has('src_geo_element'));
  for (const { from_at, to_at } of months)
    await db.run(sql, { fromAt: from_at, toAt: to_at, metres: o.metres, minutes: o.minutes });
}

/** One month of meetings. Ships that report less often than every half hour cannot be placed side by side, and are not. */
export function meetingsSql(withWharves: boolean): string {
  const wharves = withWharves
    ? `select element_id, lon, lat from src_geo_element where kind = 'wharf'`
    : `select null::varchar as element_id, null::double as lon, null::double as lat where false`;
  return `insert into trace_meeting
    with slow as (
      select mmsi, floor(epoch("at") / 900)::bigint as slot, avg(lon) as lon, avg(lat) as lat, list(row_id order by row_id) as row_ids,
        min("at") as first_at, max("at") as last_at, max(known_at) as known_at
      from src_ship_ais where "at" >= $fromAt::timestamp and "at" < $toAt::timestamp and lon is not null and lat is not null and coalesce(sog_kn, 0) < 2 group by all),
    celled as (select *, floor(lon / 0.001)::int as cx, floor(lat / 0.001)::int as cy from slow),
    near as (select c.*, cx + dx as nx, cy + dy as ny from celled c, range(-1, 2) a(dx), range(-1, 2) b(dy)),
    pairs as (
      select a.mmsi as a, b.mmsi as b, a.slot, (a.lon + b.lon) / 2 as lon, (a.lat + b.lat) / 2 as lat, a.row_ids as a_rows, b.row_ids as b_rows, a.first_at as a_first, b.first_at as b_first, a.last_at as a_last, b.last_at as b_last,
        sqrt(pow((a.lon - b.lon) * 95600, 2) + pow((a.lat - b.lat) * 110950, 2)) as metres, greatest(a.known_at, b.known_at) as known_at
      from near a join celled b on b.slot = a.slot and b.cx = a.nx and b.cy = a.ny and a.mmsi < b.mmsi),
    close as (
      select *, case when slot - lag(slot) over w <= 2 then 0 else 1 end as starts from pairs where metres < $metres window w as (partition by a, b order by slot)),
    runs as (select *, sum(starts) over (partition by a, b order by slot) as run from close),
    meetings as (
      select a, b, run, greatest(min(a_first), min(b_first)) as from_at, least(max(a_last), max(b_last)) as to_at,
        date_diff('second', greatest(min(a_first), min(b_first)), least(max(a_last), max(b_last))) / 60.0 as minutes, round(avg(lon), 6) as lon, round(avg(lat), 6) as lat, round(min(metres), 1) as metres,
        list_sort(list_distinct(flatten(list(a_rows)) || flatten(list(b_rows)))) as row_ids, max(known_at) as known_at
      from runs group by a, b, run having count(*) >= 2 and date_diff('second', greatest(min(a_first), min(b_first)), least(max(a_last), max(b_last))) > 60 * $minutes),
    wharf as (${wharves}),
    beside as (
      select m.a, m.b, m.run, arg_min(w.element_id, pow((m.lon - w.lon) * 95600, 2) + pow((m.lat - w.lat) * 110950, 2)) as wharf_id,
        round(sqrt(min(pow((m.lon - w.lon) * 95600, 2) + pow((m.lat - w.lat) * 110950, 2))), 1) as wharf_m
      from meetings m join wharf w on abs(w.lat - m.lat) < 0.01 and abs(w.lon - m.lon) < 0.01 group by all)
    select x.ship_id, y.ship_id, m.a, m.b, m.from_at, m.to_at, m.minutes, m.lon, m.lat, m.metres, z.wharf_id, z.wharf_m, m.row_ids, m.known_at
    from meetings m left join beside z using (a, b, run) left join trace_ship x on x.mmsi = m.a left join trace_ship y on y.mmsi = m.b
    order by m.a, m.b, m.from_at`;
}
