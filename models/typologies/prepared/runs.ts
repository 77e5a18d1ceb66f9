import type { Prepared } from '../typology.ts';

/** `load_run`: a vehicle fills up at one stop and is empty after another within four hours; the last filling before counts. With what is at both ends. */
const LOAD_RUN: Prepared = {
  id: 'load_run',
  reads: ['unload_stop', 'trace_stop', 'vehicle_owner'],
  sql: [
    `create or replace temp table load_run as
      with runs as (
        select u.vehicle_id, u.stop_id as unload_id, arg_max(a.stop_id, a.end_at) as load_id
        from unload_stop u join trace_stop a on a.vehicle_id = u.vehicle_id and a.end_at between u.start_at - interval 4 hour and u.start_at and a.stop_id <> u.stop_id
        where a.load_after in (1, 3) and coalesce(a.load_before, 0) = 0 group by all)
      select r.vehicle_id, o.company_id as haulier_id, coalesce(o.is_hazmat, false) as is_hazmat, a.start_at as load_at, a.site_id as load_site, a.site_m as load_site_m, a.element_id as load_element,
        a.element_kind as load_kind, a.element_m as load_element_m, u.start_at, u.end_at, u.element_id, u.element_kind, u.element_m, u.site_m, u.legal, u.approval, u.stop_id,
        a.row_ids || u.row_ids as row_ids, greatest(a.known_at, u.known_at) as known_at, date_diff('minute', a.start_at, u.end_at)::double as minutes
      from runs r join trace_stop a on a.stop_id = r.load_id join unload_stop u on u.stop_id = r.unload_id left join vehicle_owner o on o.vehicle_id = r.vehicle_id`,
  ],
};

/** `ship_slow(ship_id, mmsi, at, local_hour, …)`: positions under 3 kn, with the kind of ship as its type or name says, and the nearest wharf. */
const SHIP_SLOW: Prepared = {
  id: 'ship_slow',
  reads: ['src_ship_ais', 'src_geo_element', 'entity_key'],
  sql: [
    `create or replace temp table ship_slow as
      with ships as (select key as mmsi, min(entity_id) as ship_id from entity_key where kind = 'ship' and key_kind = 'mmsi' group by key),
      slow as (
        select s.ship_id, p.mmsi, p."at", hour(p."at" + interval 8 hour) as local_hour, (p."at" - interval 4 hour)::date as night, p.lon, p.lat, p.sog_kn, p.row_id, p.known_at,
          case when p.ship_type in ('33', '33.0') or regexp_matches(coalesce(p.ship_name, ''), '采|吸|工') then 'dredger' when p.ship_type in ('30', '30.0') or regexp_matches(coalesce(p.ship_name, ''), '渔') then 'fishing' else 'other' end as use
        from src_ship_ais p join ships s using (mmsi) where p.lon is not null and p.lat is not null and coalesce(p.sog_kn, 0) < 3),
      wharves as (select lon, lat, floor(lon / 0.01)::int + dx as cx, floor(lat / 0.01)::int + dy as cy from src_geo_element, range(-1, 2) a(dx), range(-1, 2) b(dy) where kind = 'wharf'),
      near as (
        select s.row_id, min(sqrt(pow((s.lon - w.lon) * 95.6, 2) + pow((s.lat - w.lat) * 110.95, 2))) as km
        from slow s join wharves w on w.cx = floor(s.lon / 0.01)::int and w.cy = floor(s.lat / 0.01)::int group by s.row_id)
      select s.*, n.km as wharf_km from slow s left join near n using (row_id)`,
  ],
};

export const RUNS: readonly Prepared[] = [LOAD_RUN, SHIP_SLOW];
