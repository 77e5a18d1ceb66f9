import { InputError } from '../../ingest/base/index.ts';
import { type CaseState, STATE_TEXTS } from '../codes/index.ts';
import { type Desk, displayNames } from '../desk/index.ts';
import type { Priority } from '../leads/index.ts';
import { type Tables, and, asc, count, eq, inArray, sql, tables } from '../store/index.ts';
import type { CaseEntity, CaseOutcome, CaseSummary, Task } from './case.ts';

export type CaseRow = typeof tables.caseFile.$inferSelect;

const OPEN_STATES = STATE_TEXTS.filter((s) => s.open).map((s) => s.id);

export interface CaseQuery {
  readonly scope: 'mine' | 'open' | 'all';
  readonly leadId?: string | undefined;
  readonly entityId?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** High priority first, then what is due soonest, then the number. */
export async function listCases(
  desk: Desk,
  accountId: string,
  query: CaseQuery,
): Promise<{ total: number; cases: CaseSummary[] }> {
  const { caseFile: c, caseLead, caseEntity } = tables;
  const db = desk.store.db;
  const wanted = and(
    query.scope === 'all' ? undefined : inArray(c.state, OPEN_STATES),
    query.scope === 'mine' ? eq(c.assignee, accountId) : undefined,
    query.leadId === undefined
      ? undefined
      : inArray(c.caseId, db.select({ id: caseLead.caseId }).from(caseLead).where(eq(caseLead.leadId, query.leadId))),
    query.entityId === undefined
      ? undefined
      : inArray(
          c.caseId,
          db.select({ id: caseEntity.caseId }).from(caseEntity).where(eq(caseEntity.entityId, query.entityId)),
        ),
  );
  const [{ n } = { n: 0 }] = await db.select({ n: count() }).from(c).where(wanted);
  const rows = await db
    .select()
    .from(c)
    .where(wanted)
    .orderBy(
      sql`case ${c.priority} when 'high' then 0 when 'normal' then 1 else 2 end`,
      sql`${c.dueAt} asc nulls last`,
      asc(c.number),
    )
    .limit(query.limit)
    .offset(query.offset);
  return { total: n, cases: await caseSummaries(desk, rows) };
}

/** @throws InputError `no-such-case` */
export async function caseRow(db: Tables, caseId: string, lock = false): Promise<CaseRow> {
  const asked = db.select().from(tables.caseFile).where(eq(tables.caseFile.caseId, caseId));
  const [row] = await (lock ? asked.for('update') : asked);
  if (row === undefined) throw new InputError('no-such-case', `case: none "${caseId}"`, { caseId });
  return row;
}

export async function caseSummaries(desk: Desk, rows: readonly CaseRow[]): Promise<CaseSummary[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((r) => r.caseId);
  const { task, caseLead } = tables;
  const db = desk.store.db;
  const tasks = await db
    .select({ caseId: task.caseId, all: count(), done: count(task.doneAt) })
    .from(task)
    .where(inArray(task.caseId, ids))
    .groupBy(task.caseId);
  const leads = await db.select().from(caseLead).where(inArray(caseLead.caseId, ids)).orderBy(caseLead.leadId);
  const names = await displayNames(
    db,
    rows.map((r) => r.assignee),
  );
  const now = desk.clock();
  return rows.map((r) => {
    const counts = tasks.find((t) => t.caseId === r.caseId);
    return {
      caseId: r.caseId,
      number: r.number,
      title: r.title,
      template: r.template,
      state: r.state as CaseState,
      level: r.level as CaseSummary['level'],
      priority: r.priority as Priority,
      assignee: r.assignee,
      assigneeName: r.assignee === null ? null : (names.get(r.assignee) ?? r.assignee),
      dueAt: r.dueAt?.toISOString() ?? null,
      isOverdue: r.dueAt !== null && r.dueAt.getTime() < now && OPEN_STATES.includes(r.state as CaseState),
      openedAt: r.openedAt.toISOString(),
      changedAt: r.changedAt.toISOString(),
      version: r.version,
      tasks: { done: counts?.done ?? 0, all: counts?.all ?? 0 },
      leadIds: leads.filter((l) => l.caseId === r.caseId).map((l) => l.leadId),
    };
  });
}

export interface CaseStepRow {
  readonly from: CaseState | null;
  readonly to: CaseState;
  readonly reason: string | null;
  readonly note: string;
  readonly by: string;
  readonly byName: string;
  readonly at: string;
}

export interface LinkedCase {
  readonly caseId: string;
  readonly number: string;
  readonly title: string;
  readonly state: CaseState;
  readonly shared: readonly CaseEntity[];
}

export interface CaseDetail extends CaseSummary {
  readonly note: string;
  readonly outcome: CaseOutcome | null;
  readonly mergedInto: string | null;
  readonly steps: readonly CaseStepRow[];
  readonly taskList: readonly Task[];
  readonly entities: readonly CaseEntity[];
  readonly linked: readonly LinkedCase[];
}

/** A case with its steps, tasks, entities and the cases that share one of them. @throws InputError `no-such-case` */
export async function readCase(desk: Desk, caseId: string): Promise<CaseDetail> {
  const db = desk.store.db;
  const row = await caseRow(db, caseId);
  const [summary] = await caseSummaries(desk, [row]);
  const { caseStep, caseEntity } = tables;
  const steps = await db.select().from(caseStep).where(eq(caseStep.caseId, caseId)).orderBy(asc(caseStep.no));
  const names = await displayNames(
    db,
    steps.map((s) => s.by),
  );
  const entities = await db
    .select({ entityId: caseEntity.entityId, kind: caseEntity.kind, label: caseEntity.label })
    .from(caseEntity)
    .where(eq(caseEntity.caseId, caseId))
    .orderBy(caseEntity.kind, caseEntity.entityId);
  return {
    ...summary!,
    note: row.note,
    outcome: row.outcome as CaseOutcome | null,
    mergedInto: row.mergedInto,
    steps: steps.map(({ from, to, reason, note, by, at }) => ({
      from: from as CaseState | null,
      to: to as CaseState,
      reason,
      note,
      by,
      byName: names.get(by) ?? by,
      at: at.toISOString(),
    })),
    taskList: await tasksOf(desk, caseId),
    entities,
    linked: await _linked(db, caseId),
  };
}

/** By due date, then number. */
export async function tasksOf(desk: Desk, caseId: string): Promise<Task[]> {
  const { task } = tables;
  const rows = await desk.store.db
    .select()
    .from(task)
    .where(eq(task.caseId, caseId))
    .orderBy(sql`${task.dueAt} asc nulls last`, sql`length(${task.taskId})`, task.taskId);
  const names = await displayNames(
    desk.store.db,
    rows.map((r) => r.assignee),
  );
  const now = desk.clock();
  return rows.map(({ taskId, title, assignee, dueAt, doneAt, doneBy }) => ({
    taskId,
    caseId,
    title,
    assignee,
    assigneeName: assignee === null ? null : (names.get(assignee) ?? assignee),
    dueAt: dueAt?.toISOString() ?? null,
    doneAt: doneAt?.toISOString() ?? null,
    doneBy,
    isOverdue: doneAt === null && dueAt !== null && dueAt.getTime() < now,
  }));
}

async function _linked(db: Tables, caseId: string): Promise<LinkedCase[]> {
  const { rows } = await db.execute<{
    case_id: string;
    number: string;
    title: string;
    state: CaseState;
    entity_id: string;
    kind: string;
    label: string;
  }>(sql`select c.case_id, c.number, c.title, c.state, o.entity_id, o.kind, o.label
    from case_entity m join case_entity o on o.entity_id = m.entity_id and o.case_id <> m.case_id
    join case_file c on c.case_id = o.case_id
    where m.case_id = ${caseId} order by c.number, o.kind, o.entity_id`);
  const linked = new Map<string, LinkedCase & { shared: CaseEntity[] }>();
  for (const r of rows) {
    const one = linked.get(r.case_id) ?? {
      caseId: r.case_id,
      number: r.number,
      title: r.title,
      state: r.state,
      shared: [],
    };
    one.shared.push({ entityId: r.entity_id, kind: r.kind, label: r.label });
    linked.set(r.case_id, one);
  }
  return [...linked.values()].toSorted((a, b) => b.shared.length - a.shared.length);
}
