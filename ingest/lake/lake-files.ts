import { readFileSync, readdirSync, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StateError, canonicalJson, messageOf, sha256 } from '../base/index.ts';
import type { SourceDescription } from '../schema/index.ts';
import type { FileReport } from './report.ts';

/** One file's entry in the lake: what was loaded, under which description, and the hashes that `verify` recomputes. Written last, so its presence means that the two Parquet files are whole. */
export interface LakeFile {
  readonly source: string;
  readonly fileName: string;
  /** Where the file lay when it was loaded, absolute: `verify` looks there whether the original is still the same. */
  readonly inputPath: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly descriptionSha256: string;
  /** Version of the cleaning rules; another version loads the file again. */
  readonly cleaning: number;
  /** Relative to the workspace, with `/`. */
  readonly parquet: string;
  readonly parquetSha256: string;
  readonly parquetBytes: number;
  readonly rejectParquet: string;
  readonly rejectSha256: string;
  readonly rejectBytes: number;
  readonly ingestedAtMs: number;
  readonly report: FileReport;
}

/** Raised when the same bytes would be cleaned to other values than before. */
export const CLEANING_VERSION = 1;

/** Folder of the lake in a workspace. */
export function lakeFolder(workspace: string): string {
  return join(workspace, 'lake');
}

/** Hash of everything in a description that decides what cleaning yields; its mentions, links and events may change without a new load. */
export function descriptionSha256(d: SourceDescription): string {
  const { id, format, columns, where, key, eventAt, knownAt, datum } = d;
  return sha256(canonicalJson({ id, format, columns, where, key, eventAt, knownAt, datum }));
}

/** Files of one source that are whole in the lake, by file name and hash. Cheap: reads the small JSON files only.
 *  @throws StateError `damaged-lake` when an entry cannot be read or its Parquet is gone or of another size */
export function lakeFiles(workspace: string, source: string): LakeFile[] {
  const folder = join(lakeFolder(workspace), source);
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => /^[0-9a-f]{16}\.json$/.test(name));
  const files = names.map((name) => readLakeFile(workspace, join(folder, name)));
  return files.toSorted((a, b) =>
    a.fileName < b.fileName ? -1 : a.fileName > b.fileName ? 1 : a.sha256 < b.sha256 ? -1 : 1,
  );
}

/** One entry, checked against the sizes of its Parquet files. */
export function readLakeFile(workspace: string, path: string): LakeFile {
  let entry: LakeFile;
  try {
    entry = JSON.parse(readFileSync(path, 'utf8')) as LakeFile;
  } catch (cause) {
    throw new StateError(
      'damaged-lake',
      `lakeFiles: ${path} cannot be read: ${messageOf(cause)}; delete it and ingest the file again`,
      { path },
      { cause },
    );
  }
  for (const [name, bytes] of [
    [entry.parquet, entry.parquetBytes],
    [entry.rejectParquet, entry.rejectBytes],
  ] as const) {
    const full = join(workspace, name);
    if (existsSync(full) && statSync(full).size === bytes) continue;
    throw new StateError(
      'damaged-lake',
      `lakeFiles: ${full} is gone or no longer has ${bytes} bytes; delete ${path} and ingest ${entry.fileName} again`,
      { path: full },
    );
  }
  return entry;
}
