import { blockFrom } from './block.ts';
import type { FeatureBlock, FeatureDefinition, FeatureFamily } from './feature.ts';

type Spec = readonly [column: string, absent: number, zh: string, en: string];

const PASSES: readonly Spec[] = [
  ['passes_90d', 0, '近90天过卡口 {value} 次', '{value} gate passes in the last 90 days'],
  ['pass_night_share', Number.NaN, '近90天过卡口夜间占比 {value}', 'night share of gate passes, last 90 days: {value}'],
  [
    'pass_covered_share',
    Number.NaN,
    '近90天遮挡号牌占比 {value}',
    'share of passes with a covered plate, last 90 days: {value}',
  ],
];
const STOPS: readonly Spec[] = [
  ['stops_90d', 0, '近90天停留 {value} 次', '{value} stops in the last 90 days'],
  ['stop_night_share', Number.NaN, '近90天停留夜间占比 {value}', 'night share of stops, last 90 days: {value}'],
  [
    'stop_nowhere_share',
    Number.NaN,
    '近90天停在无场所处占比 {value}',
    'share of stops at no known place, last 90 days: {value}',
  ],
  ['power_cuts_90d', 0, '近90天终端断电停留 {value} 次', '{value} stops with the terminal cut off, last 90 days'],
];
const SHIPS: readonly Spec[] = [
  ['gaps_90d', 0, '近90天轨迹中断 {value} 次', '{value} gaps in the track, last 90 days'],
  ['gap_hours_90d', 0, '近90天轨迹中断共 {value} 小时', '{value} hours without a position, last 90 days'],
];
const TOGETHER: readonly Spec[] = [
  ['convoys_90d', 0, '近90天结队通行 {value} 次', '{value} convoys in the last 90 days'],
  ['meetings_90d', 0, '近90天船舶会靠 {value} 次', '{value} meetings side by side, last 90 days'],
];

/** What vehicles and ships of the subject did on the road and the water: passes, stops, gaps, company. The movements of things, not of people. */
export const TRACES: FeatureFamily = {
  id: 'traces',
  label: { zh: '车船轨迹', en: 'Traces of vehicles and ships' },
  needs: ['trace_stop', 'trace_sighting', 'trace_convoy', 'trace_gap', 'trace_meeting'],
  groups: [
    { id: 'trace-passes', label: { zh: '卡口通行', en: 'Gate passes' } },
    { id: 'trace-stops', label: { zh: '停留', en: 'Stops' } },
    { id: 'trace-gaps', label: { zh: '轨迹中断', en: 'Gaps in the track' } },
    { id: 'trace-together', label: { zh: '结队与会靠', en: 'Convoys and meetings' } },
  ],
  async build({ db, rowTable, rows }) {
    const block = async (sql: string, group: string, specs: readonly Spec[]): Promise<FeatureBlock> =>
      blockFrom(
        await db.columns(sql),
        { rows },
        specs.map((s) => _feature(s, group)),
      );
    return [
      await block(passesSql(rowTable), 'trace-passes', PASSES),
      await block(stopsSql(rowTable), 'trace-stops', STOPS),
      await block(gapsSql(rowTable), 'trace-gaps', SHIPS),
      await block(togetherSql(rowTable), 'trace-together', TOGETHER),
    ];
  },
};

const NIGHT = (at: string): string => `(hour(${at} + interval 8 hour) >= 22 or hour(${at} + interval 8 hour) < 5)`;

/** Joins each row with the days of its subject that ended within 90 days and were wholly known. Traces are first added up by day: the join then
 *  grows with days, not with passes. */
function daysJoin(rowTable: string): string {
  return `from ${rowTable} r join days f on f.subject_id = r.subject_id and f.known_at <= r.as_of and f.day > r.as_of - interval 90 day
    group by r."row"`;
}

export function passesSql(rowTable: string): string {
  return `with days as (
      select m.subject_id, date_trunc('day', s."at") as day, count(*) as n, count(*) filter (where ${NIGHT('s."at"')}) as night,
        count(*) filter (where s.covered) as covered, max(greatest(s."at", s.known_at)) as known_at
      from trace_sighting s join feature_member m on m.member_id = s.vehicle_id group by 1, 2)
    select r."row", sum(f.n)::double as passes_90d, sum(f.night) / sum(f.n) as pass_night_share, sum(f.covered) / sum(f.n) as pass_covered_share,
      max(f.known_at) as latest_known_at ${daysJoin(rowTable)}`;
}

export function stopsSql(rowTable: string): string {
  return `with days as (
      select m.subject_id, date_trunc('day', s.end_at) as day, count(*) as n, count(*) filter (where ${NIGHT('s.start_at')}) as night,
        count(*) filter (where s.site_id is null and s.element_id is null) as nowhere, count(*) filter (where s.power_cut) as cuts,
        max(greatest(s.end_at, s.known_at)) as known_at
      from trace_stop s join feature_member m on m.member_id = s.vehicle_id group by 1, 2)
    select r."row", sum(f.n)::double as stops_90d, sum(f.night) / sum(f.n) as stop_night_share, sum(f.nowhere) / sum(f.n) as stop_nowhere_share,
      sum(f.cuts)::double as power_cuts_90d, max(f.known_at) as latest_known_at ${daysJoin(rowTable)}`;
}

export function gapsSql(rowTable: string): string {
  return `with days as (
      select m.subject_id, date_trunc('day', g.to_at) as day, count(*) as n, round(sum(g.minutes) / 60, 3) as hours, max(greatest(g.to_at, g.known_at)) as known_at
      from trace_gap g join feature_member m on m.member_id = g.subject_id group by 1, 2)
    select r."row", sum(f.n)::double as gaps_90d, round(sum(f.hours), 3) as gap_hours_90d, max(f.known_at) as latest_known_at ${daysJoin(rowTable)}`;
}

export function togetherSql(rowTable: string): string {
  return `with pairs as (
      select a_id as member_id, last_at as "at", known_at, 1 as convoy, 0 as meeting from trace_convoy union all
      select b_id, last_at, known_at, 1, 0 from trace_convoy union all
      select a_id, to_at, known_at, 0, 1 from trace_meeting union all select b_id, to_at, known_at, 0, 1 from trace_meeting),
    days as (
      select m.subject_id, date_trunc('day', p."at") as day, sum(convoy) as convoys, sum(meeting) as meetings, max(greatest(p."at", p.known_at)) as known_at
      from pairs p join feature_member m using (member_id) group by 1, 2)
    select r."row", sum(f.convoys)::double as convoys_90d, sum(f.meetings)::double as meetings_90d, max(f.known_at) as latest_known_at ${daysJoin(rowTable)}`;
}

function _feature(
  [column, absent, zh, en]: Spec,
  group: string,
): { definition: FeatureDefinition; column: string; absent: number } {
  const definition: FeatureDefinition = {
    id: `trace_${column}`,
    label: { zh: zh.replaceAll(/ ?\{value\} ?/g, ''), en: en.replaceAll(/:? ?\{value\} ?/g, ' ').trim() },
    family: 'traces',
    group,
    monotone: 0,
    explain: { zh, en },
  };
  return { definition, column, absent };
}
