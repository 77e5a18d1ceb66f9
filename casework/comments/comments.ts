import { appendAudit } from '../audit/index.ts';
import { type Actor, type Desk } from '../desk/index.ts';
import { putMessage, tellSent } from '../messages/index.ts';
import { and, asc, count, eq, tables } from '../store/index.ts';

export type CommentOn = 'lead' | 'case' | 'entity' | 'view';

export interface Comment {
  readonly commentId: string;
  readonly on: CommentOn;
  readonly objectId: string;
  readonly text: string;
  readonly mentions: readonly { readonly accountId: string; readonly name: string; readonly displayName: string }[];
  readonly by: string;
  readonly byName: string;
  readonly at: string;
}

type Colleague = Comment['mentions'][number];

const PAGES: Readonly<Record<CommentOn, string>> = {
  lead: '/leads/',
  case: '/cases/',
  entity: '/entities/',
  view: '/explore/',
};

/** Adds a comment; each colleague named by `@name` gets a message, nobody else does. An `@` that names nobody is text. */
export async function addComment(
  desk: Desk,
  actor: Actor,
  given: { on: CommentOn; objectId: string; text: string },
): Promise<Comment> {
  const { comment, sent } = await desk.store.db.transaction(async (tx) => {
    const now = desk.clock();
    const named = new Set(
      [...given.text.matchAll(/@([a-z][a-z0-9._-]{1,39})/g)].map((m) => m[1]!.replace(/[._-]+$/, '')),
    );
    const all =
      named.size === 0 ? [] : await tx.select().from(tables.account).where(eq(tables.account.isDisabled, false));
    const mentions = all
      .filter((a) => named.has(a.name))
      .map(({ accountId, name, displayName }): Colleague => ({ accountId, name, displayName }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const [row] = await tx
      .insert(tables.comment)
      .values({ ...given, mentions: mentions.map((m) => m.accountId), by: actor.accountId, at: new Date(now) })
      .returning();
    await appendAudit(tx, actor, now, {
      action: 'comment.added',
      object: `${given.on}:${given.objectId}`,
      detail: { commentId: row!.commentId, mentions: mentions.map((m) => m.accountId) },
    });
    const sent = await putMessage(tx, now, {
      accountIds: mentions.map((m) => m.accountId).filter((id) => id !== actor.accountId),
      kind: 'mention',
      titleZh: `${actor.name} 在评论中提到您`,
      titleEn: `${actor.name} mentioned you`,
      link: `${PAGES[given.on]}${encodeURIComponent(given.objectId)}`,
      detail: { on: given.on, objectId: given.objectId, text: Array.from(given.text).slice(0, 300).join('') },
    });
    return { comment: _plain(row!, actor.name, mentions), sent };
  });
  tellSent(desk, sent);
  return comment;
}

/** Oldest first. */
export async function commentsOn(desk: Desk, on: CommentOn, objectId: string): Promise<Comment[]> {
  const { comment, account } = tables;
  const rows = await desk.store.db
    .select()
    .from(comment)
    .where(and(eq(comment.on, on), eq(comment.objectId, objectId)))
    .orderBy(asc(comment.at), asc(comment.commentId));
  const accounts = rows.length === 0 ? [] : await desk.store.db.select().from(account);
  const byId = new Map(accounts.map((a) => [a.accountId, a]));
  return rows.map((row) =>
    _plain(
      row,
      byId.get(row.by)?.displayName ?? row.by,
      row.mentions.flatMap((id) => {
        const a = byId.get(id);
        return a === undefined ? [] : [{ accountId: id, name: a.name, displayName: a.displayName }];
      }),
    ),
  );
}

export async function commentCount(desk: Desk, on: CommentOn, objectId: string): Promise<number> {
  const { comment } = tables;
  const [{ n } = { n: 0 }] = await desk.store.db
    .select({ n: count() })
    .from(comment)
    .where(and(eq(comment.on, on), eq(comment.objectId, objectId)));
  return n;
}

function _plain(row: typeof tables.comment.$inferSelect, byName: string, mentions: readonly Colleague[]): Comment {
  const { commentId, objectId, text, by } = row;
  return { commentId, on: row.on as CommentOn, objectId, text, mentions, by, byName, at: row.at.toISOString() };
}
