import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Clock, InputError, type Progress, SILENT, StateError } from '../base/index.ts';
import { type FileFacts, inspectFile } from '../formats/index.ts';
import type { SourceDescription } from '../schema/index.ts';
import { Database } from '../tables/index.ts';
import { type Batch, type OpenFile, eachBatch } from './batch.ts';
import { asDiskFull } from './disk-full.ts';
import { type FoundFile, findFiles } from './find-files.ts';
import { CLEANING_VERSION, type LakeFile, descriptionSha256, readLakeFile } from './lake-files.ts';
import { holdLake } from './lake-lock.ts';
import { loadBatch } from './load-batch.ts';
import { failedReport } from './quality.ts';
import { type FileReport, type IngestReport, sourceReports } from './report.ts';
import { earlierFile, filesBefore, rowChanges, sameRows } from './row-changes.ts';
import { fileOfSql } from './stride.ts';
import { entryPath, publishEntry, scratchPath } from './write-entry.ts';

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

/** A file of this size is cleaned alone, without the copy that putting files together costs. */
const ALONE_BYTES = 4_000_000;
/** Smaller files of one kind are cleaned together, up to this many bytes and files. */
const BATCH_BYTES = 64_000_000;
const BATCH_FILES = 200;

/** Takes department files into the lake: reads, cleans, sets aside, counts. A file whose bytes are in the lake under the same description is skipped, so a run that
 *  was cut short is finished by running it again. A file that cannot be read is a red report, and the others go on; `readRows = acceptedRows + refusedRows` in each.
 *  Files are taken by name; the lake's bytes depend on the files and descriptions only. Memory: one batch of files at a time, spilling beyond `memoryLimit`.
 *  @throws InputError `no-such-path`, `bad-description` · StateError `lake-busy` · ExternalError `disk-full`, `read-failed` */
export async function ingestFiles(options: IngestOptions): Promise<IngestReport> {
  const found = findFiles(options.paths, options.descriptions);
  const known = found.filter((file) => file.descriptions.length > 0);
  const lake = holdLake(options.workspace);
  const run = new _Run(options, lake.scratch, known.length);
  try {
    run.progress.step('ingest', `${known.length} files`);
    await run.takeAll(known);
    await run.flush();
  } catch (error) {
    throw asDiskFull(error, options.workspace);
  } finally {
    lake.release();
  }
  const unrecognised = found.filter((file) => file.descriptions.length === 0).map((file) => file.fileName);
  for (const name of unrecognised) run.progress.note(`no description names ${name}; left alone`);
  return run.report(known, unrecognised);
}

/** The files of one call: those waiting to be cleaned together, and what was done. */
class _Run {
  readonly progress: Progress;
  readonly #options: IngestOptions;
  readonly #scratch: string;
  readonly #total: number;
  readonly #reports = new Map<FoundFile, Map<string, FileReport>>();
  readonly #unclaimed = new Map<string, number>();
  /** What the lake had of each source before this call loaded any of it. */
  readonly #before = new Map<string, readonly LakeFile[]>();
  #waiting: OpenFile[] = [];
  #wanted: readonly SourceDescription[] = [];
  #done = 0;

  constructor(options: IngestOptions, scratch: string, total: number) {
    this.#options = options;
    this.progress = options.progress ?? SILENT;
    this.#scratch = scratch;
    this.#total = total;
  }

  /** Takes files in order; the next one is read and hashed while the engine cleans the one before. */
  async takeAll(known: readonly FoundFile[]): Promise<void> {
    let next = known.length > 0 ? inspectFile(known[0]!.path) : null;
    for (const [i, file] of known.entries()) {
      const facts = await next!;
      next = i + 1 < known.length ? inspectFile(known[i + 1]!.path) : null;
      next?.catch(() => undefined); // its turn comes, unless this one fails first
      await this.#take(file, facts);
    }
  }

  /** Notes what the lake has of a file, and puts the rest among those waiting. */
  async #take(found: FoundFile, facts: FileFacts): Promise<void> {
    if (this.#waiting.some((w) => w.facts.sha256 === facts.sha256)) await this.flush(); // a copy: the first one must be in the lake
    const open = found.descriptions.filter((description) => {
      const before = _alreadyIn(this.#options.workspace, description, facts);
      if (before !== null)
        this.#note(found, { ...before, fileName: found.fileName, outcome: 'skipped', changes: sameRows(before) });
      return before === null;
    });
    if (open.length === 0) return this.#tick(1);
    const same = open.length === this.#wanted.length && open.every((d, i) => d === this.#wanted[i]);
    const bytes = this.#waiting.reduce((sum, w) => sum + w.facts.bytes, facts.bytes);
    const alone = facts.bytes >= ALONE_BYTES;
    if (!same || alone || bytes > BATCH_BYTES || this.#waiting.length >= BATCH_FILES) await this.flush();
    this.#wanted = open;
    this.#waiting.push({ found, facts, notes: [] });
    if (alone) await this.flush();
  }

  /** Cleans what waits. */
  async flush(): Promise<void> {
    const files = this.#waiting;
    this.#waiting = [];
    if (files.length === 0) return;
    for (const format of new Set(this.#wanted.map((d) => JSON.stringify(d.format)))) {
      const group = this.#wanted.filter((d) => JSON.stringify(d.format) === format);
      await this.#load(files, group);
    }
    this.#tick(files.length);
  }

  report(known: readonly FoundFile[], unrecognised: readonly string[]): IngestReport {
    const files = known.flatMap((file) => file.descriptions.map((d) => this.#reports.get(file)!.get(d.id)!));
    const unclaimedRows = [...this.#unclaimed].map(([fileName, rows]) => ({ fileName, rows }));
    return { files, sources: sourceReports(files), unrecognised, unclaimedRows };
  }

  async #load(files: readonly OpenFile[], group: readonly SourceDescription[]): Promise<void> {
    const scratch = join(this.#scratch, 'batch');
    mkdirSync(scratch, { recursive: true });
    const db = await Database.open(':memory:', {
      tempFolder: join(this.#scratch, 'spill'),
      memoryLimit: this.#options.memoryLimit ?? '',
    });
    const work = async (batch: Batch): Promise<void> => this.#clean(db, batch, { group, scratch });
    try {
      const { format } = group[0]!;
      const unreadable = await eachBatch(db, files, {
        format,
        scratch,
        strictCrc: this.#options.strictCrc ?? true,
        work,
      });
      for (const { file, error } of unreadable)
        for (const d of group) this.#note(file.found, failedReport(file, d, error));
    } finally {
      db.close();
      rmSync(scratch, { recursive: true, force: true });
    }
  }

  async #clean(
    db: Database,
    batch: Batch,
    options: { readonly group: readonly SourceDescription[]; readonly scratch: string },
  ): Promise<void> {
    const { group, scratch } = options;
    const isShared = group.length > 1 || group[0]!.where !== undefined;
    await db.run('create or replace temp table claimed (line bigint)');
    for (const description of group) {
      const withBad = description === batch.files[0]!.found.descriptions[0];
      await this.#cleanUnder(db, batch, { description, scratch, withBad, isShared });
    }
    if (!isShared || group.some((d) => d.where === undefined)) return;
    if (group.length < batch.files[0]!.found.descriptions.length) return; // the others' rows are in the lake already
    const left = await db.rows<{ file: number; n: number }>(
      `select ${fileOfSql('line')} as file, count(*) as n from raw where line not in (select line from claimed) group by file order by file`,
    );
    for (const { file, n } of left) this.#unclaimed.set(batch.files[file]!.found.fileName, n);
  }

  async #cleanUnder(
    db: Database,
    batch: Batch,
    options: {
      readonly description: SourceDescription;
      readonly scratch: string;
      readonly withBad: boolean;
      readonly isShared: boolean;
    },
  ): Promise<void> {
    const { description, scratch, withBad, isShared } = options;
    const { workspace, clock } = this.#options;
    try {
      const reports = await loadBatch(db, description, { batch, scratch, clock, withBad, isLast: !isShared });
      for (const [index, loaded] of reports.entries()) {
        const report = await this.#compared(db, description, loaded, scratchPath(scratch, index, 'parquet'));
        const descriptionHash = descriptionSha256(description);
        const { found } = batch.files[index]!;
        const inputPath = resolve(found.path);
        await publishEntry(loaded, { workspace, scratch, index, descriptionHash, inputPath, nowMs: clock() });
        this.#note(found, report);
      }
      if (isShared) await db.run(`insert into claimed select line from flags where rule is null or rule <> 'outside'`);
    } catch (error) {
      if (!(error instanceof InputError) || error.code === 'bad-description') throw error;
      for (const file of batch.files) this.#note(file.found, failedReport(file, description, error));
      if (isShared) await db.run('insert into claimed select line from raw'); // nobody could ask these rows
    }
  }

  /** For the caller only, since the lake's bytes do not depend on the order of loads: the report with what became of the rows of the file that this one stands in for. Files that came with this call are no earlier ones. */
  async #compared(
    db: Database,
    description: SourceDescription,
    report: FileReport,
    parquet: string,
  ): Promise<FileReport> {
    const { workspace } = this.#options;
    let before = this.#before.get(description.id);
    if (before === undefined) this.#before.set(description.id, (before = filesBefore(workspace, description.id)));
    const earlier = earlierFile(before, report.fileName);
    return earlier === null
      ? report
      : { ...report, changes: await rowChanges(db, description, { workspace, before: earlier, parquet }) };
  }

  #note(file: FoundFile, report: FileReport): void {
    const own = this.#reports.get(file) ?? new Map<string, FileReport>();
    own.set(report.source, report);
    this.#reports.set(file, own);
    if (report.error !== null) this.progress.note(report.error.message);
    else if (report.outcome === 'ingested' && report.state !== 'green')
      this.progress.note(`${report.fileName}: ${report.reasons.join('; ')}`);
  }

  #tick(files: number): void {
    this.#done += files;
    this.progress.tick(this.#done, this.#total, 'files');
  }
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
