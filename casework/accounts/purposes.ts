import { InputError } from '../../ingest/base/index.ts';
import { appendAudit } from '../audit/index.ts';
import { LEGAL_BASES, PURPOSE_MAX_MINUTES } from '../codes/index.ts';
import type { Actor, Desk } from '../desk/index.ts';
import { and, eq, isNull, tables } from '../store/index.ts';

/** Why person-level data are read in a session: legal basis, number, words, and until when. */
export interface Purpose {
  readonly purposeId: string;
  readonly basis: string;
  readonly caseNo: string;
  readonly leadId: string | null;
  readonly note: string;
  readonly from: string;
  readonly until: string;
}

export interface NewPurpose {
  readonly basis: string;
  readonly caseNo: string;
  readonly leadId: string | null;
  readonly note: string;
  readonly minutes: number;
}

/** States a purpose for one session; an earlier one ends. @throws InputError `bad-purpose` */
export async function statePurpose(desk: Desk, actor: Actor, sessionHash: string, given: NewPurpose): Promise<Purpose> {
  _check(given);
  const { basis, caseNo, leadId, note, minutes } = given;
  const stated = await desk.store.db.transaction(async (tx) => {
    const now = desk.clock();
    await tx
      .update(tables.purpose)
      .set({ endedAt: new Date(now) })
      .where(_open(sessionHash));
    const [row] = await tx
      .insert(tables.purpose)
      .values({
        accountId: actor.accountId,
        sessionHash,
        basis,
        caseNo,
        leadId,
        note,
        from: new Date(now),
        until: new Date(now + minutes * 60_000),
      })
      .returning();
    const stated = plainPurpose(row!);
    await appendAudit(tx, { ...actor, purposeId: stated.purposeId }, now, {
      action: 'purpose.stated',
      object: leadId === null ? null : `lead:${leadId}`,
      detail: { basis, caseNo, note, minutes },
    });
    return stated;
  });
  desk.tell({ type: 'access' });
  return stated;
}

/** Ends the session's purpose, if there is one. */
export async function endPurpose(desk: Desk, actor: Actor, sessionHash: string): Promise<void> {
  await desk.store.db.transaction(async (tx) => {
    const now = desk.clock();
    const ended = await tx
      .update(tables.purpose)
      .set({ endedAt: new Date(now) })
      .where(_open(sessionHash))
      .returning();
    for (const { purposeId } of ended)
      await appendAudit(tx, { ...actor, purposeId }, now, { action: 'purpose.ended', detail: {} });
  });
  desk.tell({ type: 'access' });
}

export function plainPurpose(row: typeof tables.purpose.$inferSelect): Purpose {
  const { purposeId, basis, caseNo, leadId, note } = row;
  return { purposeId, basis, caseNo, leadId, note, from: row.from.toISOString(), until: row.until.toISOString() };
}

function _open(sessionHash: string) {
  return and(eq(tables.purpose.sessionHash, sessionHash), isNull(tables.purpose.endedAt));
}

function _check({ basis, caseNo, note, minutes }: NewPurpose): void {
  const faults = [
    LEGAL_BASES.some((b) => b.id === basis)
      ? null
      : `basis "${basis}" is not one of ${LEGAL_BASES.map((b) => b.id).join(', ')}`,
    caseNo.trim().length < 2 ? 'no case or lead number' : null,
    note.trim().length < 2 ? 'no reason in words' : null,
    minutes > 0 && minutes <= PURPOSE_MAX_MINUTES ? null : `${minutes} minutes; up to ${PURPOSE_MAX_MINUTES}`,
  ].filter((f) => f !== null);
  if (faults.length > 0) throw new InputError('bad-purpose', `purpose: ${faults.join('; ')}`, { faults });
}
