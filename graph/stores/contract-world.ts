import { type Columns, InputError } from '../../ingest/base/index.ts';
import { createTableSql } from '../../ingest/schema/index.ts';
import { type Database, quoteText } from '../../ingest/tables/index.ts';

/** One entity of a written world: `[id, kind, label, pseudonym?]`. */
export type WorldEntity = readonly [string, string, string, string?];

/** One link of a written world: `[id, kind, from, to, validFrom?, validTo?, knownAt?, weight?]`; moments are ISO 8601, UTC. */
export type WorldLink = readonly [
  string,
  string,
  string,
  string,
  (string | null)?,
  (string | null)?,
  (string | null)?,
  (number | null)?,
];

/** A small world that every home must answer for alike. */
export interface World {
  readonly entities: readonly WorldEntity[];
  readonly links: readonly WorldLink[];
}

/** Writes a world into the `entity` and `link` tables of a warehouse, replacing what was there. Rows keep their order. */
export async function writeWorld(db: Database, world: World): Promise<void> {
  for (const [id] of world.entities) if (id === '') throw new InputError('bad-world', 'writeWorld: an empty id', {});
  await db.run(createTableSql('entity'));
  await db.run(createTableSql('link'));
  await db.tableFrom('world_entity', _entityColumns(world.entities));
  await db.tableFrom('world_link', _linkColumns(world.links));
  await db.run(`insert into entity select entity_id, kind, label, pseudonym, 3, timestamp '2026-01-01', 120.3, 31.2, 'T1'
    from world_entity order by rowid`);
  await db.run(`insert into link select link_id, kind, from_id, to_id, valid_from::timestamp, valid_to::timestamp, known_at::timestamp,
    ${quoteText('recorded')}, null, weight, ['src:' || link_id] from world_link order by rowid`);
  await db.run('drop table world_entity');
  await db.run('drop table world_link');
}

function _entityColumns(entities: readonly WorldEntity[]): Columns {
  const text = (at: number) => ({ kind: 'text', values: entities.map((e) => e[at] ?? null) }) as const;
  return {
    rows: entities.length,
    data: { entity_id: text(0), kind: text(1), label: text(2), pseudonym: text(3) },
  };
}

function _linkColumns(links: readonly WorldLink[]): Columns {
  const text = (at: 0 | 1 | 2 | 3 | 4 | 5 | 6) => ({ kind: 'text', values: links.map((l) => l[at] ?? null) }) as const;
  const weights = links.map((l) => l[7] ?? null);
  return {
    rows: links.length,
    data: {
      link_id: text(0),
      kind: text(1),
      from_id: text(2),
      to_id: text(3),
      valid_from: text(4),
      valid_to: text(5),
      known_at: text(6),
      weight: {
        kind: 'number',
        values: Float64Array.from(weights, (w) => w ?? 0),
        valid: Uint8Array.from(weights, (w) => (w === null ? 0 : 1)),
      },
    },
  };
}
