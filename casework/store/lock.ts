import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { StateError } from '../../ingest/base/index.ts';

interface Owner {
  readonly pid: number;
  /** The process's start in clock ticks since boot, where the system tells it: a reused pid has another. */
  readonly started: string | null;
}

const _held = new Set<string>();

/** Takes the folder's lock file for the life of the process or until the returned function is called: PGlite does not lock its folder,
 *  and a second process that opens it loses rows without an error. A lock whose owner is gone (kill -9, reboot) is taken over.
 *  @throws StateError `casework-locked` with the pid that holds it */
export function takeLock(path: string): () => void {
  const file = resolve(path);
  mkdirSync(dirname(file), { recursive: true });
  if (_held.has(file)) throw _refused(file, process.pid);
  if (!_create(file)) _takeOver(file);
  _held.add(file);
  return () => {
    if (_held.delete(file)) rmSync(file, { force: true });
  };
}

/** Only one process at a time may judge a lock stale and replace it, so that no fresh lock is removed. */
function _takeOver(file: string): void {
  const guard = `${file}.takeover`;
  if (!_create(guard)) {
    const other = _read(guard);
    if (other !== null && _isAlive(other)) throw _refused(file, other.pid);
    rmSync(guard, { force: true });
    if (!_create(guard)) throw _refused(file, _read(guard)?.pid ?? 0);
  }
  try {
    const owner = _read(file);
    if (owner !== null && _isAlive(owner)) throw _refused(file, owner.pid);
    rmSync(file, { force: true });
    if (!_create(file)) throw _refused(file, _read(file)?.pid ?? 0);
  } finally {
    rmSync(guard, { force: true });
  }
}

function _create(file: string): boolean {
  try {
    const handle = openSync(file, 'wx');
    writeSync(handle, JSON.stringify({ pid: process.pid, started: _startOf(process.pid) } satisfies Owner));
    closeSync(handle);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

/** Null when the file is gone or was cut short by a crash. */
function _read(file: string): Owner | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Owner;
  } catch {
    return null;
  }
}

function _isAlive({ pid, started }: Owner): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false; // our own pid, and not in `_held`: a leftover
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return started === null || _startOf(pid) === started;
}

/** Field 22 of /proc/<pid>/stat; null elsewhere than on Linux. */
function _startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function _refused(file: string, pid: number): StateError {
  return new StateError(
    'casework-locked',
    `casework: ${file} is held by process ${pid}; use the running server, or stop it and try again`,
    { pid, file },
  );
}
