import { InputError, StateError } from '../../ingest/base/index.ts';
import { appendAudit } from '../audit/index.ts';
import { BREAK_GLASS_MINUTES, ROLES, type Right, UNLOCK_MINUTES, rightsOf, type Role } from '../codes/index.ts';
import { type Actor, type Desk, displayNames } from '../desk/index.ts';
import { type NewMessage, putMessage, tellSent } from '../messages/index.ts';
import { type Tables, and, desc, eq, gt, inArray, or, tables } from '../store/index.ts';

export type UnlockState = 'asked' | 'approved' | 'refused' | 'expired' | 'break-glass';

/** One person made readable for one lead, by two officers or in an emergency by one. */
export interface Unlock {
  readonly unlockId: string;
  readonly personId: string;
  readonly leadId: string;
  readonly reason: string;
  readonly askedBy: string;
  readonly askedByName: string;
  readonly askedAt: string;
  readonly state: UnlockState;
  /** The second officer; of an emergency, who reviewed it. */
  readonly decidedBy: string | null;
  readonly decidedByName: string | null;
  readonly decidedAt: string | null;
  readonly until: string | null;
}

type Row = typeof tables.unlock.$inferSelect;

/** Asks for an unlock; everyone who may decide gets a message. With `breakGlass` it holds at once, for an hour, and is to be reviewed.
 *  @throws InputError `purpose-needed` when the session states none for this lead */
export async function askUnlock(
  desk: Desk,
  actor: Actor,
  given: { personId: string; leadId: string; reason: string; breakGlass: boolean },
): Promise<Unlock> {
  if (actor.purposeId === null)
    throw new InputError('purpose-needed', 'unlock: state a purpose for this lead first (PUT /api/session/purpose)');
  const now = desk.clock();
  const { personId, leadId, reason, breakGlass } = given;
  const { row, sent } = await desk.store.db.transaction(async (tx) => {
    const [row] = await tx
      .insert(tables.unlock)
      .values({
        personId,
        leadId,
        reason,
        askedBy: actor.accountId,
        askedAt: new Date(now),
        state: breakGlass ? 'break-glass' : 'asked',
        until: breakGlass ? new Date(now + BREAK_GLASS_MINUTES * 60_000) : null,
      })
      .returning();
    await appendAudit(tx, actor, now, {
      action: breakGlass ? 'unlock.break-glass' : 'unlock.asked',
      object: `person:${personId}`,
      detail: { unlockId: row!.unlockId, leadId, reason },
    });
    const deciders = await accountsWith(tx, 'persons.unlock');
    const sent = await putMessage(tx, now, {
      accountIds: deciders.filter((id) => id !== actor.accountId),
      ..._askText(actor, breakGlass, leadId),
      link: '/unlocks',
      detail: { unlockId: row!.unlockId, leadId },
    });
    return { row: row!, sent };
  });
  tellSent(desk, sent);
  return (await _named(desk, [row]))[0]!;
}

/** The second officer's word; of an emergency, its review. @throws StateError `own-unlock`, `decided-already`; InputError `no-such-unlock` */
export async function decideUnlock(
  desk: Desk,
  actor: Actor,
  unlockId: string,
  given: { approve: boolean; note: string },
): Promise<Unlock> {
  const { unlock } = tables;
  const now = desk.clock();
  const { row, sent } = await desk.store.db.transaction(async (tx) => {
    const [before] = await tx.select().from(unlock).where(eq(unlock.unlockId, unlockId)).for('update');
    if (before === undefined) throw new InputError('no-such-unlock', `unlock: none "${unlockId}"`, { unlockId });
    if (before.askedBy === actor.accountId)
      throw new StateError('own-unlock', 'unlock: two officers unlock a person; somebody else must decide');
    if (before.decidedBy !== null)
      throw new StateError('decided-already', `unlock: ${unlockId} was decided before`, { unlockId });
    const isReview = before.state === 'break-glass';
    const [row] = await tx
      .update(unlock)
      .set({
        state: isReview ? 'break-glass' : given.approve ? 'approved' : 'refused',
        decidedBy: actor.accountId,
        decidedAt: new Date(now),
        note: given.note,
        ...(isReview
          ? given.approve
            ? {}
            : { until: new Date(now) }
          : { until: given.approve ? new Date(now + UNLOCK_MINUTES * 60_000) : null }),
      })
      .where(eq(unlock.unlockId, unlockId))
      .returning();
    await appendAudit(tx, actor, now, {
      action: isReview ? 'unlock.reviewed' : given.approve ? 'unlock.approved' : 'unlock.refused',
      object: `person:${before.personId}`,
      detail: { unlockId, leadId: before.leadId, approve: given.approve, note: given.note },
    });
    const sent = await putMessage(tx, now, {
      accountIds: [before.askedBy],
      kind: 'unlock',
      titleZh: given.approve ? '解除遮盖已同意' : '解除遮盖未获同意',
      titleEn: given.approve ? 'Your unlock was approved' : 'Your unlock was not approved',
      link: `/leads/${encodeURIComponent(before.leadId)}`,
      detail: { unlockId, note: given.note },
    });
    return { row: row!, sent };
  });
  tellSent(desk, sent);
  return (await _named(desk, [row]))[0]!;
}

/** Newest first; one's own, or all for whom may decide. */
export async function listUnlocks(desk: Desk, accountId: string, all: boolean): Promise<Unlock[]> {
  const { unlock } = tables;
  const rows = await desk.store.db
    .select()
    .from(unlock)
    .where(all ? undefined : eq(unlock.askedBy, accountId))
    .orderBy(desc(unlock.askedAt))
    .limit(500);
  return _named(desk, rows);
}

/** Until when the person is readable for this account and lead; null = not. Both officers of an approved unlock may read. */
export async function unlockedUntil(
  desk: Desk,
  accountId: string,
  of: { personId: string; leadId: string },
): Promise<string | null> {
  const { unlock } = tables;
  const [row] = await desk.store.db
    .select()
    .from(unlock)
    .where(
      and(
        eq(unlock.personId, of.personId),
        eq(unlock.leadId, of.leadId),
        or(eq(unlock.askedBy, accountId), and(eq(unlock.state, 'approved'), eq(unlock.decidedBy, accountId))),
        inArray(unlock.state, ['approved', 'break-glass']),
        gt(unlock.until, new Date(desk.clock())),
      ),
    )
    .orderBy(desc(unlock.until))
    .limit(1);
  return row?.until?.toISOString() ?? null;
}

/** Active accounts whose roles hold a right. */
export async function accountsWith(db: Tables, right: Right): Promise<string[]> {
  const { account } = tables;
  const rows = await db.select().from(account).where(eq(account.isDisabled, false));
  return rows.filter((a) => rightsOf(_roles(a.roles)).includes(right)).map((a) => a.accountId);
}

function _roles(names: readonly string[]): Role[] {
  return ROLES.filter((r) => names.includes(r));
}

function _askText(actor: Actor, breakGlass: boolean, leadId: string): Pick<NewMessage, 'kind' | 'titleZh' | 'titleEn'> {
  return breakGlass
    ? {
        kind: 'review',
        titleZh: `${actor.name} 紧急解除了遮盖（线索 ${leadId}），请复核`,
        titleEn: `${actor.name} broke the glass for lead ${leadId}; review it`,
      }
    : {
        kind: 'unlock',
        titleZh: `${actor.name} 请求为线索 ${leadId} 解除一人的遮盖`,
        titleEn: `${actor.name} asks to unlock a person for lead ${leadId}`,
      };
}

async function _named(desk: Desk, rows: readonly Row[]): Promise<Unlock[]> {
  const names = await displayNames(
    desk.store.db,
    rows.flatMap((r) => [r.askedBy, r.decidedBy]),
  );
  const now = desk.clock();
  return rows.map((r) => ({
    unlockId: r.unlockId,
    personId: r.personId,
    leadId: r.leadId,
    reason: r.reason,
    askedBy: r.askedBy,
    askedByName: names.get(r.askedBy) ?? r.askedBy,
    askedAt: r.askedAt.toISOString(),
    state:
      r.state === 'approved' && r.until !== null && r.until.getTime() <= now ? 'expired' : (r.state as UnlockState),
    decidedBy: r.decidedBy,
    decidedByName: r.decidedBy === null ? null : (names.get(r.decidedBy) ?? r.decidedBy),
    decidedAt: r.decidedAt?.toISOString() ?? null,
    until: r.until?.toISOString() ?? null,
  }));
}
