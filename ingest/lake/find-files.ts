import { readdirSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { InputError } from '../base/index.ts';
import type { SourceDescription } from '../schema/index.ts';

/** A file to load and the descriptions that name it. */
export interface FoundFile {
  readonly path: string;
  /** Relative to the path that was given, with `/`; the name alone for a single file. */
  readonly fileName: string;
  readonly descriptions: readonly SourceDescription[];
}

/** Walks files and folders (hidden folders left out) and matches each name to the descriptions, by path.
 *  @throws InputError `no-such-path` with every path that is not there */
export function findFiles(paths: readonly string[], descriptions: readonly SourceDescription[]): FoundFile[] {
  const gone: string[] = [];
  const found = new Map<string, string>();
  for (const path of paths) {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) gone.push(path);
    else if (!stat.isDirectory()) found.set(path, basename(path));
    else
      for (const file of _walk(path)) if (!found.has(file)) found.set(file, relative(path, file).split(sep).join('/'));
  }
  if (gone.length > 0)
    throw new InputError(
      'no-such-path',
      `ingestFiles: there is no ${gone.join(', ')}; name files or folders that exist`,
      { gone },
    );
  return [...found]
    .map(([path, fileName]) => ({
      path,
      fileName,
      descriptions: descriptions.filter((d) => matches(basename(path), d)),
    }))
    .toSorted((a, b) => (a.fileName < b.fileName ? -1 : a.fileName > b.fileName ? 1 : a.path < b.path ? -1 : 1));
}

/** Whether a file name is one of a source's; `*` stands for any run of characters, and a CSV may end in `.gz`. */
export function matches(name: string, description: Pick<SourceDescription, 'files' | 'format'>): boolean {
  const bare = description.format.kind === 'csv' ? [name, name.replace(/\.gz$/i, '')] : [name];
  return description.files.some((pattern) => {
    const text = pattern
      .normalize('NFC')
      .split('*')
      .map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'))
      .join('.*');
    return bare.some((candidate) => new RegExp(`^${text}$`, 'is').test(candidate.normalize('NFC')));
  });
}

function _walk(folder: string): string[] {
  const out: string[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!entry.name.startsWith('.')) out.push(..._walk(path));
    } else if (
      entry.isFile() ||
      (entry.isSymbolicLink() && statSync(path, { throwIfNoEntry: false })?.isFile() === true)
    )
      out.push(path);
  }
  return out;
}
