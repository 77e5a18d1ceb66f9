import { TYPOLOGY_MATTERS } from '../law/index.ts';
import { type ParameterValues, type SignalRule, type Typology, parameter } from './typology.ts';

/** T15 industrial sludge as "soil": trucks fill up at a permitted works and empty on farmland. The mass balance of sludge is not among the source tables. */
export const T15: Typology = {
  id: 'T15',
  title: { zh: '一般固废、污泥冒充土方', en: 'Industrial sludge as soil or brick clay' },
  subjectKinds: ['company', 'vehicle', 'site'],
  parameters: [
    parameter('trips', ['六十日内趟数', 'trips in 60 days'], { value: 2, min: 1, max: 20, unit: '', integer: true }),
  ],
  lawMatters: TYPOLOGY_MATTERS['T15']!,
  evidence: [
    { id: 'tracks', zh: '车辆轨迹与停留点', en: 'truck tracks and stops', from: ['trn_gps'] },
    { id: 'balance', zh: '污泥产生量物料平衡', en: 'mass balance of sludge', from: [] },
    { id: 'contract', zh: '处置合同、发票、运输记录', en: 'contract, invoice, trip', from: [] },
    { id: 'imagery', zh: '地块影像', en: 'imagery of the plot', from: [] },
    { id: 'leach', zh: '浸出毒性检测', en: 'leach test', from: [] },
  ],
  lookAlikes: [{ id: 'approved-use', zh: '经备案的污泥土地利用', en: 'approved land use of sludge' }],
  reads: ['trace_stop', 'entity_key', 'subject'],
  prepared: ['load_run', 'permit_site'],
  signalSql: (f) => [_trips(f, 'load_site', 'works-to-field'), _trips(f, 'vehicle_id', 'vehicle-works-to-field')],
};

function _trips(f: ParameterValues, subject: 'load_site' | 'vehicle_id', rule: string): SignalRule {
  return {
    rule,
    title: { zh: '自排污单位装车、于农田卸空', en: 'filled at a works, emptied on farmland' },
    unit: 'min',
    needs: ['load_run', 'permit_site'],
    alone: true,
    gapDays: 60,
    sql: `
      with runs as (
        select *, ${subject} as key, start_at::date as day, coalesce(regexp_matches(approval, '污泥|固废|利用|^true$'), false) as approved from load_run
        where load_site in (select site_id from permit_site) and load_site_m <= 150 and element_kind = 'farmland' and element_m <= 50 and not is_hazmat and not legal and coalesce(site_m, 9999) > 150),
      numbered as (select key, day, known_at, count(*) over (partition by key order by day range between interval 59 day preceding and current row) as so_far from runs where not approved),
      first_known as (
        select a.stop_id, min(b.known_at) as pattern_known from runs a join numbered b on b.key = a.key and b.so_far >= $trips and b.day between a.day and a.day + 59 where not a.approved group by all)
      select r.key as subject_entity, r.load_at as at, r.end_at as until, greatest(r.known_at, f.pattern_known) as known_at, r.minutes as value, null::double as peer_low, null::double as peer_high, r.row_ids,
        [r.load_site, r.vehicle_id, r.haulier_id] as entity_ids, r.approved as holds_approved_use
      from runs r left join first_known f using (stop_id) where r.approved or f.pattern_known is not null`,
    params: { trips: f['trips']! },
  };
}
