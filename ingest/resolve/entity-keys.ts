import type { Database, Sql } from '../tables/index.ts';

/** Spellings of one kind: which expression of `mention` is a key of which key kind. */
interface KeySource {
  readonly kind: string;
  readonly keyKind: string;
  readonly expression: string;
  readonly when?: string;
}

const SOURCES: readonly KeySource[] = [
  { kind: 'company', keyKind: 'uscc', expression: 'm.uscc' },
  { kind: 'company', keyKind: 'name', expression: 'm.name' },
  { kind: 'company', keyKind: 'name', expression: 'm.name_norm' },
  { kind: 'vehicle', keyKind: 'plate', expression: 'm.plate' },
  { kind: 'vehicle', keyKind: 'plate_class', expression: "m.plate || '|' || m.plate_class" },
  { kind: 'ship', keyKind: 'mmsi', expression: 'm.mmsi' },
  { kind: 'ship', keyKind: 'ship_name', expression: 'm.name' },
  { kind: 'ship', keyKind: 'boat_no', expression: 'm.key' },
  { kind: 'site', keyKind: 'permit_no', expression: 'm.permit_no' },
  { kind: 'site', keyKind: 'site_code', expression: 'm.site_code' },
  { kind: 'site', keyKind: 'meter_no', expression: 'm.meter_no' },
  { kind: 'site', keyKind: 'farm_no', expression: 'm.key', when: "m.source = 'agr_farm'" },
  { kind: 'site', keyKind: 'element_id', expression: 'm.key', when: "m.source <> 'agr_farm'" },
  { kind: 'person', keyKind: 'person_hash', expression: 'm.person_hash' },
  { kind: 'phone', keyKind: 'phone_hash', expression: 'coalesce(m.phone_hash, m.key)' },
  { kind: 'permit', keyKind: 'permit_no', expression: 'coalesce(m.permit_no, m.key)' },
  { kind: 'device', keyKind: 'mn', expression: 'm.mn' },
  { kind: 'device', keyKind: 'key', expression: 'm.key', when: 'm.mn is null' },
  ...['section', 'zone', 'gate', 'area'].map((kind) => ({ kind, keyKind: 'element_id', expression: 'm.key' })),
];
const LISTED = new Set([...SOURCES.map((s) => s.kind), 'address']);

/** All (kind, key kind, key, entity) met in the mentions; former names only where nobody bears them now. */
export function keyRowsSql(): Sql {
  const parts = SOURCES.map(
    (s) =>
      `select e.kind, '${s.keyKind}' as key_kind, ${s.expression} as key, e.entity_id, 0 as rank from entity_mention e join mention m on m.mention_id = e.mention_id
        where e.kind = '${s.kind}'${s.when === undefined ? '' : ` and ${s.when}`}`,
  );
  const listed = [...LISTED].sort().map((k) => `'${k}'`);
  parts.push(
    `select e.kind, 'key' as key_kind, m.key, e.entity_id, 0 as rank from entity_mention e join mention m on m.mention_id = e.mention_id where e.kind not in (${listed.join(', ')})`,
    `select e.kind, 'name' as key_kind, unnest(m.old_names) as key, e.entity_id, 1 as rank from entity_mention e join mention m on m.mention_id = e.mention_id where e.kind = 'company'`,
  );
  return { sql: parts.join('\nunion all\n'), params: {} };
}

/** Fills `entity_key` with every spelling that names exactly one entity of its kind. @returns rows written, and spellings that several bear */
export async function writeEntityKeys(db: Database): Promise<{ keys: number; ambiguous: number }> {
  await db.run(
    `create or replace temp table _key as with r as (select kind, key_kind, trim(key) as key, entity_id, min(rank) as rank from (${keyRowsSql().sql})
      where key is not null and trim(key) <> '' group by all),
      best as (select *, min(rank) over (partition by kind, key_kind, key) as first from r)
      select kind, key_kind, key, min(entity_id) as entity_id, count(distinct entity_id) as bearers from best where rank = first group by kind, key_kind, key`,
  );
  await db.run(
    `insert into entity_key select kind, key_kind, key, entity_id from _key where bearers = 1 order by kind, key_kind, key`,
  );
  const [n] = await db.rows<{ keys: number; ambiguous: number }>(
    `select count(*) filter (where bearers = 1) as keys, count(*) filter (where bearers > 1) as ambiguous from _key`,
  );
  await db.run('drop table if exists _key');
  return n ?? { keys: 0, ambiguous: 0 };
}
