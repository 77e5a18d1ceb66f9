import type { Bilingual } from '../../ingest/schema/index.ts';
import { quoteIdent, quoteText } from '../../ingest/tables/index.ts';
import { blockFrom } from './block.ts';
import type { FeatureDefinition, FeatureFamily } from './feature.ts';

/** Rows that share something: an entity reached through relations, or the value of a column. */
export interface PastResultsGroup {
  readonly id: string;
  readonly label: Bilingual;
  /** Kinds of link walked from the row's entity, `^kind` against its direction; empty with `column`. */
  readonly relations: readonly string[];
  readonly column: string | null;
}

export interface PastResultsOptions {
  readonly table: string;
  readonly row: string;
  readonly date: string;
  readonly label: string;
  readonly positive: string;
  readonly entity: { readonly kind: string; readonly keyKind: string } | null;
  readonly groups: readonly PastResultsGroup[];
  /** Moment at which the record is frozen, ms UTC: decisions after it see only what was known then. Null: each sees all before its day. */
  readonly freezeAt: number | null;
}

const SPECS = [
  ['n_365d', 0, 0, '近12个月 {value} 次检查', '{value} checks in the last 12 months'],
  ['found_365d', 0, 0, '近12个月查实 {value} 次', '{value} findings in the last 12 months'],
  ['rate', Number.NaN, 0, '此前查实率 {value}', 'share of earlier checks that found something: {value}'],
  ['recent', Number.NaN, 0, '近期加权查实率 {value}', 'earlier findings, weighted to the recent: {value}'],
  ['last', Number.NaN, 0, '上次查实（1是0否）{value}', 'the last check found something (1 yes, 0 no): {value}'],
  ['days', Number.NaN, 0, '距上次检查 {value} 天', 'last checked {value} days ago'],
  ['days_found', Number.NaN, 0, '距上次查实 {value} 天', 'last finding {value} days ago'],
] as const;

/** Told of the first group only, the subject's own: among many rows that share a ward, the last visit says when the record was cut, and no more. */
const RECENCY: readonly string[] = ['last', 'days', 'days_found'];

/** Past results of rows that share an entity or a value with the row: number, findings, share, recency. A day's results are known when the day is over. */
export function pastResultsFamily(of: PastResultsOptions): FeatureFamily {
  return {
    id: 'past-results',
    label: { zh: '以往结果', en: 'Past results' },
    needs: [of.table, ...(of.groups.some((g) => g.relations.length > 0) ? ['link', 'entity_key'] : [])],
    groups: of.groups.map((g) => ({ id: `past:${g.id}`, label: g.label })),
    async build(context) {
      const blocks = [];
      for (const group of of.groups) {
        await context.db.run(groupKeysSql(of, group));
        const answer = await context.db.columns(pastResultsSql(of));
        blocks.push(blockFrom(answer, context, _features(group, group === of.groups[0])));
      }
      return blocks;
    },
  };
}

/** `past_key(key, shared, day, found)`: each decision, what it shares, and its result; decisions without a result have none. */
export function groupKeysSql(
  of: Pick<PastResultsOptions, 'table' | 'row' | 'date' | 'label' | 'positive' | 'entity'>,
  group: PastResultsGroup,
): string {
  const t = (column: string): string => `t.${quoteIdent(column)}`;
  const found = `case when ${t(of.label)} is null then null else (${t(of.label)}::varchar = ${quoteText(of.positive)})::int end`;
  const base = `${t(of.row)}::varchar as key, ${t(of.date)}::timestamp as day, ${found} as found`;
  if (group.column !== null)
    return `create or replace temp table past_key as select ${base}, ${t(group.column)}::varchar as shared,
      ${t(of.date)}::timestamp as link_known_at from ${quoteIdent(of.table)} t where ${t(group.column)} is not null`;
  const walk = walkSql(group.relations, 'k.entity_id');
  const known = group.relations.map((_k, i) => `l${i}.known_at`).join(', ');
  return `create or replace temp table past_key as select ${base}, ${walk.end} as shared,
      min(greatest(${known})) as link_known_at
    from ${quoteIdent(of.table)} t join entity_key k on k.kind = ${quoteText(of.entity!.kind)} and k.key_kind = ${quoteText(of.entity!.keyKind)}
      and k.key = ${t(of.row)}::varchar ${walk.joins} group by all`;
}

/** Joins that walk from `start` along kinds of link, `^kind` against its direction, and the expression of the entity reached.
 *  @param options.outer  keep rows that lead nowhere */
export function walkSql(
  relations: readonly string[],
  start: string,
  options: { readonly outer?: boolean } = {},
): { joins: string; end: string } {
  let end = start;
  const joins = relations.map((relation, i) => {
    const back = relation.startsWith('^');
    const [near, far] = back ? ['to_id', 'from_id'] : ['from_id', 'to_id'];
    const join = `${options.outer === true ? 'left ' : ''}join link l${i} on l${i}.${near} = ${end} and l${i}.kind = ${quoteText(back ? relation.slice(1) : relation)}`;
    end = `l${i}.${far}`;
    return join;
  });
  return { joins: joins.join(' '), end };
}

/** Counts look back one year, so that they do not grow with the length of the record. A finding's weight halves with every year of age. Sums are rounded: their order is not fixed. */
export function pastResultsSql(of: Pick<PastResultsOptions, 'freezeAt'>): string {
  const until = of.freezeAt === null ? 'r.as_of' : `least(r.as_of, epoch_ms(${Math.trunc(of.freezeAt)}::bigint))`;
  const within = 'q.day > r.as_of - interval 365 day';
  const weight = `pow(0.5, date_diff('day', q.day, r.as_of) / 365.0)`;
  return `with facts as (select shared, key, day, found, greatest(day + interval 1 day, link_known_at) as known_at from past_key where found is not null)
    select r."row", count(*) filter (where ${within}) as n_365d, count(*) filter (where q.found = 1 and ${within}) as found_365d,
      round(avg(q.found), 9) as rate, round(sum(q.found * ${weight}) / sum(${weight}), 9) as recent,
      arg_max(q.found, (q.day, q.key)) as last, date_diff('day', max(q.day), any_value(r.as_of)) as days,
      date_diff('day', max(q.day) filter (where q.found = 1), any_value(r.as_of)) as days_found, max(greatest(q.known_at, p.link_known_at)) as latest_known_at
    from feature_row r join past_key p on p.key = r.key and p.link_known_at <= r.as_of join facts q on q.shared = p.shared and q.key <> p.key and q.known_at <= ${until}
    group by r."row"`;
}

function _features(group: PastResultsGroup, own: boolean) {
  return SPECS.filter(([column]) => own || !RECENCY.includes(column)).map(([column, absent, monotone, zh, en]) => {
    const definition: FeatureDefinition = {
      id: `past_${group.id}_${column}`,
      label: {
        zh: `${group.label.zh}${zh.replaceAll(/ ?\{value\} ?/g, '')}`,
        en: `${group.label.en}: ${en.replaceAll(/:? ?\{value\} ?/g, ' ').trim()}`,
      },
      family: 'past-results',
      group: `past:${group.id}`,
      monotone,
      explain: { zh: `${group.label.zh}${zh}`, en: `${group.label.en}: ${en}` },
    };
    return { definition, column, absent };
  });
}
