import { type Database, type Sql, quoteIdent, quoteText } from '../tables/index.ts';

/** Fields that may hold the key of a kind that is not compared, first one wins. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  phone: ['phone_hash', 'key'],
  device: ['mn', 'key'],
  permit: ['permit_no', 'key'],
};

/** Gives each mention of an exact kind the entity of its key; a mention without key is its own entity. */
export function exactEntitySql(kind: string): Sql {
  const key = `coalesce(${[...(KEYS[kind] ?? ['key']), 'name'].map((f) => `nullif(trim(${quoteIdent(f)}), '')`).join(', ')})`;
  const k = quoteText(kind);
  return {
    sql: `create or replace temp table _made as
      select case when ${key} is null then ${quoteText(`${kind}:~`)} || left(sha256(mention_id), 16) else ${quoteText(`${kind}:`)} || ${key} end as entity_id,
        mention_id, ${key} as key, name, lon, lat, known_at from mention where kind = ${k}`,
    params: {},
  };
}

/** Resolves one exact kind. */
export async function resolveExactKind(db: Database, kind: string): Promise<{ mentions: number; entities: number }> {
  await db.run(exactEntitySql(kind).sql);
  const k = quoteText(kind);
  await db.run(
    `insert into entity_mention select entity_id, mention_id, ${k} from _made order by entity_id, mention_id`,
  );
  await db.run(
    `insert into entity select entity_id, ${k}, coalesce(min(name), min(key)), null, count(*), min(known_at),
      case when bool_and(lon is null or lat is null) then null else round(median(lon), 7) end, case when bool_and(lon is null or lat is null) then null else round(median(lat), 7) end, null
      from _made group by entity_id order by entity_id`,
  );
  const [n] = await db.rows<{ mentions: number; entities: number }>(
    `select count(*) as mentions, count(distinct entity_id) as entities from _made`,
  );
  await db.run('drop table if exists _made');
  return n ?? { mentions: 0, entities: 0 };
}
