import { TYPOLOGY_MATTERS } from '../law/index.ts';
import { type Axis, NEXT_DOOR, besideSql, celledSql } from './beside.ts';
import { type ParameterValues, type SignalRule, type Typology, parameter } from './typology.ts';

/** T10 scattered workshops: a meter that runs like a works where no works is known. */
export const T10: Typology = {
  id: 'T10',
  title: { zh: '散乱污小作坊', en: 'Scattered workshops' },
  subjectKinds: ['site', 'company'],
  parameters: [
    parameter('flat', ['最小负荷占平均', 'least load as a share of the mean'], {
      value: 0.55,
      min: 0.3,
      max: 0.95,
      unit: '',
    }),
    parameter('kwh', ['月用电下限', 'least monthly use'], {
      value: 3000,
      min: 500,
      max: 50_000,
      unit: 'kWh',
      integer: true,
    }),
    parameter('months', ['连续月数', 'months'], { value: 2, min: 1, max: 12, unit: '', integer: true }),
    parameter('rise', ['较前半年倍数', 'times the half-year before'], { value: 2, min: 1, max: 20, unit: '×' }),
    parameter('night', ['谷段占比', 'night share'], { value: 0.6, min: 0.4, max: 0.95, unit: '' }),
    parameter('pulse', ['断面电导倍数', 'conductivity pulse'], { value: 1.5, min: 1.2, max: 5, unit: '×' }),
  ],
  lawMatters: TYPOLOGY_MATTERS['T10']!,
  evidence: [
    { id: 'load', zh: '用电负荷曲线', en: 'load curve', from: ['pwr_meter_month'] },
    { id: 'licence', zh: '营业执照、排污许可查询', en: 'licence and permit query', from: ['mkt_entity', 'eco_permit'] },
    { id: 'bracket', zh: '管网上下游夹逼采样', en: 'bracket samples of the sewer', from: [] },
    { id: 'lease', zh: '租赁合同、实际经营人', en: 'lease and real operator', from: [] },
    {
      id: 'purchases',
      zh: '易制毒化学品购买记录（仅经批准的线索）',
      en: 'precursor purchases, only under an approved lead',
      from: ['pol_precursor'],
    },
  ],
  lookAlikes: [
    { id: 'cold-store', zh: '冷库、冷链', en: 'cold store' },
    { id: 'warehouse', zh: '电商仓储', en: 'e-commerce warehouse' },
    { id: 'charging', zh: '充电站', en: 'charging station' },
    { id: 'registered', zh: '该址有排污许可或登记', en: 'a permit is registered at the address' },
  ],
  reads: ['src_pwr_meter_month', 'entity_key', 'subject'],
  prepared: ['meter_month', 'site_place'],
  signalSql: (f) => [_flat(f), _night(f), _workshopTickets(), _conductivity(f)],
};

/** Columns of the look-alike tests over `meter_month m`. */
/** About 4 km. */
const SAME_WATER: readonly Axis[] = [
  { cell: 'cx', of: 'lon', size: 0.042 },
  { cell: 'cy', of: 'lat', size: 0.036 },
];

const HOLDS = `m.trade = 'cold' as holds_cold_store, m.trade = 'warehouse' as holds_warehouse, m.trade = 'charging' as holds_charging, m.permitted as holds_registered`;

function _flat(f: ParameterValues): SignalRule {
  return {
    rule: 'flat-load',
    title: { zh: '小用户全天平稳高负荷', en: 'small or home meter with a flat load round the clock' },
    unit: '最小/平均 least ÷ mean',
    needs: ['meter_month'],
    alone: true,
    gapDays: 62,
    sql: `
      with flat as (
        select *, count(*) over (partition by site_id order by month range between to_months(($months - 1)::integer) preceding and current row) as so_far,
          lag(known_at) over (partition by site_id order by month) as known_before
        from meter_month where tariff <> '大工业' and kwh >= $kwh and min_kw / nullif(mean_kw, 0) >= $flat),
      first_known as (
        select a.site_id, a.month, min(b.known_at) as pattern_known from flat a join flat b on b.site_id = a.site_id and b.so_far >= $months
          and b.month between a.month and a.month + to_months(($months - 1)::integer) group by all)
      select m.site_id as subject_entity, m.month - interval 8 hour as at, m.month + interval 1 month - interval 8 hour as until, greatest(m.known_at, f.pattern_known) as known_at,
        m.min_kw / m.mean_kw as value, 0.0 as peer_low, $flat as peer_high, [m.row_id] as row_ids, [m.site_id] as entity_ids, ${HOLDS}
      from flat m join first_known f using (site_id, month) where coalesce(m.kwh >= $rise * m.half_year, true)`,
    params: { flat: f['flat']!, kwh: f['kwh']!, months: f['months']!, rise: f['rise']! },
  };
}

function _night(f: ParameterValues): SignalRule {
  return {
    rule: 'night-share',
    title: { zh: '谷段用电占比过高', en: 'most of the use is by night' },
    unit: '',
    needs: ['meter_month'],
    alone: false,
    gapDays: 62,
    sql: `
      select m.site_id as subject_entity, m.month - interval 8 hour as at, m.month + interval 1 month - interval 8 hour as until, m.known_at, m.night_kwh / m.kwh as value,
        0.0 as peer_low, $night as peer_high, [m.row_id] as row_ids, [m.site_id] as entity_ids, ${HOLDS}
      from meter_month m where m.tariff <> '大工业' and m.kwh >= $kwh and m.night_kwh / m.kwh >= $night`,
    params: { night: f['night']!, kwh: f['kwh']! },
  };
}

function _workshopTickets(): SignalRule {
  return {
    rule: 'tickets-nearby',
    title: { zh: '附近异味、废水投诉', en: 'complaints of smell or waste water nearby' },
    unit: '件 tickets',
    needs: ['src_hot_ticket', 'site_place', 'meter_month'],
    alone: false,
    wide: true,
    gapDays: 60,
    sql: `
      select s.site_id as subject_entity, t.at, t.at as until, t.known_at, 1.0 as value, null::double as peer_low, null::double as peer_high, [t.row_id] as row_ids, [s.site_id] as entity_ids
      from (${celledSql('src_hot_ticket', NEXT_DOOR)}) t join (${besideSql('site_place', NEXT_DOOR)}) s on s.cx = t.cx and s.cy = t.cy and abs(s.lat - t.lat) < 0.0027 and abs(s.lon - t.lon) < 0.0032
      where regexp_matches(coalesce(t.class, '') || coalesce(t.text, ''), '异味|废水|酸|电镀|作坊|污水') and s.site_id in (select site_id from meter_month)`,
    params: {},
  };
}

function _conductivity(f: ParameterValues): SignalRule {
  return {
    rule: 'conductivity-pulse',
    title: { zh: '附近断面电导脉冲', en: 'conductivity pulse at the section nearby' },
    unit: '×',
    needs: ['src_wat_section', 'src_geo_element', 'site_place', 'meter_month'],
    alone: false,
    wide: true,
    gapDays: 30,
    sql: `
      with readings as (
        select *, median(value) over (partition by section order by "at" range between interval 7 day preceding and interval 1 hour preceding) as usual
        from src_wat_section where factor = 'w01014' and coalesce(flag, 'N') = 'N'),
      pulses as (
        select r.*, g.lon, g.lat from readings r join (select element_id, any_value(lon) as lon, any_value(lat) as lat from src_geo_element where kind = 'section' group by all) g on g.element_id = r.section
        where r.usual > 0 and r.value >= $pulse * r.usual)
      select s.site_id as subject_entity, p.at, p.at as until, p.known_at, p.value / p.usual as value, 1.0 as peer_low, $pulse as peer_high, [p.row_id] as row_ids, [s.site_id] as entity_ids
      from (${celledSql('pulses', SAME_WATER)}) p
      join (${besideSql('site_place', SAME_WATER)}) s on s.cx = p.cx and s.cy = p.cy and abs(s.lat - p.lat) < 0.036 and abs(s.lon - p.lon) < 0.042 where s.site_id in (select site_id from meter_month)`,
    params: { pulse: f['pulse']! },
  };
}
