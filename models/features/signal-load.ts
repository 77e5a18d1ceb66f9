import { blockFrom } from './block.ts';
import type { FeatureDefinition, FeatureFamily } from './feature.ts';

/** Days after which a signal, and what it says, counts half. */
const HALF_LIFE_DAYS = 45;

/** Signals older than this carry nothing. */
const LOAD_DAYS = 365;

/** A signal is answered by a finding within this many days; younger signals do not yet speak for their rule. */
const ANSWER_DAYS = 90;

/** Subjects of a rule that a rate needs before it is its own: below, it is drawn to the rate of all rules. */
const PRIOR_SUBJECTS = 5;

type Spec = readonly [column: string, absent: number, zh: string, en: string];

const SPECS: readonly Spec[] = [
  [
    'load',
    0,
    '近期信号负荷（强度按45天半衰）{value}',
    'load of recent signals (strength, halved every 45 days): {value}',
  ],
  [
    'open_load',
    0,
    '上次检查之后的信号负荷 {value}',
    'load of signals since the last check (halved every 45 days): {value}',
  ],
  ['open_kinds', 0, '上次检查之后触发 {value} 种模型', '{value} kinds of signal since the last check'],
  ['open_days', 0, '上次检查之后有信号的天数 {value}', '{value} days with a signal since the last check'],
  [
    'proven',
    0,
    '按规则以往查实率计的信号负荷 {value}',
    'load of signals weighed by what their rules led to before: {value}',
  ],
  [
    'proven_max',
    Number.NaN,
    '最有把握的一条规则（以往查实率，按时间衰减）{value}',
    'the best proven rule among its signals (past rate of findings, halved every 45 days): {value}',
  ],
];

/** Signals weighed by age, by whether a check has answered them, and by what earlier signals of their rule led to. A window says that something
 *  happened in it; this says how much of it still stands. */
export const SIGNAL_LOAD: FeatureFamily = {
  id: 'signal-load',
  label: { zh: '信号负荷', en: 'Load of signals' },
  needs: ['signal', 'outcome'],
  groups: [
    { id: 'signal-load', label: { zh: '未被检查回应的信号', en: 'Signals no check has answered' } },
    { id: 'signal-proof', label: { zh: '规则以往查实率', en: 'What the rules led to before' } },
  ],
  async build(context) {
    await context.db.run(ruleRatesSql(context.rowTable));
    return [blockFrom(await context.db.columns(signalLoadSql(context.rowTable)), context, SPECS.map(_feature))];
  },
};

/** `rule_rate(as_of, rule, rate, known_at)`: share of a rule's subjects that a finding followed within {@link ANSWER_DAYS} days, as known at each
 *  as-of; a subject counts once. Rates of rules with few subjects are drawn to that of all. */
export function ruleRatesSql(rowTable: string): string {
  return `create or replace temp table rule_rate as
    with told as (
      select m.subject_id, s.typology || ' ' || coalesce(s.rule, '') as rule, greatest(s."at", s.known_at) as known_at
      from signal s join feature_member m on m.member_id = s.subject_id),
    found as (
      select m.subject_id, o.found_at, greatest(o.found_at, o.known_at) as known_at
      from outcome o join feature_member m on m.member_id = o.subject_id
      where o.found_at is not null and o.verdict in ('confirmed', 'rectified')),
    answered as (
      select t.subject_id, t.rule, t.known_at, min(f.known_at) as hit_known_at from told t
      left join found f on f.subject_id = t.subject_id and f.found_at > t.known_at
        and f.found_at <= t.known_at + interval ${ANSWER_DAYS} day
      group by all),
    moment as (select distinct as_of from ${rowTable}),
    counted as (
      select d.as_of, a.rule, count(distinct a.subject_id) as n,
        count(distinct a.subject_id) filter (where a.hit_known_at <= d.as_of) as hits,
        max(greatest(a.known_at, case when a.hit_known_at <= d.as_of then a.hit_known_at else a.known_at end)) as known_at
      from moment d join answered a on a.known_at <= d.as_of - interval ${ANSWER_DAYS} day group by d.as_of, a.rule),
    overall as (select as_of, sum(hits) / sum(n) as rate from counted group by as_of)
    select c.as_of, c.rule, (c.hits + ${PRIOR_SUBJECTS} * o.rate) / (c.n + ${PRIOR_SUBJECTS}) as rate, o.rate as overall, c.known_at
    from counted c join overall o using (as_of)`;
}

/** One row per subject row with a signal in its look-back. Sums are rounded: their order is not fixed. */
export function signalLoadSql(rowTable: string): string {
  const decay = `pow(0.5, date_diff('second', f."at", r.as_of) / 86400.0 / ${HALF_LIFE_DAYS})`;
  const isOpen = `filter (where c.last_at is null or f."at" > c.last_at)`;
  const rate = `coalesce(p.rate, 0)`;
  return `with facts as (
      select m.subject_id, s.typology, s.typology || ' ' || coalesce(s.rule, '') as rule, s.strength, s."at", greatest(s."at", s.known_at) as known_at
      from signal s join feature_member m on m.member_id = s.subject_id),
    checks as (
      select m.subject_id, o.found_at, greatest(o.found_at, o.known_at) as known_at
      from outcome o join feature_member m on m.member_id = o.subject_id
      where o.found_at is not null and o.verdict in ('confirmed', 'rectified', 'clean')),
    last_check as (
      select r."row", max(k.found_at) as last_at, max(k.known_at) as known_at
      from ${rowTable} r join checks k on k.subject_id = r.subject_id and k.known_at <= r.as_of group by r."row")
    select r."row", round(sum(f.strength * ${decay}), 9) as load,
      coalesce(round(sum(f.strength * ${decay}) ${isOpen}, 9), 0) as open_load,
      count(distinct f.typology) ${isOpen} as open_kinds,
      count(distinct date_trunc('day', f."at")) ${isOpen} as open_days,
      round(sum(f.strength * ${rate} * ${decay}), 9) as proven, max(${rate} * ${decay}) as proven_max,
      greatest(max(f.known_at), max(c.known_at), max(p.known_at)) as latest_known_at
    from ${rowTable} r join facts f on f.subject_id = r.subject_id and f.known_at <= r.as_of
      and f."at" > r.as_of - interval ${LOAD_DAYS} day
    left join last_check c on c."row" = r."row" left join rule_rate p on p.as_of = r.as_of and p.rule = f.rule
    group by r."row"`;
}

function _feature([column, absent, zh, en]: Spec): { definition: FeatureDefinition; column: string; absent: number } {
  const definition: FeatureDefinition = {
    id: `signals_${column}`,
    label: { zh: zh.replaceAll(/ ?\{value\} ?/g, ''), en: en.replaceAll(/:? ?\{value\} ?/g, ' ').trim() },
    family: 'signal-load',
    group: column.startsWith('proven') ? 'signal-proof' : 'signal-load',
    monotone: 1,
    explain: { zh, en },
  };
  return { definition, column, absent };
}
