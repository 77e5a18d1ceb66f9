import { existsSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { InputError, messageOf } from '../../base/index.ts';
import { type Database, quoteIdent, quoteText } from '../../tables/index.ts';

/** DuckDB readers by the end of a file's name; a cell may be 64 MB. */
const READERS: readonly (readonly [RegExp, (file: string) => string])[] = [
  [/\.parquet$/i, (f) => `read_parquet(${f})`],
  [
    /\.(?:jsonl|ndjson)(?:\.gz)?$/i,
    (f) => `read_json(${f}, format = 'newline_delimited', maximum_object_size = 67108864)`,
  ],
  [/\.json(?:\.gz)?$/i, (f) => `read_json(${f}, maximum_object_size = 67108864)`],
  [
    /\.(?:csv|tsv|txt)(?:\.gz)?$/i,
    (f) =>
      `read_csv(${f}, all_varchar = true, header = true, quote = '"', max_line_size = 67108864, null_padding = true)`,
  ],
];

/** Loads a CSV, TSV, JSON, JSON Lines or Parquet file as a table of texts. NUL characters and byte-order marks in names are left out.
 *  @returns rows read  @throws InputError `no-such-file`, `unknown-format`, `unreadable-file`, `no-rows` */
export async function loadTableFile(db: Database, table: string, path: string): Promise<number> {
  if (!existsSync(path) || !statSync(path).isFile())
    throw new InputError('no-such-file', `resolve: ${path} is not a file`, { path });
  const reader = READERS.find(([end]) => end.test(path));
  if (reader === undefined)
    throw new InputError(
      'unknown-format',
      `resolve: ${basename(path)} is none of .csv, .tsv, .json, .jsonl, .parquet (with or without .gz)`,
      { path },
    );
  try {
    await db.run(`create table ${quoteIdent(table)} as select columns(*)::varchar from ${reader[1](quoteText(path))}`);
  } catch (cause) {
    throw new InputError(
      'unreadable-file',
      `resolve: ${basename(path)} cannot be read as a table: ${messageOf(cause)}`,
      { path },
      { cause },
    );
  }
  const [n] = await db.rows<{ n: number }>(`select count(*) as n from ${quoteIdent(table)}`);
  if (n!.n === 0) throw new InputError('no-rows', `resolve: ${basename(path)} holds no rows`, { path });
  return n!.n;
}

/** The column that names rows: the one asked for, or one called id whose values are all there and each once; empty = none, rows go by number.
 *  @throws InputError `no-such-column`, `ids-repeat` when the one asked for will not do */
export async function idColumn(db: Database, tables: readonly string[], asked: string): Promise<string> {
  const names = await Promise.all(
    tables.map((t) =>
      db.rows<{ name: string }>(
        'select column_name as name from information_schema.columns where table_name = $t order by ordinal_position',
        { t },
      ),
    ),
  );
  const name =
    asked !== '' ? asked : (names[0]!.find((c) => /^(?:id|row_?id|record_?id|编号|序号)$/i.test(c.name))?.name ?? '');
  if (name === '') return '';
  for (const [i, t] of tables.entries()) {
    const has = names[i]!.some((c) => c.name === name);
    const unique = has && (await _isUnique(db, t, name));
    if (has && unique) continue;
    if (asked === '') return '';
    throw has
      ? new InputError(
          'ids-repeat',
          `resolve: column "${name}" of table ${i + 1} is empty or repeats in some rows; name another, or leave --id out`,
          { name },
        )
      : new InputError(
          'no-such-column',
          `resolve: table ${i + 1} has no column "${name}"; it has ${names[i]!.map((c) => c.name).join(', ')}`,
          { name },
        );
  }
  return name;
}

async function _isUnique(db: Database, table: string, column: string): Promise<boolean> {
  const c = quoteIdent(column);
  const [n] = await db.rows<{ n: number; d: number }>(
    `select count(*) as n, count(distinct ${c}) as d from ${quoteIdent(table)}`,
  );
  return n!.n === n!.d;
}
