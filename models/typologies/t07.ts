import { TYPOLOGY_MATTERS } from '../law/index.ts';
import { type ParameterValues, type SignalRule, type Typology, parameter } from './typology.ts';

/** T07 illegal sand: a dredger slow by night in a closed zone, and ships side by side there. Zones by their bounding box. */
export const T07: Typology = {
  id: 'T07',
  title: { zh: '非法采砂', en: 'Illegal sand or soil from water' },
  subjectKinds: ['ship'],
  parameters: [
    parameter('knots', ['航速上限', 'slower than'], { value: 1.5, min: 0.5, max: 3, unit: 'kn' }),
    parameter('minutes', ['停留分钟数', 'minutes in the zone'], {
      value: 40,
      min: 15,
      max: 600,
      unit: 'min',
      integer: true,
    }),
  ],
  lawMatters: TYPOLOGY_MATTERS['T07']!,
  evidence: [
    { id: 'tracks', zh: '轨迹及静默时段', en: 'tracks with gap lengths', from: ['ship_ais'] },
    { id: 'zone', zh: '禁采区、禁采期公告', en: 'zone and period notice', from: ['geo_element'] },
    { id: 'licence', zh: '采砂许可查询', en: 'licence query', from: [] },
    { id: 'stock', zh: '砂场存量与来源单', en: 'yard stock and origin slips', from: [] },
    { id: 'price', zh: '价格认定', en: 'price evidence', from: [] },
    {
      id: 'penalties',
      zh: '两年内处罚及生效日期',
      en: 'earlier penalties with effective dates',
      from: ['adm_penalty'],
    },
  ],
  lookAlikes: [
    { id: 'licensed', zh: '许可采砂（白天）', en: 'licensed dredging, by day' },
    { id: 'lock-wait', zh: '待闸、靠泊', en: 'waiting at a lock or berth' },
  ],
  reads: ['src_ship_ais', 'src_geo_element', 'entity_key', 'subject'],
  prepared: ['ship_slow'],
  signalSql: (f) => [_dredging(f), _sideBySide()],
};

const ZONE = `select element_id, min_lon, min_lat, max_lon, max_lat from src_geo_element where kind = 'zone_nodredge'`;

function _dredging(f: ParameterValues): SignalRule {
  return {
    rule: 'slow-in-closed-zone',
    title: { zh: '采砂船夜间低速滞留禁采区', en: 'dredger slow by night in a closed zone' },
    unit: 'min',
    needs: ['ship_slow'],
    alone: true,
    gapDays: 30,
    sql: `
      with inside as (
        select s.*, z.element_id as zone, s.local_hour >= 22 or s.local_hour < 5 as by_night from ship_slow s join (${ZONE}) z on s.lon between z.min_lon and z.max_lon and s.lat between z.min_lat and z.max_lat
        where s.use = 'dredger' and coalesce(s.sog_kn, 0) < $knots),
      stays as (
        select ship_id, zone, night, min("at") as from_at, max("at") as to_at, date_diff('minute', min("at"), max("at")) as minutes, count(*) filter (where by_night) / count(*) as night_share,
          min(wharf_km) as wharf_km, list(row_id order by "at", row_id) as row_ids, max(known_at) as known_at
        from inside group by all having date_diff('minute', min("at"), max("at")) >= $minutes),
      zones as (select key, min(entity_id) as entity_id from entity_key where key_kind = 'element_id' group by key)
      select s.ship_id as subject_entity, s.from_at as at, s.to_at as until, s.known_at, s.minutes::double as value, 0.0 as peer_low, $minutes::double as peer_high, s.row_ids, [s.ship_id, z.entity_id] as entity_ids,
        s.night_share < 0.5 as holds_licensed, coalesce(s.wharf_km, 9) < 0.2 as holds_lock_wait
      from stays s left join zones z on z.key = s.zone`,
    params: { knots: f['knots']!, minutes: f['minutes']! },
  };
}

function _sideBySide(): SignalRule {
  return {
    rule: 'side-by-side',
    title: { zh: '禁采区内两船夜间靠帮', en: 'two ships side by side by night in a closed zone' },
    unit: 'min',
    needs: ['trace_meeting'],
    alone: true,
    gapDays: 30,
    sql: `
      select unnest([m.a_id, m.b_id]) as subject_entity, m.from_at as at, m.to_at as until, m.known_at, m.minutes as value, 0.0 as peer_low, 20.0 as peer_high, m.row_ids, [m.a_id, m.b_id] as entity_ids,
        hour(m.from_at + interval 8 hour) between 6 and 18 as holds_licensed, coalesce(m.wharf_m, 9999) < 200 as holds_lock_wait
      from trace_meeting m join (${ZONE}) z on m.lon between z.min_lon and z.max_lon and m.lat between z.min_lat and z.max_lat where m.a_id is not null and m.b_id is not null`,
    params: {},
  };
}
