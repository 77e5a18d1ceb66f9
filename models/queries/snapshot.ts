import { Database } from '../../ingest/tables/index.ts';
import { type WorkspacePaths, currentRun, runFolder, warehouseFile } from '../workspace/index.ts';

interface OpenSnapshot {
  readonly runId: string;
  readonly db: Database;
  users: number;
  stale: boolean;
}

/** The served snapshot, open for reading. Follows the pointer: a new run is picked up at the next `use`,
 *  while work that began on the old one ends on the old one. */
export class SnapshotReader {
  readonly #paths: WorkspacePaths;
  #open: { runId: string; ready: Promise<OpenSnapshot> } | null = null;

  constructor(paths: WorkspacePaths) {
    this.#paths = paths;
  }

  /** Runs `work` on the snapshot that is served now. @throws StateError `no-run` */
  async use<T>(work: (db: Database, runId: string) => Promise<T>): Promise<T> {
    const mine = await this.#served(currentRun(this.#paths));
    mine.users++;
    try {
      return await work(mine.db, mine.runId);
    } finally {
      mine.users--;
      if (mine.stale && mine.users === 0) mine.db.close();
    }
  }

  /** One opening at a time: two requests that meet a new run share it. */
  async #served(runId: string): Promise<OpenSnapshot> {
    if (this.#open?.runId === runId) return this.#open.ready;
    const old = this.#open;
    const ready = Database.open(warehouseFile(runFolder(this.#paths, runId)), { readOnly: true }).then(
      (db): OpenSnapshot => ({ runId, db, users: 0, stale: false }),
    );
    this.#open = { runId, ready };
    try {
      const opened = await ready;
      if (old !== null) await _letGo(old.ready);
      return opened;
    } catch (error) {
      this.#open = null;
      throw error;
    }
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    if (open !== null) await _letGo(open.ready);
  }
}

/** Closes a snapshot now, or when its last user has finished. */
async function _letGo(ready: Promise<OpenSnapshot>): Promise<void> {
  const snapshot = await ready;
  snapshot.stale = true;
  if (snapshot.users === 0) snapshot.db.close();
}
/** Opens the served snapshot once, for a command. */
export async function withSnapshot<T>(
  paths: WorkspacePaths,
  work: (db: Database, runId: string) => Promise<T>,
): Promise<T> {
  const reader = new SnapshotReader(paths);
  try {
    return await reader.use(work);
  } finally {
    await reader.close();
  }
}
