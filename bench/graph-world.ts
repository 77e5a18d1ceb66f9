import { createTableSql } from '../ingest/schema/index.ts';
import { type Database, quoteText } from '../ingest/tables/index.ts';

/** How large the made-up world is. */
export interface GraphWorld {
  readonly nodes: number;
  readonly links: number;
  /** Neighbours of the one supernode, `hub`. */
  readonly hubDegree: number;
}

/** Nodes of a community. */
const _BLOCK = 200;

/** Entities and links as Parquet, seeded by DuckDB's hash: 70 % of links stay in a block of 200 nodes, the others go to anyone, low numbers likelier;
 *  one node has `hubDegree` neighbours. Dates lie in 2024 – 2026. */
export async function writeGraphWorld(db: Database, folder: string, world: GraphWorld): Promise<void> {
  await db.run(`copy (
      select 'e' || lpad(i::varchar, 8, '0') as entity_id, ['company', 'site', 'vehicle', 'phone'][1 + i % 4] as kind, '名' || i as label,
        null::varchar as pseudonym, 1 + i % 9 as mentions, timestamp '2024-01-01' + to_days((i % 900)::int) as first_known_at,
        120 + (i % 1000) / 1000.0 as lon, 31 + (i % 777) / 777.0 as lat, 'T' || i % 9 as town
      from range(${world.nodes}) r(i)
    ) to ${quoteText(`${folder}/entity.parquet`)} (format parquet)`);
  const unit = (salt: string): string => `(hash(i, '${salt}') % 1000003) / 1000003.0`;
  const { nodes } = world;
  await db.run(`copy (
      with drawn as (
        select i, (hash(i, 'from') % ${nodes})::bigint as u,
          case when ${unit('stay')} < 0.7
            then least(${nodes - 1}, (hash(i, 'from') % ${nodes})::bigint // ${_BLOCK} * ${_BLOCK} + (hash(i, 'near') % ${_BLOCK})::bigint)
            else floor(${nodes} * pow(${unit('far')}, 2))::bigint end as v
        from range(${world.links - world.hubDegree}) r(i)
        union all
        select ${world.links} + i, i + 1, 0 from range(${world.hubDegree}) r(i)
      )
      select 'l' || i as link_id, ['owns', 'met', 'seen_at', 'carried_by', 'operates'][1 + i % 5] as kind,
        'e' || lpad(u::varchar, 8, '0') as from_id, 'e' || lpad(v::varchar, 8, '0') as to_id,
        timestamp '2024-01-01' + to_days((hash(i, 'day') % 900)::int) as valid_from, null::timestamp as valid_to,
        timestamp '2024-01-02' + to_days((hash(i, 'day') % 900)::int) as known_at, 'recorded' as origin, null::double as probability,
        1 + (i % 3)::double as weight, ['src:' || i] as row_ids
      from drawn
    ) to ${quoteText(`${folder}/link.parquet`)} (format parquet)`);
}

/** The warehouse tables of that Parquet. */
export async function loadGraphWorld(db: Database, folder: string): Promise<void> {
  for (const table of ['entity', 'link']) {
    await db.run(createTableSql(table));
    await db.run(`insert into ${table} select * from read_parquet(${quoteText(`${folder}/${table}.parquet`)})`);
  }
}
