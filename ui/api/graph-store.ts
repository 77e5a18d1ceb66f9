import { EmbeddedStore, type GraphStore } from '../../graph/stores/index.ts';
import type { Database } from '../../ingest/tables/index.ts';

/** One embedded graph a snapshot, loaded at the first question. */
const _stores = new WeakMap<Database, Promise<GraphStore>>();

/** The graph of a snapshot; several questions that meet an unloaded one share the loading. */
export function graphStoreOf(db: Database): Promise<GraphStore> {
  const known = _stores.get(db);
  if (known !== undefined) return known;
  const opening = EmbeddedStore.open(db);
  _stores.set(db, opening);
  opening.catch(() => _stores.delete(db));
  return opening;
}
