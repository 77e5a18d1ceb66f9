import { type Right, type Role, RIGHTS, rightsOf } from '../codes/index.ts';
import type { Desk } from '../desk/index.ts';
import { and, desc, eq, gt, isNull, tables } from '../store/index.ts';
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

/** What is kept about an account's access: grants and purposes with their times, so that each ends at its minute without being read again. */
export interface Access {
  readonly account: Account;
  readonly grants: readonly { readonly right: Right; readonly fromMs: number; readonly untilMs: number }[];
  /** Newest first. */
  readonly purposes: readonly Purpose[];
}

/** Null for an account that is gone or disabled. One query. */
export async function readAccess(desk: Desk, accountId: string, sessionHash: string): Promise<Access | null> {
  const { account, accessGrant, purpose } = tables;
  const now = new Date(desk.clock());
  const rows = await desk.store.db
    .select({ account, grant: accessGrant, purpose })
    .from(account)
    .leftJoin(
      accessGrant,
      and(eq(accessGrant.accountId, account.accountId), gt(accessGrant.until, now), isNull(accessGrant.revokedAt)),
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
  return {
    account: plainAccount(first.account),
    grants: rows.flatMap(({ grant: g }) =>
      g === null ? [] : [{ right: g.right as Right, fromMs: g.from.getTime(), untilMs: g.until.getTime() }],
    ),
    purposes: rows.flatMap((r) => (r.purpose === null ? [] : [plainPurpose(r.purpose)])),
  };
}

/** What works at a moment, from what was read. */
export function principalAt({ account, grants, purposes }: Access, nowMs: number): Principal {
  const held = new Set<Right>(rightsOf(account.roles as Role[]));
  for (const g of grants) if (g.fromMs <= nowMs && nowMs < g.untilMs) held.add(g.right);
  return {
    account,
    rights: new Set(RIGHTS.filter((r) => held.has(r))),
    purpose: purposes.find((p) => nowMs < Date.parse(p.until)) ?? null,
  };
}

/** Reads roles, grants and purpose anew. Null for an account that is gone or disabled. */
export async function principalOf(desk: Desk, accountId: string, sessionHash: string): Promise<Principal | null> {
  const access = await readAccess(desk, accountId, sessionHash);
  return access === null ? null : principalAt(access, desk.clock());
}
