import type { Prepared } from '../typology.ts';

/** A night belongs to the day it starts on: 06:00 to 06:00 local, so UTC + 2 h. */
const day = (at: string) => `(${at} + interval 2 hour)::date`;
const localHour = (at: string) => `hour(${at} + interval 8 hour)`;

/** `power_pair(pair_id, site_code, produce_point, treat_point, permit_no, mn, site_id, row_id, is_gas)`: which treatment serves which line, as the
 *  pair table says (about 85 % right). A treatment point that sends nothing gives way to the site's only one that does; the monitor's
 *  permit, where there is a monitor, goes before the pair's own. */
const POWER_PAIR: Prepared = {
  id: 'power_pair',
  reads: ['src_pwr_pair', 'src_pwr_point_15m', 'entity_key', 'device_site'],
  sql: [
    `create or replace temp table power_pair as
      with newest as (
        select *, row_number() over (partition by site_code, produce_point, treat_point order by updated desc nulls last, row_id) as age
        from src_pwr_pair where produce_point is not null and treat_point is not null),
      device as (select site_code, point, min(role) as role, min(device) as device from src_pwr_point_15m group by all),
      only_treat as (select site_code, min(point) as point from device where role = 'treat' group by site_code having count(*) = 1),
      by_code as (select key, min(entity_id) as site_id from entity_key where kind = 'site' and key_kind = 'site_code' group by key),
      by_permit as (select key, min(entity_id) as site_id from entity_key where kind = 'site' and key_kind = 'permit_no' group by key)
      select row_number() over (order by n.site_code, n.produce_point, n.treat_point) as pair_id,
        n.site_code, n.produce_point, coalesce(d.point, o.point, n.treat_point) as treat_point, n.permit_no, n.mn, coalesce(m.site_id, c.site_id, p.site_id) as site_id, n.row_id,
        regexp_matches(coalesce(d.device, o2.device, ''), '风机|RTO|RCO|活性炭|喷淋|废气|VOC|催化|焚烧|布袋|除尘') as is_gas
      from newest n left join by_code c on c.key = n.site_code left join by_permit p on p.key = n.permit_no left join device_site m on m.mn = n.mn
      left join device d on d.site_code = n.site_code and d.point = n.treat_point
      left join only_treat o on o.site_code = n.site_code left join device o2 on o2.site_code = o.site_code and o2.point = o.point
      where n.age = 1`,
  ],
};

/** `power_level(site_code, point, day, kw, kwh, device, trailing_kw, trailing_kwh)`: a point's level by day (median of 08–20 h local while drawing), its energy, and the medians
 *  of both over the 28 recorded days before (null until 7 are known; series may have holes, so days are counted, not dates). */
const POWER_LEVEL: Prepared = {
  id: 'power_level',
  reads: ['src_pwr_point_15m'],
  sql: [
    `create or replace temp table power_level as
      with daily as (
        select site_code, point, ${day('"at"')} as day, min(device) as device,
          median(kw) filter (where ${localHour('"at"')} between 8 and 19 and kw > 0.05) as kw, sum(coalesce(kwh, kw / 4)) as kwh
        from src_pwr_point_15m where online is not false and kw is not null group by all)
      select *, case when count(kw) over w >= 7 then median(kw) over w end as trailing_kw,
        case when count(kwh) over w >= 7 then median(kwh) over w end as trailing_kwh
      from daily
      window w as (partition by site_code, point order by day rows between 28 preceding and 1 preceding)`,
  ],
};

/** `power_reading(pair_id, at, day, kw, kwh, level, treat_kw, treat_kwh, treat_level)`: a line's readings beside those of its treatment at the same moment, each with its level (the
 *  trailing one; the day's own while fewer than 7 days are known). Either side meets its levels by day before the two meet: left to itself, the engine multiplies
 *  every reading of a point with all of the point's days. */
const POWER_READING: Prepared = {
  id: 'power_reading',
  reads: ['power_pair', 'power_level'],
  sql: [
    `create or replace temp table power_reading as
      with reading as (select site_code, point, "at", ${day('"at"')} as day, kw, kwh from src_pwr_point_15m where online is not false and kw is not null),
      levelled as materialized (
        select r.*, coalesce(l.trailing_kw, l.kw) as level from reading r join power_level l on l.site_code = r.site_code and l.point = r.point and l.day = r.day
        where (r.site_code, r.point) in (select (site_code, produce_point) from power_pair union all select (site_code, treat_point) from power_pair)),
      produce as materialized (select q.pair_id, l.* from power_pair q join levelled l on l.site_code = q.site_code and l.point = q.produce_point),
      treat as materialized (select q.pair_id, l.* from power_pair q join levelled l on l.site_code = q.site_code and l.point = q.treat_point)
      select p.pair_id, p."at", p.day, p.kw, p.kwh, p.level, t.kw as treat_kw, t.kwh as treat_kwh, t.level as treat_level
      from produce p join treat t on t.pair_id = p.pair_id and t."at" = p."at"`,
  ],
};

/** `power_slot(pair_id, day, at, is_night, is_off, kwh, hours)`: readings in which the line runs (≥ 60 % of its day level), with its energy and how long each stands for; `is_off` = its treatment draws under
 *  10 % of its own baseline. */
const POWER_SLOT: Prepared = {
  id: 'power_slot',
  reads: ['power_reading'],
  sql: [
    `create or replace temp table power_slot as
      select pair_id, day, "at", (${localHour('"at"')} >= 22 or ${localHour('"at"')} < 6) as is_night, treat_kw < 0.1 * treat_level as is_off,
        coalesce(kwh, kw / 4) as kwh, coalesce(treat_kwh, treat_kw / 4) as treat_kwh, case when kwh > 0 and kw > 0 then least(1, round(4 * kwh / kw) / 4) else 0.25 end as hours
      from power_reading where treat_level > 0.05 and kw >= 0.6 * level and kw > 0.05`,
  ],
};

/** `power_day(pair_id, day, night_on, night_off, day_on, day_off, on_kwh, off_kwh, missed, produce_kwh, treat_kwh, usual_share, made_up, last_off)`: by pair and day (06–06 h
 *  local), readings on and off in the night (22–06 h) and outside it; `missed` = share of the running line's energy without treatment; `made_up` = how much of that the
 *  treatment's energy by day makes up (0 nothing, 1 all; null when too little is missed to tell): its treat ÷ produce share by day against the share of treated night hours
 *  of the last three weeks, or where there are none against the usual share of the days before. */
const POWER_DAY: Prepared = {
  id: 'power_day',
  reads: ['power_slot'],
  sql: [
    `create or replace temp table power_day as
      with counted as (
        select pair_id, day, count(*) filter (where is_night) as night_on, count(*) filter (where is_night and is_off) as night_off,
          count(*) filter (where not is_night) as day_on, count(*) filter (where not is_night and is_off) as day_off,
          sum(kwh) as on_kwh, coalesce(sum(kwh) filter (where is_off), 0) as off_kwh, max("at") filter (where is_off) as last_off,
          sum(kwh) filter (where not is_night and not is_off) as day_kwh, sum(treat_kwh) filter (where not is_night and not is_off) as day_treat,
          coalesce(sum(kwh) filter (where is_night and not is_off), 0) as night_kwh, coalesce(sum(treat_kwh) filter (where is_night and not is_off), 0) as night_treat,
          count(*) filter (where is_night and not is_off) as night_treated
        from power_slot group by all),
      recent as (
        select *, sum(night_treated) over w as treated_recently, sum(night_treat) over w / nullif(sum(night_kwh) over w, 0) as night_share
        from counted window w as (partition by pair_id order by day range between interval 20 day preceding and current row)),
      energy as (
        select q.pair_id, pl.day, pl.device, pl.kwh as produce_kwh, tl.kwh as treat_kwh, pl.trailing_kwh as usual_kwh,
          median(tl.kwh / nullif(pl.kwh, 0)) over (partition by q.pair_id order by pl.day rows between 28 preceding and 1 preceding) as usual_share
        from power_pair q
        join power_level pl on pl.site_code = q.site_code and pl.point = q.produce_point
        join power_level tl on tl.site_code = q.site_code and tl.point = q.treat_point and tl.day = pl.day),
      joined as (select c.*, e.* exclude (pair_id, day), c.off_kwh / nullif(c.on_kwh, 0) as missed from recent c join energy e using (pair_id, day))
      select *, case when missed < 0.04 then null
          when treated_recently >= 4 then (day_treat / nullif(day_kwh, 0) / nullif(night_share, 0) - 1) * day_kwh / off_kwh
          else (treat_kwh / nullif(usual_share * produce_kwh, 0) - 1 + missed) / missed end as made_up
      from joined`,
  ],
};

/** `power_follow(pair_id, idle, idle_treated)`: readings in which the line stands (< 10 % of its day level), and those of them in which its treatment runs at more than half of its
 *  baseline: a device that runs without its line belongs, it seems, to another one. */
const POWER_FOLLOW: Prepared = {
  id: 'power_follow',
  reads: ['power_reading'],
  sql: [
    `create or replace temp table power_follow as
      select pair_id, count(*) as idle, count(*) filter (where treat_kw > 0.5 * treat_level) as idle_treated
      from power_reading where kw < 0.1 * level group by pair_id`,
  ],
};

export const POWER: readonly Prepared[] = [POWER_PAIR, POWER_LEVEL, POWER_READING, POWER_SLOT, POWER_DAY, POWER_FOLLOW];
