import { join } from 'node:path';
import { EmbeddedStore, openStored } from '../../../../graph/index.ts';
import type { Database } from '../../../../ingest/tables/index.ts';
import { withSnapshot } from '../../../../models/queries/index.ts';
import { runFolder } from '../../../../models/workspace/index.ts';
import type { Shared } from '../../context.ts';

/** Works on the graph of the served snapshot. The graph is kept beside the snapshot, so that the next command reopens it. */
export function withGraph<T>(
  shared: Shared,
  work: (store: EmbeddedStore, db: Database, runId: string) => Promise<T>,
): Promise<T> {
  return withSnapshot(shared.paths, async (db, runId) => {
    shared.progress.step('open graph');
    const path = join(runFolder(shared.paths, runId), 'graph.bin');
    const store = await openStored(db, { path, source: runId, note: (text) => shared.progress.note(text) });
    return work(store, db, runId);
  });
}
