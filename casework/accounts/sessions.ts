import { sha256 } from '../../ingest/base/index.ts';
import type { Desk } from '../desk/index.ts';
import { type Tables, and, eq, gt, lte, sql, tables } from '../store/index.ts';

/** What a session keeps; plain JSON. */
export type SessionData = Readonly<Record<string, unknown>>;

/** The key under which a session's secret is stored. */
export function sessionHash(secret: string): string {
  return sha256(`tributary session\n${secret}`);
}

/** Null when there is none, or it has expired. */
export async function readSession(desk: Desk, secret: string): Promise<SessionData | null> {
  const { session } = tables;
  const [row] = await desk.store.db
    .select({ data: session.data })
    .from(session)
    .where(and(eq(session.sessionHash, sessionHash(secret)), gt(session.expiresAt, new Date(desk.clock()))));
  return row === undefined ? null : (row.data as SessionData);
}

export async function writeSession(
  desk: Desk,
  secret: string,
  given: { accountId: string | null; data: SessionData; expiresAtMs: number },
): Promise<void> {
  const { session } = tables;
  const values = { accountId: given.accountId, data: given.data, expiresAt: new Date(given.expiresAtMs) };
  await desk.store.db
    .insert(session)
    .values({ sessionHash: sessionHash(secret), createdAt: new Date(desk.clock()), ...values })
    .onConflictDoUpdate({ target: session.sessionHash, set: values });
}

/** Moves the end of a session that is used; a session that is gone stays gone. */
export async function extendSession(desk: Desk, secret: string, expiresAtMs: number): Promise<void> {
  const { session } = tables;
  await desk.store.db
    .update(session)
    .set({ expiresAt: new Date(expiresAtMs) })
    .where(eq(session.sessionHash, sessionHash(secret)));
}

export async function endSession(desk: Desk, secret: string): Promise<void> {
  await desk.store.db.delete(tables.session).where(eq(tables.session.sessionHash, sessionHash(secret)));
}

export async function endSessionsOf(tx: Tables, accountId: string): Promise<void> {
  await tx.delete(tables.session).where(eq(tables.session.accountId, accountId));
}

/** Removes expired sessions. @returns how many */
export async function sweepSessions(desk: Desk): Promise<number> {
  const { session } = tables;
  const gone = await desk.store.db
    .delete(session)
    .where(lte(session.expiresAt, new Date(desk.clock())))
    .returning({ hash: session.sessionHash });
  return gone.length;
}

/** A secret of the installation (for cookies), made once and kept with the accounts. */
export async function installationSecret(desk: Desk, name: string): Promise<string> {
  const { setting } = tables;
  const value = Buffer.from(desk.random(32)).toString('base64url');
  const [row] = await desk.store.db
    .insert(setting)
    .values({ name, value })
    .onConflictDoUpdate({ target: setting.name, set: { value: sql`${setting.value}` } })
    .returning();
  return row!.value;
}
