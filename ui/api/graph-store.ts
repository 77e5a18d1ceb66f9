import { EmbeddedStore, type GraphStore } from '../../graph/stores/index.ts';
import type { Database } from '../../ingest/tables/index.ts';

/** One embedded graph a snapshot, loaded at the first question. */
const _stores = new WeakMap<Database, Promise<GraphStore>>();

/** How the graph of a snapshot is opened: embedded, unless another home was named. */
let _open: (db: Database) => Promise<GraphStore> = (db) => EmbeddedStore.open(db);

/** Answers the graph's questions from another home from now on. */
export function answerGraphFrom(open: (db: Database) => Promise<GraphStore>): void {
  _open = open;
}

/** The graph of a snapshot; several questions that meet an unloaded one share the loading. */
export function graphStoreOf(db: Database): Promise<GraphStore> {
  const known = _stores.get(db);
  if (known !== undefined) return known;
  const opening = _open(db);
  _stores.set(db, opening);
  opening.catch(() => _stores.delete(db));
  return opening;
}
