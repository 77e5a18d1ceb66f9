import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256OfFile } from '../base/index.ts';
import type { RawTable } from '../formats/index.ts';
import { type Database, quoteText } from '../tables/index.ts';
import { type CleanedTable, cleanedSql } from './cleaned-sql.ts';
import { CLEANING_VERSION, type LakeFile, lakeFolder } from './lake-files.ts';
import type { FileReport } from './report.ts';

/** What names an entry of the lake. */
export interface EntryName {
  readonly workspace: string;
  readonly scratch: string;
  readonly source: string;
  readonly sha256: string;
}

const PARQUET = '(format parquet, compression zstd, row_group_size 122880)';

/** Path of an entry's file, relative to the workspace. */
export function entryPath(
  name: Pick<EntryName, 'source' | 'sha256'>,
  ending: 'parquet' | 'reject.parquet' | 'json',
): string {
  return `lake/${name.source}/${name.sha256.slice(0, 16)}.${ending}`;
}

/** SQL of `row_id` over `line`. */
export function rowIdSql(name: Pick<EntryName, 'source' | 'sha256'>, raw: RawTable): string {
  return `${quoteText(`${name.source}:${name.sha256.slice(0, 8)}:`)} || ${raw.lineText}`;
}

/** Writes accepted rows and rejects as Parquet into the scratch folder, in file order. */
export async function writeParquet(
  db: Database,
  table: CleanedTable,
  options: { readonly name: EntryName; readonly raw: RawTable },
): Promise<void> {
  const { description } = table;
  const rowId = rowIdSql(options.name, options.raw);
  const [flagged] = await db.rows<{ n: number }>('select count(*) as n from flags where rule is not null');
  const accepted =
    flagged!.n === 0 ? '' : ' where not exists (select 1 from flags f where f.line = a.line and f.rule is not null)';
  await db.run(`copy (select ${rowId} as row_id, event_at, known_at, a.* exclude (line, event_at, known_at)
    from (select *, (${description.eventAt})::timestamp as event_at, (${description.knownAt})::timestamp as known_at from (${cleanedSql(table, { withRaw: true })})) a${accepted}
    order by line) to ${quoteText(_scratch(options.name, 'parquet'))} ${PARQUET}`);
  await db.run(`copy (select ${rowId} as row_id, ${quoteText(options.name.source)} as source, column_name, value, rule, message, refused_row from rejects
    order by line, refused_row desc, column_name, rule) to ${quoteText(_scratch(options.name, 'reject.parquet'))} ${PARQUET}`);
}

function _scratch(name: EntryName, ending: string): string {
  return join(name.scratch, `out.${ending}`);
}

/** Puts the written files into the lake, each by a rename, the JSON entry last: a kill leaves either no entry or a whole one. An entry of the same bytes under an older description is taken away first. */
export async function publishEntry(
  name: EntryName,
  options: { readonly report: FileReport; readonly descriptionHash: string; readonly nowMs: number },
): Promise<LakeFile> {
  const paths = {
    parquet: entryPath(name, 'parquet'),
    reject: entryPath(name, 'reject.parquet'),
    json: entryPath(name, 'json'),
  };
  const [parquet, reject] = [_scratch(name, 'parquet'), _scratch(name, 'reject.parquet')];
  const entry: LakeFile = {
    source: name.source,
    fileName: options.report.fileName,
    sha256: name.sha256,
    bytes: options.report.bytes,
    descriptionSha256: options.descriptionHash,
    cleaning: CLEANING_VERSION,
    parquet: paths.parquet,
    parquetSha256: await sha256OfFile(parquet),
    parquetBytes: statSync(parquet).size,
    rejectParquet: paths.reject,
    rejectSha256: await sha256OfFile(reject),
    rejectBytes: statSync(reject).size,
    ingestedAtMs: options.nowMs,
    report: options.report,
  };
  const json = _scratch(name, 'json');
  writeFileSync(json, `${JSON.stringify(entry, null, 2)}\n`);
  for (const path of [parquet, reject, json]) _flush(path);
  mkdirSync(join(lakeFolder(name.workspace), name.source), { recursive: true });
  rmSync(join(name.workspace, paths.json), { force: true });
  renameSync(parquet, join(name.workspace, paths.parquet));
  renameSync(reject, join(name.workspace, paths.reject));
  renameSync(json, join(name.workspace, paths.json));
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
