import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256 } from '../ingest/base/index.ts';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const FOLDERS = ['ingest', 'graph', 'models'];

/** `<package version>+<hash of every source that makes a number>`: two runs with the same one transform alike.
 *  Tests do not count. Reads a few hundred small files. */
export function codeVersion(): string {
  const version = (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version;
  const parts = FOLDERS.flatMap((folder) => _sources(join(ROOT, folder)))
    .map((file) => `${relative(ROOT, file).split(sep).join('/')} ${sha256(readFileSync(file))}`)
    .sort();
  return `${version}+${sha256(parts.join('\n')).slice(0, 12)}`;
}

function _sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((e) => e.isFile() && e.name.endsWith('.ts') && !e.name.endsWith('.test.ts'))
    .map((e) => join(e.parentPath, e.name));
}
