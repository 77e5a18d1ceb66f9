import { type Clock, InputError } from '../../ingest/base/index.ts';
import { type Store, type Tables, eq, tables } from '../store/index.ts';

/** What every act of casework works with. */
export interface Desk {
  readonly store: Store;
  readonly clock: Clock;
  /** Bytes nobody can guess, for secrets; an argument so that tests repeat. */
  readonly random: (bytes: number) => Uint8Array;
  /** Where evidence files and the exports for the next run lie; null in memory: files are refused. */
  readonly folder: string | null;
  /** Told of every message and saved view, after it is committed; the server pushes it on. */
  readonly tell: (event: DeskEvent) => void;
}

/** `access`: accounts, grants, purposes or sessions changed, so what was read of them before no longer holds. */
export type DeskEvent =
  | { readonly type: 'access' }
  | { readonly type: 'message'; readonly accountId: string; readonly messageId: string }
  | { readonly type: 'view'; readonly viewId: string; readonly version: number; readonly byName: string };

/** Who acts, and for which stated purpose. */
export interface Actor {
  readonly accountId: string;
  readonly name: string;
  readonly purposeId: string | null;
}

/** Names as people see them, of the accounts in the list. */
export async function displayNames(
  db: Tables,
  accountIds: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(accountIds.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const { account } = tables;
  const rows = await db.select({ id: account.accountId, name: account.displayName }).from(account);
  return new Map(rows.filter((r) => wanted.includes(r.id)).map((r) => [r.id, r.name]));
}

/** @throws InputError `no-such-account`, also for one that is disabled */
export async function activeAccount(
  db: Tables,
  accountId: string,
): Promise<{ accountId: string; displayName: string }> {
  const { account } = tables;
  const [row] = await db.select().from(account).where(eq(account.accountId, accountId));
  if (row === undefined || row.isDisabled)
    throw new InputError(
      'no-such-account',
      `casework: no active account "${accountId}"; GET /api/colleagues lists them`,
      { accountId },
    );
  return row;
}
