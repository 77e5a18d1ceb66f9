import { existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StateError } from '../../ingest/base/index.ts';
import { type WorkspacePaths, runFolder, warehouseFile } from './paths.ts';

/** The run that is served.
 *  @throws StateError `no-run` when no run has finished, or the one named is gone */
export function currentRun(paths: WorkspacePaths): string {
  if (!existsSync(paths.current)) {
    throw new StateError('no-run', `workspace: ${paths.root} has no finished run; start one with "tributary run"`, { workspace: paths.root });
  }
  const runId = readFileSync(paths.current, 'utf8').trim();
  if (!existsSync(warehouseFile(runFolder(paths, runId)))) {
    throw new StateError('no-run', `workspace: ${paths.current} names run ${runId}, whose snapshot is gone; run "tributary run" again`, { runId });
  }
  return runId;
}

/** Makes `runId` the served run: one atomic rename, so that a reader sees the old one or the new one. */
export function serveRun(paths: WorkspacePaths, runId: string): void {
  const temporary = `${paths.current}.new`;
  writeFileSync(temporary, `${runId}\n`);
  renameSync(temporary, paths.current);
}

/** Removes what killed runs left behind. @returns the names removed */
export function removeUnfinished(paths: WorkspacePaths): string[] {
  if (!existsSync(paths.snapshots)) return [];
  const left = readdirSync(paths.snapshots).filter((name) => name.startsWith('.building-')).sort();
  for (const name of left) rmSync(join(paths.snapshots, name), { recursive: true, force: true });
  return left;
}
