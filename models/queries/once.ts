import type { Database } from '../../ingest/tables/index.ts';

/** Remembers the answer to a question for as long as a snapshot is open: a snapshot never changes, so neither does the answer. A failure is not remembered. */
export function oncePerSnapshot<T>(ask: (db: Database) => Promise<T>): (db: Database) => Promise<T> {
  const known = new WeakMap<Database, Promise<T>>();
  return (db) => {
    const before = known.get(db);
    if (before !== undefined) return before;
    const now = ask(db);
    known.set(db, now);
    now.catch(() => known.delete(db));
    return now;
  };
}
