import { InputError } from '../../ingest/base/index.ts';
import { appendAudit } from '../audit/index.ts';
import { RIGHTS, type Right } from '../codes/index.ts';
import { type Actor, type Desk, activeAccount } from '../desk/index.ts';
import { putMessage, tellSent } from '../messages/index.ts';
import { and, desc, eq, isNull, tables } from '../store/index.ts';

/** One right for one account until a minute. */
export interface Grant {
  readonly grantId: string;
  readonly accountId: string;
  readonly right: Right;
  readonly from: string;
  readonly until: string;
  readonly reason: string;
  readonly grantedBy: string;
  readonly revokedAt: string | null;
}

/** @throws InputError `bad-grant` (an end that is past, a right that is none, oneself), `no-such-account` */
export async function addGrant(
  desk: Desk,
  actor: Actor,
  given: { accountId: string; right: string; untilMs: number; reason: string },
): Promise<Grant> {
  const now = desk.clock();
  if (!RIGHTS.includes(given.right as Right))
    throw new InputError('bad-grant', `grant: "${given.right}" is not one of ${RIGHTS.join(', ')}`);
  if (given.untilMs <= now) throw new InputError('bad-grant', 'grant: its end is past; give a later one');
  if (given.accountId === actor.accountId)
    throw new InputError('bad-grant', 'grant: nobody gives rights to themselves; ask another administrator');
  const { grant, sent } = await desk.store.db.transaction(async (tx) => {
    await activeAccount(tx, given.accountId);
    const [row] = await tx
      .insert(tables.accessGrant)
      .values({
        accountId: given.accountId,
        right: given.right,
        from: new Date(now),
        until: new Date(given.untilMs),
        reason: given.reason,
        grantedBy: actor.accountId,
      })
      .returning();
    await appendAudit(tx, actor, now, {
      action: 'grant.added',
      object: `account:${given.accountId}`,
      detail: { right: given.right, until: row!.until.toISOString(), reason: given.reason },
    });
    const sent = await putMessage(tx, now, {
      accountIds: [given.accountId],
      kind: 'grant',
      titleZh: `获得临时授权：${given.right}`,
      titleEn: `You hold "${given.right}" for a time`,
      link: null,
      detail: { right: given.right, until: row!.until.toISOString() },
    });
    return { grant: _plain(row!), sent };
  });
  desk.tell({ type: 'access' });
  tellSent(desk, sent);
  return grant;
}

/** @throws InputError `no-such-grant` */
export async function revokeGrant(desk: Desk, actor: Actor, grantId: string): Promise<Grant> {
  const revoked = await desk.store.db.transaction(async (tx) => {
    const { accessGrant } = tables;
    const now = desk.clock();
    const [row] = await tx
      .update(accessGrant)
      .set({ revokedAt: new Date(now) })
      .where(and(eq(accessGrant.grantId, grantId), isNull(accessGrant.revokedAt)))
      .returning();
    if (row === undefined)
      throw new InputError('no-such-grant', `grant: no grant "${grantId}" that is not revoked`, { grantId });
    await appendAudit(tx, actor, now, {
      action: 'grant.revoked',
      object: `account:${row.accountId}`,
      detail: { grantId, right: row.right },
    });
    return _plain(row);
  });
  desk.tell({ type: 'access' });
  return revoked;
}

/** Newest first. */
export async function listGrants(desk: Desk): Promise<Grant[]> {
  const rows = await desk.store.db.select().from(tables.accessGrant).orderBy(desc(tables.accessGrant.from)).limit(1000);
  return rows.map(_plain);
}

function _plain(row: typeof tables.accessGrant.$inferSelect): Grant {
  return {
    ...row,
    right: row.right as Right,
    from: row.from.toISOString(),
    until: row.until.toISOString(),
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}
