import { ExternalError, InputError, TributaryError, messageOf } from '../base/index.ts';
import { type FileFacts, type RawTable, readFile } from '../formats/index.ts';
import type { FormatDescription } from '../schema/index.ts';
import type { Database } from '../tables/index.ts';
import type { FoundFile } from './find-files.ts';
import { FILE_STRIDE } from './stride.ts';

/** A file to load, inspected. */
export interface OpenFile {
  readonly found: FoundFile;
  readonly facts: FileFacts;
  /** What reading it had to note. */
  readonly notes: readonly string[];
}

/** Files with the same columns, read into one `raw`, `bad` and `cut` (the last line of each file that may be cut). */
export interface Batch {
  readonly files: readonly OpenFile[];
  readonly raw: RawTable;
}

/** A file that cannot be read at all. */
export interface Unreadable {
  readonly file: OpenFile;
  readonly error: InputError;
}

interface _Group {
  readonly id: number;
  readonly files: OpenFile[];
  raw: RawTable;
}

/** Reads files of one format, those with equal columns together, and hands each such batch to `work` as `raw`, `bad` and `cut`; a single file is not copied. Cleaning
 *  many small files together costs about as much as cleaning one. @returns the files that could not be read, each with its fault */
export async function eachBatch(
  db: Database,
  files: readonly OpenFile[],
  options: {
    readonly format: FormatDescription;
    readonly scratch: string;
    readonly strictCrc: boolean;
    work(batch: Batch): Promise<void>;
  },
): Promise<Unreadable[]> {
  const unreadable: Unreadable[] = [];
  const groups = new Map<string, _Group>();
  for (const [i, file] of files.entries()) {
    await db.run(`create schema file_${i}`);
    await db.run(`set schema = 'file_${i}'`);
    const raw = await _read(db, file, options);
    if (raw instanceof InputError) unreadable.push({ file, error: raw });
    else await _keep(db, groups, { file: { ...file, notes: raw.notes }, raw, alone: files.length === 1 });
    await db.run(`set schema = 'main'`);
    if (files.length > 1) await db.run(`drop schema file_${i} cascade`);
  }
  for (const group of groups.values()) {
    await db.run(`set schema = '${files.length === 1 ? 'file_0' : `group_${group.id}`}'`);
    await options.work({ files: group.files, raw: group.raw });
    await db.run(`set schema = 'main'`);
    if (files.length > 1) await db.run(`drop schema group_${group.id} cascade`);
  }
  return unreadable;
}

async function _read(
  db: Database,
  file: OpenFile,
  options: { readonly format: FormatDescription; readonly scratch: string; readonly strictCrc: boolean },
): Promise<RawTable | InputError> {
  try {
    return await readFile(db, file.facts, options);
  } catch (error) {
    if (error instanceof InputError) return error;
    if (error instanceof TributaryError) throw error;
    throw new ExternalError(
      'read-failed',
      `ingestFiles: cannot read ${file.found.path}: ${messageOf(error)}`,
      { path: file.found.path },
      { cause: error },
    );
  }
}

/** Moves what was just read (in the current schema) to its group, its lines shifted to the file's stretch. */
async function _keep(
  db: Database,
  groups: Map<string, _Group>,
  options: { readonly file: OpenFile; readonly raw: RawTable; readonly alone: boolean },
): Promise<void> {
  const { file, raw, alone } = options;
  const cutSql = `select max(line) as line from raw where ${raw.cutColumn !== null} having max(line) is not null`;
  const signature = JSON.stringify([raw.columns, raw.rowsALine]);
  const group = groups.get(signature);
  if (alone) {
    await db.run(`create table cut as ${cutSql}`);
    groups.set(signature, { id: 0, files: [file], raw });
    return;
  }
  const id = group?.id ?? groups.size;
  const base = (group?.files.length ?? 0) * FILE_STRIDE;
  const columns = raw.columns.map((c) => `, ${c.name}`).join('');
  const pieces = {
    raw: `select line + ${base} as line${columns} from raw order by line`,
    bad: `select line + ${base} as line, value, rule, message from bad`,
    cut: `select line + ${base} as line from (${cutSql})`,
  };
  if (group === undefined) await db.run(`create schema group_${id}`);
  for (const [name, sql] of Object.entries(pieces))
    await db.run(
      group === undefined ? `create table group_${id}.${name} as ${sql}` : `insert into group_${id}.${name} ${sql}`,
    );
  if (group === undefined) groups.set(signature, { id, files: [file], raw });
  else {
    group.files.push(file);
    group.raw = {
      ...group.raw,
      cutColumn: group.raw.cutColumn ?? raw.cutColumn,
      undecodable: group.raw.undecodable || raw.undecodable,
    };
  }
}
