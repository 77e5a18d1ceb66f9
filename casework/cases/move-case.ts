import { InputError, StateError } from '../../ingest/base/index.ts';
import { appendAudit } from '../audit/index.ts';
import { CASE_STEPS, type CaseState, type CaseStep, type Right, caseStep } from '../codes/index.ts';
import { type Actor, type Desk, activeAccount } from '../desk/index.ts';
import { putMessage, tellSent } from '../messages/index.ts';
import { type Tables, and, count, eq, isNull, tables } from '../store/index.ts';
import type { CaseOutcome } from './case.ts';
import { type CaseRow, caseRow } from './read-cases.ts';

export interface NewStep {
  /** The version that the decider saw. */
  readonly version: number;
  readonly to: CaseState;
  readonly reason: string | null;
  readonly note: string;
  readonly outcome: CaseOutcome | null;
  readonly dueAtMs: number | null;
  readonly mergedInto: string | null;
}

/** Takes one step of the flow; every step is logged. An extension is given once.
 *  @throws StateError `illegal-step`, `changed-since`; InputError `step-needs` with all that is missing, `no-right`, `no-such-case` */
export async function moveCase(
  desk: Desk,
  actor: Actor,
  caseId: string,
  given: NewStep & { readonly rights: ReadonlySet<Right> },
): Promise<void> {
  const now = desk.clock();
  const sent = await desk.store.db.transaction(async (tx) => {
    const row = await caseRow(tx, caseId, true);
    _unchanged(row, given.version);
    const step = _allowed(row, given);
    await _needs(tx, row, step, given);
    const set = {
      state: given.to,
      version: row.version + 1,
      changedAt: new Date(now),
      ...(given.outcome === null ? {} : { outcome: given.outcome }),
      ...(given.dueAtMs === null ? {} : { dueAt: new Date(given.dueAtMs) }),
      ...(given.mergedInto === null ? {} : { mergedInto: given.mergedInto }),
    };
    await tx.update(tables.caseFile).set(set).where(eq(tables.caseFile.caseId, caseId));
    const { reason, note, outcome } = given;
    await tx.insert(tables.caseStep).values({
      caseId,
      from: row.state,
      to: given.to,
      reason,
      note,
      outcome,
      by: actor.accountId,
      at: new Date(now),
    });
    await appendAudit(tx, actor, now, {
      action: 'case.step',
      object: `case:${caseId}`,
      detail: { from: row.state, to: given.to, reason, ...(outcome === null ? {} : { outcome: outcome.result }) },
    });
    const told = [row.assignee, row.openedBy].filter((id): id is string => id !== null && id !== actor.accountId);
    return putMessage(tx, now, {
      accountIds: told,
      kind: 'case',
      titleZh: `案件 ${row.number}：${row.state} → ${given.to}`,
      titleEn: `Case ${row.number}: ${row.state} → ${given.to}`,
      link: `/cases/${caseId}`,
      detail: { caseId, from: row.state, to: given.to },
    });
  });
  tellSent(desk, sent);
}

export interface CaseChange {
  readonly version: number;
  readonly title?: string | undefined;
  readonly level?: string | undefined;
  readonly priority?: string | undefined;
  readonly assignee?: string | null | undefined;
  readonly dueAtMs?: number | null | undefined;
  readonly note?: string | undefined;
}

/** Changes what is not the state. @throws StateError `changed-since`, InputError `no-such-case`, `no-such-account` */
export async function changeCase(desk: Desk, actor: Actor, caseId: string, change: CaseChange): Promise<void> {
  const now = desk.clock();
  const sent = await desk.store.db.transaction(async (tx) => {
    const row = await caseRow(tx, caseId, true);
    _unchanged(row, change.version);
    const { version, dueAtMs, ...rest } = change;
    const set = {
      ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
      ...(dueAtMs === undefined ? {} : { dueAt: dueAtMs === null ? null : new Date(dueAtMs) }),
    };
    if (typeof change.assignee === 'string') await activeAccount(tx, change.assignee);
    await tx
      .update(tables.caseFile)
      .set({ ...set, version: version + 1, changedAt: new Date(now) })
      .where(eq(tables.caseFile.caseId, caseId));
    await appendAudit(tx, actor, now, { action: 'case.changed', object: `case:${caseId}`, detail: set });
    const isNew = typeof change.assignee === 'string' && change.assignee !== row.assignee;
    return !isNew || change.assignee === actor.accountId
      ? []
      : putMessage(tx, now, {
          accountIds: [change.assignee!],
          kind: 'case',
          titleZh: `${actor.name} 交给您案件 ${row.number}：${row.title}`,
          titleEn: `${actor.name} gave you case ${row.number}: ${row.title}`,
          link: `/cases/${caseId}`,
          detail: { caseId },
        });
  });
  tellSent(desk, sent);
}

/** Steps that the case may take next, and whether these rights suffice. */
export function nextSteps(
  state: CaseState,
  rights: ReadonlySet<Right>,
): { to: CaseState; needs: readonly string[]; mayTake: boolean }[] {
  return CASE_STEPS.filter((s) => s.from === state).map(({ to, needs, right }) => ({
    to,
    needs,
    mayTake: rights.has(right),
  }));
}

function _unchanged(row: CaseRow, version: number): void {
  if (row.version !== version)
    throw new StateError(
      'changed-since',
      `case: ${row.number} is at version ${row.version}, you changed version ${version}; load it again`,
      { version: row.version, changedAt: row.changedAt.toISOString() },
    );
}

function _allowed(row: CaseRow, given: NewStep & { readonly rights: ReadonlySet<Right> }): CaseStep {
  const step = caseStep(row.state as CaseState, given.to);
  if (step === null) {
    const next = CASE_STEPS.filter((s) => s.from === row.state).map((s) => s.to);
    throw new StateError(
      'illegal-step',
      `case: ${row.number} cannot go from ${row.state} to ${given.to}; it can go to ${next.join(', ') || 'nothing'}`,
      { from: row.state, to: given.to, next },
    );
  }
  if (!given.rights.has(step.right))
    throw new InputError('no-right', `case: the step to ${given.to} needs the right ${step.right}`, {
      right: step.right,
    });
  return step;
}

async function _needs(tx: Tables, row: CaseRow, step: CaseStep, given: NewStep): Promise<void> {
  const missing: string[] = [];
  if (step.needs.includes('reason') && (given.reason ?? '').trim() === '') missing.push('a reason');
  if (step.needs.includes('outcome') && given.outcome === null) missing.push('an outcome');
  if (step.needs.includes('due') && given.dueAtMs === null) missing.push('a new due time');
  if (step.needs.includes('merged-into')) {
    if (given.mergedInto === null) missing.push('the case it is merged into');
    else if (given.mergedInto === row.caseId) missing.push('another case than itself to be merged into');
    else await caseRow(tx, given.mergedInto);
  }
  if (step.needs.includes('tasks-done')) {
    const { task } = tables;
    const [{ n } = { n: 0 }] = await tx
      .select({ n: count() })
      .from(task)
      .where(and(eq(task.caseId, row.caseId), isNull(task.doneAt)));
    if (n > 0) missing.push(`${n} task${n === 1 ? '' : 's'} done`);
  }
  if (given.to === 'extended') {
    const { caseStep: s } = tables;
    const [{ n } = { n: 0 }] = await tx
      .select({ n: count() })
      .from(s)
      .where(and(eq(s.caseId, row.caseId), eq(s.to, 'extended')));
    if (n > 0) throw new StateError('extended-before', `case: ${row.number} was extended before; it is given once`);
  }
  if (missing.length > 0)
    throw new InputError('step-needs', `case: the step to ${given.to} needs ${missing.join(', ')}`, { missing });
}
