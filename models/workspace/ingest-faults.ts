import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkspacePaths } from './paths.ts';

/** A file that could not be read when it was last tried. The lake holds only what could be read, so such files are remembered beside it. */
export interface IngestFault {
  readonly source: string;
  readonly fileName: string;
  readonly message: string;
  /** ISO, UTC. */
  readonly at: string;
}

const FILE = 'unreadable.json';

/** Files that could not be read, by source and name; none where nothing failed. */
export function readIngestFaults(paths: WorkspacePaths): readonly IngestFault[] {
  const file = join(paths.lake, FILE);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as IngestFault[]) : [];
}

/** Remembers what a load could not read, and forgets a file once it was read. Whole or not at all: written aside, then renamed. */
export function rememberIngest(
  paths: WorkspacePaths,
  files: readonly { readonly source: string; readonly fileName: string; readonly outcome: string; readonly error: { readonly message: string } | null }[],
  at: string,
): void {
  const before = readIngestFaults(paths).filter((f) => !files.some((x) => x.source === f.source && x.fileName === f.fileName));
  const failed = files.flatMap((f) => (f.error === null ? [] : [{ source: f.source, fileName: f.fileName, message: f.error.message, at }]));
  const all = [...before, ...failed].sort((a, b) => (`${a.source} ${a.fileName}` < `${b.source} ${b.fileName}` ? -1 : 1));
  if (all.length === 0 && !existsSync(join(paths.lake, FILE))) return;
  mkdirSync(paths.lake, { recursive: true });
  const file = join(paths.lake, FILE);
  writeFileSync(`${file}.part`, `${JSON.stringify(all, null, 1)}\n`);
  renameSync(`${file}.part`, file);
}
