import { TYPOLOGY_MATTERS } from '../law/index.ts';
import { type Axis, besideSql, celledSql } from './beside.ts';
import { type Typology, parameter } from './typology.ts';
import { repeatedSql } from './repeated.ts';

/** About 1 km. */
const SMELLED: readonly Axis[] = [
  { cell: 'cx', of: 'lon', size: 0.0105 },
  { cell: 'cy', of: 'lat', size: 0.009 },
];

/** T03 night discharge with treatment stopped. The line runs at night, its paired treatment does not; flow, receiving water and smell are support. */
export const T03: Typology = {
  id: 'T03',
  title: { zh: '夜间偷排、治污设施停运', en: 'Night discharge with treatment stopped' },
  subjectKinds: ['company', 'site'],
  parameters: [
    parameter('offMinutes', ['每晚停运分钟数', 'minutes off in a night'], {
      value: 30,
      min: 15,
      max: 240,
      unit: 'min',
      integer: true,
    }),
    parameter('nights', ['夜数', 'nights'], { value: 3, min: 1, max: 14, unit: '', integer: true }),
    parameter('windowDays', ['窗口天数', 'window'], { value: 14, min: 3, max: 60, unit: 'd', integer: true }),
    parameter('laterShare', ['次日补处理的比例', 'share of the missed treatment made up in the same 24 h'], {
      value: 0.5,
      min: 0.2,
      max: 1,
      unit: '',
    }),
    parameter('pulse', ['断面浓度倍数', 'pulse at the section, times its usual'], {
      value: 2,
      min: 1.2,
      max: 10,
      unit: '×',
    }),
  ],
  lawMatters: TYPOLOGY_MATTERS['T03']!,
  evidence: [
    { id: 'paired-curves', zh: '产污与治污设备用电配对曲线', en: 'paired power curves', from: ['pwr_point_15m'] },
    { id: 'pairing', zh: '配对关系现场核实', en: 'proof of the pairing', from: ['pwr_pair'] },
    { id: 'stop-records', zh: '停运、检修报备记录', en: 'stop and maintenance records', from: ['eco_cems_hour'] },
    { id: 'rain', zh: '降雨记录', en: 'rain record', from: ['wat_section'] },
    { id: 'travel-time', zh: '断面水质与传输时间推算', en: 'section quality and travel time', from: ['wat_section'] },
    { id: 'sampling', zh: '排放口夜间采样报告', en: 'night sample at the outlet', from: [] },
  ],
  lookAlikes: [
    { id: 'treated-later', zh: '夜间储水、白天处理', en: 'stored at night, treated by day' },
    { id: 'maintenance', zh: '检修、停运已标记', en: 'maintenance or stop is flagged' },
    { id: 'wrong-pair', zh: '产治配对有误', en: 'the pair table is wrong' },
  ],
  reads: ['src_pwr_point_15m', 'src_pwr_pair', 'entity_key', 'subject'],
  prepared: ['power_day', 'device_site', 'cems_value', 'site_place'],
  signalSql: (f) => [
    {
      rule: 'night-treatment-off',
      title: { zh: '夜间生产而治污停运', en: 'line runs at night, treatment off' },
      unit: 'min',
      needs: ['power_day'],
      alone: true,
      gapDays: 14,
      ..._nightOff(f),
    },
    {
      rule: 'flow-drop',
      title: { zh: '夜间生产而排口流量骤降', en: 'line runs at night, metered flow drops' },
      unit: '',
      needs: ['power_day', 'cems_value'],
      alone: false,
      gapDays: 14,
      ..._flowDrop(f),
    },
    {
      rule: 'section-pulse',
      title: { zh: '下游断面夜间浓度脉冲', en: 'night pulse at the receiving section' },
      unit: '×',
      needs: ['src_wat_section', 'src_eco_permit', 'permit_site'],
      alone: false,
      wide: true,
      gapDays: 14,
      ..._sectionPulse(f),
    },
    {
      rule: 'night-odour',
      title: { zh: '夜间异味投诉', en: 'odour tickets at night' },
      unit: '件 tickets',
      needs: ['src_hot_ticket', 'site_place'],
      alone: false,
      wide: true,
      gapDays: 30,
      ..._nightOdour(),
    },
  ],
};

function _nightOff(f: Readonly<Record<string, number>>) {
  return {
    sql: `
      with flags as (
        select q.pair_id, s.day, count(*) filter (where v.flag in ('M', 'F', 'D', 'C')) / count(*) as flagged
        from power_slot s join power_pair q using (pair_id)
        join cems_value v on v.mn = q.mn and v.at = date_trunc('hour', s.at)
        where s.is_night and s.is_off group by all),
      whole as (select pair_id, sum(day_off) / nullif(sum(day_on), 0) as day_share, sum(night_off) / nullif(sum(night_on), 0) as night_share
        from power_day group by pair_id),
      judged as (
        select d.*, d.pair_id as key, d.last_off + interval 1 hour as seen_at, d.made_up >= $laterShare as holds_treated_later, g.flagged >= 0.5 as holds_maintenance,
          coalesce(w.day_share >= 0.5 * w.night_share and w.day_share >= 0.2, false) as holds_wrong_pair
        from power_day d join power_pair q using (pair_id) left join flags g using (pair_id, day) left join whole w using (pair_id)
        where d.night_off >= $offSlots and not q.is_gas and q.site_id is not null),
      split as (select *, coalesce(holds_treated_later, false) or coalesce(holds_maintenance, false) or holds_wrong_pair as explained from judged),
      open_nights as (select * from split where not explained),
      told as (${repeatedSql('open_nights', 'seen_at')} union all select *, seen_at from split where explained),
      cited as (
        select n.pair_id, n.day, list(p.row_id order by p.at) || list(t.row_id order by p.at) as row_ids, max(greatest(p.known_at, t.known_at)) as known_at
        from told n join power_pair q using (pair_id) join power_slot s on s.pair_id = n.pair_id and s.day = n.day and s.is_night and s.is_off
        join src_pwr_point_15m p on p.site_code = q.site_code and p.point = q.produce_point and p.at = s.at
        join src_pwr_point_15m t on t.site_code = q.site_code and t.point = q.treat_point and t.at = s.at
        group by all)
      select q.site_id as subject_entity, n.day + interval 14 hour as at, n.day + interval 22 hour as until,
        greatest(n.pattern_known, c.known_at) as known_at, n.night_off * 15.0 as value, 0.0 as peer_low, $offSlots * 15.0 as peer_high,
        c.row_ids || [q.row_id] as row_ids, [q.site_id] as entity_ids, n.holds_treated_later, n.holds_maintenance, n.holds_wrong_pair
      from told n join power_pair q using (pair_id) join cited c using (pair_id, day)`,
    params: {
      offSlots: Math.ceil(f['offMinutes']! / 15),
      times: f['nights']!,
      spanDays: f['windowDays']!,
      laterShare: f['laterShare']!,
    },
  };
}

function _flowDrop(f: Readonly<Record<string, number>>) {
  return {
    sql: `
      with flow as (
        select mn, ("at" + interval 2 hour)::date as day, median(value) filter (where hour("at" + interval 8 hour) between 8 and 19) as day_flow,
          median(value) filter (where hour("at" + interval 8 hour) >= 22 or hour("at" + interval 8 hour) < 6) as night_flow, max(known_at) as known_at
        from cems_value where factor = 'w00000' and evaluable group by all),
      low as (select mn as key, mn, day, day_flow, night_flow, known_at from flow where night_flow < 0.3 * day_flow),
      pattern as (${repeatedSql('low', 'known_at')})
      select d.site_id as subject_entity, n.day + interval 14 hour as at, n.day + interval 22 hour as until,
        max(greatest(n.pattern_known, v.known_at)) as known_at, n.night_flow / n.day_flow as value, 0.3 as peer_low, null::double as peer_high,
        list(v.row_id order by v.at) as row_ids, [d.site_id, d.device_id] as entity_ids
      from pattern n join device_site d using (mn) join power_pair q on q.mn = n.mn
      join power_day p on p.pair_id = q.pair_id and p.day = n.day and p.night_on >= 4
      join cems_value v on v.mn = n.mn and v.factor = 'w00000' and v.at >= n.day + interval 14 hour and v.at < n.day + interval 22 hour
      group by d.site_id, d.device_id, n.day, n.night_flow, n.day_flow`,
    params: { times: f['nights']!, spanDays: f['windowDays']! },
  };
}

function _sectionPulse(f: Readonly<Record<string, number>>) {
  return {
    sql: `
      with readings as (
        select *, median(value) over (partition by section, factor order by "at" range between interval 7 day preceding and interval 1 hour preceding) as usual
        from src_wat_section where factor in ('w01018', 'w21003', 'w01014') and coalesce(flag, 'N') = 'N'),
      rain as (select section, "at"::date as day, max(value) as mm from src_wat_section where factor = 'rain_mm' group by all),
      pulse as (
        select r.section, (r.at + interval 2 hour)::date as day, max(r.value / r.usual) as times, max(r.known_at) as known_at,
          list(r.row_id order by r.at, r.row_id) as row_ids, min(r.at) as at, max(r.at) as until
        from readings r left join rain w on w.section = r.section and w.day = (r.at + interval 8 hour)::date
        where r.usual > 0 and r.value >= $pulse * r.usual and (hour(r.at + interval 8 hour) >= 22 or hour(r.at + interval 8 hour) < 12) and coalesce(w.mm, 0) < 10
        group by all),
      outlets as (select distinct permit_no, section from src_eco_permit where section is not null)
      select s.site_id as subject_entity, p.at, p.until, p.known_at, p.times as value, 1.0 as peer_low, $pulse as peer_high, p.row_ids, [s.site_id] as entity_ids
      from pulse p join outlets o using (section) join permit_site s using (permit_no)`,
    params: { pulse: f['pulse']! },
  };
}

function _nightOdour() {
  return {
    sql: `
      select s.site_id as subject_entity, t.at, t.at as until, t.known_at, 1.0 as value, null::double as peer_low, null::double as peer_high,
        [t.row_id] as row_ids, [s.site_id] as entity_ids
      from (${celledSql('src_hot_ticket', SMELLED)}) t join (${besideSql('site_place', SMELLED)}) s
        on s.cx = t.cx and s.cy = t.cy and s.lat between t.lat - 0.009 and t.lat + 0.009 and s.lon between t.lon - 0.0105 and t.lon + 0.0105
      where t.class like '%异味%' and (hour(t.at + interval 8 hour) >= 22 or hour(t.at + interval 8 hour) < 6)`,
    params: {},
  };
}
