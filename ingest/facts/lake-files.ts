import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { StateError, messageOf } from '../base/index.ts';

/** What the lake says about one file beside its rows (`<sha16>.json`). Unknown parts are null. */
export interface LakeFile {
  readonly source: string;
  /** Relative to the workspace, with `/`. */
  readonly lakePath: string;
  readonly parquet: string;
  /** Null when no row was refused. */
  readonly rejects: string | null;
  readonly meta: Readonly<Record<string, unknown>>;
}

/** Accepted files of one source in the lake, ordered by name. None is no fault: a department may not have sent anything.
 *  @throws StateError `lake-damaged` when a file's facts are missing or unreadable */
export function lakeFilesOf(workspace: string, source: string): LakeFile[] {
  const folder = join(workspace, 'lake', source);
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder)
    .filter((n) => /^[0-9a-f]{16}\.parquet$/.test(n))
    .toSorted();
  return names.map((name) => {
    const base = name.slice(0, -'.parquet'.length);
    const rejects = join(folder, `${base}.reject.parquet`);
    return {
      source,
      lakePath: `lake/${source}/${name}`,
      parquet: join(folder, name),
      rejects: existsSync(rejects) ? rejects : null,
      meta: _metaOf(join(folder, `${base}.json`)),
    };
  });
}

function _metaOf(path: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  } catch (cause) {
    throw new StateError(
      'lake-damaged',
      `lakeFilesOf: ${path} cannot be read (${messageOf(cause)}); ingest that department file again`,
      { path },
      { cause },
    );
  }
}
