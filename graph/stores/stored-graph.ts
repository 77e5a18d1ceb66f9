import { existsSync } from 'node:fs';
import { ExternalError, StateError } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import { EmbeddedStore } from './embedded.ts';
import { loadGraph, saveGraph } from './graph-file.ts';

export interface StoredGraph {
  /** Where the built graph is kept; a cache, which may be deleted at any time. */
  readonly path: string;
  /** What it is built from, e.g. the run id; a file of another is built anew. */
  readonly source: string;
  /** Told why a file could not be used or kept. */
  readonly note?: (text: string) => void;
}

/** The store of a snapshot, reopened from its file where there is one of the same source, else built and kept. A file that cannot be kept (disk full, no right) costs the
 *  next opening its time, and nothing else. @throws as `EmbeddedStore.open` */
export async function openStored(db: Database, { path, source, note = () => {} }: StoredGraph): Promise<EmbeddedStore> {
  if (existsSync(path)) {
    try {
      return EmbeddedStore.over(db, await loadGraph(path, source));
    } catch (error) {
      if (!(error instanceof StateError || error instanceof ExternalError)) throw error;
      note(error.message);
    }
  }
  const store = await EmbeddedStore.open(db);
  try {
    await saveGraph(path, store, source);
  } catch (error) {
    if (!(error instanceof ExternalError)) throw error;
    note(error.message);
  }
  return store;
}
