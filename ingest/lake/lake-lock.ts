import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StateError } from '../base/index.ts';
import { lakeFolder } from './lake-files.ts';

/** Holds the lake for one writing process, and gives it an empty scratch folder; what a killed process left is cleared.
 *  @returns the scratch folder and the release, to be called in `finally`
 *  @throws StateError `lake-busy` when a living process holds the lake */
export function holdLake(workspace: string): { readonly scratch: string; release(): void } {
  const folder = lakeFolder(workspace);
  const lock = join(folder, '.lock');
  const scratch = join(folder, '.scratch');
  mkdirSync(folder, { recursive: true });
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const owner = _ownerOf(lock);
      if (owner !== null && _isAlive(owner))
        throw new StateError(
          'lake-busy',
          `ingestFiles: process ${owner} is writing to ${folder}; wait until it has finished`,
          { pid: owner },
        );
      rmSync(lock, { force: true });
    }
  }
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch);
  return {
    scratch,
    release() {
      rmSync(scratch, { recursive: true, force: true });
      rmSync(lock, { force: true });
    },
  };
}

function _ownerOf(lock: string): number | null {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

function _isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
