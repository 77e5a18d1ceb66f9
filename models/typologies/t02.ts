import { TYPOLOGY_MATTERS } from '../law/index.ts';
import { type SignalRule, type Typology, parameter } from './typology.ts';

/** Findings on one trip, and who answers for it. `unclosed` is apart: it rests on what has *not* come by a date. */
const FINDINGS = [
  ['never-near-receiver', '车辆从未接近接收单位', 'truck never within 1 km of the receiver', 'km', 'both'],
  ['too-fast', '用时短于道路所需', 'door to door faster than the road allows', 'km/h', 'both'],
  ['plate-elsewhere', '运输期间车牌出现在他处', 'plate seen elsewhere during the trip', 'km', 'both'],
  ['stop-on-the-way', '途中在坑塘、农田停留', 'stood at a pit or field on the way', 'min', 'both'],
  ['weight-constant', '连续多车重量完全相同', 'the same weight on trip after trip', '车 trips', 'origin'],
  ['over-rated', '超过核定载质量', 'heavier than the vehicle is rated for', 't', 'both'],
  ['weight-gap', '转出与接收重量不符', 'sent and accepted weights differ', '', 'origin'],
  ['departed-before-creation', '先运输后填联单', 'departed before the manifest was created', 'h', 'origin'],
  ['accepted-late', '逾五个工作日确认接收', 'accepted after more than 5 working days', 'd', 'origin'],
  ['accepted-in-batch', '同一分钟批量确认', 'accepted in a batch at one minute', '单 manifests', 'origin'],
  ['no-approval', '跨省转移无批准', 'across a province border without approval', '', 'origin'],
  ['overtime', '运输超时', 'far longer than usual on this way', 'h', 'both'],
] as const;

/** By themselves too common to open a signal. */
const SUPPORT: readonly string[] = ['weight-gap', 'overtime'];

/** T02 manifest fraud: papers against tracks, passes, scales and each other. */
export const T02: Typology = {
  id: 'T02',
  title: { zh: '危废联单造假', en: 'Manifest fraud' },
  subjectKinds: ['company', 'vehicle'],
  parameters: [
    parameter('openDays', ['未办结天数', 'days a trip may stay open'], {
      value: 15,
      min: 5,
      max: 90,
      unit: 'd',
      integer: true,
    }),
  ],
  lawMatters: TYPOLOGY_MATTERS['T02']!,
  evidence: [
    {
      id: 'track',
      zh: '车辆轨迹、卡口与联单时间比对',
      en: 'GPS and gate points against manifest times',
      from: ['trn_gps', 'pol_gate_pass', 'eco_hw_manifest'],
    },
    { id: 'slips', zh: '过磅单', en: 'scale slips', from: [] },
    {
      id: 'capacity',
      zh: '接收单位许可能力与接收量',
      en: 'permitted capacity and amounts received',
      from: ['eco_hw_manifest', 'eco_permit'],
    },
    { id: 'rated', zh: '车辆核定载质量', en: 'rated load of the vehicle', from: ['trn_licence'] },
    { id: 'paper-form', zh: '纸质联单与补录说明', en: 'paper form and note of late entry', from: [] },
  ],
  lookAlikes: [
    { id: 'fixed-tank', zh: '固定容积罐车', en: 'a tank of fixed volume' },
    { id: 'late-entry', zh: '纸质联单事后补录', en: 'a paper form entered days later' },
    { id: 'tractor-swap', zh: '牵引车更换', en: 'the tractor was swapped' },
  ],
  reads: ['src_eco_hw_manifest', 'entity_key', 'subject'],
  prepared: ['trip_finding', 'trip_rated', 'trip_route', 'trip_passes', 'trip_verdict'],
  signalSql: (f, asOf) => [..._findingRules(), _unclosed(f['openDays']!, asOf)],
};

function _findingRules(): SignalRule[] {
  return FINDINGS.map(([rule, zh, en, unit, answers]) => ({
    rule,
    title: { zh, en },
    unit,
    needs: ['trip_finding'],
    alone: !SUPPORT.includes(rule),
    gapDays: 30,
    sql: `
      with who as (
        select t.row_id, t.departed_at, t.arrived_at, t.origin_id, t.carrier_id, t.receiver_id, t.vehicle_id, unnest([t.origin_id${answers === 'both' ? ', t.vehicle_id' : ''}]) as subject_entity from trip t)
      select w.subject_entity, w.departed_at as at, coalesce(w.arrived_at, w.departed_at) as until, f.known_at, f.value, f.peer_low, f.peer_high, f.rows as row_ids,
        [w.origin_id, w.carrier_id, w.receiver_id, w.vehicle_id] as entity_ids, f.holds_tractor_swap, f.holds_late_entry, f.holds_fixed_tank
      from trip_finding f join who w using (row_id) where f.finding = $finding and w.subject_entity is not null`,
    params: { finding: rule },
  }));
}

function _unclosed(openDays: number, asOf: string): SignalRule {
  return {
    rule: 'unclosed',
    title: { zh: '联单长期未办结', en: 'manifest still open' },
    unit: 'd',
    needs: ['trip'],
    alone: true,
    gapDays: 30,
    sql: `
      select origin_id as subject_entity, departed_at as at, departed_at as until, departed_at + to_days($openDays::integer) as known_at,
        date_diff('day', departed_at, $asOf::timestamp)::double as value, 0.0 as peer_low, $openDays::double as peer_high, [row_id] as row_ids,
        [origin_id, carrier_id, receiver_id, vehicle_id] as entity_ids, null::boolean as holds_late_entry
      from trip where state = '在途' and accepted_at is null and departed_at + to_days($openDays::integer) <= $asOf::timestamp and origin_id is not null`,
    params: { openDays, asOf },
  };
}
