import { TYPOLOGY_MATTERS } from '../law/index.ts';
import { type ParameterValues, type SignalRule, type Typology, parameter } from './typology.ts';

/** T09 livestock effluent: ammonia rises at the section below a farm after rain, again and again. */
export const T09: Typology = {
  id: 'T09',
  title: { zh: '畜禽粪污直排', en: 'Livestock effluent' },
  subjectKinds: ['company', 'site'],
  parameters: [
    parameter('pulse', ['氨氮倍数', 'ammonia, times its usual'], { value: 2, min: 1.3, max: 10, unit: '×' }),
    parameter('rainMm', ['降雨量', 'rain of the day'], { value: 10, min: 2, max: 50, unit: 'mm' }),
    parameter('times', ['次数', 'times in 180 days'], { value: 2, min: 1, max: 10, unit: '', integer: true }),
    parameter('km', ['断面距离', 'distance of the section'], { value: 10, min: 1, max: 20, unit: 'km' }),
    parameter('headsPerMu', ['每亩承载', 'heads that a mu of land takes'], {
      value: 5,
      min: 1,
      max: 20,
      unit: '头/亩',
    }),
  ],
  lawMatters: TYPOLOGY_MATTERS['T09']!,
  evidence: [
    { id: 'heads', zh: '存栏来源（检疫证）', en: 'source of the head count', from: ['agr_farm'] },
    { id: 'land', zh: '消纳土地合同', en: 'land contracts', from: ['agr_farm'] },
    { id: 'rain', zh: '降雨序列', en: 'rain series', from: ['wat_section'] },
    { id: 'sections', zh: '上下游断面比对', en: 'paired sections', from: ['wat_section'] },
    { id: 'lagoon', zh: '氧化塘液位', en: 'lagoon level', from: [] },
  ],
  lookAlikes: [{ id: 'fertilising', zh: '农田施肥、清塘（无雨）', en: 'field fertilising or pond draining: no rain' }],
  reads: ['src_agr_farm', 'src_wat_section', 'src_geo_element', 'entity_key', 'subject'],
  prepared: ['farm_section'],
  signalSql: (f) => [_afterRain(f), _overload(f)],
};

function _afterRain(f: ParameterValues): SignalRule {
  return {
    rule: 'pulse-after-rain',
    title: { zh: '雨后下游氨氮脉冲', en: 'ammonia pulse at the section below after rain' },
    unit: '×',
    needs: ['farm_section'],
    alone: true,
    gapDays: 90,
    sql: `
      with readings as (
        select *, median(value) over (partition by section order by "at" range between interval 10 day preceding and interval 12 hour preceding) as usual
        from src_wat_section where factor = 'w21003' and coalesce(flag, 'N') = 'N'),
      rain as (select section, ("at" + interval 8 hour)::date as day, max(value) as mm, min(row_id) as row_id from src_wat_section where factor = 'rain_mm' group by all),
      pulses as (
        select r.section, (r."at" + interval 8 hour)::date as day, max(r.value / r.usual) as times, list(r.row_id order by r."at", r.row_id) as rows, min(r."at") as from_at, max(r."at") as to_at, max(r.known_at) as known_at
        from readings r where r.usual > 0 and r.value >= $pulse * r.usual group by all),
      wet as (
        select p.*, greatest(coalesce(a.mm, 0), coalesce(b.mm, 0)) as mm, list_filter([a.row_id, b.row_id], x -> x is not null) as rain_rows
        from pulses p left join rain a on a.section = p.section and a.day = p.day left join rain b on b.section = p.section and b.day = p.day - 1),
      placed as (select w.*, s.site_id, s.known_at as farm_known, w.mm < $rainMm as holds_fertilising from wet w join farm_section s on s.section = w.section and s.km <= $km),
      numbered as (select site_id, day, known_at, count(*) over (partition by site_id order by day range between interval 179 day preceding and current row) as so_far from placed where not holds_fertilising),
      first_known as (select a.site_id, a.day, min(b.known_at) as pattern_known from placed a join numbered b on b.site_id = a.site_id and b.so_far >= $times and b.day between a.day and a.day + 179 where not a.holds_fertilising group by all)
      select p.site_id as subject_entity, p.from_at as at, p.to_at as until, greatest(p.known_at, f.pattern_known, p.farm_known) as known_at, p.times as value, 1.0 as peer_low, $pulse as peer_high, p.rows || p.rain_rows as row_ids,
        [p.site_id] as entity_ids, p.holds_fertilising
      from placed p left join first_known f using (site_id, day) where p.holds_fertilising or f.pattern_known is not null`,
    params: { pulse: f['pulse']!, rainMm: f['rainMm']!, times: f['times']!, km: f['km']! },
  };
}

function _overload(f: ParameterValues): SignalRule {
  return {
    rule: 'more-heads-than-land',
    title: { zh: '存栏超过土地承载', en: 'more heads than the land takes' },
    unit: '头/亩 heads a mu',
    needs: ['farm_section'],
    alone: false,
    gapDays: 365,
    sql: `
      select s.site_id as subject_entity, f.updated::timestamp as at, f.updated::timestamp + interval 365 day as until, f.known_at, f.heads / f.land_mu as value, 0.0 as peer_low, $headsPerMu as peer_high, [f.row_id] as row_ids,
        [s.site_id] as entity_ids
      from src_agr_farm f join farm_section s on s.farm_no = f.farm_no where f.land_mu > 0 and f.heads > $headsPerMu * f.land_mu`,
    params: { headsPerMu: f['headsPerMu']! },
  };
}
