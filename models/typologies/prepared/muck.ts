import { type Axis, besideSql, celledSql } from '../beside.ts';
import type { Prepared } from '../typology.ts';

const AT_TIP: readonly Axis[] = [
  { cell: 'cx', of: 'lon', size: 0.05 },
  { cell: 'cy', of: 'lat', size: 0.05 },
];

/** `unload_stop`: stops at which a loaded vehicle became empty (load 1 or 3 before, 0 after), with the nearest licensed tip (`tip_km`) and what is approved at the place
 *  (`approval`, text, null = nothing). `legal` = within 300 m of a licensed tip, plant or wharf. */
const UNLOAD_STOP: Prepared = {
  id: 'unload_stop',
  reads: ['trace_stop', 'src_geo_element'],
  sql: [
    `create or replace temp table unload_stop as
      with tips as (
        select element_id, kind, lon, lat, min_lon, min_lat, max_lon, max_lat, valid_from, valid_to,
          case when kind = 'farmland' and coalesce(json_extract_string(props, '$.approved'), 'null') not in ('null', 'false') then json_extract_string(props, '$.approved') end as approval
        from src_geo_element where kind in ('muck_site', 'disposal_plant', 'wharf', 'farmland')),
      stops as (
        select * from trace_stop where load_before in (1, 3) and load_after = 0 and vehicle_id is not null and dwell_min <= 90),
      near as (
        select s.stop_id,
          bool_or(t.kind in ('muck_site', 'disposal_plant', 'wharf') and s.lon between coalesce(t.min_lon, t.lon) - 0.0032 and coalesce(t.max_lon, t.lon) + 0.0032
            and s.lat between coalesce(t.min_lat, t.lat) - 0.0027 and coalesce(t.max_lat, t.lat) + 0.0027) as legal,
          max(case when s.lon between coalesce(t.min_lon, t.lon) - 0.001 and coalesce(t.max_lon, t.lon) + 0.001
            and s.lat between coalesce(t.min_lat, t.lat) - 0.001 and coalesce(t.max_lat, t.lat) + 0.001 then t.approval end) as approval,
          min(case when t.kind = 'muck_site' then sqrt(pow((s.lon - t.lon) * 95.6, 2) + pow((s.lat - t.lat) * 110.95, 2)) end) as tip_km
        from (${celledSql('stops', AT_TIP)}) s join (${besideSql('tips', AT_TIP)}) t on t.cx = s.cx and t.cy = s.cy and abs(t.lon - s.lon) < 0.05 and abs(t.lat - s.lat) < 0.05
          and (t.valid_from is null or t.valid_from <= s.start_at) and (t.valid_to is null or t.valid_to >= s.start_at::date)
        group by s.stop_id)
      select s.*, coalesce(n.legal, false) as legal, n.approval, n.tip_km
      from stops s left join near n using (stop_id)`,
  ],
};

/** `muck_truck(vehicle_id, permit_no, hauler_id, builder_id, tip, valid_from, valid_to, row_id)`: trucks of a disposal permit, and `vehicle_owner(vehicle_id, company_id, row_id, is_hazmat)`. */
const MUCK_TRUCK: Prepared = {
  id: 'muck_truck',
  reads: ['src_muck_permit', 'vehicle_key', 'company_key'],
  sql: [
    `create or replace temp table muck_truck as
      with trucks as (select *, unnest(trucks) as plate from src_muck_permit)
      select v.vehicle_id, t.permit_no, h.company_id as hauler_id, b.company_id as builder_id, t.disposal_site as tip, t.valid_from, t.valid_to, t.row_id, t.known_at
      from trucks t join vehicle_key v on v.plate = t.plate and v.plate_class is null
      left join company_key h on h.key = t.hauler_name left join company_key b on b.key = t.builder_name`,
  ],
};

/** `vehicle_owner(vehicle_id, company_id, is_hazmat, rated_t, row_id)`: by the road-transport licences, newest first. */
const VEHICLE_OWNER: Prepared = {
  id: 'vehicle_owner',
  reads: ['src_trn_licence', 'vehicle_key', 'company_key'],
  sql: [
    `create or replace temp table vehicle_owner as
      select v.vehicle_id, max_by(coalesce(c.company_id, n.company_id), l.valid_from) as company_id, bool_or(l.hazmat_class is not null) as is_hazmat,
        max_by(l.rated_t, l.valid_from) as rated_t, max_by(l.row_id, l.valid_from) as row_id
      from src_trn_licence l join vehicle_key v on v.plate = l.plate and v.plate_class = l.plate_class
      left join company_key c on c.key = l.uscc left join company_key n on n.key = l.firm_name group by v.vehicle_id`,
  ],
};

/** `muck_vehicle(vehicle_id)`: vehicles that carry muck, by a disposal permit or a trip on paper. */
const MUCK_VEHICLE: Prepared = {
  id: 'muck_vehicle',
  reads: ['muck_truck', 'src_muck_trip', 'vehicle_key'],
  sql: [
    `create or replace temp table muck_vehicle as
      select vehicle_id from muck_truck where vehicle_id is not null
      union select v.vehicle_id from src_muck_trip t join vehicle_key v on v.plate = t.plate and v.plate_class is null`,
  ],
};

export const MUCK: readonly Prepared[] = [MUCK_VEHICLE, UNLOAD_STOP, MUCK_TRUCK, VEHICLE_OWNER];
