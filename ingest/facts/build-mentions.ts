import type { SourceDescription } from '../schema/index.ts';
import { createTableSql } from '../schema/index.ts';
import { type Database, quoteIdent, quoteText } from '../tables/index.ts';
import { MENTION_FIELDS, type RoleSql, mentionIdSql, roleSql, rowsSql, typeOfField } from './role-sql.ts';
import { fillNameNorm } from './name-norm.ts';

export interface MentionReport {
  /** Mentions by `<source>.<role>`. */
  readonly mentions: Readonly<Record<string, number>>;
}

/** Fills `mention` from `src_*`: one for each row and role, or for each distinct tuple of fields where the role says so.
 *  Ids are `<row_id>#<role>`, `<row_id>#<role>#<n>` (n-th of a list) and `<source>#<role>#<md5 of the tuple>`. Cost: one pass a role. */
export async function buildMentions(db: Database, descriptions: readonly SourceDescription[]): Promise<MentionReport> {
  await db.run(createTableSql('mention').replace('table mention', 'temp table mention_raw'));
  for (const d of descriptions) for (const m of d.mentions) await db.run(_insertSql(d, roleSql(m)));
  await db.run(createTableSql('mention'));
  await fillNameNorm(db);
  await db.run('drop table mention_raw');
  const counts = await db.rows<{ k: string; n: number }>(
    `select source || '.' || role as k, count(*) as n from mention group by all order by k`,
  );
  return { mentions: Object.fromEntries(counts.map((c) => [c.k, c.n])) };
}

function _insertSql(d: SourceDescription, role: RoleSql): string {
  const distinct = role.mention.distinct === true;
  const own = new Map(role.fields.map((f) => [f.field as string, f.sql]));
  const fields = MENTION_FIELDS.map((f) => `${own.get(f) ?? `null::${typeOfField(f)}`} as ${quoteIdent(f)}`).join(', ');
  const item = role.mention.each === undefined ? '' : ', item_no';
  const rows = `select row_id, event_at, known_at${item}, ${fields} from ${rowsSql(d, [role.mention])} where ${role.condition}`;
  const list = MENTION_FIELDS.map(quoteIdent).join(', ');
  const grouped = distinct
    ? `select arg_min(row_id, {'k': known_at, 'r': row_id}) as row_id, count(*) as rows_count, min(event_at) as event_at, min(known_at) as known_at, ${list}
       from (${rows}) group by ${list}`
    : `select *, 1 as rows_count from (${rows})`;
  return `insert into mention_raw (mention_id, row_id, source, role, kind, rows_count, ${list}, event_at, known_at)
    select ${mentionIdSql(d, role)}, row_id, ${quoteText(d.id)}, ${quoteText(role.mention.role)}, ${quoteText(role.mention.kind)}, rows_count, ${list}, event_at, known_at
    from (${grouped})`;
}
