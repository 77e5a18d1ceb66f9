import { InputError } from '../../../ingest/base/index.ts';
import type { Database } from '../../../ingest/tables/index.ts';
import type { Tile, TileRow } from './tile.ts';
import { ELEMENT_TILES } from './tiles-elements.ts';
import { TODAY_TILES } from './tiles-today.ts';
import { DATA_TILES, TOWN_TILES } from './tiles-towns.ts';
import { FUNNEL_TILES } from './tiles-work.ts';

/** Every tile of the cockpit in the order of the wall. A new one is a record here. */
export const TILES: readonly Tile[] = [...TODAY_TILES, ...ELEMENT_TILES, ...TOWN_TILES, ...FUNNEL_TILES, ...DATA_TILES];

/** A window of the list behind a tile, and how many lines it has. @throws InputError `no-such-tile` */
export async function tileList(
  db: Database,
  id: string,
  of: { readonly asOf: string; readonly limit: number; readonly offset: number },
): Promise<{ readonly tile: Tile; readonly total: number; readonly rows: readonly TileRow[] }> {
  const tile = TILES.find((t) => t.id === id);
  const tables = await tableNames(db);
  if (tile === undefined || !isThere(tile, tables))
    throw new InputError(
      'no-such-tile',
      `tileList: no tile "${id}" in the served run; there are ${TILES.filter((t) => isThere(t, tables))
        .map((t) => t.id)
        .join(', ')}`,
      { id },
    );
  const sql = sqlOf(tile, tables);
  const { limit, offset, asOf } = of;
  const total = (await db.rows<{ n: number }>(`select count(*) as n from (${sql})`, { asOf }))[0]!.n;
  return { tile, total, rows: await tileRows(db, sql, { order: tile.order, asOf, limit, offset }) };
}

/** Lines of a tile's select. */
export async function tileRows(
  db: Database,
  sql: string,
  of: { readonly order: string; readonly asOf: string; readonly limit: number; readonly offset: number },
): Promise<TileRow[]> {
  return db.rows<TileRow>(
    `select id, zh, en, note, "at", value, unit, tone, entity_id as "entityId", row_id as "rowId", lead_id as "leadId", lon, lat
     from (${sql}) order by ${of.order} limit $limit offset $offset`,
    { asOf: of.asOf, limit: of.limit, offset: of.offset },
  );
}

/** A tile's select; `$asOf` is always among its parameters, whether the tile looks at it or not. */
export function sqlOf(tile: Tile, tables: ReadonlySet<string>): string {
  const sql = typeof tile.sql === 'string' ? tile.sql : tile.sql(tables);
  return `select * from (${sql}) where $asOf::timestamp is not null`;
}

/** Whether the run has what a tile reads. */
export function isThere(tile: Tile, tables: ReadonlySet<string>): boolean {
  return tile.needs.every((t) => tables.has(t));
}

export async function tableNames(db: Database): Promise<ReadonlySet<string>> {
  const rows = await db.rows<{ name: string }>('select table_name as name from duckdb_tables() order by table_name');
  return new Set(rows.map((r) => r.name));
}
