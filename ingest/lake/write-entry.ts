import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256OfFile } from '../base/index.ts';
import { lineTextSql } from '../formats/index.ts';
import { type Database, quoteText } from '../tables/index.ts';
import type { Batch } from './batch.ts';
import { type CleanedTable, cleanedSql } from './cleaned-sql.ts';
import { CLEANING_VERSION, type LakeFile, lakeFolder } from './lake-files.ts';
import type { FileReport } from './report.ts';
import { FILE_STRIDE, fileOfSql } from './stride.ts';

const PARQUET = '(format parquet, compression zstd, row_group_size 122880)';

/** Path of an entry's file, relative to the workspace. */
export function entryPath(
  name: { readonly source: string; readonly sha256: string },
  ending: 'parquet' | 'reject.parquet' | 'json',
): string {
  return `lake/${name.source}/${name.sha256.slice(0, 16)}.${ending}`;
}

/** Path in the scratch folder of what will be file `index`'s entry. */
export function scratchPath(scratch: string, index: number, ending: 'parquet' | 'reject.parquet' | 'json'): string {
  return join(scratch, `out.${index}.${ending}`);
}

/** Writes each file's accepted rows and rejects as Parquet into the scratch folder, in file order.
 *  @returns SQL of a relation with `file`, `event_at`, `known_at` and the cleaned columns of all accepted rows, for counting */
export async function writeParquet(
  db: Database,
  table: CleanedTable,
  options: { readonly batch: Batch; readonly scratch: string },
): Promise<string> {
  const { batch, scratch } = options;
  const { description } = table;
  const [flagged] = await db.rows<{ n: number }>('select count(*) as n from flags where rule is not null');
  const accepted =
    flagged!.n === 0 ? '' : ' where not exists (select 1 from flags f where f.line = a.line and f.rule is not null)';
  const query = `select a.line, event_at, known_at, a.* exclude (line, event_at, known_at)
    from (select *, (${description.eventAt})::timestamp as event_at, (${description.knownAt})::timestamp as known_at from (${cleanedSql(table, { withRaw: true })})) a${accepted}`;
  const isOne = batch.files.length === 1;
  if (!isOne) await db.run(`create or replace temp table accepted as ${query} order by line`);
  for (const [i, file] of batch.files.entries()) {
    const base = i * FILE_STRIDE;
    const id = `${quoteText(`${description.id}:${file.facts.sha256.slice(0, 8)}:`)} || ${lineTextSql(isOne ? 'line' : `line - ${base}`, batch.raw)} as row_id`;
    const own = `line >= ${base} and line < ${base + FILE_STRIDE}`;
    const rows = isOne ? `(${query})` : `accepted where ${own}`;
    await db.run(
      `copy (select ${id}, * exclude (line) from ${rows} order by line) to ${quoteText(scratchPath(scratch, i, 'parquet'))} ${PARQUET}`,
    );
    await db.run(`copy (select ${id}, ${quoteText(description.id)} as source, column_name, value, rule, message, refused_row from rejects where ${own}
      order by line, refused_row desc, column_name, rule) to ${quoteText(scratchPath(scratch, i, 'reject.parquet'))} ${PARQUET}`);
  }
  return isOne
    ? `(select 0 as file, * from read_parquet(${quoteText(scratchPath(scratch, 0, 'parquet'))}))`
    : `(select ${fileOfSql('line')} as file, * from accepted)`;
}

/** Puts the written files into the lake, each by a rename, the JSON entry last: a kill leaves either no entry or a whole one. An entry of the same bytes under an older
 *  description is taken away first. */
export async function publishEntry(
  report: FileReport,
  options: {
    readonly workspace: string;
    readonly scratch: string;
    readonly index: number;
    readonly descriptionHash: string;
    readonly nowMs: number;
    /** Where the file lay, absolute. */
    readonly inputPath: string;
  },
): Promise<LakeFile> {
  const { workspace, scratch, index } = options;
  const [parquet, reject, json] = (['parquet', 'reject.parquet', 'json'] as const).map((ending) =>
    scratchPath(scratch, index, ending),
  ) as [string, string, string];
  const entry: LakeFile = {
    source: report.source,
    fileName: report.fileName,
    inputPath: options.inputPath,
    sha256: report.sha256,
    bytes: report.bytes,
    descriptionSha256: options.descriptionHash,
    cleaning: CLEANING_VERSION,
    parquet: entryPath(report, 'parquet'),
    parquetSha256: await sha256OfFile(parquet),
    parquetBytes: statSync(parquet).size,
    rejectParquet: entryPath(report, 'reject.parquet'),
    rejectSha256: await sha256OfFile(reject),
    rejectBytes: statSync(reject).size,
    ingestedAtMs: options.nowMs,
    report,
  };
  writeFileSync(json, `${JSON.stringify(entry, null, 2)}\n`);
  for (const path of [parquet, reject, json]) _flush(path);
  mkdirSync(join(lakeFolder(workspace), report.source), { recursive: true });
  const final = join(workspace, entryPath(report, 'json'));
  rmSync(final, { force: true });
  renameSync(parquet, join(workspace, entry.parquet));
  renameSync(reject, join(workspace, entry.rejectParquet));
  renameSync(json, final);
  return entry;
}

function _flush(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
