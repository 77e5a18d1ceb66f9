import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { StateError } from '../../ingest/base/index.ts';
import type { WorkspacePaths } from './paths.ts';

/** Runs `work` as the only writer of the workspace in any process: a lock file holds the owner's pid.
 *  A lock whose process is gone (kill -9) is taken over.
 *  @throws StateError `workspace-locked` with the pid that holds it */
export async function withWorkspaceLock<T>(paths: WorkspacePaths, work: () => Promise<T>): Promise<T> {
  mkdirSync(paths.root, { recursive: true });
  _take(paths.lock);
  try {
    return await work();
  } finally {
    rmSync(paths.lock, { force: true });
  }
}

function _take(lock: string): void {
  for (let tries = 0; tries < 2; tries++) {
    try {
      const file = openSync(lock, 'wx');
      writeSync(file, String(process.pid));
      closeSync(file);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const pid = Number(readFileSync(lock, 'utf8'));
      if (_isAlive(pid)) {
        throw new StateError('workspace-locked', `workspace: ${lock} is held by process ${pid}; wait for it to finish, or stop it and try again`, { pid });
      }
      rmSync(lock, { force: true });
    }
  }
}

function _isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
