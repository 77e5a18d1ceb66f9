import type { Database } from '../../ingest/tables/index.ts';

/** `trace_plate(plate, plate_class, vehicle_id)` and `trace_terminal(terminal, vehicle_id)`: how a spelling leads to its vehicle. A plate without a class leads
 *  to a vehicle only where one vehicle carries it. */
export async function buildVehicleKeys(db: Database): Promise<void> {
  await db.run(`create or replace temp table trace_plate as
    select split_part(key, '|', 1) as plate, split_part(key, '|', 2) as plate_class, min(entity_id) as vehicle_id
    from entity_key where kind = 'vehicle' and key_kind = 'plate_class' group by all
    union all
    select key, null, min(entity_id) from entity_key where kind = 'vehicle' and key_kind = 'plate' group by key having count(distinct entity_id) = 1`);
  const licences = (await db.has('src_trn_licence'))
    ? `select terminal, max_by(plate, valid_from) as plate, max_by(plate_class, valid_from) as plate_class from src_trn_licence where terminal is not null group by terminal`
    : `select null::varchar as terminal, null::varchar as plate, null::varchar as plate_class where false`;
  await db.run(`create or replace temp table trace_terminal as
    select l.terminal, k.vehicle_id from (${licences}) l join trace_plate k on k.plate = l.plate and k.plate_class = l.plate_class`);
}

/** `trace_sighting`: every gate pass with its vehicle (null = unread or unknown plate: kept) and its time by the estimated gate clock. */
export async function buildSightings(db: Database): Promise<void> {
  await db.run(`create or replace table trace_sighting as ${sightingsSql()}`);
}

/** Passes with vehicle, gate and time. A plate alone leads to a vehicle where its class does not. */
export function sightingsSql(): string {
  return `select p.row_id, coalesce(k.vehicle_id, a.vehicle_id) as vehicle_id, p.plate, p.plate_class, p.gate, g.entity_id as gate_id,
      p.pass_at - to_seconds(coalesce(w.skew_s, 0)) as "at", p.pass_at, p.direction, p.covered, p.reliability, p.brand, p.colour, p.known_at
    from src_pol_gate_pass p
    left join trace_plate k on k.plate = p.plate and k.plate_class = p.plate_class
    left join trace_plate a on a.plate = p.plate and a.plate_class is null
    left join (select key, min(entity_id) as entity_id from entity_key where key_kind = 'element_id' group by key) g on g.key = p.gate
    left join trace_gate_skew w on w.gate = p.gate`;
}

/** `trace_gate_skew(gate, skew_s, passes)`: how many seconds a gate's clock is ahead, as the median over passes of vehicles that carry GPS (nearest point
 *  within 400 m and 10 min); only where at least five passes agree on more than 45 s. */
export async function buildSkews(db: Database): Promise<void> {
  await db.run(`create or replace table trace_gate_skew (gate VARCHAR, skew_s DOUBLE, passes BIGINT)`);
  for (const t of ['src_trn_gps', 'src_geo_element', 'src_pol_gate_pass']) if (!(await db.has(t))) return;
  await db.run(`insert into trace_gate_skew
    with gates as (select element_id as gate, any_value(lon) as lon, any_value(lat) as lat from src_geo_element where kind = 'gate' group by element_id),
    cells as (
      select gate, lon, lat, floor(lon / 0.005)::int + dx as cx, floor(lat / 0.005)::int + dy as cy from gates, range(-1, 2) a(dx), range(-1, 2) b(dy)),
    near as (
      select c.gate, coalesce(k.vehicle_id, l.vehicle_id) as vehicle_id, p."at",
        sqrt(pow((p.lon - c.lon) * 95600, 2) + pow((p.lat - c.lat) * 110950, 2)) as metres
      from src_trn_gps p join cells c on c.cx = floor(p.lon / 0.005)::int and c.cy = floor(p.lat / 0.005)::int
      left join trace_plate k on k.plate = p.plate and k.plate_class is null left join trace_terminal l on l.terminal = p.terminal),
    slotted as (
      select *, floor(epoch("at") / 601)::bigint + step as slot from near, range(-1, 2) r(step) where metres <= 400 and vehicle_id is not null),
    passes as (
      select p.row_id, p.gate, k.vehicle_id, p.pass_at, floor(epoch(p.pass_at) / 601)::bigint as slot from src_pol_gate_pass p
      join trace_plate k on k.plate = p.plate and k.plate_class = p.plate_class),
    matched as (
      select p.row_id, p.gate, arg_min(date_diff('millisecond', n."at", p.pass_at) / 1000.0, n.metres) as ahead_s
      from passes p join slotted n on n.gate = p.gate and n.vehicle_id = p.vehicle_id and n.slot = p.slot
        and n."at" between p.pass_at - interval 10 minute and p.pass_at + interval 10 minute
      group by all),
    middle as (select gate, median(ahead_s) as skew_s, mad(ahead_s) as spread, count(*) as passes from matched group by gate)
    select gate, round(skew_s), passes from middle where passes >= 5 and abs(skew_s) > 45 and spread < 40`);
}

/** `trace_convoy`: two vehicles within `togetherS` of each other at three or more gates in one night (noon to noon, local), by month. */
export async function buildConvoys(db: Database, o: { togetherS: number; gates: number }): Promise<void> {
  await db.run(`create or replace table trace_convoy (a_id VARCHAR, b_id VARCHAR, a_class VARCHAR, b_class VARCHAR, night DATE, first_at TIMESTAMP, last_at TIMESTAMP,
    gates BIGINT, row_ids VARCHAR[], known_at TIMESTAMP)`);
  const months = await db.rows<{ from_at: string; to_at: string }>(
    `select distinct (month + interval 4 hour)::varchar as from_at, (month + interval 1 month + interval 4 hour)::varchar as to_at
      from (select date_trunc('month', "at" - interval 4 hour)::timestamp as month from trace_sighting where vehicle_id is not null) order by from_at`,
  );
  for (const { from_at, to_at } of months)
    await db.run(
      `insert into trace_convoy
      with seen as (
        select row_id, vehicle_id, plate_class, gate, "at", known_at, ("at" - interval 4 hour)::date as night, floor(epoch("at") / $s)::bigint as slot
        from trace_sighting where vehicle_id is not null and "at" >= $fromAt::timestamp and "at" < $toAt::timestamp),
      shifted as (select *, slot + d as near_slot from seen, range(-1, 2) r(d)),
      pairs as (
        select a.vehicle_id as a_id, b.vehicle_id as b_id, a.plate_class as a_class, b.plate_class as b_class, a.night, a.gate,
          least(a."at", b."at") as first_at, greatest(a."at", b."at") as last_at, a.row_id as a_row, b.row_id as b_row, greatest(a.known_at, b.known_at) as known_at
        from shifted a join seen b on b.gate = a.gate and b.slot = a.near_slot and a.night = b.night and a.vehicle_id < b.vehicle_id
        where abs(date_diff('second', a."at", b."at")) <= $s)
      select a_id, b_id, min(a_class), min(b_class), night, min(first_at), max(last_at), count(distinct gate),
        list_sort(list_distinct(list(a_row) || list(b_row))), max(known_at)
      from pairs group by a_id, b_id, night having count(distinct gate) >= $gates order by a_id, b_id, night`,
      { s: o.togetherS, fromAt: from_at, toAt: to_at, gates: o.gates },
    );
}
