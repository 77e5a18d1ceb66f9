import { renameSync, rmSync } from 'node:fs';
import { type Columns, ExternalError, messageOf } from '../base/index.ts';
import { Database } from './database.ts';
import { quoteIdent, quoteText } from './sql-text.ts';

/** How a column is stored; a `timestamp` comes as ms since 1970 of the clock that the file is written in. */
export type ParquetType = 'text' | 'double' | 'int' | 'uint' | 'boolean' | 'timestamp';

const SQL_TYPE: Readonly<Record<ParquetType, string>> = {
  text: 'varchar',
  double: 'double',
  int: 'bigint',
  uint: 'uinteger',
  boolean: 'boolean',
  timestamp: 'timestamp',
};

/** Writes batches of columns to one Parquet file (zstd), in order, in one thread: same batches, same bytes. A batch has the schema's columns.
 *  Written beside `path` and renamed when whole. Memory: the whole file's columns in the engine (about 30 bytes a value before it spills).
 *  @throws ExternalError `write-failed` (no space, no folder) */
export async function writeParquet(
  path: string,
  schema: Readonly<Record<string, ParquetType>>,
  batches: Iterable<Columns> | AsyncIterable<Columns>,
): Promise<void> {
  const db = await Database.open(':memory:', { threads: 1 });
  const names = Object.keys(schema);
  const temporary = `${path}.tmp`;
  try {
    await db.run(
      `create table batch (${names.map((n) => `${quoteIdent(n)} ${schema[n] === 'text' ? 'varchar' : 'double'}`).join(', ')})`,
    );
    for await (const batch of batches)
      await db.append('batch', { rows: batch.rows, data: Object.fromEntries(names.map((n) => [n, batch.data[n]!])) });
    await db.run(
      `copy (select ${names.map((n) => _stored(n, schema[n]!)).join(', ')} from batch) to ${quoteText(temporary)} (format parquet, compression zstd)`,
    );
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw new ExternalError(
      'write-failed',
      `writeParquet: cannot write ${path}: ${messageOf(cause)}; free some space or choose another folder`,
      { path },
      { cause },
    );
  } finally {
    db.close();
  }
}

function _stored(name: string, type: ParquetType): string {
  const q = quoteIdent(name);
  return type === 'timestamp' ? `make_timestamp((${q} * 1000)::bigint) as ${q}` : `${q}::${SQL_TYPE[type]} as ${q}`;
}
