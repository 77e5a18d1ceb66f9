import { join, resolve } from 'node:path';
import { type Progress, SILENT, withDefaults } from '../base/index.ts';
import { type SourceDescription, createTableSql } from '../schema/index.ts';
import { type LakeFile, descriptionSha256, lakeFiles } from '../lake/index.ts';
import { checkDescriptions } from '../sources/index.ts';
import { type Database, quoteIdent, quoteText } from '../tables/index.ts';
import { type DatumReport, inferDatums } from './datum.ts';
import { type SourceCount, knownTable, makeSourceTable } from './source-table.ts';

export interface BuildSourcesOptions {
  readonly workspace: string;
  readonly descriptions: readonly SourceDescription[];
  /** ms since 1970 UTC: rows known later are left out. */
  readonly asOf: number;
  readonly progress: Progress;
  /** From this many rows on, a source stays a view over its lake files. */
  readonly viewRows: number;
}

const DEFAULTS = Object.freeze({ progress: SILENT, viewRows: 1_000_000 });

export interface SourcesReport {
  readonly sources: readonly SourceCount[];
  readonly datums: readonly DatumReport[];
}

/** Builds `src_<id>` of every description from the lake, as of a day, with `source_file`, `reject` and `as_of(as_of)`.
 *  Rows: in the lake = kept + known later + without a date + repeats of a key across files (in `reject`, rule `repeated`).
 *  @throws InputError `bad-description` with every fault · StateError `damaged-lake` · ExternalError `sql-failed` */
export async function buildSources(
  db: Database,
  options: Pick<BuildSourcesOptions, 'workspace' | 'descriptions' | 'asOf'> & Partial<BuildSourcesOptions>,
): Promise<SourcesReport> {
  const o = withDefaults(
    'buildSources',
    { ...DEFAULTS, workspace: options.workspace, descriptions: options.descriptions, asOf: options.asOf },
    options,
  ) as BuildSourcesOptions;
  await checkDescriptions(db, o.descriptions);
  const asOf = new Date(o.asOf).toISOString().slice(0, 23).replace('T', ' ');
  await db.run(`create or replace table as_of as select timestamp ${quoteText(asOf)} as as_of`);
  await db.run('create or replace temp table set_aside (source varchar, row_id varchar, keeper varchar)');
  const ordered = _afterWhatTheyName(o.descriptions);
  const workspace = resolve(o.workspace);
  const files = new Map(ordered.map((d) => [d.id, lakeFiles(workspace, d.id)]));
  const sources: SourceCount[] = [];
  for (const d of ordered) {
    o.progress.step('sources', d.id);
    const old = files.get(d.id)!.filter((f) => f.descriptionSha256 !== descriptionSha256(d)).length;
    if (old > 0) o.progress.note(`${d.id}: ${old} files were cleaned under an older description; ingest them again`);
    const referenced = _referenced(d.id, ordered);
    const parquet = files.get(d.id)!.map((f) => join(workspace, f.parquet));
    sources.push(await makeSourceTable(db, d, parquet, { asOf, viewRows: o.viewRows, referenced }));
  }
  for (const d of ordered)
    for (const column of _referenced(d.id, ordered)) await db.run(`drop table ${quoteIdent(knownTable(d.id, column))}`);
  o.progress.step('sources', 'datums');
  const datums = await inferDatums(db, ordered);
  await _writeFiles(db, [...files.values()].flat());
  await _writeRejects(
    db,
    [...files.values()].flat().map((f) => join(workspace, f.rejectParquet)),
  );
  await db.run('drop table set_aside');
  return { sources, datums };
}

function _referenced(source: string, all: readonly SourceDescription[]): string[] {
  const named = all.flatMap((d) => d.knownWith ?? []).filter((k) => k.source === source);
  return [...new Set(named.map((k) => k.references))];
}

/** Descriptions so that each comes after those that its `knownWith` names; else as given. */
function _afterWhatTheyName(descriptions: readonly SourceDescription[]): SourceDescription[] {
  const out: SourceDescription[] = [];
  const byId = new Map(descriptions.map((d) => [d.id, d]));
  const visit = (d: SourceDescription, above: ReadonlySet<string>): void => {
    if (out.includes(d) || above.has(d.id)) return;
    for (const k of d.knownWith ?? []) {
      const named = byId.get(k.source);
      if (named !== undefined) visit(named, new Set([...above, d.id]));
    }
    out.push(d);
  };
  for (const d of descriptions) visit(d, new Set());
  return out;
}

async function _writeFiles(db: Database, files: readonly LakeFile[]): Promise<void> {
  await db.run(createTableSql('source_file'));
  const text = (of: (f: LakeFile) => string) => ({ kind: 'text' as const, values: files.map(of) });
  const number = (of: (f: LakeFile) => number) => ({
    kind: 'number' as const,
    values: Float64Array.from(files, of),
    valid: null,
  });
  await db.tableFrom('file_facts', {
    rows: files.length,
    data: {
      source: text((f) => f.source),
      file_name: text((f) => f.fileName),
      sha256: text((f) => f.sha256),
      bytes: number((f) => f.bytes),
      read_rows: number((f) => f.report.readRows),
      accepted_rows: number((f) => f.report.acceptedRows),
      rejected_rows: number((f) => f.report.refusedRows),
      lake_path: text((f) => f.parquet),
      lake_sha256: text((f) => f.parquetSha256),
      description_sha256: text((f) => f.descriptionSha256),
      ingested_at_ms: number((f) => f.ingestedAtMs),
    },
  });
  await db.run(`insert into source_file
    select * exclude (ingested_at_ms), epoch_ms(ingested_at_ms::bigint) from file_facts order by source, file_name, sha256`);
  await db.run('drop table file_facts');
}

async function _writeRejects(db: Database, rejects: readonly string[]): Promise<void> {
  await db.run(createTableSql('reject'));
  if (rejects.length > 0) {
    const list = rejects.map(quoteText).join(', ');
    await db.run(`insert into reject
      select row_id, source, column_name, value, rule, message, refused_row from read_parquet([${list}], union_by_name = true)
      order by source, row_id, column_name`);
  }
  await db.run(`insert into reject
    select row_id, source, null, null, 'repeated', 'same key as ' || keeper || ', which was known first', true from set_aside order by source, row_id`);
}
