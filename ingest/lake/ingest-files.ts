import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Clock,
  ExternalError,
  InputError,
  type Progress,
  SILENT,
  StateError,
  TributaryError,
  messageOf,
} from '../base/index.ts';
import { type FileFacts, type RawTable, inspectFile, readFile } from '../formats/index.ts';
import type { SourceDescription } from '../schema/index.ts';
import { Database } from '../tables/index.ts';
import { asDiskFull } from './disk-full.ts';
import { type FoundFile, findFiles } from './find-files.ts';
import { CLEANING_VERSION, descriptionSha256, readLakeFile } from './lake-files.ts';
import { holdLake } from './lake-lock.ts';
import { loadUnder } from './load-file.ts';
import { quality } from './quality.ts';
import { type FileReport, type IngestReport, sourceReports } from './report.ts';
import { type EntryName, entryPath, publishEntry } from './write-entry.ts';

export interface IngestOptions {
  readonly workspace: string;
  /** Files and folders. */
  readonly paths: readonly string[];
  readonly descriptions: readonly SourceDescription[];
  readonly clock: Clock;
  readonly progress?: Progress;
  /** HJ 212 packets with CRC-16/MODBUS: refused (true, the default) or accepted and counted. */
  readonly strictCrc?: boolean;
  /** Memory of the engine before it spills to the scratch folder. */
  readonly memoryLimit?: string;
}

/** Takes department files into the lake: reads, cleans, sets aside, counts. A file whose bytes are in the lake under the same description is skipped, so a run that
 *  was cut short is finished by running it again. A file that cannot be read is a red report, and the others go on; `readRows = acceptedRows + refusedRows` in each.
 *  Files are taken by name; the lake's bytes depend on the files and descriptions only. Memory: one file at a time, spilling beyond `memoryLimit`.
 *  @throws InputError `no-such-path`, `bad-description` · StateError `lake-busy` · ExternalError `disk-full`, `read-failed` */
export async function ingestFiles(options: IngestOptions): Promise<IngestReport> {
  const progress = options.progress ?? SILENT;
  const found = findFiles(options.paths, options.descriptions);
  const known = found.filter((file) => file.descriptions.length > 0);
  const lake = holdLake(options.workspace);
  const files: FileReport[] = [];
  const unclaimedRows: { fileName: string; rows: number }[] = [];
  try {
    progress.step('ingest', `${known.length} files`);
    for (const [i, file] of known.entries()) {
      const done = await _ingestFile(file, options, lake.scratch);
      files.push(...done.reports);
      if (done.unclaimed > 0) unclaimedRows.push({ fileName: file.fileName, rows: done.unclaimed });
      for (const report of done.reports) _tell(progress, report);
      progress.tick(i + 1, known.length, 'files');
    }
  } catch (error) {
    throw asDiskFull(error, options.workspace);
  } finally {
    lake.release();
  }
  const unrecognised = found.filter((file) => file.descriptions.length === 0).map((file) => file.fileName);
  for (const name of unrecognised) progress.note(`no description names ${name}; left alone`);
  return { files, sources: sourceReports(files), unrecognised, unclaimedRows };
}

function _tell(progress: Progress, report: FileReport): void {
  if (report.error !== null) progress.note(report.error.message);
  else if (report.outcome === 'ingested' && report.refusedRows > 0)
    progress.note(`${report.fileName}: ${report.refusedRows} of ${report.readRows} rows set aside`);
}

interface _Done {
  readonly reports: readonly FileReport[];
  readonly unclaimed: number;
}

async function _ingestFile(file: FoundFile, options: IngestOptions, scratch: string): Promise<_Done> {
  const facts = await inspectFile(file.path);
  const reports = new Map<string, FileReport>();
  const open: SourceDescription[] = [];
  for (const description of file.descriptions) {
    const before = _alreadyIn(options.workspace, description, facts);
    if (before === null) open.push(description);
    else reports.set(description.id, { ...before, fileName: file.fileName, outcome: 'skipped' });
  }
  let unclaimed = 0;
  for (const format of new Set(open.map((d) => JSON.stringify(d.format)))) {
    const group = open.filter((d) => JSON.stringify(d.format) === format);
    const loaded = await _loadGroup(file, group, {
      ...options,
      facts,
      scratch,
      isFirst: (d) => d === file.descriptions[0],
    });
    for (const report of loaded.reports) reports.set(report.source, report);
    if (open.length === file.descriptions.length) unclaimed = Math.max(unclaimed, loaded.unclaimed);
  }
  return { reports: file.descriptions.map((d) => reports.get(d.id)!), unclaimed };
}

/** The report of an earlier load of the same bytes under the same description and cleaning, if it is whole. */
function _alreadyIn(workspace: string, description: SourceDescription, facts: FileFacts): FileReport | null {
  const path = join(workspace, entryPath({ source: description.id, sha256: facts.sha256 }, 'json'));
  if (!existsSync(path)) return null;
  try {
    const entry = readLakeFile(workspace, path);
    const same =
      entry.sha256 === facts.sha256 &&
      entry.cleaning === CLEANING_VERSION &&
      entry.descriptionSha256 === descriptionSha256(description);
    return same ? entry.report : null;
  } catch (error) {
    if (error instanceof StateError) return null; // damaged: loaded anew
    throw error;
  }
}

type _GroupOptions = IngestOptions & {
  readonly facts: FileFacts;
  readonly scratch: string;
  readonly isFirst: (d: SourceDescription) => boolean;
};

/** Reads a file once and cleans it under each description of one format. */
async function _loadGroup(
  file: FoundFile,
  group: readonly SourceDescription[],
  options: _GroupOptions,
): Promise<_Done> {
  const work = join(options.scratch, 'file');
  mkdirSync(work, { recursive: true });
  const db = await Database.open(':memory:', {
    tempFolder: join(options.scratch, 'spill'),
    memoryLimit: options.memoryLimit ?? '4GB',
  });
  try {
    const started = options.clock();
    const raw = await _readOrFault(db, file, group[0]!, { ...options, scratch: work });
    if (raw instanceof InputError)
      return {
        reports: group.map((d) =>
          _failed(file, d, { facts: options.facts, error: raw, seconds: (options.clock() - started) / 1000 }),
        ),
        unclaimed: 0,
      };
    const reports: FileReport[] = [];
    await db.run('create temp table claimed (line bigint)');
    for (const description of group) {
      const report = await _loadOne(db, file, description, { ...options, raw, scratch: work });
      reports.push(report);
      if (report.error === null && group.length + (description.where === undefined ? 0 : 1) > 1)
        await db.run(`insert into claimed select line from flags where rule is null or rule <> 'outside'`);
    }
    return { reports, unclaimed: await _unclaimed(db, group, reports) };
  } finally {
    db.close();
    rmSync(work, { recursive: true, force: true });
  }
}

async function _readOrFault(
  db: Database,
  file: FoundFile,
  description: SourceDescription,
  options: _GroupOptions,
): Promise<RawTable | InputError> {
  try {
    return await readFile(db, options.facts, {
      format: description.format,
      scratch: options.scratch,
      strictCrc: options.strictCrc ?? true,
    });
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error instanceof TributaryError
      ? error
      : new ExternalError(
          'read-failed',
          `ingestFiles: cannot read ${file.path}: ${messageOf(error)}`,
          { path: file.path },
          { cause: error },
        );
  }
}

async function _loadOne(
  db: Database,
  file: FoundFile,
  description: SourceDescription,
  options: _GroupOptions & { readonly raw: RawTable },
): Promise<FileReport> {
  const started = options.clock();
  const name: EntryName = {
    workspace: options.workspace,
    scratch: options.scratch,
    source: description.id,
    sha256: options.facts.sha256,
  };
  try {
    const report = await loadUnder(db, description, {
      ...options,
      fileName: file.fileName,
      name,
      withBad: options.isFirst(description),
    });
    await publishEntry(name, { report, descriptionHash: descriptionSha256(description), nowMs: options.clock() });
    return report;
  } catch (error) {
    if (!(error instanceof InputError) || error.code === 'bad-description') throw error;
    return _failed(file, description, { facts: options.facts, error, seconds: (options.clock() - started) / 1000 });
  }
}

async function _unclaimed(
  db: Database,
  group: readonly SourceDescription[],
  reports: readonly FileReport[],
): Promise<number> {
  if (reports.some((r) => r.error !== null) || group.some((d) => d.where === undefined)) return 0;
  const [count] = await db.rows<{ n: number }>(
    'select count(*) as n from raw where line not in (select line from claimed)',
  );
  return count!.n;
}

function _failed(
  file: FoundFile,
  description: SourceDescription,
  about: { readonly facts: FileFacts; readonly error: InputError; readonly seconds: number },
): FileReport {
  const { code, message, detail } = about.error;
  const report: Omit<FileReport, 'state' | 'reasons'> = {
    source: description.id, fileName: file.fileName, sha256: about.facts.sha256, bytes: about.facts.bytes, outcome: 'failed',
    readRows: 0, acceptedRows: 0, refusedRows: 0, refusedByRule: [], valueRejects: [], remarks: [], columns: [], duplicates: 0, outOfRangeShare: 0, staleShare: 0,
    firstEventAt: null, lastEventAt: null, firstKnownAt: null, lastKnownAt: null, extraHeaders: [], notes: [], error: { code, message, detail }, seconds: about.seconds,
  }; // prettier-ignore
  return { ...report, ...quality(report) };
}
