import { TYPOLOGY_MATTERS } from '../law/index.ts';
import { repeatedSql } from './repeated.ts';
import { type ParameterValues, type SignalRule, type Typology, parameter } from './typology.ts';

/** T14 VOC bypass: the coating line runs, fan or oxidiser stands; carbon is not replaced. The RTO's temperature is not among the source tables, so it is not tested. */
export const T14: Typology = {
  id: 'T14',
  title: { zh: '废气旁路、活性炭不更换', en: 'VOC bypass' },
  subjectKinds: ['company', 'site'],
  parameters: [
    parameter('offMinutes', ['每日停运分钟数', 'minutes off in a day'], {
      value: 120,
      min: 30,
      max: 720,
      unit: 'min',
      integer: true,
    }),
    parameter('days', ['天数', 'days'], { value: 3, min: 1, max: 14, unit: '', integer: true }),
    parameter('windowDays', ['窗口天数', 'window'], { value: 14, min: 3, max: 60, unit: 'd', integer: true }),
    parameter('carbon', ['废活性炭比例', 'spent carbon per product, share of the usual'], {
      value: 0.5,
      min: 0.1,
      max: 0.9,
      unit: '',
    }),
  ],
  lawMatters: TYPOLOGY_MATTERS['T14']!,
  evidence: [
    { id: 'paired-curves', zh: '产治配对用电曲线', en: 'paired power', from: ['pwr_point_15m', 'pwr_pair'] },
    {
      id: 'carbon',
      zh: '活性炭采购与 900-039-49 联单',
      en: 'carbon invoices against manifests',
      from: ['eco_hw_ledger', 'eco_hw_manifest'],
    },
    { id: 'rto-log', zh: 'RTO 温度记录', en: 'RTO log', from: [] },
    { id: 'solvent', zh: '涂料、溶剂采购台账', en: 'solvent purchases', from: [] },
    { id: 'stack-test', zh: '废气排放口监测', en: 'stack test', from: ['eco_cems_hour'] },
  ],
  lookAlikes: [
    { id: 'water-paint', zh: '改用水性涂料', en: 'switched to water-based paint' },
    { id: 'non-voc', zh: '非涉 VOC 工序', en: 'a shift without VOC' },
    { id: 'maintenance', zh: '检修、停运已标记', en: 'maintenance or stop is flagged' },
    { id: 'wrong-pair', zh: '产治配对有误', en: 'the pair table is wrong' },
  ],
  reads: ['src_pwr_point_15m', 'src_pwr_pair', 'entity_key', 'subject'],
  prepared: ['power_day', 'power_follow', 'cems_value', 'device_site', 'balance'],
  signalSql: (f) => [_bypass(f), _carbon(f), _lowAndLow()],
};

function _bypass(f: ParameterValues): SignalRule {
  return {
    rule: 'treatment-off',
    title: { zh: '涂装生产而废气治理停运', en: 'coating line runs, treatment off' },
    unit: 'h',
    needs: ['power_day', 'power_follow'],
    alone: true,
    gapDays: 14,
    sql: `
      with off as (
        select s.pair_id, s.day, sum(case when s.is_off then s.kwh end) as off_kwh, count(*) filter (where s.is_off) as slots, max(s.at) filter (where s.is_off) as last_off,
          sum(case when s.is_off then s.hours end) as off_hours
        from power_slot s join power_pair q using (pair_id) where q.is_gas group by all),
      flags as (
        select q.pair_id, s.day, count(*) filter (where v.flag in ('M', 'F', 'D', 'C')) / count(*) as flagged
        from power_slot s join power_pair q using (pair_id) join cems_value v on v.mn = q.mn and v.at = date_trunc('hour', s.at) where s.is_off and q.is_gas group by all),
      judged as (
        select d.*, d.pair_id as key, o.last_off + interval 1 hour as seen_at, o.off_hours, coalesce(d.device, '') like '%水性%' as holds_water_paint,
          regexp_matches(coalesce(d.device, ''), '打磨|组装|装配|仓储|机加工') or d.produce_kwh < 0.6 * d.usual_kwh as holds_non_voc, g.flagged >= 0.5 as holds_maintenance,
          case when w.idle >= 48 then w.idle_treated > 0.3 * w.idle end as holds_wrong_pair
        from power_day d join off o using (pair_id, day) join power_pair q using (pair_id) left join flags g using (pair_id, day) left join power_follow w using (pair_id)
        where o.off_hours * 60 >= $offMinutes and q.site_id is not null),
      split as (
        select *, holds_water_paint or coalesce(holds_non_voc, false) or coalesce(holds_maintenance, false) or coalesce(holds_wrong_pair, false) as explained from judged),
      open_days as (select * from split where not explained),
      told as (${repeatedSql('open_days', 'seen_at')} union all select *, seen_at from split where explained),
      cited as (
        select n.pair_id, n.day, list(p.row_id order by p.at) || list(t.row_id order by p.at) as row_ids, max(greatest(p.known_at, t.known_at)) as known_at
        from told n join power_pair q using (pair_id) join power_slot s on s.pair_id = n.pair_id and s.day = n.day and s.is_off
        join src_pwr_point_15m p on p.site_code = q.site_code and p.point = q.produce_point and p.at = s.at
        join src_pwr_point_15m t on t.site_code = q.site_code and t.point = q.treat_point and t.at = s.at
        group by all)
      select q.site_id as subject_entity, n.day - interval 2 hour as at, n.day + interval 22 hour as until, greatest(n.pattern_known, c.known_at) as known_at, n.off_hours as value,
        0.0 as peer_low, $offMinutes / 60.0 as peer_high, c.row_ids || [q.row_id] as row_ids, [q.site_id] as entity_ids, n.holds_water_paint, n.holds_non_voc, n.holds_maintenance, n.holds_wrong_pair
      from told n join power_pair q using (pair_id) join cited c using (pair_id, day)`,
    params: { offMinutes: f['offMinutes']!, times: f['days']!, spanDays: f['windowDays']! },
  };
}

/** Spent carbon (900-039-49) per product far below the firm's own usual. If solvent waste (900-252-12) fell too, less VOC was used: a switch of paint. */
function _carbon(f: ParameterValues): SignalRule {
  return {
    rule: 'carbon-not-replaced',
    title: { zh: '废活性炭产生量偏低', en: 'too little spent carbon' },
    unit: 't/t',
    needs: ['balance'],
    alone: true,
    gapDays: 45,
    sql: `
      select b.company_id as subject_entity, b.month - interval 8 hour as at, b.month + interval 1 month - interval 8 hour as until, greatest(b.known_at, b.known_before) as known_at,
        exp(b.now_f) as value, exp(b.usual_f - 2 * b.sigma) as peer_low, exp(b.usual_f + 2 * b.sigma) as peer_high, [b.row_before, b.row_id] as row_ids, [b.company_id] as entity_ids,
        s.now_f < s.usual_f + ln(0.8) as holds_water_paint, false as holds_non_voc
      from balance b left join balance s on s.company_id = b.company_id and s.month = b.month and s.waste_code = '900-252-12'
      where b.waste_code = '900-039-49' and b.months >= 6 and b.now_f < b.usual_f + ln($carbon)`,
    params: { carbon: f['carbon']! },
  };
}

function _lowAndLow(): SignalRule {
  return {
    rule: 'stack-low-and-low',
    title: { zh: '非甲烷总烃与流量同低', en: 'NMHC and flow low together' },
    unit: '',
    needs: ['cems_value', 'device_site'],
    alone: false,
    gapDays: 14,
    sql: `
      with hours as (
        select f.mn, f.at, f.value as flow, v.value as nmhc, f.row_id as f_row, v.row_id as v_row, greatest(f.known_at, v.known_at) as known_at
        from cems_value f join cems_value v on v.mn = f.mn and v.at = f.at and v.factor = 'a24088' where f.factor in ('a00000', 'a01011') and f.evaluable and v.evaluable),
      usual as (select mn, median(flow) as flow, median(nmhc) as nmhc from hours group by mn),
      days as (
        select h.mn, (h.at + interval 8 hour)::date as day, count(*) as n, list(h.f_row order by h.at) || list(h.v_row order by h.at) as rows, max(h.known_at) as known_at, min(h.at) as from_at, max(h.at) as to_at
        from hours h join usual u using (mn) where h.flow < 0.4 * u.flow and h.nmhc < 0.6 * u.nmhc group by all having count(*) >= 3)
      select d.site_id as subject_entity, x.from_at as at, x.to_at as until, x.known_at, x.n::double as value, 0.0 as peer_low, 3.0 as peer_high, x.rows as row_ids, [d.site_id, d.device_id] as entity_ids
      from days x join device_site d using (mn) where d.site_id is not null`,
    params: {},
  };
}
