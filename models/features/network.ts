import { quoteText } from '../../ingest/tables/index.ts';
import type { FeatureDefinition, FeatureFamily } from './feature.ts';
import { blockFrom } from './block.ts';

/** Kinds of entity that join nobody: places and water that whole towns share. */
const PLACES = `('zone', 'area', 'section')`;

/** Kinds of shared entity told apart: a phone or a vehicle in common says more than a manifest. */
const CONTACTS = `('phone', 'vehicle', 'person')`;

type Spec = readonly [column: string, absent: number, monotone: -1 | 0 | 1, zh: string, en: string];

const NEIGHBOUR_SPECS: readonly Spec[] = [
  ['neighbours', 0, 0, '关联主体 {value} 个', '{value} linked subjects'],
  [
    'via_contact',
    0,
    0,
    '共用电话、车辆或联系人的主体 {value} 个',
    '{value} subjects share a phone, vehicle or contact',
  ],
];
const OFFENDER_SPECS: readonly Spec[] = [
  ['offenders', 0, 1, '曾被查实的关联主体 {value} 个', '{value} linked subjects have confirmed findings'],
  [
    'contact_offenders',
    0,
    1,
    '共用电话、车辆或联系人且曾被查实的主体 {value} 个',
    '{value} subjects with confirmed findings share a phone, vehicle or contact',
  ],
  [
    'past_rate',
    Number.NaN,
    1,
    '关联主体历次检查查实率 {value}',
    'share of checks of linked subjects that confirmed something: {value}',
  ],
];
const SIGNAL_SPECS: readonly Spec[] = [
  [
    'signal_max',
    Number.NaN,
    1,
    '关联主体近一年最强信号 {value}',
    'strongest signal of a linked subject in a year: {value}',
  ],
  [
    'signal_mean',
    Number.NaN,
    1,
    '关联主体近一年信号平均强度 {value}',
    'mean strength of linked subjects’ signals in a year: {value}',
  ],
  ['signal_subjects', 0, 1, '近一年有信号的关联主体 {value} 个', '{value} linked subjects have signals in a year'],
];

/** Who the subject is linked to, and what is known of them. */
export const NETWORK: FeatureFamily = {
  id: 'network',
  label: { zh: '关系网络', en: 'Network of the subject' },
  needs: ['link', 'entity'],
  groups: [
    { id: 'neighbours', label: { zh: '关联主体', en: 'Linked subjects' } },
    { id: 'neighbour-findings', label: { zh: '关联主体的查实记录', en: 'Findings on linked subjects' } },
    { id: 'neighbour-signals', label: { zh: '关联主体的信号', en: 'Signals of linked subjects' } },
  ],
  async build(context) {
    const { db, rowTable } = context;
    await db.run(subjectPairsSql(context.hubCap));
    const blocks = [
      blockFrom(await db.columns(neighboursSql(rowTable)), context, _features('neighbours', NEIGHBOUR_SPECS)),
    ];
    if (await db.has('outcome'))
      blocks.push(
        blockFrom(await db.columns(offendersSql(rowTable)), context, _features('neighbour-findings', OFFENDER_SPECS)),
      );
    if (await db.has('signal'))
      blocks.push(
        blockFrom(
          await db.columns(neighbourSignalsSql(rowTable)),
          context,
          _features('neighbour-signals', SIGNAL_SPECS),
        ),
      );
    return blocks;
  },
};

function _features(group: string, specs: readonly Spec[]) {
  return specs.map(([column, absent, monotone, zh, en]) => {
    const definition: FeatureDefinition = {
      id: `network_${column}`,
      label: { zh: zh.replaceAll(/ ?\{value\} ?/g, ''), en: en.replaceAll(/:? ?\{value\} ?/g, ' ').trim() },
      family: 'network',
      group,
      monotone,
      explain: { zh, en },
    };
    return { definition, column, absent };
  });
}

/** `subject_pair(a, b, contact, known_at)`: two subjects linked directly, or through one entity that at most `hubCap` subjects share.
 *  Links with `probability < 0.5` and ends of existence are ignored: a link counts from the day it is known.
 *  @param without  kinds of link that join nobody */
export function subjectPairsSql(hubCap: number, without: readonly string[] = []): string {
  const left = ['same_as', 'possibly_same', ...without].map(quoteText).join(', ');
  return `create or replace temp table subject_pair as
    with touch as (
      select coalesce(m.subject_id, l.from_id) as x, coalesce(n.subject_id, l.to_id) as y,
        m.subject_id is not null as xs, n.subject_id is not null as ys,
        l.known_at, a.kind as x_kind, b.kind as y_kind
      from link l left join feature_member m on m.member_id = l.from_id left join feature_member n on n.member_id = l.to_id
      left join entity a on a.entity_id = l.from_id left join entity b on b.entity_id = l.to_id
      where l.known_at is not null and coalesce(l.probability, 1) >= 0.5 and l.kind not in (${left})),
    near as (
      select x as subject_id, y as via, y_kind as kind, min(known_at) as known_at from touch where xs and x <> y group by all
      union all select y, x, x_kind, min(known_at) from touch where ys and x <> y group by all),
    ends as (select subject_id, via, any_value(kind) as kind, min(known_at) as known_at from near
      where kind is null or kind not in ${PLACES} group by subject_id, via),
    few as (select via from ends group by via having count(*) <= ${Math.trunc(hubCap)}),
    pairs as (
      select p.subject_id as a, q.subject_id as b, p.kind in ${CONTACTS} as contact, greatest(p.known_at, q.known_at) as known_at
      from ends p join few using (via) join ends q on q.via = p.via and q.subject_id <> p.subject_id
      union all
      select e.subject_id, e.via, false, e.known_at from ends e join (select distinct subject_id from feature_member) s on s.subject_id = e.via)
    select a, b, coalesce(bool_or(contact), false) as contact, min(known_at) as known_at from pairs group by a, b`;
}

export function neighboursSql(rowTable: string): string {
  return `select r."row", count(*) as neighbours, count(*) filter (where p.contact) as via_contact, max(p.known_at) as latest_known_at
    from ${rowTable} r join subject_pair p on p.a = r.subject_id and p.known_at <= r.as_of group by r."row"`;
}

/** Neighbours' outcomes count once they, and the link, were known; the subject's own never do. */
export function offendersSql(rowTable: string): string {
  return `with facts as (
      select m.subject_id, o.verdict in ('confirmed', 'rectified') as found, greatest(o.found_at, o.known_at) as known_at
      from outcome o join feature_member m on m.member_id = o.subject_id where o.found_at is not null)
    select r."row", count(distinct p.b) filter (where f.found) as offenders,
      count(distinct p.b) filter (where f.found and p.contact) as contact_offenders,
      count(*) filter (where f.found) / count(*) as past_rate, max(greatest(p.known_at, f.known_at)) as latest_known_at
    from ${rowTable} r join subject_pair p on p.a = r.subject_id and p.known_at <= r.as_of
    join facts f on f.subject_id = p.b and f.known_at <= r.as_of group by r."row"`;
}

export function neighbourSignalsSql(rowTable: string): string {
  return `with facts as (
      select m.subject_id, s.strength, s."at", greatest(s."at", s.known_at) as known_at
      from signal s join feature_member m on m.member_id = s.subject_id)
    select r."row", max(f.strength) as signal_max, round(avg(f.strength), 9) as signal_mean, count(distinct p.b) as signal_subjects,
      max(greatest(p.known_at, f.known_at)) as latest_known_at
    from ${rowTable} r join subject_pair p on p.a = r.subject_id and p.known_at <= r.as_of
    join facts f on f.subject_id = p.b and f.known_at <= r.as_of and f."at" > r.as_of - interval 365 day group by r."row"`;
}
