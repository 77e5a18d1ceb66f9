import { TYPOLOGY_MATTERS } from '../law/index.ts';
import { type ParameterValues, type SignalRule, type Typology, parameter } from './typology.ts';

/** T12 ship oil and sewage: a short stop where no berth is, and oil reported there soon after. Reception records are not among the source tables. */
export const T12: Typology = {
  id: 'T12',
  title: { zh: '船舶污染物', en: 'Ship oil and sewage' },
  subjectKinds: ['ship'],
  parameters: [
    parameter('hours', ['停留后小时数', 'hours from stop to report'], {
      value: 24,
      min: 2,
      max: 96,
      unit: 'h',
      integer: true,
    }),
    parameter('km', ['距离', 'distance of the report'], { value: 1, min: 0.2, max: 5, unit: 'km' }),
  ],
  lawMatters: TYPOLOGY_MATTERS['T12']!,
  evidence: [
    { id: 'track', zh: '船舶轨迹', en: 'track', from: ['ship_ais'] },
    { id: 'report', zh: '油污投诉', en: 'reports of oil', from: ['hot_ticket'] },
    { id: 'slips', zh: '污染物接收单证', en: 'reception slips', from: [] },
    { id: 'record-book', zh: '油类记录簿', en: 'oil record book', from: [] },
    { id: 'fingerprint', zh: '油指纹鉴定', en: 'fingerprint sample', from: [] },
  ],
  lookAlikes: [{ id: 'berth', zh: '靠泊', en: 'a stop at a berth' }],
  reads: ['src_ship_ais', 'src_geo_element', 'src_hot_ticket', 'entity_key', 'subject'],
  prepared: ['ship_slow'],
  signalSql: (f) => [_slick(f)],
};

function _slick(f: ParameterValues): SignalRule {
  return {
    rule: 'oil-after-stop',
    title: { zh: '非泊位短停后该处报油污', en: 'oil reported where a ship stood at no berth' },
    unit: 'h',
    needs: ['ship_slow', 'src_hot_ticket'],
    alone: true,
    gapDays: 30,
    sql: `
      with tickets as (select row_id, "at", known_at, lon, lat from src_hot_ticket where lon is not null and regexp_matches(coalesce(class, '') || coalesce(text, ''), '油污|浮油|油膜|油花|漏油')),
      pairs as (
        select s.ship_id, t.row_id as ticket, t."at" as told_at, min(s."at") as from_at, max(s."at") as to_at, list(s.row_id order by s."at", s.row_id) as rows, max(greatest(s.known_at, t.known_at)) as known_at,
          min(s.wharf_km) as wharf_km, max(s.sog_kn) as knots
        from tickets t join ship_slow s on s."at" between t."at" - to_hours($hours::integer) and t."at" and abs(s.lon - t.lon) < 0.06 and abs(s.lat - t.lat) < 0.05
          and sqrt(pow((s.lon - t.lon) * 95.6, 2) + pow((s.lat - t.lat) * 110.95, 2)) <= $km and coalesce(s.sog_kn, 0) < 1
        group by all)
      select ship_id as subject_entity, from_at as at, to_at as until, known_at, date_diff('minute', to_at, told_at) / 60.0 as value, 0.0 as peer_low, $hours::double as peer_high, rows || [ticket] as row_ids,
        [ship_id] as entity_ids, coalesce(wharf_km, 9) < 0.3 as holds_berth
      from pairs where date_diff('minute', from_at, to_at) <= 60`,
    params: { hours: f['hours']!, km: f['km']! },
  };
}
