import { type Right, type Role, RIGHTS, rightsOf } from '../codes/index.ts';
import type { Desk } from '../desk/index.ts';
import { and, desc, eq, gt, isNull, lte, tables } from '../store/index.ts';
import { type Account, plainAccount } from './account.ts';
import { type Purpose, plainPurpose } from './purposes.ts';

/** Who asks, and what works for them at this moment. */
export interface Principal {
  readonly account: Account;
  /** Rights of the roles and of grants that hold now. */
  readonly rights: ReadonlySet<Right>;
  /** The purpose stated in this session, while it holds. */
  readonly purpose: Purpose | null;
}

/** Reads roles, grants and purpose anew at every request, so that a change or an expiry works at once. Null for an account that is gone or disabled. */
export async function principalOf(desk: Desk, accountId: string, sessionHash: string): Promise<Principal | null> {
  const { account, accessGrant, purpose } = tables;
  const now = new Date(desk.clock());
  const rows = await desk.store.db
    .select({ account, grant: accessGrant.right, purpose })
    .from(account)
    .leftJoin(
      accessGrant,
      and(
        eq(accessGrant.accountId, account.accountId),
        lte(accessGrant.from, now),
        gt(accessGrant.until, now),
        isNull(accessGrant.revokedAt),
      ),
    )
    .leftJoin(
      purpose,
      and(
        eq(purpose.accountId, account.accountId),
        eq(purpose.sessionHash, sessionHash),
        gt(purpose.until, now),
        isNull(purpose.endedAt),
      ),
    )
    .where(eq(account.accountId, accountId))
    .orderBy(desc(purpose.from));
  const first = rows[0];
  if (first === undefined || first.account.isDisabled) return null;
  const held = new Set<Right>(rightsOf(first.account.roles as Role[]));
  for (const { grant } of rows) if (grant !== null) held.add(grant as Right);
  return {
    account: plainAccount(first.account),
    rights: new Set(RIGHTS.filter((r) => held.has(r))),
    purpose: first.purpose === null ? null : plainPurpose(first.purpose),
  };
}
