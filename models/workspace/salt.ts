import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkspacePaths } from './paths.ts';

/** The workspace's own secret behind the pseudonyms of persons: made once, kept beside the lake, never printed.
 *  With it a pseudonym stays the same from run to run; without it nobody can go back from one. */
export function pseudonymKeyOf(paths: WorkspacePaths): string {
  const file = join(paths.root, '.pseudonym-key');
  if (!existsSync(file)) {
    mkdirSync(paths.root, { recursive: true });
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  }
  return readFileSync(file, 'utf8').trim();
}
