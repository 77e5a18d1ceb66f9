import type { LinkDescription, SourceDescription } from '../schema/index.ts';
import { type Database, quoteIdent, quoteText } from '../tables/index.ts';
import { type RoleSql, lengthPrefixed, mentionIdSql, roleSql, rowsSql } from './role-sql.ts';

/** Row ids kept with a link: the earliest known ones (ties: lower id). `weight` counts all. */
export const LINK_ROWS_CAP = 50;

const PART = `kind varchar, from_id varchar, to_id varchar, weight bigint, valid_from timestamp, valid_to timestamp, open boolean,
  known_at timestamp, rows struct(k timestamp, r varchar)[]`;

export interface LinkCount {
  readonly links: number;
  /** Groups of rows that would link a thing to itself; no link is made of them. */
  readonly selfLinks: number;
}

/** Recorded links of every description, one for each (kind, from, to): valid from the earliest to the latest statement (open if any row is),
 *  known since the first, weight = rows. Reads `src_*`, `entity_mention`; adds to `link`. */
export async function addRecordedLinks(db: Database, descriptions: readonly SourceDescription[]): Promise<LinkCount> {
  await db.run(`create or replace temp table link_part (${PART})`);
  for (const d of descriptions) for (const link of d.links) await db.run(_partSql(d, link));
  const [self] = await db.rows<{ n: number }>('select count(*) as n from link_part where from_id = to_id');
  await db.run(`create or replace temp table link_rows as
    select kind, from_id, to_id, arg_min(x.r, x, ${LINK_ROWS_CAP}) as row_ids
    from (select distinct kind, from_id, to_id, unnest(rows) as x from link_part where from_id <> to_id) group by kind, from_id, to_id`);
  await db.run(`insert into link
    select ${linkIdSql('p.kind', 'p.from_id', 'p.to_id', "'recorded'")}, p.*, 'recorded', null, weight.w, r.row_ids
    from (select kind, from_id, to_id, min(valid_from) as valid_from, case when bool_or(open) then null else max(valid_to) end as valid_to, min(known_at) as known_at
      from link_part where from_id <> to_id group by kind, from_id, to_id) p
    join (select kind, from_id, to_id, sum(weight)::double as w from link_part group by kind, from_id, to_id) weight using (kind, from_id, to_id)
    join link_rows r using (kind, from_id, to_id)
    order by p.kind, p.from_id, p.to_id`);
  await db.run('drop table link_part');
  await db.run('drop table link_rows');
  const [n] = await db.rows<{ n: number }>(`select count(*) as n from link where origin = 'recorded'`);
  return { links: n!.n, selfLinks: self!.n };
}

/** Id of a link: the same for the same kind, ends and origin in every run. */
export function linkIdSql(kind: string, from: string, to: string, origin: string): string {
  return `md5(${[kind, from, to, origin].map(lengthPrefixed).join(' || ')})`;
}

function _partSql(d: SourceDescription, link: LinkDescription): string {
  const from = roleSql(d.mentions.find((m) => m.role === link.from)!);
  const to = roleSql(d.mentions.find((m) => m.role === link.to)!);
  const bulk = from.mention.distinct === true && to.mention.distinct === true;
  const when = link.when === undefined ? '' : ` and (${link.when})`;
  const moment = (sql: string | undefined) => (sql === undefined ? 'null::timestamp' : `cast((${sql}) as timestamp)`);
  const item = [from, to].some((r) => r.mention.each !== undefined) ? ', item_no' : '';
  const rows = `select row_id, known_at${item}, ${moment(link.validFrom)} as vf, ${moment(link.validTo)} as vt, ${_columns(from, 'f_')}, ${_columns(to, 't_')}
    from ${rowsSql(d, [from.mention, to.mention])} where ${from.condition} and ${to.condition}${when}`;
  const grouped = bulk
    ? `select ${[..._names(from, 'f_'), ..._names(to, 't_')].join(', ')}, count(*) as weight, min(vf) as vf, max(vt) as vt, bool_or(vt is null) as open,
        min(known_at) as known_at, min({'k': known_at, 'r': row_id}, ${LINK_ROWS_CAP}) as rows
       from (${rows}) group by ${[..._names(from, 'f_'), ..._names(to, 't_')].join(', ')}`
    : `select *, 1 as weight, vt is null as open, [{'k': known_at, 'r': row_id}] as rows from (${rows})`;
  return `insert into link_part
    select ${quoteText(link.kind)}, a.entity_id, b.entity_id, weight, vf, vt, open, known_at, rows
    from (select *, ${mentionIdSql(d, from, 'f_')} as from_mention, ${mentionIdSql(d, to, 't_')} as to_mention from (${grouped}))
    join entity_mention a on a.mention_id = from_mention join entity_mention b on b.mention_id = to_mention`;
}

function _columns(role: RoleSql, prefix: string): string {
  return role.fields.map((f) => `${f.sql} as ${quoteIdent(`${prefix}${f.field}`)}`).join(', ');
}

function _names(role: RoleSql, prefix: string): string[] {
  return role.fields.map((f) => quoteIdent(`${prefix}${f.field}`));
}
