import type { Prepared } from '../typology.ts';

/** Factors that HJ 212 counts in µg/L; permits write mg/L. */
const MICROGRAM = `('w20111', 'w20115', 'w20117', 'w20119', 'w20120')`;

/** `cems_value(row_id, mn, factor, at, known_at, flag, evaluable, sent, value, is_slip, flow…)`: hourly values. Only flag N counts (M, C, D, F, B, T and S are not
 *  evaluable). A value a thousand times off the device's own median, which fits it after ×1000 or ÷1000, is a mg/µg slip: corrected and marked, not alarmed. */
const CEMS_VALUE: Prepared = {
  id: 'cems_value',
  reads: ['src_eco_cems_hour'],
  otherwise: `create or replace temp table cems_value (row_id VARCHAR, mn VARCHAR, factor VARCHAR, "at" TIMESTAMP, known_at TIMESTAMP, flag VARCHAR, evaluable BOOLEAN, sent DOUBLE, total DOUBLE,
    value DOUBLE, is_slip BOOLEAN)`,
  sql: [
    `create or replace temp table cems_value as
      with hourly as (
        select row_id, mn, factor, data_time as at, known_at, flag, avg_value as sent, cou_value as total
        from src_eco_cems_hour where cn = 2061 and info is null and crc_ok is not false and avg_value is not null),
      usual as (select mn, factor, median(sent) as middle from hourly where flag = 'N' group by all)
      select h.row_id, h.mn, h.factor, h.at, h.known_at, h.flag, h.flag = 'N' as evaluable, h.sent, h.total,
        case when h.sent / 1000 between u.middle / 3 and u.middle * 3 then h.sent / 1000
          when h.sent > 0 and h.sent * 1000 between u.middle / 3 and u.middle * 3 then h.sent * 1000
          else h.sent end as value,
        coalesce(h.sent / 1000 between u.middle / 3 and u.middle * 3 or (h.sent > 0 and h.sent * 1000 between u.middle / 3 and u.middle * 3), false) as is_slip
      from hourly h left join usual u using (mn, factor)`,
  ],
};

/** `cems_limit(mn, factor, limit_value, row_id)`: the permit's own limit at the monitored outlet, in the unit of the packets. */
const CEMS_LIMIT: Prepared = {
  id: 'cems_limit',
  reads: ['device_site', 'src_eco_permit'],
  sql: [
    `create or replace temp table cems_limit as
      select d.mn, p.factor, min(p.limit_value * case when p.factor in ${MICROGRAM} and p.limit_unit ilike 'mg/L' then 1000 else 1 end) as limit_value,
        min_by(p.row_id, p.limit_value) as row_id, any_value(p.class) as class
      from device_site d join src_eco_permit p on p.permit_no = d.permit_no and p.outlet_code = d.outlet_code
      where p.limit_value > 0 group by all`,
  ],
};

/** `cems_run(mn, factor, sent, from_at, to_at, hours, evaluable_hours, cycle_hours, coarse)`: stretches of equal values in consecutive hours. `cycle_hours` is how long
 *  one sample is repeated by this device (1, or 2 for a two-hour grab), from its most frequent short run; `coarse` is the share of cycles equal to the one before. */
const CEMS_RUN: Prepared = {
  id: 'cems_run',
  reads: ['cems_value'],
  sql: [
    `create or replace temp table cems_run as
      with marked as (
        select mn, factor, "at", sent, evaluable, known_at,
          case when sent is distinct from lag(sent) over w or "at" - lag("at") over w > interval 2 hour then 1 else 0 end as starts
        from cems_value where regexp_matches(factor, '^(w01018|w01019|w01012|w2|a2|a3)')
        window w as (partition by mn, factor order by "at", row_id)),
      numbered as (select *, sum(starts) over (partition by mn, factor order by "at") as run from marked),
      runs as (
        select mn, factor, run, any_value(sent) as sent, min("at") as from_at, max("at") as to_at, count(*) as hours,
          count(*) filter (where evaluable) as evaluable_hours, max(known_at) as known_at
        from numbered group by all),
      cycles as (
        select mn, factor, mode(hours) filter (where hours <= 4) as cycle_hours, count(*) as runs, sum(hours) as hours,
          quantile_disc(sent, 0.02) as floor_value, max(sent) as top_value
        from runs group by all)
      select r.mn, r.factor, r.sent, r.from_at, r.to_at, r.hours, r.evaluable_hours, r.known_at,
        coalesce(c.cycle_hours, 1) as cycle_hours, greatest(0, 1 - c.runs / (c.hours / coalesce(c.cycle_hours, 1))) as coarse, c.floor_value
      from runs r join cycles c using (mn, factor)`,
  ],
};

export const CEMS: readonly Prepared[] = [CEMS_VALUE, CEMS_LIMIT, CEMS_RUN];
