import { repeatedSql } from './repeated.ts';
import type { ParameterValues, SignalRule } from './typology.ts';

/** Rules of T04 on what surrounds the values: flags, parameters, the sampling pump, other factors, other devices. */
export function driftRules(f: ParameterValues): readonly SignalRule[] {
  return [
    {
      rule: 'flag-share',
      title: { zh: '生产期间频繁反复标记', en: 'flags come and go while production is on' },
      unit: '',
      needs: ['cems_value', 'power_day'],
      alone: true,
      gapDays: 14,
      ..._flagShare(f),
    },
    {
      rule: 'parameter-change',
      title: { zh: '无校准记录而改动参数', en: 'parameter changed without a marked calibration' },
      unit: '相对 relative',
      needs: ['cems_value'],
      alone: true,
      gapDays: 14,
      ..._parameterChange(f),
    },
    {
      rule: 'pump-off',
      title: { zh: '采样泵停而数据持续', en: 'sampling pump off, values continue' },
      unit: 'h',
      needs: ['power_pair', 'cems_value'],
      alone: true,
      gapDays: 7,
      ..._pumpOff(f),
    },
    {
      rule: 'relation-break',
      title: { zh: '因子间关系断裂', en: 'a usual relation between factors breaks' },
      unit: 'r',
      needs: ['cems_value'],
      alone: true,
      gapDays: 14,
      ..._relationBreak(f),
    },
    {
      rule: 'twin-residuals',
      title: { zh: '多台设备残差相同', en: 'several devices show the same residuals' },
      unit: '',
      needs: ['cems_value', 'device_site'],
      alone: true,
      gapDays: 14,
      ..._twins(f),
    },
  ];
}

/** Days on which flags come and go while the line runs, on several days of a week. One long stretch of a flag (a fault, a maintenance, a stop) is no such day:
 *  a flagged hour by itself never makes a lead. */
function _flagShare(f: ParameterValues) {
  return {
    sql: `
      with hours as (
        select mn, "at", ("at" + interval 8 hour)::date as day, bool_or(flag in ('M', 'C', 'D', 'F')) as flagged, max(known_at) as known_at, min(row_id) as row_id
        from cems_value group by all),
      marked as (select *, flagged and not coalesce(lag(flagged) over (partition by mn order by "at"), false) as starts from hours),
      days as (
        select mn, mn as key, day, count(*) filter (where flagged) / count(*) as share, count(*) filter (where starts) as spells, max(known_at) as known_at
        from marked group by all having count(*) >= 12),
      peers as (select date_trunc('month', day) as month, median(share) as share, quantile_cont(share, 0.9) as high from days group by all),
      odd as (
        select d.*, p.high as peer_high from days d join peers p on p.month = date_trunc('month', d.day)
        where d.spells >= 2 and d.share >= greatest($flagShare, $flagTimes * p.share)),
      pattern as (${repeatedSql('odd', 'known_at')}),
      running as (
        select q.mn, o.day, count(distinct h."at") filter (where s."at" is not null) / count(distinct h."at") as on_share
        from odd o join hours h on h.mn = o.mn and h.day = o.day and h.flagged join power_pair q on q.mn = o.mn
        left join power_slot s on s.pair_id = q.pair_id and date_trunc('hour', s."at") = h."at" group by all)
      select d.site_id as subject_entity, p.day - interval 8 hour as at, p.day + interval 16 hour as until, max(greatest(p.pattern_known, v.known_at)) as known_at,
        p.share as value, 0.0 as peer_low, p.peer_high, list(v.row_id order by v.at, v.row_id) as row_ids, [d.site_id, d.device_id] as entity_ids,
        r.on_share = 0 as holds_production_off
      from pattern p join device_site d using (mn) left join running r on r.mn = p.mn and r.day = p.day
      join cems_value v on v.mn = p.mn and v.flag in ('M', 'C', 'D', 'F') and v.at >= p.day - interval 8 hour and v.at < p.day + interval 16 hour
      where d.site_id is not null group by d.site_id, d.device_id, p.day, p.share, p.peer_high, r.on_share`,
    params: { flagTimes: f['flagTimes']!, flagShare: f['flagShare']!, times: 4, spanDays: 7 },
  };
}

function _parameterChange(f: ParameterValues) {
  return {
    sql: `
      with readings as (
        select row_id, mn, factor, info, data_time as at, known_at, avg_value, lag(avg_value) over w as was, lag(row_id) over w as was_row
        from src_eco_cems_hour where cn = 3020 and info in ('i13001', 'i13007', 'i13008') and avg_value is not null
        window w as (partition by mn, factor, info order by data_time, row_id)),
      steps as (
        select *, abs(avg_value - was) / greatest(abs(was), 0.01) as step from readings
        where was is not null and abs(avg_value - was) >= $step * greatest(abs(was), 0.01)),
      marked as (
        select s.row_id, bool_or(v.flag = 'C') or count(distinct v.at) filter (where v.flag = 'M') >= 2 as marked from steps s
        join cems_value v on v.mn = s.mn and v.at between s.at - interval 3 hour and s.at + interval 3 hour group by s.row_id)
      select d.site_id as subject_entity, s.at, s.at as until, s.known_at + interval 4 hour as known_at, s.step as value, 0.0 as peer_low, $step as peer_high,
        [s.was_row, s.row_id] as row_ids, [d.site_id, d.device_id] as entity_ids, m.marked as holds_calibration
      from steps s join device_site d using (mn) left join marked m on m.row_id = s.row_id where d.site_id is not null`,
    params: { step: f['parameterStep']! },
  };
}

function _pumpOff(f: ParameterValues) {
  return {
    sql: `
      with pumps as (select distinct q.site_code, q.mn, q.site_id from power_pair q where q.mn is not null),
      own as (select site_code, point, median(amps) filter (where amps > 0.01) as amps from src_pwr_point_15m where role = 'pump' group by all),
      usual as (select site_code, point, coalesce(amps, median(amps) over ()) as amps from own),
      hours as (
        select p.site_code, p.point, date_trunc('hour', p.at) as at, max(p.amps) / any_value(u.amps) as share, min(p.row_id) as row_id, max(p.known_at) as known_at
        from src_pwr_point_15m p join usual u using (site_code, point) where p.role = 'pump' and p.online is not false and p.amps is not null group by all),
      joined as (
        select m.site_id, h.site_code, m.mn, (h.at + interval 8 hour)::date as day, h.at, h.row_id as pump_row, max(greatest(h.known_at, v.known_at)) as known_at,
          min(v.row_id) as value_row, h.share
        from hours h join pumps m using (site_code)
        join cems_value v on v.mn = m.mn and v.at = h.at and v.evaluable and regexp_matches(v.factor, '^(w01018|w2)')
        where h.share < 0.05 group by all)
      select site_id as subject_entity, min("at") as at, max("at") as until, max(known_at) as known_at, count(*)::double as value, 0.0 as peer_low, $hours::double as peer_high,
        list(pump_row order by "at") || list(value_row order by "at") as row_ids, [site_id] as entity_ids, false as holds_flagged
      from joined where site_id is not null group by site_id, mn, day having count(*) >= $hours`,
    params: { hours: f['pumpHours']! },
  };
}

function _relationBreak(f: ParameterValues) {
  return {
    sql: `
      with pairs as (
        select a.mn, date_trunc('week', a.at + interval 8 hour)::date as week, b.factor, ln(a.value) as x, ln(b.value) as y, a.row_id as x_row, b.row_id as y_row, a.at,
          greatest(a.known_at, b.known_at) as known_at
        from cems_value a join cems_value b on b.mn = a.mn and b.at = a.at and b.factor in ('w21003', 'w01014')
        where a.factor = 'w01018' and a.evaluable and b.evaluable and a.value > 0 and b.value > 0),
      weeks as (select mn, factor, week, corr(x, y) as r, stddev_samp(x) as sx, stddev_samp(y) as sy, max(known_at) as known_at from pairs group by all having count(*) >= 100),
      usual as (
        select *, median(r) over w as usual_r, quantile_cont(r, 0.05) over w as low_r, count(*) over w as weeks
        from weeks window w as (partition by mn, factor order by week range between interval 182 day preceding and interval 7 day preceding))
      select d.site_id as subject_entity, u.week - interval 8 hour as at, u.week + interval 160 hour as until, u.known_at, u.r as value, u.low_r as peer_low, u.usual_r as peer_high,
        list(p.x_row order by p.at) || list(p.y_row order by p.at) as row_ids, [d.site_id, d.device_id] as entity_ids, false as holds_flagged
      from usual u join device_site d using (mn) join pairs p on p.mn = u.mn and p.factor = u.factor and p.week = u.week
      where u.weeks >= 8 and u.usual_r >= 0.5 and u.low_r > $relation and coalesce(u.r, 0) < $relation and d.site_id is not null
      group by all`,
    params: { relation: f['relation']! },
  };
}

function _twins(f: ParameterValues) {
  return {
    sql: `
      with middle as (
        select mn, factor, date_trunc('week', "at" + interval 8 hour)::date as week, median(value) as middle, count(distinct value) as steps
        from cems_value where evaluable and regexp_matches(factor, '^(w01018|w2|a2)') group by all having count(*) >= 60),
      residual as (
        select v.mn, v.factor, m.week, v.at, d.maintainer, round(v.value / m.middle, 3) as r, v.row_id, v.known_at
        from cems_value v join middle m on m.mn = v.mn and m.factor = v.factor and m.week = date_trunc('week', v.at + interval 8 hour)::date
        join device_site d on d.mn = v.mn where v.evaluable and m.middle > 0 and m.steps >= 20 and d.maintainer is not null),
      shared as (
        select maintainer, factor, "at", r, list(mn order by mn) as mns from residual group by all having count(distinct mn) >= 2),
      weeks as (
        select x.mn, x.factor, x.week, count(s.r) / count(*) as share, count(s.r) as hours, max(x.known_at) as known_at,
          list_distinct(flatten(list(s.mns) filter (where s.mns is not null))) as mns
        from residual x left join shared s on s.maintainer = x.maintainer and s.factor = x.factor and s.at = x.at and s.r = x.r group by all)
      select d.site_id as subject_entity, w.week - interval 8 hour as at, w.week + interval 160 hour as until, greatest(w.known_at, max(x.known_at)) as known_at, w.share as value, 0.0 as peer_low, $twinShare as peer_high,
        list(x.row_id order by x.at, x.mn) as row_ids, list_distinct([d.site_id] || list(o.site_id order by o.site_id)) as entity_ids, false as holds_flagged
      from weeks w join device_site d using (mn)
      join residual x on x.factor = w.factor and x.week = w.week and list_contains(w.mns, x.mn)
      join shared s on s.maintainer = x.maintainer and s.factor = x.factor and s.at = x.at and s.r = x.r and list_contains(s.mns, w.mn)
      join device_site o on o.mn = x.mn
      where w.share >= $twinShare and w.hours >= 36 and d.site_id is not null
      group by d.site_id, w.mn, w.factor, w.week, w.known_at, w.share`,
    params: { twinShare: f['twinShare']! },
  };
}
