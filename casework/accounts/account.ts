import type { Role } from '../codes/index.ts';
import { tables } from '../store/index.ts';

export interface Account {
  readonly accountId: string;
  readonly name: string;
  readonly displayName: string;
  readonly unit: string | null;
  readonly roles: readonly Role[];
  readonly isDisabled: boolean;
  readonly createdAt: string;
  readonly lastSeenAt: string | null;
}

/** An account without its secrets. */
export function plainAccount(row: typeof tables.account.$inferSelect): Account {
  return {
    accountId: row.accountId,
    name: row.name,
    displayName: row.displayName,
    unit: row.unit,
    roles: row.roles as Role[],
    isDisabled: row.isDisabled,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
  };
}
