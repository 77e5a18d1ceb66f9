import { join } from 'node:path';
import type { Columns, TextColumn } from '../../base/index.ts';
import { type Database, quoteText } from '../../tables/index.ts';
import type { WeakLink } from '../explain/index.ts';
import { type EntityChange, type Overlap, assignIds, entityChanges } from '../identity/index.ts';

/** A record with the entity it is part of. */
export interface Member {
  /** Number of its table, from 1. */
  readonly table: number;
  readonly id: string;
  readonly entity: string;
}

/** Two records that may be the same and were not put together. */
export interface Possible {
  readonly left: string;
  readonly right: string;
  readonly probability: number;
  readonly weight: number;
}

const text = (values: readonly (string | null)[]): TextColumn => ({ kind: 'text', values });
const number = (values: readonly number[]) => ({
  kind: 'number' as const,
  values: Float64Array.from(values),
  valid: null,
});

async function _csv(db: Database, file: string, columns: Columns, order: string): Promise<void> {
  await db.tableFrom('_out', columns);
  await db.run(`copy (select * from _out order by ${order}) to ${quoteText(file)} (format csv, header)`);
  await db.run('drop table if exists _out');
}

/** Writes entities.csv, possibly-same.csv and weak-links.csv into a folder that is there. */
export async function writeResolution(
  db: Database,
  folder: string,
  r: { members: readonly Member[]; possible: readonly Possible[]; weak: readonly WeakLink[] },
): Promise<void> {
  await _csv(
    db,
    join(folder, 'entities.csv'),
    {
      rows: r.members.length,
      data: {
        table: text(r.members.map((m) => String(m.table))),
        id: text(r.members.map((m) => m.id)),
        entity: text(r.members.map((m) => m.entity)),
      },
    },
    '"table", id',
  );
  await _csv(
    db,
    join(folder, 'possibly-same.csv'),
    {
      rows: r.possible.length,
      data: {
        left: text(r.possible.map((p) => p.left)),
        right: text(r.possible.map((p) => p.right)),
        probability: number(r.possible.map((p) => Number(p.probability.toFixed(6)))),
        weight: number(r.possible.map((p) => Number(p.weight.toFixed(4)))),
      },
    },
    'weight desc, "left", "right"',
  );
  await _csv(
    db,
    join(folder, 'weak-links.csv'),
    {
      rows: r.weak.length,
      data: {
        left: text(r.weak.map((w) => w.left)),
        right: text(r.weak.map((w) => w.right)),
        weight: number(r.weak.map((w) => Number(w.weight.toFixed(4)))),
        bridge: text(r.weak.map((w) => String(w.isBridge))),
        first_part: text(r.weak.map((w) => w.parts[0].join(' '))),
        second_part: text(r.weak.map((w) => w.parts[1].join(' '))),
      },
    },
    'weight, "left", "right"',
  );
}

/** Gives entities the ids they had in an earlier entities.csv, and writes changes.csv: what merged, split or went since.
 *  @returns the members with their ids, and the changes */
export async function keepIds(
  db: Database,
  members: readonly Member[],
  before: string,
  folder: string,
): Promise<{ members: Member[]; changes: EntityChange[] }> {
  const rows = await db.rows<{ table: string; id: string; entity: string }>(
    `select "table", id, entity from read_csv(${quoteText(join(before, 'entities.csv'))}, all_varchar = true, header = true) order by all`,
  );
  const key = (table: string | number, id: string): string => JSON.stringify([String(table), id]);
  const was = new Map(rows.map((r) => [key(r.table, r.id), r.entity]));
  const count = new Map<string, Overlap>();
  for (const m of members) {
    const old = was.get(key(m.table, m.id));
    if (old === undefined) continue;
    const k = JSON.stringify([old, m.entity]);
    const o = count.get(k);
    count.set(k, { kind: 'record', before: old, now: m.entity, mentions: (o?.mentions ?? 0) + 1 });
  }
  const overlaps = [...count.values()];
  const ids = assignIds(overlaps, [...new Set(members.map((m) => m.entity))], new Set(was.values()));
  const changes = entityChanges(
    overlaps.map((o) => ({ ...o, now: ids.get(o.now)! })),
    [...new Set(was.values())].sort((a, b) => (a < b ? -1 : 1)).map((id) => ({ kind: 'record', id })),
  );
  await _csv(
    db,
    join(folder, 'changes.csv'),
    {
      rows: changes.length,
      data: {
        change: text(changes.map((c) => c.change)),
        entity: text(changes.map((c) => c.entityId)),
        from: text(changes.map((c) => c.from.join(' '))),
        into: text(changes.map((c) => c.into.join(' '))),
        records: number(changes.map((c) => c.mentions)),
      },
    },
    'change, entity',
  );
  return { members: members.map((m) => ({ ...m, entity: ids.get(m.entity)! })), changes };
}
