import { InputError, StateError } from '../../ingest/base/index.ts';
import { appendAudit } from '../audit/index.ts';
import { ROLES, type Role } from '../codes/index.ts';
import type { Actor, Desk } from '../desk/index.ts';
import { type Tables, asc, count, eq, sql, tables } from '../store/index.ts';
import { type Account, plainAccount } from './account.ts';
import { hashPassword, newPassword } from './password.ts';
import { endSessionsOf } from './sessions.ts';

export interface NewAccount {
  readonly name: string;
  readonly displayName: string;
  readonly unit?: string | null;
  readonly roles: readonly Role[];
  readonly password: string;
}

export type AccountChange = {
  readonly [K in 'displayName' | 'unit' | 'roles' | 'isDisabled' | 'password']?:
    | (K extends 'roles'
        ? readonly Role[]
        : K extends 'isDisabled'
          ? boolean
          : K extends 'unit'
            ? string | null
            : string)
    | undefined;
};

export async function listAccounts(desk: Desk): Promise<Account[]> {
  const rows = await desk.store.db.select().from(tables.account).orderBy(asc(tables.account.name));
  return rows.map(plainAccount);
}

/** @throws InputError `bad-account`, `short-password`; StateError `name-taken` */
export async function addAccount(desk: Desk, actor: Actor | null, given: NewAccount): Promise<Account> {
  _checkNew(given);
  const passwordHash = await hashPassword(given.password, desk.random);
  return desk.store.db.transaction(async (tx) => {
    const { account } = tables;
    const now = desk.clock();
    const [row] = await tx
      .insert(account)
      .values({
        name: given.name,
        displayName: given.displayName,
        unit: given.unit ?? null,
        roles: ROLES.filter((r) => given.roles.includes(r)),
        passwordHash,
        createdAt: new Date(now),
      })
      .onConflictDoNothing({ target: account.name })
      .returning();
    if (row === undefined)
      throw new StateError('name-taken', `account: the name "${given.name}" is taken; choose another`, {
        name: given.name,
      });
    const { accountId } = row;
    await appendAudit(tx, actor, now, {
      action: 'account.added',
      object: `account:${accountId}`,
      detail: { name: given.name, roles: row.roles },
    });
    return plainAccount(row);
  });
}

/** The first account of a new workspace, with every role, and its password, told once. Null when there are accounts already. */
export async function firstAccount(
  desk: Desk,
  password: string | null,
): Promise<{ account: Account; password: string } | null> {
  const [{ n } = { n: 0 }] = await desk.store.db.select({ n: count() }).from(tables.account);
  if (n > 0) return null;
  const secret = password ?? newPassword(desk.random);
  const given = { name: 'admin', displayName: '管理员 Administrator', roles: ROLES, password: secret };
  return { account: await addAccount(desk, null, given), password: secret };
}

/** A new password or fewer roles end the account's sessions at once.
 *  @throws InputError `no-such-account`, `short-password`; StateError `last-administrator` */
export async function changeAccount(
  desk: Desk,
  actor: Actor | null,
  accountId: string,
  change: AccountChange,
): Promise<Account> {
  if (change.password !== undefined) _checkPassword(change.password);
  const passwordHash = change.password === undefined ? undefined : await hashPassword(change.password, desk.random);
  const changed = await desk.store.db.transaction(async (tx) => {
    const { account } = tables;
    const { password: _secret, roles, ...rest } = change;
    const set = {
      ...rest,
      ...(roles === undefined ? {} : { roles: ROLES.filter((r) => roles.includes(r)) }),
      ...(passwordHash === undefined ? {} : { passwordHash, failures: 0, lockedUntil: null }),
    };
    if (Object.keys(set).length === 0) throw new InputError('bad-account', 'account: no change was given');
    const [row] = await tx.update(account).set(set).where(eq(account.accountId, accountId)).returning();
    if (row === undefined) throw noSuchAccount(accountId);
    await _keepAnAdministrator(tx);
    if (change.isDisabled === true || roles !== undefined || passwordHash !== undefined)
      await endSessionsOf(tx, accountId);
    await appendAudit(tx, actor, desk.clock(), {
      action: 'account.changed',
      object: `account:${accountId}`,
      detail: {
        ...rest,
        ...(roles === undefined ? {} : { roles }),
        password: passwordHash === undefined ? 'kept' : 'new',
      },
    });
    return plainAccount(row);
  });
  desk.tell({ type: 'access' });
  return changed;
}

/** By name, for the command line. @throws InputError `no-such-account` */
export async function accountNamed(desk: Desk, name: string): Promise<Account> {
  const [row] = await desk.store.db.select().from(tables.account).where(eq(tables.account.name, name));
  if (row === undefined) throw noSuchAccount(name);
  return plainAccount(row);
}

export function noSuchAccount(name: string): InputError {
  return new InputError('no-such-account', `account: there is no "${name}"; "tributary account list" shows them`, {
    name,
  });
}

async function _keepAnAdministrator(tx: Tables): Promise<void> {
  const { account } = tables;
  const rows = await tx
    .select({ id: account.accountId })
    .from(account)
    .where(sql`not ${account.isDisabled} and 'admin' = any(${account.roles})`)
    .for('update');
  if (rows.length === 0)
    throw new StateError(
      'last-administrator',
      'account: this would leave nobody who can manage accounts; give another account the role admin first',
    );
}

function _checkNew({ name, displayName, roles, password }: NewAccount): void {
  const faults = [
    /^[a-z][a-z0-9._-]{1,39}$/.test(name)
      ? null
      : `name "${name}" is not 2 to 40 of a–z 0–9 . - _ beginning with a letter`,
    displayName.trim() === '' ? 'the display name is empty' : null,
    roles.length === 0 ? 'no role is given' : null,
    ...roles.filter((r) => !ROLES.includes(r)).map((r) => `role "${r}" is not one of ${ROLES.join(', ')}`),
  ].filter((f) => f !== null);
  if (faults.length > 0) throw new InputError('bad-account', `account: ${faults.join('; ')}`, { faults });
  _checkPassword(password);
}

function _checkPassword(password: string): void {
  if (password.length < 10 || password.length > 200)
    throw new InputError('short-password', `account: a password of ${password.length} characters; use 10 to 200`);
}
