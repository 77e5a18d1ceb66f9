import type { MentionDescription, SourceDescription } from '../schema/index.ts';
import { type Database, quoteIdent, quoteText } from '../tables/index.ts';
import { MENTION_FIELDS, mentionIdSql, roleSql, rowsSql } from './role-sql.ts';

/** Fills `statement`: every value of every property of every entity, each with the row that said it first. Values that contradict stay side by
 *  side. Of persons nothing is stated; the mention's own fields and the role's `properties` are. */
export async function addStatements(db: Database, descriptions: readonly SourceDescription[]): Promise<number> {
  await db.run(
    `create or replace temp table said (entity_id varchar, property varchar, value varchar, row_id varchar, known_at timestamp)`,
  );
  await db.run(_fieldsSql());
  for (const d of descriptions)
    for (const m of d.mentions)
      if (m.kind !== 'person' && (m.properties ?? []).length > 0) await db.run(_propertiesSql(d, m));
  await db.run(`insert into statement
    select entity_id, property, value, arg_min(row_id, {'k': known_at, 'r': row_id}), min(known_at) from said
    where value is not null group by entity_id, property, value order by entity_id, property, value`);
  await db.run('drop table said');
  const [n] = await db.rows<{ n: number }>('select count(*) as n from statement');
  return n!.n;
}

/** Identifiers, names and addresses of the mentions; a place is one value, longitude and latitude. */
function _fieldsSql(): string {
  const plain = MENTION_FIELDS.filter((f) => !['old_names', 'lon', 'lat', 'person_hash'].includes(f));
  const each = plain.map((f) => `{'p': ${quoteText(f)}, 'v': ${quoteIdent(f)}}`);
  const place = `{'p': 'place', 'v': case when lon is not null and lat is not null then printf('%.6f %.6f', lon, lat) end}`;
  return `insert into said
    select entity_id, x.p, x.v, row_id, known_at from (
      select e.entity_id, m.row_id, m.known_at, unnest([${[...each, place].join(', ')}]) as x
      from mention m join entity_mention e using (mention_id) where m.kind <> 'person')
    where x.v is not null
    union all
    select e.entity_id, 'old_name', unnest(m.old_names), m.row_id, m.known_at from mention m join entity_mention e using (mention_id)
    where m.kind <> 'person' and m.old_names is not null`;
}

function _propertiesSql(d: SourceDescription, m: MentionDescription): string {
  const role = roleSql(m);
  const fields = role.fields.map((f) => `${f.sql} as ${quoteIdent(`f_${f.field}`)}`);
  const names = role.fields.map((f) => quoteIdent(`f_${f.field}`));
  const properties = m.properties!.map((p, i) => `cast(${quoteIdent(p)} as varchar) as p${i}`);
  const item = m.each === undefined ? [] : ['item_no'];
  const rows = `select row_id, known_at, ${[...item, ...fields, ...properties].join(', ')} from ${rowsSql(d, [m])} where ${role.condition}`;
  const groups = [...names, ...m.properties!.map((_p, i) => `p${i}`)].join(', ');
  const grouped =
    m.distinct === true
      ? `select ${groups}, arg_min(row_id, {'k': known_at, 'r': row_id}) as row_id, min(known_at) as known_at from (${rows}) group by ${groups}`
      : rows;
  const pairs = m.properties!.map((p, i) => `{'p': ${quoteText(p)}, 'v': p${i}}`);
  return `insert into said
    select entity_id, x.p, x.v, row_id, known_at from (
      select e.entity_id, s.row_id, s.known_at, unnest([${pairs.join(', ')}]) as x
      from (select *, ${mentionIdSql(d, role, 'f_')} as mention_id from (${grouped})) s join entity_mention e using (mention_id))
    where x.v is not null`;
}
