import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Replaces a JSON Lines file by one rename, so that a reader sees the old one or the new one.
 *  @param keep  lines of the old file that others wrote and that stay, in front */
export function writeLines(
  file: string,
  rows: readonly unknown[],
  keep: (row: Readonly<Record<string, unknown>>) => boolean = () => false,
): void {
  if (rows.length === 0 && !existsSync(file)) return;
  mkdirSync(dirname(file), { recursive: true });
  const kept = (existsSync(file) ? readFileSync(file, 'utf8') : '')
    .split('\n')
    .filter((line) => line.trim() !== '' && keep(JSON.parse(line) as Record<string, unknown>));
  const temporary = `${file}.new`;
  writeFileSync(temporary, [...kept, ...rows.map((r) => JSON.stringify(r))].map((line) => `${line}\n`).join(''));
  renameSync(temporary, file);
}
