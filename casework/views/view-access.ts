import { InputError } from '../../ingest/base/index.ts';
import { type Tables, and, eq, tables } from '../store/index.ts';

export type ViewRow = typeof tables.view.$inferSelect;

/** The view, when the account may do that with it.
 *  @throws InputError `no-such-view` (also once deleted), `not-entitled` when it is not shared so far */
export async function viewFor(
  db: Tables,
  accountId: string,
  viewId: string,
  to: 'read' | 'write' | 'own',
  lock = false,
): Promise<ViewRow> {
  const { view, viewShare } = tables;
  const asked = db.select().from(view).where(eq(view.viewId, viewId));
  const [row] = await (lock ? asked.for('update') : asked);
  if (row === undefined || row.isDeleted)
    throw new InputError('no-such-view', `view: none "${viewId}", or it was deleted`, { viewId });
  if (row.owner === accountId) return row;
  const [share] = await db
    .select()
    .from(viewShare)
    .where(and(eq(viewShare.viewId, viewId), eq(viewShare.accountId, accountId)));
  const may = share !== undefined && (to === 'read' || (to === 'write' && share.mayWrite));
  if (!may)
    throw new InputError('not-entitled', `view: "${viewId}" is not shared with you to ${to}; ask its owner`, {
      viewId,
    });
  return row;
}

/** Whether the account may see the view. */
export async function mayReadView(db: Tables, accountId: string, viewId: string): Promise<boolean> {
  return viewFor(db, accountId, viewId, 'read').then(
    () => true,
    (error: unknown) => {
      if (error instanceof InputError) return false;
      throw error;
    },
  );
}

export function noSuchVersion(viewId: string, version: number): InputError {
  return new InputError('no-such-version', `view: "${viewId}" has no version ${version}, or it was an old autosave`, {
    viewId,
    version,
  });
}
