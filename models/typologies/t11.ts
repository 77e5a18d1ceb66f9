import { TYPOLOGY_MATTERS } from '../law/index.ts';
import { NEXT_DOOR, besideSql, celledSql } from './beside.ts';
import { type ParameterValues, type SignalRule, type Typology, parameter } from './typology.ts';

/** T11 lead-battery breaking: a shed whose meter turns into a furnace by night. Weigh slips and ingot sales are not among the source tables. */
export const T11: Typology = {
  id: 'T11',
  title: { zh: '铅蓄电池非法拆解', en: 'Lead-battery breaking' },
  subjectKinds: ['site', 'company'],
  parameters: [
    parameter('night', ['谷段占比', 'night share'], { value: 0.6, min: 0.4, max: 0.95, unit: '' }),
    parameter('kwh', ['月用电下限', 'least monthly use'], {
      value: 3000,
      min: 500,
      max: 50_000,
      unit: 'kWh',
      integer: true,
    }),
    parameter('rise', ['较前半年倍数', 'times the half-year before'], { value: 2, min: 1, max: 20, unit: '×' }),
    parameter('months', ['月数', 'months in a half-year'], { value: 2, min: 1, max: 6, unit: '', integer: true }),
  ],
  lawMatters: TYPOLOGY_MATTERS['T11']!,
  evidence: [
    { id: 'load', zh: '用电负荷曲线', en: 'load curve', from: ['pwr_meter_month'] },
    { id: 'lease', zh: '厂房租赁', en: 'shed lease', from: [] },
    { id: 'slips', zh: '收购过磅单、吨价', en: 'weigh slips and price a ton', from: [] },
    { id: 'samples', zh: '土壤、烟尘采样', en: 'soil and smoke samples', from: [] },
  ],
  lookAlikes: [
    { id: 'charging', zh: '充电站', en: 'charging station' },
    { id: 'warehouse', zh: '电商仓储', en: 'e-commerce warehouse' },
    { id: 'cold-store', zh: '冷库、冷链', en: 'cold store' },
    {
      id: 'registered',
      zh: '该址有排污许可（含收集试点）',
      en: 'a permit is registered at the address, collection pilots included',
    },
  ],
  reads: ['src_pwr_meter_month', 'entity_key', 'subject'],
  prepared: ['meter_month', 'site_place'],
  signalSql: (f) => [_furnace(f), _acidSmell()],
};

function _furnace(f: ParameterValues): SignalRule {
  return {
    rule: 'night-furnace',
    title: { zh: '小用户突增且集中于夜间', en: 'a small meter grows, and by night' },
    unit: '',
    needs: ['meter_month'],
    alone: true,
    gapDays: 62,
    sql: `
      with high as (
        select *, count(*) over (partition by site_id order by month range between interval 5 month preceding and current row) as so_far
        from meter_month where tariff <> '大工业' and kwh >= $kwh and night_kwh / kwh >= $night and kwh >= $rise * half_year),
      first_known as (
        select a.site_id, a.month, min(b.known_at) as pattern_known from high a join high b on b.site_id = a.site_id and b.so_far >= $months and b.month between a.month and a.month + interval 5 month group by all)
      select m.site_id as subject_entity, m.month - interval 8 hour as at, m.month + interval 1 month - interval 8 hour as until, greatest(m.known_at, f.pattern_known) as known_at,
        m.night_kwh / m.kwh as value, 0.0 as peer_low, $night as peer_high, [m.row_id] as row_ids, [m.site_id] as entity_ids,
        m.trade = 'charging' as holds_charging, m.trade = 'warehouse' as holds_warehouse, m.trade = 'cold' as holds_cold_store, m.permitted as holds_registered
      from high m join first_known f using (site_id, month)`,
    params: { night: f['night']!, kwh: f['kwh']!, rise: f['rise']!, months: f['months']! },
  };
}

function _acidSmell(): SignalRule {
  return {
    rule: 'acid-smell',
    title: { zh: '酸味、烟气投诉', en: 'complaints of acid smell or smoke' },
    unit: '件 tickets',
    needs: ['src_hot_ticket', 'site_place', 'meter_month'],
    alone: false,
    wide: true,
    gapDays: 60,
    sql: `
      select s.site_id as subject_entity, t.at, t.at as until, t.known_at, 1.0 as value, null::double as peer_low, null::double as peer_high, [t.row_id] as row_ids, [s.site_id] as entity_ids
      from (${celledSql('src_hot_ticket', NEXT_DOOR)}) t join (${besideSql('site_place', NEXT_DOOR)}) s on s.cx = t.cx and s.cy = t.cy and abs(s.lat - t.lat) < 0.0027 and abs(s.lon - t.lon) < 0.0032
      where regexp_matches(coalesce(t.class, '') || coalesce(t.text, ''), '异味|酸|烟|刺鼻') and s.site_id in (select site_id from meter_month)`,
    params: {},
  };
}
