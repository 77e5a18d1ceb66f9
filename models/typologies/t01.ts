import { TYPOLOGY_MATTERS } from '../law/index.ts';
import { type ParameterValues, type SignalRule, type Typology, parameter } from './typology.ts';

/** T01 hazardous waste dumped through an unlicensed broker: what the books lack, and trucks that take it. */
export const T01: Typology = {
  id: 'T01',
  title: { zh: '无证中介倾倒危险废物', en: 'Hazardous waste dumped through an unlicensed broker' },
  subjectKinds: ['company', 'vehicle'],
  parameters: [
    parameter('under', ['少报比例', 'under-reporting against the firm’s own factor'], {
      value: 0.1,
      min: 0.05,
      max: 0.8,
      unit: '',
    }),
    parameter('sigmas', ['显著性', 'standard errors below the own factor'], { value: 4, min: 2, max: 10, unit: 'σ' }),
    parameter('peerShare', ['同行中位数比例', 'share of the peers’ median, where a firm has no history'], {
      value: 0.5,
      min: 0.1,
      max: 0.9,
      unit: '',
    }),
    parameter('gap', ['物料平衡缺口', 'gap of the balance'], { value: 0.05, min: 0.02, max: 0.5, unit: '' }),
    parameter('runs', ['夜间外运次数', 'runs from one producer in 60 days'], {
      value: 2,
      min: 1,
      max: 10,
      unit: '',
      integer: true,
    }),
  ],
  lawMatters: TYPOLOGY_MATTERS['T01']!,
  evidence: [
    { id: 'balance', zh: '产废物料平衡表', en: 'mass balance', from: ['eco_hw_ledger', 'eco_hw_manifest'] },
    { id: 'passes', zh: '卡口过车记录', en: 'gate passes', from: ['pol_gate_pass'] },
    { id: 'dwell', zh: '停留点图', en: 'map of stops', from: ['trn_gps'] },
    { id: 'licence', zh: '危货运输、危废经营许可核查', en: 'licence check', from: ['trn_licence'] },
    { id: 'contract', zh: '处置合同（或无合同）', en: 'disposal contract, or its absence', from: [] },
    { id: 'penalties', zh: '既往处罚', en: 'prior penalties', from: ['adm_penalty'] },
    { id: 'tickets', zh: '投诉工单', en: 'complaint tickets', from: ['hot_ticket'] },
    { id: 'weight', zh: '倾倒量称重与危废鉴定', en: 'weight and identification of what was dumped', from: [] },
  ],
  lookAlikes: [
    { id: 'general-waste', zh: '一般固废合法清运', en: 'general waste hauled to a licensed place' },
    { id: 'sample-pickup', zh: '检测机构取样', en: 'a laboratory’s sample pick-up' },
    { id: 'less-output', zh: '产量下降', en: 'output fell' },
    {
      id: 'material-switch',
      zh: '原料或工艺更换（仅一种废物减少）',
      en: 'change of material: only one kind of waste fell',
    },
    { id: 'unit-slip', zh: '台账单位误填', en: 'kilograms entered as tons' },
  ],
  reads: ['src_eco_hw_ledger', 'entity_key', 'subject'],
  prepared: ['balance', 'hw_run', 'trip'],
  signalSql: (f) => [
    _underReported(f),
    _balanceGap(f),
    _nightRuns(f, 'producer_id', 'run-to-no-site'),
    _nightRuns(f, 'vehicle_id', 'vehicle-run-to-no-site'),
    _sharedTruck(),
  ],
};

function _underReported(f: ParameterValues): SignalRule {
  return {
    rule: 'waste-under-reported',
    title: { zh: '单位产品产废量显著偏低', en: 'waste per product far below the firm’s own factor' },
    unit: 't/t',
    needs: ['balance'],
    alone: true,
    gapDays: 45,
    sql: `
      with judged as (
        select *, case when months >= 6 then now_f < usual_f + ln(1 - $under) and now_f < usual_f - $sigmas * sigma * sqrt(0.5 + 1.0 / months)
            else firms >= 5 and f < peer_f + ln($peerShare) end as low,
          case when months >= 6 then usual_f else peer_f end as expected, case when months >= 6 then sigma * sqrt(0.5 + 1.0 / months) else 0.3 end as error
        from balance),
      whole as (select company_id, month, count(*) filter (where low) as low_codes, count(*) as codes from judged group by all)
      select j.company_id as subject_entity, j.month - interval 8 hour as at, j.month + interval 1 month - interval 8 hour as until, greatest(j.known_at, j.known_before) as known_at,
        exp(j.now_f) as value, exp(j.expected - 2 * j.error) as peer_low, exp(j.expected + 2 * j.error) as peer_high,
        case when j.months >= 6 then [j.row_before, j.row_id] else [j.row_id] end as row_ids, [j.company_id] as entity_ids,
        false as holds_less_output, w.low_codes < w.codes as holds_material_switch
      from judged j join whole w using (company_id, month) where j.low`,
    params: { under: f['under']!, sigmas: f['sigmas']!, peerShare: f['peerShare']! },
  };
}

function _balanceGap(f: ParameterValues): SignalRule {
  return {
    rule: 'balance-gap',
    title: { zh: '库存减少而无转移', en: 'stock falls without a manifest' },
    unit: 't',
    needs: ['ledger', 'trip'],
    alone: true,
    gapDays: 45,
    sql: `
      with shipped as (
        select origin_id as company_id, waste_code, date_trunc('month', departed_at + interval 8 hour)::date as month, sum(sent_t) as manifest_t from trip group by all),
      gaps as (
        select l.*, l.opening_t + l.generated_t - l.self_t - l.sent_t - l.closing_t as gap_t, coalesce(s.manifest_t, 0) - l.sent_t as unbooked_t
        from ledger l left join shipped s using (company_id, waste_code, month) where l.opening_t is not null and l.closing_t is not null and l.generated_t is not null and l.sent_t is not null)
      select company_id as subject_entity, month - interval 8 hour as at, month + interval 1 month - interval 8 hour as until, known_at, gap_t as value, 0.0 as peer_low,
        $gap * (opening_t + generated_t) as peer_high, [row_id] as row_ids, [company_id] as entity_ids, abs(gap_t - unbooked_t) <= $gap * (opening_t + generated_t) as holds_general_waste,
        is_slip and gap_t <= 0.3 as holds_unit_slip
      from gaps where gap_t > greatest(0.3, $gap * (opening_t + generated_t))`,
    params: { gap: f['gap']! },
  };
}

function _nightRuns(f: ParameterValues, subject: 'producer_id' | 'vehicle_id', rule: string): SignalRule {
  return {
    rule,
    title: {
      zh: '无危货资质车辆自产废单位驶往非场所',
      en: 'vehicle without hazmat certificate from a producer to no site',
    },
    unit: 'min',
    needs: ['hw_run'],
    alone: true,
    gapDays: 60,
    sql: `
      with nights as (select *, ${subject} as key, (start_at - interval 4 hour)::date as day from hw_run where not is_hazmat and ${subject} is not null),
      open_nights as (select * from nights where not legal),
      numbered as (select key, day, known_at, count(*) over (partition by key order by day range between interval 59 day preceding and current row) as so_far from open_nights),
      first_known as (
        select a.key, a.stop_id, min(b.known_at) as pattern_known from open_nights a join numbered b on b.key = a.key and b.so_far >= $runs and b.day between a.day and a.day + 59 group by all)
      select n.key as subject_entity, n.load_at as at, n.end_at as until, greatest(n.known_at, f.pattern_known) as known_at, n.dwell_min as value, 0.0 as peer_low, 5.0 as peer_high, n.row_ids,
        [n.producer_id, n.producer_site, n.vehicle_id, n.haulier_id] as entity_ids, n.legal as holds_general_waste, false as holds_sample_pickup
      from nights n left join first_known f on f.key = n.key and f.stop_id = n.stop_id where n.legal or f.pattern_known is not null`,
    params: { runs: f['runs']! },
  };
}

function _sharedTruck(): SignalRule {
  return {
    rule: 'one-truck-many-producers',
    title: {
      zh: '同一车辆九十日内为两家以上产废单位外运',
      en: 'one truck takes from two or more producers in 90 days',
    },
    unit: '家 producers',
    needs: ['hw_run'],
    alone: false,
    gapDays: 90,
    sql: `
      with pairs as (
        select a.vehicle_id, a.start_at, a.producer_id, a.known_at, a.row_ids, count(distinct b.producer_id) as producers, max(b.known_at) as b_known
        from hw_run a join hw_run b on b.vehicle_id = a.vehicle_id and b.start_at between a.start_at - interval 90 day and a.start_at and not b.legal and not b.is_hazmat
        where not a.legal and not a.is_hazmat group by all)
      select unnest([vehicle_id, producer_id]) as subject_entity, start_at as at, start_at as until, greatest(known_at, b_known) as known_at, producers::double as value, 0.0 as peer_low, 1.0 as peer_high,
        row_ids, [vehicle_id, producer_id] as entity_ids
      from pairs where producers >= 2`,
    params: {},
  };
}
