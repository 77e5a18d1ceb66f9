import type { FeatureDefinition, FeatureFamily } from './feature.ts';
import { blockFrom } from './block.ts';

type Spec = readonly [column: string, absent: number, monotone: -1 | 0 | 1, zh: string, en: string];

/** What past checks found, as known at the time. "Never checked" is missing, not clean. */
const SPECS: readonly Spec[] = [
  ['confirmed_365d', 0, 0, '近12个月查实 {value} 次', '{value} findings confirmed in the last 12 months'],
  ['confirmed_1095d', 0, 0, '近3年查实 {value} 次', '{value} findings confirmed in the last 3 years'],
  ['penalties_365d', 0, 0, '近12个月处罚 {value} 次', '{value} penalties in the last 12 months'],
  ['checks_365d', 0, 0, '近12个月检查 {value} 次', '{value} checks in the last 12 months'],
  ['clean_365d', 0, 0, '近12个月检查未发现问题 {value} 次', '{value} checks found nothing in the last 12 months'],
  ['past_rate', Number.NaN, 1, '历次检查查实率 {value}', 'share of past checks that confirmed something: {value}'],
  [
    'last_confirmed',
    Number.NaN,
    0,
    '最近一次检查查实（1是0否）：{value}',
    'the last check confirmed something (1 yes, 0 no): {value}',
  ],
  ['days_since_check', Number.NaN, 0, '距上次检查 {value} 天', 'last checked {value} days ago'],
  ['days_since_confirmed', Number.NaN, 0, '距上次查实 {value} 天', 'last confirmed finding {value} days ago'],
];

const FEATURES = SPECS.map(([column, absent, monotone, zh, en]) => {
  const definition: FeatureDefinition = {
    id: `history_${column}`,
    label: { zh: zh.replaceAll(/[：:]? ?\{value\} ?/g, ''), en: en.replaceAll(/:? ?\{value\} ?/g, ' ').trim() },
    family: 'outcomes',
    group:
      column.includes('confirmed') || column === 'penalties_365d' || column === 'past_rate'
        ? 'past-findings'
        : 'past-checks',
    monotone,
    explain: { zh, en },
  };
  return { definition, column, absent };
});

/** Past outcomes of the subject. */
export const OUTCOMES: FeatureFamily = {
  id: 'outcomes',
  label: { zh: '检查与处罚历史', en: 'History of checks and penalties' },
  needs: ['outcome'],
  groups: [
    { id: 'past-findings', label: { zh: '以往查实与处罚', en: 'Past findings and penalties' } },
    { id: 'past-checks', label: { zh: '以往检查', en: 'Past checks' } },
  ],
  async build(context) {
    return [blockFrom(await context.db.columns(outcomesSql(context.rowTable)), context, FEATURES)];
  },
};

/** Outcomes count by when they were found, once they were known. `rectified` is a finding, `unverifiable` and `withdrawn` are checks only. */
export function outcomesSql(rowTable: string): string {
  const within = (days: number): string => `f."at" > r.as_of - interval ${days} day`;
  return `with facts as (
      select m.subject_id, o.verdict, o.found_at as "at", greatest(o.found_at, o.known_at) as known_at, o.outcome_id,
        o.verdict in ('confirmed', 'rectified') as found, o.row_id like 'adm_penalty:%' as penalty
      from outcome o join feature_member m on m.member_id = o.subject_id where o.found_at is not null)
    select r."row",
      count(*) filter (where found and ${within(365)}) as confirmed_365d,
      count(*) filter (where found) as confirmed_1095d,
      count(*) filter (where found and penalty and ${within(365)}) as penalties_365d,
      count(*) filter (where ${within(365)}) as checks_365d,
      count(*) filter (where verdict = 'clean' and ${within(365)}) as clean_365d,
      count(*) filter (where found) / count(*) as past_rate,
      arg_max(found::int, (f."at", f.known_at, f.outcome_id)) as last_confirmed,
      date_diff('second', max(f."at"), any_value(r.as_of)) / 86400.0 as days_since_check,
      date_diff('second', max(f."at") filter (where found), any_value(r.as_of)) / 86400.0 as days_since_confirmed,
      max(f.known_at) as latest_known_at
    from ${rowTable} r join facts f on f.subject_id = r.subject_id and f.known_at <= r.as_of and ${within(1095)}
    group by r."row"`;
}
