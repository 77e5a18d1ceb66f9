import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PARTS = ['ui/web', 'ui/state', 'ui/contract', 'graph', 'package.json'];

/** The folder of the built page, built first when its sources changed since (a few seconds); null where the sources are not there and nothing was built.
 *  @throws the builder's own error, with its message */
export async function webFolder(say: (line: string) => void): Promise<string | null> {
  const out = join(ROOT, 'dist/web');
  const mark = join(out, 'built-from.txt');
  if (!existsSync(join(ROOT, 'ui/web/index.html'))) return existsSync(join(out, 'index.html')) ? out : null;
  const hash = _hashOf(PARTS.map((part) => join(ROOT, part)));
  if (existsSync(mark) && readFileSync(mark, 'utf8') === hash) return out;
  say('Building the page …');
  const { build } = await import('vite');
  await build({ configFile: join(ROOT, 'ui/web/vite.config.ts'), logLevel: 'warn' });
  writeFileSync(mark, hash);
  return out;
}

/** SHA-256 over names and bytes of all files, in name order. */
function _hashOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  const visit = (path: string): void => {
    if (statSync(path).isDirectory()) for (const name of readdirSync(path).toSorted()) visit(join(path, name));
    else if (!/\.(test|contract)\.tsx?$/.test(path)) hash.update(path.slice(ROOT.length)).update(readFileSync(path));
  };
  for (const path of paths) visit(path);
  return hash.digest('hex');
}
