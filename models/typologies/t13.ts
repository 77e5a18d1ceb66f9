import { TYPOLOGY_MATTERS } from '../law/index.ts';
import { type ParameterValues, type SignalRule, type Typology, parameter } from './typology.ts';

/** T13 forged tests: a record says that a laboratory's car sampled at a works; the gates saw the car where it cannot have been. */
export const T13: Typology = {
  id: 'T13',
  title: { zh: '虚假检测', en: 'Forged test or acceptance reports' },
  subjectKinds: ['company', 'vehicle'],
  parameters: [
    parameter('kmh', ['最大车速', 'greatest speed'], { value: 60, min: 30, max: 120, unit: 'km/h' }),
    parameter('slackKm', ['容差', 'tolerance'], { value: 2, min: 0.5, max: 10, unit: 'km' }),
    parameter('times', ['次数', 'records in 90 days'], { value: 2, min: 1, max: 10, unit: '', integer: true }),
  ],
  lawMatters: TYPOLOGY_MATTERS['T13']!,
  evidence: [
    { id: 'reports', zh: '检测报告比对', en: 'report pairs', from: ['eco_inspection'] },
    { id: 'passes', zh: '采样车过车记录', en: 'gate passes of the sampling car', from: ['pol_gate_pass'] },
    { id: 'run-log', zh: '仪器运行记录', en: 'instrument run log', from: [] },
    { id: 'method', zh: '方法条款与采样频次', en: 'method clause and frequency', from: [] },
    { id: 'fee', zh: '检测费用', en: 'fee', from: [] },
  ],
  lookAlikes: [{ id: 'subcontracted', zh: '分包采样：车确到现场', en: 'subcontracted: the car was there indeed' }],
  reads: ['src_eco_inspection', 'src_pol_gate_pass', 'src_geo_element', 'entity_key', 'subject'],
  prepared: ['company_key', 'vehicle_key', 'site_place', 'vehicle_owner'],
  signalSql: (f) => [_elsewhere(f)],
};

function _elsewhere(f: ParameterValues): SignalRule {
  return {
    rule: 'sampling-car-elsewhere',
    title: { zh: '采样时段采样车在他处', en: 'the sampling car was elsewhere' },
    unit: 'km',
    needs: ['trace_sighting', 'site_place', 'vehicle_owner', 'company_key'],
    alone: true,
    gapDays: 90,
    sql: `
      with records as (
        select i.row_id, i.in_at, i.known_at, coalesce(c.company_id, n.company_id) as client_id, v.vehicle_id
        from (select *, regexp_extract(coalesce(array_to_string(items, ';'), '') || ' ' || coalesce(source_ref, ''), '采样车\\s*([一-龥][A-Z][A-Z0-9]{5,6})', 1) as car from src_eco_inspection) i
        join vehicle_key v on v.plate = i.car and v.plate_class is null left join company_key c on c.key = i.uscc left join company_key n on n.key = i.name where i.car <> ''),
      places as (select r.*, s.site_id, s.lon, s.lat from records r join (select company_id, min(site_id) as site_id, any_value(lon) as lon, any_value(lat) as lat from site_place where lon is not null group by company_id having count(*) = 1) s on s.company_id = r.client_id),
      gates as (select element_id as gate, any_value(lon) as lon, any_value(lat) as lat from src_geo_element where kind = 'gate' group by all),
      passes as (
        select p.row_id, p.in_at, p.known_at, p.client_id, p.site_id, p.vehicle_id, s.row_id as pass_row, s.known_at as pass_known,
          sqrt(pow((g.lon - p.lon) * 95.6, 2) + pow((g.lat - p.lat) * 110.95, 2)) - $kmh * abs(date_diff('second', p.in_at, s."at")) / 3600.0 as excess_km
        from places p join trace_sighting s on s.vehicle_id = p.vehicle_id and s."at" between p.in_at - interval 1 hour and p.in_at + interval 1 hour join gates g on g.gate = s.gate),
      judged as (
        select row_id, in_at, in_at::date as day, client_id, site_id, vehicle_id, max(excess_km) as km, greatest(known_at, max(pass_known)) as known_at, list(pass_row order by pass_row) as rows from passes group by row_id, in_at, client_id, site_id, vehicle_id, known_at),
      wrong as (select *, count(*) over (partition by vehicle_id order by day range between interval 89 day preceding and current row) as so_far from judged where km > $slackKm),
      first_known as (select a.row_id, min(b.known_at) as pattern_known from wrong a join wrong b on b.vehicle_id = a.vehicle_id and b.so_far >= $times and b.day between a.day and a.day + 89 group by all),
      told as (select w.*, f.pattern_known, unnest([w.vehicle_id, o.company_id]) as subject_entity, o.company_id as lab_id from wrong w join first_known f using (row_id) left join vehicle_owner o on o.vehicle_id = w.vehicle_id)
      select subject_entity, in_at as at, in_at as until, greatest(known_at, pattern_known) as known_at, km as value, 0.0 as peer_low, $slackKm as peer_high, [row_id] || rows as row_ids,
        [lab_id, vehicle_id, client_id, site_id] as entity_ids, false as holds_subcontracted from told where subject_entity is not null`,
    params: { kmh: f['kmh']!, slackKm: f['slackKm']!, times: f['times']! },
  };
}
