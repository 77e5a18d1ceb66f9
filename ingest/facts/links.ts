import type { LinkDescription, SourceDescription } from '../schema/index.ts';
import { type Database, quoteIdent, quoteText } from '../tables/index.ts';
import { type RoleSql, lengthPrefixed, mentionIdSql, roleSql, rowsSql } from './role-sql.ts';

/** Row ids kept with a link: the earliest known ones (ties: lower id). `weight` counts all. */
export const LINK_ROWS_CAP = 20;

/** Groups that a bulk source may have before their earliest rows come from a window. */
export const FEW_GROUPS = 200_000;

const PART = `kind varchar, from_id varchar, to_id varchar, weight bigint, valid_from timestamp, valid_to timestamp, open boolean,
  known_at timestamp, rows struct(k timestamp, r varchar)[]`;

export interface LinkCount {
  readonly links: number;
  /** Groups of rows that would link a thing to itself; no link is made of them. */
  readonly selfLinks: number;
}

/** Recorded links of every description, one for each (kind, from, to): valid from the earliest to the latest statement (open if any row is),
 *  known since the first, weight = rows. Reads `src_*`, `entity_mention`; adds to `link`. */
export async function addRecordedLinks(
  db: Database,
  descriptions: readonly SourceDescription[],
  fewGroups = FEW_GROUPS,
): Promise<LinkCount> {
  await db.run(`create or replace temp table link_part (${PART})`);
  for (const d of descriptions) for (const link of d.links) await _addPart(db, d, link, fewGroups);
  const [self] = await db.rows<{ n: number }>('select count(*) as n from link_part where from_id = to_id');
  await db.run(`insert into link
    select ${linkIdSql('kind', 'from_id', 'to_id', "'recorded'")}, kind, from_id, to_id, min(valid_from),
      case when bool_or(open) then null else max(valid_to) end, min(known_at), 'recorded', null, sum(weight)::double,
      list_transform(list_sort(list_distinct(flatten(list(rows))))[1:${LINK_ROWS_CAP}], lambda x: x.r)
    from link_part where from_id <> to_id group by kind, from_id, to_id order by kind, from_id, to_id`);
  await db.run('drop table link_part');
  const [n] = await db.rows<{ n: number }>(`select count(*) as n from link where origin = 'recorded'`);
  return { links: n!.n, selfLinks: self!.n };
}

/** Id of a link: the same for the same kind, ends and origin in every run. */
export function linkIdSql(kind: string, from: string, to: string, origin: string): string {
  return `md5(${[kind, from, to, origin].map(lengthPrefixed).join(' || ')})`;
}

async function _addPart(db: Database, d: SourceDescription, link: LinkDescription, few: number): Promise<void> {
  const from = roleSql(d.mentions.find((m) => m.role === link.from)!);
  const to = roleSql(d.mentions.find((m) => m.role === link.to)!);
  const rows = _rowsOfLink(d, link, from, to);
  const names = [..._names(from, 'f_'), ..._names(to, 't_')].join(', ');
  const isBulk = from.mention.distinct === true && to.mention.distinct === true;
  const grouped = isBulk
    ? await _bulkSql(db, rows, names, few)
    : `select *, 1 as weight, vt is null as open, [{'k': known_at, 'r': row_id}] as rows from (${rows})`;
  await db.run(`insert into link_part
    select ${quoteText(link.kind)}, a.entity_id, b.entity_id, weight, vf, vt, open, known_at, rows
    from (select *, ${mentionIdSql(d, from, 'f_')} as from_mention, ${mentionIdSql(d, to, 't_')} as to_mention from (${grouped}))
    join entity_mention a on a.mention_id = from_mention join entity_mention b on b.mention_id = to_mention`);
}

function _rowsOfLink(d: SourceDescription, link: LinkDescription, from: RoleSql, to: RoleSql): string {
  const when = link.when === undefined ? '' : ` and (${link.when})`;
  const moment = (sql: string | undefined) => (sql === undefined ? 'null::timestamp' : `cast((${sql}) as timestamp)`);
  const item = [from, to].some((r) => r.mention.each !== undefined) ? ', item_no' : '';
  return `select row_id, known_at${item}, ${moment(link.validFrom)} as vf, ${moment(link.validTo)} as vt, ${_columns(from, 'f_')}, ${_columns(to, 't_')}
    from ${rowsSql(d, [from.mention, to.mention])} where ${from.condition} and ${to.condition}${when}`;
}

/** Rows grouped by their fields before they meet entities, in one of two ways with one answer: `min(x, n)` holds n places for every group in memory
 *  and is fast while groups are few; past that a window, slower, spills to disk. */
async function _bulkSql(db: Database, rows: string, names: string, few: number): Promise<string> {
  const [groups] = await db.rows<{ n: number }>(`select count(*) as n from (select distinct ${names} from (${rows}))`);
  if (groups!.n <= few)
    return `select ${names}, count(*) as weight, min(vf) as vf, max(vt) as vt, bool_or(vt is null) as open, min(known_at) as known_at,
      min({'k': known_at, 'r': row_id}, ${LINK_ROWS_CAP}) as rows from (${rows}) group by ${names}`;
  return `select ${names}, any_value(weight) as weight, any_value(vf_) as vf, any_value(vt_) as vt, any_value(open) as open, any_value(first) as known_at,
      list({'k': known_at, 'r': row_id}) as rows
    from (select *, row_number() over in_order as nth, count(*) over pair as weight, min(vf) over pair as vf_, max(vt) over pair as vt_,
        bool_or(vt is null) over pair as open, min(known_at) over pair as first
      from (${rows}) window pair as (partition by ${names}), in_order as (partition by ${names} order by known_at, row_id))
    where nth <= ${LINK_ROWS_CAP} group by ${names}`;
}

function _columns(role: RoleSql, prefix: string): string {
  return role.fields.map((f) => `${f.sql} as ${quoteIdent(`${prefix}${f.field}`)}`).join(', ');
}

function _names(role: RoleSql, prefix: string): string[] {
  return role.fields.map((f) => quoteIdent(`${prefix}${f.field}`));
}
