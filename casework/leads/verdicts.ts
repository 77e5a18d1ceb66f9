import { InputError } from '../../ingest/base/index.ts';
import { appendAudit } from '../audit/index.ts';
import { type Decision, VERDICT_REASONS, verdictReason } from '../codes/index.ts';
import { type Actor, type Desk, displayNames } from '../desk/index.ts';
import { exportDecisions } from '../exports/index.ts';
import { asc, eq, inArray, sql, tables } from '../store/index.ts';

/** What the caller knows of the lead that is decided: casework does not read snapshots. */
export interface DecidedLead {
  readonly leadId: string;
  readonly subjectId: string;
  readonly runId: string;
  readonly modelId: string;
  readonly pick: string | null;
  readonly pickChance: number | null;
  readonly asOf: string | null;
}

export interface NewVerdict {
  readonly decision: Decision;
  readonly reason: string;
  readonly note: string;
  /** What spoke against the lead, ticked: true it holds, false it does not, null not looked at. */
  readonly against: readonly { readonly id: string; readonly holds: boolean | null }[];
  /** When it was found on site; null = now. */
  readonly foundAtMs: number | null;
}

export interface Verdict {
  readonly verdictId: string;
  readonly leadId: string;
  readonly subjectId: string;
  readonly runId: string;
  readonly modelId: string;
  readonly decision: Decision;
  readonly reason: string;
  readonly note: string;
  readonly against: readonly { readonly id: string; readonly holds: boolean | null }[];
  readonly by: string;
  readonly byName: string;
  readonly at: string;
}

/** Adds a verdict; an earlier one stays. `reopened` needs one that closed the lead.
 *  @throws InputError `no-reason` when the reason is none of the decision's codes, `future-find`, `not-decided` */
export async function giveVerdict(desk: Desk, actor: Actor, lead: DecidedLead, given: NewVerdict): Promise<Verdict> {
  const reason = verdictReason(given.decision, given.reason);
  if (reason === null) {
    const known = VERDICT_REASONS.filter((r) => r.decisions.includes(given.decision)).map((r) => r.id);
    throw new InputError(
      'no-reason',
      `verdict: "${given.reason}" is no reason of "${given.decision}"; give one of ${known.join(', ')}`,
      { decision: given.decision, reason: given.reason, known },
    );
  }
  const now = desk.clock();
  if ((given.foundAtMs ?? now) > now) throw new InputError('future-find', 'verdict: foundAt lies in the future');
  const row = await desk.store.db.transaction(async (tx) => {
    const [last] = await tx
      .select()
      .from(tables.verdict)
      .where(eq(tables.verdict.leadId, lead.leadId))
      .orderBy(sql`${tables.verdict.no} desc`)
      .limit(1);
    if (given.decision === 'reopened' && (last === undefined || last.decision === 'reopened'))
      throw new InputError('not-decided', `verdict: lead ${lead.leadId} is not decided, so it cannot be reopened`);
    const [added] = await tx
      .insert(tables.verdict)
      .values({
        ...lead,
        pickChance: lead.pickChance === null ? null : String(lead.pickChance),
        asOf: lead.asOf === null ? null : new Date(lead.asOf),
        decision: given.decision,
        reason: reason.id,
        label: reason.label,
        note: given.note,
        against: given.against,
        foundAt: new Date(given.foundAtMs ?? now),
        by: actor.accountId,
        at: new Date(now),
      })
      .returning();
    await appendAudit(tx, actor, now, {
      action: 'lead.verdict',
      object: `lead:${lead.leadId}`,
      detail: {
        verdictId: added!.verdictId,
        decision: given.decision,
        reason: reason.id,
        against: given.against,
        runId: lead.runId,
      },
    });
    return added!;
  });
  await exportDecisions(desk);
  return _plain(row, actor.name);
}

/** All verdicts on these leads, oldest first. */
export async function verdictsOn(desk: Desk, leadIds: readonly string[]): Promise<Verdict[]> {
  if (leadIds.length === 0) return [];
  const { verdict } = tables;
  const rows = await desk.store.db
    .select()
    .from(verdict)
    .where(inArray(verdict.leadId, [...leadIds]))
    .orderBy(asc(verdict.no));
  const names = await displayNames(
    desk.store.db,
    rows.map((r) => r.by),
  );
  return rows.map((r) => _plain(r, names.get(r.by) ?? r.by));
}

function _plain(row: typeof tables.verdict.$inferSelect, byName: string): Verdict {
  const { verdictId, leadId, subjectId, runId, modelId, reason, note, by } = row;
  return {
    verdictId,
    leadId,
    subjectId,
    runId,
    modelId,
    decision: row.decision as Decision,
    reason,
    note,
    against: row.against as Verdict['against'],
    by,
    byName,
    at: row.at.toISOString(),
  };
}
