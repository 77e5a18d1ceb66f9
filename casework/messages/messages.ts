import { InputError } from '../../ingest/base/index.ts';
import type { Actor, Desk } from '../desk/index.ts';
import { type Tables, and, count, desc, eq, isNull, sql, tables } from '../store/index.ts';

export type MessageKind = 'mention' | 'assigned' | 'digest' | 'review' | 'unlock' | 'case' | 'grant' | 'run';

export interface NewMessage {
  readonly accountIds: readonly string[];
  readonly kind: MessageKind;
  readonly titleZh: string;
  readonly titleEn: string;
  /** Address in the page. */
  readonly link: string | null;
  readonly detail?: Readonly<Record<string, unknown>>;
  /** A second message with the same key to the same account is not sent. */
  readonly onceKey?: string;
}

export interface Message {
  readonly messageId: string;
  readonly kind: MessageKind;
  readonly at: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly link: string | null;
  readonly detail: Record<string, unknown>;
  readonly readAt: string | null;
  readonly acknowledgedAt: string | null;
}

/** A message that was put into a box; told to its receiver once the transaction is committed. */
export interface Sent {
  readonly accountId: string;
  readonly messageId: string;
}

/** Puts one message into each account's box, in the caller's transaction; a repeat by `onceKey` is not put again. */
export async function putMessage(db: Tables, atMs: number, given: NewMessage): Promise<Sent[]> {
  const to = [...new Set(given.accountIds)].toSorted();
  if (to.length === 0) return [];
  return db
    .insert(tables.message)
    .values(
      to.map((accountId) => ({
        accountId,
        kind: given.kind,
        at: new Date(atMs),
        titleZh: given.titleZh,
        titleEn: given.titleEn,
        link: given.link,
        detail: given.detail ?? {},
        onceKey: given.onceKey ?? null,
      })),
    )
    .onConflictDoNothing()
    .returning({ accountId: tables.message.accountId, messageId: tables.message.messageId });
}

/** Tells receivers who are on line. */
export function tellSent(desk: Desk, sent: readonly Sent[]): void {
  for (const { accountId, messageId } of sent) desk.tell({ type: 'message', accountId, messageId });
}

/** A message by itself. @returns how many were sent */
export async function sendMessage(desk: Desk, given: NewMessage): Promise<number> {
  const sent = await putMessage(desk.store.db, desk.clock(), given);
  tellSent(desk, sent);
  return sent.length;
}

/** One's own messages, newest first. */
export async function listMessages(
  desk: Desk,
  accountId: string,
  query: { unread: boolean; kind?: MessageKind | undefined; limit: number },
): Promise<{ unread: number; total: number; messages: Message[] }> {
  const { message } = tables;
  const mine = eq(message.accountId, accountId);
  const wanted = and(
    mine,
    query.unread ? isNull(message.readAt) : undefined,
    query.kind === undefined ? undefined : eq(message.kind, query.kind),
  );
  const [{ total } = { total: 0 }] = await desk.store.db.select({ total: count() }).from(message).where(wanted);
  const rows = await desk.store.db.select().from(message).where(wanted).orderBy(desc(message.no)).limit(query.limit);
  return { unread: await unreadCount(desk, accountId), total, messages: rows.map(_plain) };
}

export async function unreadCount(desk: Desk, accountId: string): Promise<number> {
  const { message } = tables;
  const [{ n } = { n: 0 }] = await desk.store.db
    .select({ n: count() })
    .from(message)
    .where(and(eq(message.accountId, accountId), isNull(message.readAt)));
  return n;
}

/** One message, for its receiver only. @throws InputError `no-such-message` */
export async function oneMessage(desk: Desk, accountId: string, messageId: string): Promise<Message> {
  const { message } = tables;
  const [row] = await desk.store.db
    .select()
    .from(message)
    .where(and(eq(message.messageId, messageId), eq(message.accountId, accountId)));
  if (row === undefined) throw _none(messageId);
  return _plain(row);
}

/** Marks one's own message as read, or read and acknowledged; the first time counts. @throws InputError `no-such-message` */
export async function markMessage(desk: Desk, actor: Actor, messageId: string, acknowledge: boolean): Promise<Message> {
  const { message } = tables;
  const now = new Date(desk.clock()).toISOString();
  const [row] = await desk.store.db
    .update(message)
    .set({
      readAt: sql`coalesce(${message.readAt}, ${now}::timestamptz)`,
      ...(acknowledge ? { acknowledgedAt: sql`coalesce(${message.acknowledgedAt}, ${now}::timestamptz)` } : {}),
    })
    .where(and(eq(message.messageId, messageId), eq(message.accountId, actor.accountId)))
    .returning();
  if (row === undefined) throw _none(messageId);
  return _plain(row);
}

/** Marks all of one's own as read. @returns how many */
export async function markAllRead(desk: Desk, accountId: string): Promise<number> {
  const { message } = tables;
  const rows = await desk.store.db
    .update(message)
    .set({ readAt: new Date(desk.clock()) })
    .where(and(eq(message.accountId, accountId), isNull(message.readAt)))
    .returning({ id: message.messageId });
  return rows.length;
}

function _none(messageId: string): InputError {
  return new InputError('no-such-message', `message: none "${messageId}" of yours`, { messageId });
}

function _plain(row: typeof tables.message.$inferSelect): Message {
  return {
    messageId: row.messageId,
    kind: row.kind as MessageKind,
    at: row.at.toISOString(),
    title: { zh: row.titleZh, en: row.titleEn },
    link: row.link,
    detail: row.detail as Record<string, unknown>,
    readAt: row.readAt?.toISOString() ?? null,
    acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
  };
}
