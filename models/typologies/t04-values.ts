import { repeatedSql } from './repeated.ts';
import type { ParameterValues, SignalRule } from './typology.ts';

/** Rules of T04 on the values of one factor: equal, too steady, pinned under the limit. */
export function valueRules(f: ParameterValues): readonly SignalRule[] {
  return [
    {
      rule: 'flatline',
      title: { zh: '多个采样周期数值完全相同', en: 'equal over many sampling cycles' },
      unit: '周期 cycles',
      needs: ['cems_run'],
      alone: true,
      gapDays: 7,
      ..._flatline(f),
    },
    {
      rule: 'low-variation',
      title: { zh: '24 小时变异系数过低', en: 'variation over 24 h too low' },
      unit: '',
      needs: ['cems_value'],
      alone: true,
      gapDays: 7,
      ..._lowVariation(f),
    },
    {
      rule: 'pinned',
      title: { zh: '数值长期贴近限值', en: 'pinned just under the limit' },
      unit: '× 限值 limit',
      needs: ['cems_limit'],
      alone: true,
      gapDays: 7,
      ..._pinned(f),
    },
  ];
}

function _flatline(f: ParameterValues) {
  return {
    sql: `
      with runs as (select * from cems_run where hours >= $cycles),
      flow as (
        select r.mn, r.factor, r.from_at, max(v.value) as top_flow from runs r
        join cems_value v on v.mn = r.mn and v.factor = 'w00000' and v.at between r.from_at and r.to_at group by all)
      select d.site_id as subject_entity, r.from_at as at, r.to_at as until, r.known_at, ceil(r.hours / r.cycle_hours)::double as value,
        1.0 as peer_low, $cycles::double as peer_high,
        list(v.row_id order by v.at, v.row_id) as row_ids, [d.site_id, d.device_id] as entity_ids,
        r.evaluable_hours < 0.5 * r.hours as holds_flagged,
        ceil(r.evaluable_hours / r.cycle_hours) < $cycles as holds_two_hour_grab,
        r.sent <= r.floor_value or (r.coarse > 0.3 and r.hours < 24 * r.cycle_hours) as holds_detection_floor,
        w.top_flow <= 0.01 as holds_no_flow
      from runs r join device_site d using (mn)
      join cems_value v on v.mn = r.mn and v.factor = r.factor and v.at between r.from_at and r.to_at
      left join flow w on w.mn = r.mn and w.factor = r.factor and w.from_at = r.from_at
      where d.site_id is not null
      group by all`,
    params: { cycles: f['cycles']! },
  };
}

function _lowVariation(f: ParameterValues) {
  return {
    sql: `
      with days as (
        select mn, factor, ("at" + interval 8 hour)::date as day, count(*) as hours, count(*) filter (where evaluable) as good,
          stddev_samp(value) filter (where evaluable) / nullif(avg(value) filter (where evaluable), 0) as cv,
          count(distinct value) filter (where evaluable) as steps, avg(value) filter (where evaluable) as middle
        from cems_value where regexp_matches(factor, '^(w01018|w01019|w01012|w2|a2|a3)') group by all),
      usual as (select mn, factor, median(cv) as cv, median(steps) as steps, quantile_cont(middle, 0.02) as floor_value from days where good >= 20 group by all),
      flow as (select mn, ("at" + interval 8 hour)::date as day, max(value) as top_flow from cems_value where factor = 'w00000' group by all)
      select d.site_id as subject_entity, y.day - interval 8 hour as at, y.day + interval 16 hour as until, max(v.known_at) as known_at,
        y.cv as value, $variation as peer_low, u.cv as peer_high,
        list(v.row_id order by v.at, v.row_id) as row_ids, [d.site_id, d.device_id] as entity_ids,
        false as holds_flagged, y.middle < u.floor_value or u.steps <= 3 or u.cv < 3 * $variation as holds_detection_floor, w.top_flow <= 0.01 as holds_no_flow
      from days y join usual u using (mn, factor) join device_site d using (mn)
      join cems_value v on v.mn = y.mn and v.factor = y.factor and v.at >= y.day - interval 8 hour and v.at < y.day + interval 16 hour
      left join flow w on w.mn = y.mn and w.day = y.day
      where y.good >= 20 and y.cv < $variation and y.steps > 1 and d.site_id is not null
      group by all`,
    params: { variation: f['variation']! },
  };
}

function _pinned(f: ParameterValues) {
  return {
    sql: `
      with days as (
        select mn || ' ' || factor as key, v.mn, v.factor, (v.at + interval 8 hour)::date as day, count(*) as good, avg(v.value / l.limit_value) as share,
          count(*) filter (where v.value / l.limit_value between $pinLow and $pinHigh) as pinned, max(v.known_at) as known_at, any_value(l.row_id) as limit_row
        from cems_value v join cems_limit l using (mn, factor) where v.evaluable group by all),
      usual as (select mn, factor, median(share) as share from days where good >= 16 group by all),
      whole as (select * from days where good >= 16 and pinned >= 0.9 * good),
      pattern as (${repeatedSql('whole', 'known_at')})
      select d.site_id as subject_entity, p.day - interval 8 hour as at, p.day + interval 16 hour as until, max(greatest(p.pattern_known, v.known_at)) as known_at,
        p.share as value, $pinLow as peer_low, $pinHigh as peer_high,
        list(v.row_id order by v.at, v.row_id) || [p.limit_row] as row_ids, [d.site_id, d.device_id] as entity_ids, false as holds_flagged
      from pattern p join device_site d using (mn) join usual u using (mn, factor)
      join cems_value v on v.mn = p.mn and v.factor = p.factor and v.at >= p.day - interval 8 hour and v.at < p.day + interval 16 hour
      where d.site_id is not null
      group by d.site_id, d.device_id, p.day, p.share, p.limit_row`,
    params: { pinLow: f['pinLow']!, pinHigh: f['pinHigh']!, times: f['pinDays']!, spanDays: 7 },
  };
}
