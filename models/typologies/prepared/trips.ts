import { type Axis, besideSql, celledSql } from '../beside.ts';
import type { Prepared } from '../typology.ts';

const HALF_HOUR = (at: string): readonly Axis[] => [{ cell: 'slot', of: `epoch(${at})`, size: 1801 }];

const KM = (aLon: string, aLat: string, bLon: string, bLat: string) =>
  `sqrt(pow((${aLon} - ${bLon}) * 95.6, 2) + pow((${aLat} - ${bLat}) * 110.95, 2))`;

/** `trip`: manifests with their parties, vehicle, and end of the window in which the truck is looked for. */
const TRIP: Prepared = {
  id: 'trip',
  reads: ['src_eco_hw_manifest', 'company_key', 'vehicle_key'],
  sql: [
    `create or replace temp table trip as
      select m.row_id, m.manifest_no, m.known_at, m.waste_code, m.sent_t, m.accepted_t, m.created_at, m.departed_at, m.arrived_at, m.accepted_at, m.state, m.approval_no,
        m.plate, m.trailer, m.origin_uscc, m.receiver_uscc, coalesce(o.company_id, o2.company_id) as origin_id, coalesce(c.company_id, c2.company_id) as carrier_id,
        coalesce(r.company_id, r2.company_id) as receiver_id, v.vehicle_id, m.departed_at - interval 30 minute as from_at,
        coalesce(m.arrived_at, m.departed_at + interval 12 hour) + interval 90 minute as to_at
      from src_eco_hw_manifest m
      left join company_key o on o.key = m.origin_uscc left join company_key o2 on o2.key = m.origin_name
      left join company_key c on c.key = m.carrier_uscc left join company_key c2 on c2.key = m.carrier_name
      left join company_key r on r.key = m.receiver_uscc left join company_key r2 on r2.key = m.receiver_name
      left join vehicle_key v on v.plate = m.plate and v.plate_class is null
      where m.departed_at is not null and coalesce(m.state, '') <> '作废'`,
  ],
};

/** `trip_place(role, company_id, lon, lat, trips)`: where trips really start and end, by party: the cell (about 250 m) in which the trucks stand around departure or
 *  arrival on the most manifests, if on at least three and a third of those with a stop; else the party's only known site. Learned, for registered addresses are
 *  often not where the gate is. */
const TRIP_PLACE: Prepared = {
  id: 'trip_place',
  reads: ['trip', 'trace_stop', 'site_place'],
  sql: [
    `create or replace temp table trip_place as
      with ends as (
        select 'receiver' as role, t.receiver_id as company_id, t.row_id, s.lon, s.lat from trip t join trace_stop s on s.vehicle_id = t.vehicle_id
          and s.start_at between t.arrived_at - interval 45 minute and t.arrived_at + interval 45 minute where t.receiver_id is not null
        union all
        select 'origin', t.origin_id, t.row_id, s.lon, s.lat from trip t join trace_stop s on s.vehicle_id = t.vehicle_id
          and s.end_at between t.departed_at - interval 45 minute and t.departed_at + interval 45 minute where t.origin_id is not null),
      cells as (
        select role, company_id, round(lon / 0.0025)::int as cx, round(lat / 0.0025)::int as cy, count(distinct row_id) as trips, avg(lon) as lon, avg(lat) as lat
        from ends group by all),
      totals as (select role, company_id, count(distinct row_id) as trips from ends group by all),
      best as (
        select c.*, row_number() over (partition by c.role, c.company_id order by c.trips desc, c.cx, c.cy) as place
        from cells c join totals t using (role, company_id) where c.trips >= 3 and c.trips * 3 >= t.trips),
      only_site as (
        select company_id, min(lon) as lon, min(lat) as lat from site_place where company_id is not null and lon is not null group by company_id having count(*) = 1)
      select role, company_id, round(lon, 6) as lon, round(lat, 6) as lat, trips from best where place = 1
      union all
      select r.role, s.company_id, s.lon, s.lat, 0 from only_site s, (values ('origin'), ('receiver')) r(role)
      where not exists (select 1 from best b where b.place = 1 and b.role = r.role and b.company_id = s.company_id)`,
  ],
};

/** `trip_track(row_id, points, near_km, rows, known_at)`: GPS positions of the truck in the window, and the nearest it came to the receiver. */
const TRIP_TRACK: Prepared = {
  id: 'trip_track',
  reads: ['trip_place', 'src_trn_gps'],
  sql: [
    `create or replace temp table trip_track as
      with spans as (
        select t.row_id, t.vehicle_id, t.from_at, t.to_at, p.lon, p.lat, unnest(generate_series(t.from_at::date::timestamp, t.to_at::date::timestamp, interval 1 day))::date as day
        from trip t join trip_place p on p.role = 'receiver' and p.company_id = t.receiver_id where t.vehicle_id is not null and t.to_at < t.from_at + interval 4 day),
      points as (
        select k.vehicle_id, g."at", g."at"::date as day, g.lon, g.lat, g.row_id, g.known_at
        from src_trn_gps g join vehicle_key k on k.plate = g.plate and k.plate_class is null where g.lon is not null)
      select s.row_id, count(*) as points, min(${KM('g.lon', 'g.lat', 's.lon', 's.lat')}) as near_km,
        list_sort(list_distinct(arg_min(g.row_id, ${KM('g.lon', 'g.lat', 's.lon', 's.lat')}, 4) || arg_min(g.row_id, g."at", 2) || arg_max(g.row_id, g."at", 2))) as rows,
        max(g.known_at) as known_at
      from spans s join points g on g.vehicle_id = s.vehicle_id and g.day = s.day and g."at" between s.from_at and s.to_at
      group by s.row_id`,
  ],
};

/** `trip_finding(row_id, finding, known_at, value, peer_low, peer_high, rows, holds_…)`: what does not fit on a trip, one row a trip and finding. */
const TRIP_FINDING: Prepared = {
  id: 'trip_finding',
  also: ['trip_ends'],
  reads: ['trip', 'trip_place'],
  sql: [
    `create or replace temp table trip_finding (row_id VARCHAR, finding VARCHAR, known_at TIMESTAMP, value DOUBLE, peer_low DOUBLE, peer_high DOUBLE, rows VARCHAR[],
      holds_tractor_swap BOOLEAN, holds_late_entry BOOLEAN, holds_fixed_tank BOOLEAN)`,
    `create or replace temp table trip_ends as
      select t.*, o.lon as o_lon, o.lat as o_lat, r.lon as r_lon, r.lat as r_lat, ${KM('o.lon', 'o.lat', 'r.lon', 'r.lat')} as km
      from trip t left join trip_place o on o.role = 'origin' and o.company_id = t.origin_id left join trip_place r on r.role = 'receiver' and r.company_id = t.receiver_id`,
    // faster than the road allows: 1.2 times the straight way at 90 km/h
    `insert into trip_finding
      select row_id, 'too-fast', known_at, km * 1.2 / (date_diff('second', departed_at, arrived_at) / 3600.0), 0, 90, [row_id], null, null, null
      from trip_ends where km >= 3 and arrived_at > departed_at and km * 1.2 / (date_diff('second', departed_at, arrived_at) / 3600.0) > 90`,
    // the same weight to 0.01 t on five trips running; a tank that is always filled to the brim still differs on the receiver's scale
    `insert into trip_finding
      with marked as (
        select *, case when round(sent_t, 2) is distinct from lag(round(sent_t, 2)) over w then 1 else 0 end as starts
        from trip where sent_t is not null window w as (partition by origin_id, waste_code order by departed_at, row_id)),
      runs as (select *, sum(starts) over (partition by origin_id, waste_code order by departed_at, row_id) as run from marked),
      numbered as (select *, row_number() over (partition by origin_id, waste_code, run order by departed_at, row_id) as nth,
        count(*) over (partition by origin_id, waste_code, run) as trips from runs),
      long as (
        select *, max(known_at) filter (where nth <= 5) over (partition by origin_id, waste_code, run) as fifth_known,
          avg(abs(accepted_t - sent_t) / sent_t) over (partition by origin_id, waste_code, run) as scale_gap
        from numbered where trips >= 5)
      select row_id, 'weight-constant', greatest(known_at, fifth_known), trips, 1, 4, [row_id], null, null, scale_gap > 0.002 from long`,
    `insert into trip_finding
      select row_id, 'weight-gap', known_at, (sent_t - accepted_t) / sent_t, -0.05, 0.05, [row_id], null, null, null
      from trip where sent_t > 0 and abs(sent_t - accepted_t) > greatest(0.3, 0.05 * sent_t)`,
    // created after departure by hours; a paper form may be entered days later
    `insert into trip_finding
      select row_id, 'departed-before-creation', known_at, date_diff('minute', departed_at, created_at) / 60.0, null, 0, [row_id], null,
        date_diff('hour', departed_at, created_at) between 48 and 14 * 24, null
      from trip where created_at > departed_at + interval 10 minute`,
    `insert into trip_finding
      select row_id, 'accepted-late', known_at, date_diff('hour', arrived_at, accepted_at) / 24.0, 0, 5, [row_id], null, created_at > departed_at + interval 48 hour, null
      from trip where date_diff('hour', arrived_at, accepted_at) > 7 * 24`,
    `insert into trip_finding
      select t.row_id, 'accepted-in-batch', b.known_at, b.trips, 1, 2, b.rows, null, null, null
      from trip t join (
        select receiver_id, accepted_at, count(*) as trips, max(known_at) as known_at, list(row_id order by row_id) as rows
        from trip where accepted_at is not null and receiver_id is not null group by all having count(*) >= 3) b
        on b.receiver_id = t.receiver_id and b.accepted_at = t.accepted_at`,
    `insert into trip_finding
      select row_id, 'no-approval', known_at, null, null, null, [row_id], null, null, null
      from trip where approval_no is null and length(origin_uscc) = 18 and length(receiver_uscc) = 18 and origin_uscc[3:4] <> receiver_uscc[3:4]`,
    `insert into trip_finding
      with times as (
        select *, date_diff('minute', departed_at, arrived_at) as minutes, median(date_diff('minute', departed_at, arrived_at)) over w as usual, count(*) over w as trips
        from trip where arrived_at > departed_at window w as (partition by origin_id, receiver_id order by departed_at rows between 40 preceding and 1 preceding))
      select row_id, 'overtime', known_at, minutes / 60.0, 0, usual / 60.0, [row_id], null, null, null from times where trips >= 5 and minutes > greatest(3 * usual, usual + 120)`,
  ],
};

/** Findings that need licences, tracks or passes; each is added when its table is there. */
const TRIP_RATED: Prepared = {
  id: 'trip_rated',
  reads: ['trip_finding', 'src_trn_licence'],
  sql: [
    `create or replace temp table trip_rated as
      with rated as (select plate, max(rated_t) as rated_t, max_by(row_id, rated_t) as licence from src_trn_licence where rated_t > 0 group by plate)
      select t.row_id, greatest(coalesce(a.rated_t, 0), coalesce(b.rated_t, 0)) as rated_t, [t.row_id, coalesce(a.licence, b.licence)] as rows
      from trip t left join rated a on a.plate = t.plate left join rated b on b.plate = t.trailer where coalesce(a.rated_t, b.rated_t) is not null`,
    `insert into trip_finding
      select row_id, 'over-rated', t.known_at, t.sent_t, 0, r.rated_t, r.rows, null, null, null from trip t join trip_rated r using (row_id) where t.sent_t > 1.1 * r.rated_t`,
  ],
};

const TRIP_ROUTE: Prepared = {
  id: 'trip_route',
  reads: ['trip_finding', 'trip_track', 'trace_stop', 'src_geo_element'],
  otherwise: `create or replace temp table trip_route (row_id VARCHAR, points BIGINT, near_km DOUBLE, rows VARCHAR[], known_at TIMESTAMP, swapped BOOLEAN)`,
  sql: [
    // another truck that stood at both ends when this one should have: the tractor was swapped
    `create or replace temp table trip_route as
      with departed as (
        select t.row_id, t.arrived_at, t.r_lon, t.r_lat, a.vehicle_id
        from (${besideSql('trip_ends', HALF_HOUR('departed_at'))}) t join (${celledSql('trace_stop', HALF_HOUR('end_at'))}) a on a.slot = t.slot
        where a.vehicle_id <> t.vehicle_id and a.end_at between t.departed_at - interval 30 minute and t.departed_at + interval 30 minute
          and ${KM('a.lon', 'a.lat', 't.o_lon', 't.o_lat')} < 0.5),
      swaps as (
        select distinct d.row_id from departed d join trace_stop b on b.vehicle_id = d.vehicle_id
          and b.start_at between d.arrived_at - interval 45 minute and d.arrived_at + interval 45 minute and ${KM('b.lon', 'b.lat', 'd.r_lon', 'd.r_lat')} < 0.5)
      select k.row_id, k.points, k.near_km, k.rows, k.known_at, s.row_id is not null as swapped
      from trip_track k left join swaps s using (row_id)`,
    `insert into trip_finding
      select t.row_id, 'never-near-receiver', greatest(t.known_at, r.known_at), r.near_km, 0, 1, [t.row_id] || r.rows, r.swapped, null, null
      from trip t join trip_route r using (row_id) where r.points >= 4 and r.near_km > 1`,
    // unloaded or stood on the way at a place that is no works: pit, farmland, bank
    `insert into trip_finding
      select t.row_id, 'stop-on-the-way', max(greatest(t.known_at, s.known_at)), max(s.dwell_min), 0, 5, [t.row_id] || flatten(list(s.row_ids order by s.start_at)), null, null, null
      from trip_ends t join trace_stop s on s.vehicle_id = t.vehicle_id and s.start_at > t.departed_at and s.start_at < coalesce(t.arrived_at, t.to_at) + interval 30 minute
      where s.element_kind in ('pit', 'farmland') and s.element_m <= 100 and coalesce(s.site_m, 9999) > 150
        and coalesce(${KM('s.lon', 's.lat', 't.o_lon', 't.o_lat')}, 9) > 0.5 and coalesce(${KM('s.lon', 's.lat', 't.r_lon', 't.r_lat')}, 9) > 0.5
      group by t.row_id`,
  ],
};

const TRIP_PASSES: Prepared = {
  id: 'trip_passes',
  reads: ['trip_finding', 'trip_route', 'trace_sighting', 'src_geo_element'],
  sql: [
    // passes that cannot lie on the way: too far from either end at 110 km/h; one alone may be a misread plate
    `create or replace temp table trip_passes as
      with gates as (select element_id as gate, any_value(lon) as lon, any_value(lat) as lat from src_geo_element where kind = 'gate' group by all)
      select t.row_id, s.row_id as pass_row, s.known_at,
        greatest(${KM('g.lon', 'g.lat', 't.o_lon', 't.o_lat')} - 110 * date_diff('second', t.departed_at, s."at") / 3600.0,
          ${KM('g.lon', 'g.lat', 't.r_lon', 't.r_lat')} - 110 * date_diff('second', s."at", t.arrived_at) / 3600.0) as excess_km
      from (select *, unnest(generate_series(departed_at::date::timestamp, arrived_at::date::timestamp, interval 1 day))::date as day from trip_ends) t
      join trace_sighting s on s.vehicle_id = t.vehicle_id and s."at"::date = t.day and s."at" between t.departed_at and t.arrived_at join gates g using (gate)`,
    `insert into trip_finding
      select t.row_id, 'plate-elsewhere', max(greatest(t.known_at, p.known_at)), max(p.excess_km), 0, 2, [t.row_id] || list(p.pass_row order by p.pass_row), any_value(r.swapped), null, null
      from trip t join trip_passes p using (row_id) left join trip_route r using (row_id) where p.excess_km > 2 group by t.row_id having count(*) >= 2`,
  ],
};

/** `trip_verdict` (stays in the warehouse): one row a manifest: what was checked, what does not fit, what is explained. A trip without findings is `consistent` when its
 *  route could be checked, else `not-checkable`. */
const TRIP_VERDICT: Prepared = {
  id: 'trip_verdict',
  stays: true,
  reads: ['trip_finding', 'trip_route'],
  sql: [
    `create or replace table trip_verdict as
      select t.manifest_no, t.row_id, t.origin_id, t.carrier_id, t.receiver_id, t.vehicle_id, t.departed_at, t.arrived_at,
        case when count(f.finding) filter (where not f.explained) > 0 then list_sort(list(f.finding) filter (where not f.explained))
          when coalesce(any_value(r.points), 0) >= 4 then ['consistent'] else ['not-checkable'] end as verdicts,
        coalesce(list_sort(list(f.finding) filter (where f.explained)), []) as explained,
        any_value(r.near_km) as near_km, any_value(r.points) as points
      from trip t
      left join (select *, coalesce(holds_tractor_swap, false) or coalesce(holds_late_entry, false) or coalesce(holds_fixed_tank, false) as explained from trip_finding) f using (row_id)
      left join trip_route r using (row_id) group by all order by t.row_id`,
  ],
};

export const TRIPS: readonly Prepared[] = [
  TRIP,
  TRIP_PLACE,
  TRIP_TRACK,
  TRIP_FINDING,
  TRIP_RATED,
  TRIP_ROUTE,
  TRIP_PASSES,
  TRIP_VERDICT,
];
