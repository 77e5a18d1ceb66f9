import { InputError, StateError } from '../../ingest/base/index.ts';
import { appendAudit } from '../audit/index.ts';
import type { Actor, Desk } from '../desk/index.ts';
import { eq, sql, tables } from '../store/index.ts';
import { type Account, plainAccount } from './account.ts';
import { changeAccount } from './accounts.ts';
import { fitsPassword } from './password.ts';

const FAILURES_BEFORE_PAUSE = 5;
const PAUSE_MS = 5 * 60_000;
/** A hash that no password fits, so that an unknown name costs the same time as a wrong password. */
const NOBODY = `scrypt$32768$8$1$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** The account, when name and password fit. Every try is logged; five failures in a row pause the account for five minutes.
 *  @throws InputError `bad-credentials` (the same words for a wrong name and a wrong password), StateError `account-paused` */
export async function signIn(desk: Desk, name: string, password: string): Promise<Account> {
  const { account } = tables;
  const [row] = await desk.store.db.select().from(account).where(eq(account.name, name));
  const fits = await fitsPassword(password, row?.passwordHash ?? NOBODY);
  const now = desk.clock();
  if (row !== undefined && row.lockedUntil !== null && row.lockedUntil.getTime() > now) {
    await _log(desk, row, 'session.refused', { name, why: 'paused' });
    throw new StateError(
      'account-paused',
      `sign in: too many wrong passwords; try again after ${row.lockedUntil.toISOString()}`,
      { until: row.lockedUntil.toISOString() },
    );
  }
  if (row === undefined || !fits || row.isDisabled) {
    await _failed(desk, row, name);
    throw new InputError('bad-credentials', 'sign in: the name or the password is wrong');
  }
  const [now2] = await desk.store.db
    .update(account)
    .set({ failures: 0, lockedUntil: null, lastSeenAt: new Date(now) })
    .where(eq(account.accountId, row.accountId))
    .returning();
  await _log(desk, row, 'session.began', { name });
  return plainAccount(now2!);
}

/** One's own new password. @throws InputError `bad-credentials`, `short-password` */
export async function changeOwnPassword(desk: Desk, actor: Actor, current: string, next: string): Promise<void> {
  const { account } = tables;
  const [row] = await desk.store.db.select().from(account).where(eq(account.accountId, actor.accountId));
  if (row === undefined || !(await fitsPassword(current, row.passwordHash)))
    throw new InputError('bad-credentials', 'password: the current password is wrong');
  await changeAccount(desk, actor, actor.accountId, { password: next });
}

async function _failed(desk: Desk, row: typeof tables.account.$inferSelect | undefined, name: string): Promise<void> {
  const { account } = tables;
  if (row !== undefined) {
    const [{ failures } = { failures: 0 }] = await desk.store.db
      .update(account)
      .set({ failures: sql`${account.failures} + 1` })
      .where(eq(account.accountId, row.accountId))
      .returning({ failures: account.failures });
    if (failures >= FAILURES_BEFORE_PAUSE)
      await desk.store.db
        .update(account)
        .set({ failures: 0, lockedUntil: new Date(desk.clock() + PAUSE_MS) })
        .where(eq(account.accountId, row.accountId));
  }
  await _log(desk, row, 'session.refused', { name: name.slice(0, 80), why: row === undefined ? 'unknown' : 'wrong' });
}

async function _log(
  desk: Desk,
  row: typeof tables.account.$inferSelect | undefined,
  action: string,
  detail: Record<string, unknown>,
): Promise<void> {
  const actor = row === undefined ? null : { accountId: row.accountId, name: row.displayName, purposeId: null };
  await desk.store.db.transaction((tx) => appendAudit(tx, actor, desk.clock(), { action, detail }));
}
