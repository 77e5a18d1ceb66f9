import { canonicalJson, sha256 } from '../../ingest/base/index.ts';
import { type Database, quoteIdent, quoteText } from '../../ingest/tables/index.ts';

/** SHA-256 of each row's values as canonical JSON, by row id. Reads the lake file itself, not the snapshot.
 *  @param file  absolute path of a lake Parquet file */
export async function lakeRowHashes(
  db: Database,
  file: string,
  rowIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db.rows<Record<string, unknown>>(
    `select * from read_parquet(${quoteText(file)}) where row_id in (select unnest(from_json($ids, '["varchar"]')))`,
    { ids: JSON.stringify(rowIds) },
  );
  return new Map(rows.map((row) => [String(row['row_id']), sha256(canonicalJson(row))]));
}

/** SHA-256 of each warehouse row that `idColumn` names, by id. */
export async function tableRowHashes(
  db: Database,
  table: string,
  idColumn: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db.rows<Record<string, unknown>>(
    `select * from ${quoteIdent(table)} where ${quoteIdent(idColumn)} in (select unnest(from_json($ids, '["varchar"]'))) order by all`,
    { ids: JSON.stringify(ids) },
  );
  const byId = new Map<string, unknown[]>();
  for (const row of rows) {
    const id = String(row[idColumn]);
    byId.set(id, [...(byId.get(id) ?? []), row]);
  }
  return new Map([...byId].map(([id, list]) => [id, sha256(canonicalJson(list))]));
}
