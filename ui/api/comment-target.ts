import { type Actor, type CommentOn, type Right, readCase, readView } from '../../casework/index.ts';
import { entityDetail, leadDetail } from '../../models/queries/index.ts';
import type { RouteContext } from './resource.ts';

/** The right that reading and writing comments on each kind of thing needs. */
export const COMMENT_RIGHTS: Readonly<Record<CommentOn, Right>> = {
  lead: 'leads.read',
  case: 'cases.read',
  entity: 'graph.read',
  view: 'graph.read',
};

/** Finds what a comment stands on, as the asker may see it. @throws InputError `no-such-…`, `not-entitled` */
export async function commentTarget(
  { casework, snapshot }: RouteContext,
  actor: Actor,
  on: CommentOn,
  objectId: string,
): Promise<void> {
  if (on === 'lead') await snapshot.use((db) => leadDetail(db, objectId));
  else if (on === 'case') await readCase(casework, objectId);
  else if (on === 'entity') await snapshot.use((db) => entityDetail(db, objectId));
  else await readView(casework, actor.accountId, objectId);
}
