import { TYPOLOGY_MATTERS } from '../law/index.ts';
import { type ParameterValues, type SignalRule, type Typology, parameter } from './typology.ts';

/** T06 cross-province dumping: strangers' trucks that come in and go out by the same border gate, ships that grow light where no wharf is. A plate's province counts only
 *  together with the loop. */
export const T06: Typology = {
  id: 'T06',
  title: { zh: '跨省转移倾倒', en: 'Cross-province dumping' },
  subjectKinds: ['vehicle', 'ship', 'company'],
  parameters: [
    parameter('loopHours', ['往返小时数', 'hours between in and out'], {
      value: 12,
      min: 2,
      max: 48,
      unit: 'h',
      integer: true,
    }),
    parameter('loops', ['往返次数', 'loops in the window'], { value: 2, min: 1, max: 10, unit: '', integer: true }),
    parameter('windowDays', ['窗口天数', 'window'], { value: 7, min: 1, max: 60, unit: 'd', integer: true }),
    parameter('lighter', ['吃水减少', 'loss of draught'], { value: 0.5, min: 0.2, max: 5, unit: 'm' }),
    parameter('wharfKm', ['距码头', 'distance to the nearest wharf'], { value: 0.3, min: 0.1, max: 3, unit: 'km' }),
    parameter('silentMin', ['静默分钟数', 'minutes of AIS silence'], {
      value: 60,
      min: 20,
      max: 720,
      unit: 'min',
      integer: true,
    }),
  ],
  lawMatters: TYPOLOGY_MATTERS['T06']!,
  evidence: [
    { id: 'route', zh: '跨区域路线', en: 'route across both regions', from: ['pol_gate_pass', 'ship_ais'] },
    { id: 'approval', zh: '跨省转移批准、利用备案查询', en: 'approval and filing query', from: ['eco_hw_manifest'] },
    { id: 'slips', zh: '过磅单', en: 'weight slips', from: [] },
    { id: 'images', zh: '卸载影像', en: 'unloading images', from: [] },
    { id: 'quantity', zh: '数量核定', en: 'quantity', from: [] },
  ],
  lookAlikes: [
    { id: 'transit', zh: '过境', en: 'transit: in at one border gate, out at another' },
    { id: 'wharf', zh: '在码头卸载（利用备案）', en: 'unloads at a wharf, reuse on file' },
    { id: 'silent-wait', zh: '静默等候而吃水未变', en: 'waits in silence without growing light' },
  ],
  reads: ['entity_key', 'subject', 'src_geo_element'],
  prepared: ['vehicle_owner'],
  signalSql: (f) => [_loops(f), _lighter(f), _silence(f)],
};

/** In and out by one border gate within `loopHours`, with a gate inside between or an hour spent; a newcomer if not seen in the 30 days before the window. */
function _loops(f: ParameterValues): SignalRule {
  return {
    rule: 'border-loop',
    title: { zh: '外省车辆经同一界线卡口短时往返', en: 'out-of-province truck in and out by one border gate' },
    unit: '次 loops',
    needs: ['trace_sighting', 'src_geo_element'],
    alone: true,
    gapDays: 30,
    sql: `
      with border as (
        select element_id as gate from src_geo_element where kind = 'gate' and json_extract_string(props, '$.border') = 'true' group by element_id),
      passes as (
        select s.vehicle_id, s.gate, s.direction, s.at, s.row_id, s.known_at, b.gate is not null as at_border
        from trace_sighting s left join border b using (gate)
        where s.vehicle_id is not null and s.plate_class in ('01', '51', '15') and s.plate is not null and s.plate[1] <> '浙'),
      entries as (
        select i.vehicle_id, i.gate, i.at as in_at, i.row_id as in_row, o.at as out_at, o.row_id as out_row, o.gate as out_gate, greatest(i.known_at, o.known_at) as known_at
        from passes i asof join (select * from passes where at_border and direction = 'out') o on o.vehicle_id = i.vehicle_id and o.at > i.at
        where i.at_border and i.direction = 'in' and o.at <= i.at + to_hours($loopHours::integer)),
      loops as (
        select e.vehicle_id, e.gate, e.in_at, e.out_at, e.out_gate, e.known_at, e.out_gate <> e.gate as transit, list_sort(list(p.row_id)) as row_ids, max(p.known_at) as rows_known, count(distinct p.gate) as gates
        from entries e join passes p on p.vehicle_id = e.vehicle_id and p.at between e.in_at and e.out_at group by all),
      counted as (
        select *, count(*) over (partition by vehicle_id order by in_at range between to_days(($windowDays - 1)::integer) preceding and current row) as so_far
        from loops where not transit and (gates >= 2 or date_diff('minute', in_at, out_at) >= 60)),
      first_known as (
        select a.vehicle_id, a.in_at, min(greatest(b.known_at, b.rows_known)) as pattern_known, max(b.so_far) as loops
        from counted a join counted b on b.vehicle_id = a.vehicle_id and b.so_far >= $loops and b.in_at between a.in_at and a.in_at + to_days(($windowDays - 1)::integer) group by all)
      select l.vehicle_id as subject_entity, l.in_at as at, l.out_at as until, greatest(l.known_at, l.rows_known, f.pattern_known) as known_at, f.loops::double as value, 0.0 as peer_low,
        ($loops - 1)::double as peer_high, l.row_ids, [l.vehicle_id] as entity_ids, l.transit as holds_transit
      from loops l left join first_known f on f.vehicle_id = l.vehicle_id and f.in_at = l.in_at where l.transit or f.pattern_known is not null`,
    params: { loopHours: f['loopHours']!, loops: f['loops']!, windowDays: f['windowDays']! },
  };
}

function _lighter(f: ParameterValues): SignalRule {
  return {
    rule: 'lighter-at-no-wharf',
    title: { zh: '船舶在非码头处吃水骤减', en: 'ship grows light where no wharf is' },
    unit: 'm',
    needs: ['src_ship_ais', 'src_geo_element'],
    alone: true,
    gapDays: 30,
    sql: `
      with ships as (select key as mmsi, min(entity_id) as ship_id from entity_key where kind = 'ship' and key_kind = 'mmsi' group by key),
      points as (
        select mmsi, "at", lon, lat, draught_m, row_id, known_at, lag("at") over w as was_at, lag(lon) over w as was_lon, lag(lat) over w as was_lat, lag(draught_m) over w as was_draught,
          lag(row_id) over w as was_row
        from src_ship_ais where lon is not null and lat is not null and draught_m > 0 window w as (partition by mmsi order by "at", row_id)),
      drops as (
        select * from points where was_draught - draught_m >= $lighter and date_diff('hour', was_at, "at") < 12
          and sqrt(pow((lon - was_lon) * 95.6, 2) + pow((lat - was_lat) * 110.95, 2)) < 3),
      wharves as (
        select d.row_id, min(sqrt(pow((d.lon - w.lon) * 95.6, 2) + pow((d.lat - w.lat) * 110.95, 2))) as km
        from drops d join (select lon, lat from src_geo_element where kind = 'wharf') w on abs(w.lon - d.lon) < 0.1 and abs(w.lat - d.lat) < 0.1 group by d.row_id)
      select s.ship_id as subject_entity, d.was_at as at, d.at as until, d.known_at, d.was_draught - d.draught_m as value, 0.0 as peer_low, $lighter as peer_high, [d.was_row, d.row_id] as row_ids,
        [s.ship_id] as entity_ids, coalesce(w.km, 9) <= $wharfKm as holds_wharf
      from drops d join ships s using (mmsi) left join wharves w on w.row_id = d.row_id`,
    params: { lighter: f['lighter']!, wharfKm: f['wharfKm']! },
  };
}

function _silence(f: ParameterValues): SignalRule {
  return {
    rule: 'ais-silence',
    title: { zh: '船舶信号静默', en: 'AIS silence' },
    unit: 'min',
    needs: ['trace_gap'],
    alone: false,
    gapDays: 30,
    sql: `
      select subject_id as subject_entity, from_at as at, to_at as until, known_at, minutes as value, 0.0 as peer_low, $silentMin as peer_high, row_ids, [subject_id] as entity_ids,
        draught_before - draught_after < $lighter as holds_silent_wait
      from trace_gap where kind = 'ais' and minutes > $silentMin and minutes < 1440 and metres < 3000 and subject_id is not null`,
    params: { silentMin: f['silentMin']!, lighter: f['lighter']! },
  };
}
