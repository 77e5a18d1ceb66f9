import { TYPOLOGY_MATTERS } from '../law/index.ts';
import { type ParameterValues, type SignalRule, type Typology, parameter } from './typology.ts';

/** T16 unpermitted soil taking: trucks fill up on farmland and empty elsewhere. Change of imagery is not among the source tables. */
export const T16: Typology = {
  id: 'T16',
  title: { zh: '违规取土、填塘', en: 'Unpermitted soil taking and pond filling' },
  subjectKinds: ['vehicle', 'company', 'site'],
  parameters: [
    parameter('trips', ['三十日内趟数', 'trips from one plot in 30 days'], {
      value: 2,
      min: 1,
      max: 20,
      unit: '',
      integer: true,
    }),
  ],
  lawMatters: TYPOLOGY_MATTERS['T16']!,
  evidence: [
    { id: 'tracks', zh: '取土、卸土轨迹', en: 'tracks from plot to fill', from: ['trn_gps'] },
    { id: 'land-class', zh: '地类图', en: 'land class map', from: ['geo_element'] },
    { id: 'permit', zh: '取土、整治审批查询', en: 'permit query', from: [] },
    { id: 'imagery', zh: '前后影像及面积', en: 'before and after imagery with area', from: [] },
    { id: 'volume', zh: '土方量、毁损鉴定', en: 'm³ and damage appraisal', from: [] },
  ],
  lookAlikes: [{ id: 'land-consolidation', zh: '经批准的土地整治', en: 'approved land consolidation' }],
  reads: ['trace_stop', 'src_geo_element', 'entity_key', 'subject'],
  prepared: ['load_run'],
  signalSql: (f) => [_taking(f)],
};

function _taking(f: ParameterValues): SignalRule {
  return {
    rule: 'soil-from-farmland',
    title: { zh: '自农田装土外运', en: 'soil taken from farmland' },
    unit: 'min',
    needs: ['load_run'],
    alone: true,
    gapDays: 30,
    sql: `
      with plots as (
        select element_id, bool_or(regexp_matches(coalesce(json_extract_string(props, '$.approved'), ''), '整治|复垦|取土|清淤|^true$')) as approved from src_geo_element where kind = 'farmland' group by element_id),
      runs as (
        select r.*, r.vehicle_id as key, r.start_at::date as day, p.approved as plot_approved from load_run r join plots p on p.element_id = r.load_element
        where r.load_kind = 'farmland' and r.load_element_m <= 50 and coalesce(r.load_site_m, 9999) > 150),
      numbered as (select key, day, known_at, count(*) over (partition by key, load_element order by day range between interval 29 day preceding and current row) as so_far, load_element from runs where not plot_approved),
      first_known as (
        select a.stop_id, min(b.known_at) as pattern_known from runs a join numbered b on b.key = a.key and b.load_element = a.load_element and b.so_far >= $trips and b.day between a.day and a.day + 29
        where not a.plot_approved group by all),
      plot_key as (select key, min(entity_id) as entity_id from entity_key where key_kind = 'element_id' group by key)
      select r.vehicle_id as subject_entity, r.load_at as at, r.end_at as until, greatest(r.known_at, f.pattern_known) as known_at, r.minutes as value, null::double as peer_low, null::double as peer_high, r.row_ids,
        [r.vehicle_id, r.haulier_id, k.entity_id] as entity_ids, r.plot_approved as holds_land_consolidation
      from runs r left join first_known f using (stop_id) left join plot_key k on k.key = r.load_element where r.plot_approved or f.pattern_known is not null`,
    params: { trips: f['trips']! },
  };
}
