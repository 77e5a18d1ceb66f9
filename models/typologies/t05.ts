import { TYPOLOGY_MATTERS } from '../law/index.ts';
import { type Axis, besideSql, celledSql } from './beside.ts';
import { type ParameterValues, type SignalRule, type Typology, parameter } from './typology.ts';

/** T05 muck and silt dumping. Night is in no rule: legal hauling is at night. */
export const T05: Typology = {
  id: 'T05',
  title: { zh: '渣土淤泥偷倒', en: 'Muck and silt dumping' },
  subjectKinds: ['vehicle', 'company'],
  parameters: [
    parameter('trucks', ['车队货车数', 'trucks behind one pilot car'], {
      value: 3,
      min: 2,
      max: 8,
      unit: '',
      integer: true,
    }),
    parameter('gates', ['同行卡口数', 'gates passed together'], { value: 3, min: 2, max: 8, unit: '', integer: true }),
    parameter('tripKm', ['卸点偏差', 'distance from the stated tip'], { value: 1, min: 0.3, max: 10, unit: 'km' }),
    parameter('unread', ['无牌、遮挡过车数', 'unread or covered plates in ten minutes'], {
      value: 3,
      min: 2,
      max: 10,
      unit: '',
      integer: true,
    }),
    parameter('missing', ['运量缺口', 'share of the permitted m³ without trips'], {
      value: 0.5,
      min: 0.1,
      max: 0.9,
      unit: '',
    }),
  ],
  lawMatters: TYPOLOGY_MATTERS['T05']!,
  evidence: [
    { id: 'convoy', zh: '车队同行表', en: 'convoy table', from: ['pol_gate_pass'] },
    { id: 'permit', zh: '处置核准查询', en: 'permit check', from: ['muck_permit'] },
    { id: 'stops', zh: '卸车停留点与轨迹', en: 'unloading stops and tracks', from: ['trn_gps'] },
    { id: 'imagery', zh: '倾倒点前后影像', en: 'before and after imagery', from: [] },
    { id: 'volume', zh: '方量测算', en: 'measured m³', from: ['muck_trip'] },
  ],
  lookAlikes: [
    { id: 'legal-haul', zh: '合法夜间清运', en: 'legal night haul: a permitted trip is on paper' },
    { id: 'approved-fill', zh: '经批准的回填、整治', en: 'approved backfill or land consolidation' },
    { id: 'legal-tip', zh: '卸于其他合法消纳场', en: 'unloaded at another licensed tip' },
  ],
  reads: ['trace_sighting', 'entity_key', 'subject'],
  prepared: ['unload_stop', 'muck_truck', 'vehicle_owner', 'hw_run', 'muck_vehicle'],
  signalSql: (f) => [_offSite(), _convoy(f), _paperTrip(f), _powerCut(), _unreadBurst(f), _missingTrips(f)],
};

function _offSite(): SignalRule {
  return {
    rule: 'unload-off-site',
    title: { zh: '在非消纳场卸载', en: 'unloaded where no tip is licensed' },
    unit: 'km 距最近消纳场 to the nearest tip',
    needs: ['unload_stop', 'vehicle_owner', 'hw_run'],
    alone: true,
    gapDays: 30,
    sql: `
      select u.vehicle_id as subject_entity, u.start_at as at, u.end_at as until, u.known_at, u.tip_km as value, 0.0 as peer_low, 0.3 as peer_high, u.row_ids,
        [u.vehicle_id, o.company_id, u.site_id] as entity_ids, u.approval is not null as holds_approved_fill, u.legal as holds_legal_tip
      from unload_stop u left join vehicle_owner o using (vehicle_id)
      where not coalesce(o.is_hazmat, false) and not u.legal and coalesce(u.site_m, 9999) > 150
        and u.stop_id not in (select stop_id from hw_run)`,
    params: {},
  };
}

/** A pilot: one small car with several trucks through the same gates within two minutes, in one night. Trucks whose permitted trips of that night are on paper haul legally. */
function _convoy(f: ParameterValues): SignalRule {
  return {
    rule: 'convoy',
    title: { zh: '小车引路、货车成队', en: 'trucks in convoy behind a pilot car' },
    unit: '辆 trucks',
    needs: ['trace_convoy', 'src_muck_trip', 'muck_truck'],
    alone: true,
    gapDays: 30,
    sql: `
      with sides as (
        select case when a_class in ('02', '52') then a_id else b_id end as car, case when a_class in ('02', '52') then b_id else a_id end as truck, night, first_at, last_at, row_ids, known_at, gates
        from trace_convoy where (a_class in ('02', '52')) <> (b_class in ('02', '52')) and gates >= $gates),
      trains as (
        select car, night, count(distinct truck) as trucks, list(distinct truck) as truck_ids, min(first_at) as first_at, max(last_at) as last_at, max(known_at) as known_at,
          list_sort(list_distinct(flatten(list(row_ids)))) as row_ids
        from sides group by car, night having count(distinct truck) >= $trucks),
      each as (select *, unnest(truck_ids) as truck from trains),
      papers as (
        select v.vehicle_id, t.load_at, t.unload_at, m.row_id is not null as permitted from src_muck_trip t join vehicle_key v on v.plate = t.plate and v.plate_class is null
        left join muck_truck m on m.vehicle_id = v.vehicle_id and m.permit_no = t.permit_no)
      select e.truck as subject_entity, e.first_at as at, e.last_at as until, e.known_at, e.trucks::double as value, 0.0 as peer_low, ($trucks - 1)::double as peer_high, e.row_ids,
        list_sort(e.truck_ids) || [e.car] as entity_ids,
        exists (select 1 from papers p where p.vehicle_id = e.truck and p.permitted and p.load_at < e.last_at + interval 30 minute and p.unload_at > e.first_at - interval 30 minute) as holds_legal_haul
      from each e`,
    params: { gates: f['gates']!, trucks: f['trucks']! },
  };
}

function _paperTrip(f: ParameterValues): SignalRule {
  return {
    rule: 'trip-off-the-tip',
    title: { zh: '运单卸点与实际不符', en: 'the trip ends elsewhere than its paper says' },
    unit: 'km',
    needs: ['src_muck_trip', 'unload_stop', 'muck_truck'],
    alone: true,
    gapDays: 30,
    sql: `
      with trips as (
        select t.row_id, v.vehicle_id, t.permit_no, t.unload_at, t.known_at, e.lon, e.lat from src_muck_trip t join vehicle_key v on v.plate = t.plate and v.plate_class is null
        join (select element_id, any_value(lon) as lon, any_value(lat) as lat from src_geo_element where kind = 'muck_site' group by all) e on e.element_id = t.site)
      select t.vehicle_id as subject_entity, u.start_at as at, u.end_at as until, greatest(t.known_at, u.known_at) as known_at,
        sqrt(pow((u.lon - t.lon) * 95.6, 2) + pow((u.lat - t.lat) * 110.95, 2)) as value, 0.0 as peer_low, $tripKm as peer_high, [t.row_id] || u.row_ids as row_ids,
        [t.vehicle_id, m.hauler_id, m.builder_id] as entity_ids, u.legal as holds_legal_tip, u.approval is not null as holds_approved_fill
      from trips t join unload_stop u on u.vehicle_id = t.vehicle_id and t.unload_at between u.start_at - interval 10 minute and u.end_at + interval 10 minute
      left join muck_truck m on m.vehicle_id = t.vehicle_id and m.permit_no = t.permit_no
      where sqrt(pow((u.lon - t.lon) * 95.6, 2) + pow((u.lat - t.lat) * 110.95, 2)) > $tripKm`,
    params: { tripKm: f['tripKm']! },
  };
}

function _powerCut(): SignalRule {
  return {
    rule: 'terminal-power-cut',
    title: { zh: '行驶中终端断电', en: 'terminal loses power on the way' },
    unit: 'min',
    needs: ['src_trn_gps', 'muck_vehicle'],
    alone: true,
    gapDays: 30,
    sql: `
      with points as (
        select row_id, terminal, plate, "at", known_at, alarm, load, speed_kmh, lead("at") over w as next_at, lead(row_id) over w as next_row, lead(known_at) over w as next_known, lead(load) over w as next_load
        from src_trn_gps where terminal in (select terminal from src_trn_gps where (coalesce(alarm, 0) & 256) <> 0)
        window w as (partition by terminal order by "at", row_id))
      select v.vehicle_id as subject_entity, p."at" as at, p.next_at as until, greatest(p.known_at, p.next_known) as known_at, date_diff('minute', p."at", p.next_at)::double as value,
        0.0 as peer_low, 15.0 as peer_high, [p.row_id, p.next_row] as row_ids, [v.vehicle_id] as entity_ids
      from points p join vehicle_key v on v.plate = p.plate and v.plate_class is null join muck_vehicle m using (vehicle_id)
      where (coalesce(p.alarm, 0) & 256) <> 0 and p.next_at is not null and p.speed_kmh > 5 and date_diff('minute', p."at", p.next_at) between 8 and 720`,
    params: {},
  };
}

/** A burst lies in ten minutes; a pass that counts lies at most three minutes before or after it, so less than 781 s from its first. */
const AROUND = (at: string): readonly Axis[] => [{ cell: 'stretch', of: `epoch(${at})`, size: 781 }];

/** Unread or covered plates at one gate in ten minutes; it supports a signal on trucks that were read among them. */
function _unreadBurst(f: ParameterValues): SignalRule {
  return {
    rule: 'unread-burst',
    title: { zh: '无牌、遮挡集中过车', en: 'a burst of unread or covered plates' },
    unit: '辆 passes',
    needs: ['trace_sighting'],
    alone: false,
    gapDays: 30,
    sql: `
      with bursts as (
        select gate, floor(epoch("at") / 600)::bigint as slot, count(*) as passes, min("at") as first_at, max("at") as last_at, max(known_at) as known_at, list(row_id order by row_id) as row_ids
        from trace_sighting where coalesce(plate, '') = '' group by all having count(*) >= $unread)
      select s.vehicle_id as subject_entity, b.first_at as at, b.last_at as until, max(greatest(b.known_at, s.known_at)) as known_at, b.passes::double as value, 0.0 as peer_low,
        ($unread - 1)::double as peer_high, b.row_ids || list(s.row_id order by s.row_id) as row_ids, [s.vehicle_id] as entity_ids
      from (${besideSql('bursts', AROUND('first_at'))}) b join (${celledSql('trace_sighting', AROUND('"at"'))} where vehicle_id is not null and plate_class in ('01', '51')) s
        on s.gate = b.gate and s.stretch = b.stretch and s."at" between b.first_at - interval 3 minute and b.last_at + interval 3 minute
      group by s.vehicle_id, b.gate, b.slot, b.first_at, b.last_at, b.passes, b.row_ids`,
    params: { unread: f['unread']! },
  };
}

/** A project may stop early, so it only supports. */
function _missingTrips(f: ParameterValues): SignalRule {
  return {
    rule: 'trips-missing',
    title: { zh: '核准方量与运单不符', en: 'permitted m³ without trips' },
    unit: '',
    needs: ['src_muck_trip', 'muck_truck'],
    alone: false,
    gapDays: 60,
    sql: `
      with hauled as (select permit_no, sum(m3) as m3, count(*) as trips, max(known_at) as known_at, list(row_id order by load_at, row_id) as rows from src_muck_trip group by permit_no)
      select c.company_id as subject_entity, p.valid_from::timestamp as at, p.valid_to::timestamp as until, greatest(h.known_at, p.known_at, p.valid_to::timestamp + interval 1 day) as known_at,
        1 - h.m3 / p.m3 as value, 0.0 as peer_low, $missing as peer_high, [p.row_id] || h.rows[1:50] as row_ids, [c.company_id] as entity_ids
      from src_muck_permit p join hauled h using (permit_no) join company_key c on c.key = p.hauler_name
      where p.m3 > 0 and h.m3 < (1 - $missing) * p.m3`,
    params: { missing: f['missing']! },
  };
}
