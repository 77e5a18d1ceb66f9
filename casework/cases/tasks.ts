import { InputError } from '../../ingest/base/index.ts';
import { appendAudit } from '../audit/index.ts';
import { type Actor, type Desk, activeAccount } from '../desk/index.ts';
import { putMessage, tellSent } from '../messages/index.ts';
import { and, eq, tables } from '../store/index.ts';
import { caseRow } from './read-cases.ts';

/** Adds a task to a case; whom it is given to is told. @throws InputError `no-such-case`, `no-such-account` */
export async function addTask(
  desk: Desk,
  actor: Actor,
  caseId: string,
  given: { title: string; assignee: string | null; dueAtMs: number | null },
): Promise<string> {
  const now = desk.clock();
  const { taskId, sent } = await desk.store.db.transaction(async (tx) => {
    const row = await caseRow(tx, caseId);
    if (given.assignee !== null) await activeAccount(tx, given.assignee);
    const [added] = await tx
      .insert(tables.task)
      .values({
        caseId,
        title: given.title,
        assignee: given.assignee,
        dueAt: given.dueAtMs === null ? null : new Date(given.dueAtMs),
        by: actor.accountId,
        at: new Date(now),
      })
      .returning();
    await appendAudit(tx, actor, now, {
      action: 'task.added',
      object: `case:${caseId}`,
      detail: { taskId: added!.taskId, title: given.title },
    });
    const sent = await putMessage(tx, now, {
      accountIds: given.assignee === null || given.assignee === actor.accountId ? [] : [given.assignee],
      kind: 'assigned',
      titleZh: `案件 ${row.number} 的任务：${given.title}`,
      titleEn: `A task of case ${row.number}: ${given.title}`,
      link: `/cases/${caseId}`,
      detail: { caseId, taskId: added!.taskId },
    });
    return { taskId: added!.taskId, sent };
  });
  tellSent(desk, sent);
  return taskId;
}

/** Ticks a task off or opens it again, gives it to somebody, moves its time. @throws InputError `no-such-task` */
export async function changeTask(
  desk: Desk,
  actor: Actor,
  of: { caseId: string; taskId: string },
  change: {
    assignee?: string | null | undefined;
    dueAtMs?: number | null | undefined;
    isDone?: boolean | undefined;
  },
): Promise<void> {
  const { task } = tables;
  const now = desk.clock();
  await desk.store.db.transaction(async (tx) => {
    if (typeof change.assignee === 'string') await activeAccount(tx, change.assignee);
    const { assignee, dueAtMs, isDone } = change;
    const set = {
      ...(assignee === undefined ? {} : { assignee }),
      ...(dueAtMs === undefined ? {} : { dueAt: dueAtMs === null ? null : new Date(dueAtMs) }),
      ...(isDone === undefined
        ? {}
        : { doneAt: isDone ? new Date(now) : null, doneBy: isDone ? actor.accountId : null }),
    };
    if (Object.keys(set).length === 0) throw new InputError('bad-task', 'task: no change was given');
    const rows = await tx
      .update(task)
      .set(set)
      .where(and(eq(task.taskId, of.taskId), eq(task.caseId, of.caseId)))
      .returning();
    if (rows.length === 0)
      throw new InputError('no-such-task', `task: none "${of.taskId}" in case "${of.caseId}"`, { ...of });
    await appendAudit(tx, actor, now, {
      action: isDone === undefined ? 'task.changed' : isDone ? 'task.done' : 'task.reopened',
      object: `case:${of.caseId}`,
      detail: { taskId: of.taskId },
    });
  });
}
