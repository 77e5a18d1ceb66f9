import { DAY_MS, InputError, chinaDate } from '../../ingest/base/index.ts';
import { appendAudit } from '../audit/index.ts';
import { CASE_TEMPLATES, type CaseLevel, type CaseTemplate } from '../codes/index.ts';
import { type Actor, type Desk, activeAccount } from '../desk/index.ts';
import type { Priority } from '../leads/index.ts';
import { putMessage, tellSent } from '../messages/index.ts';
import { type Tables, sql, tables } from '../store/index.ts';
import type { CaseEntity } from './case.ts';

export interface NewCase {
  readonly title: string;
  readonly template: string;
  readonly leadIds: readonly string[];
  /** Subjects of the leads and what else the case is about; series are found by them. */
  readonly entities: readonly CaseEntity[];
  readonly level: CaseLevel;
  readonly priority: Priority;
  readonly assignee: string | null;
  readonly dueAtMs: number | null;
  readonly note: string;
}

/** Opens a case in state draft with its template's tasks, numbered in its year. @returns its id
 *  @throws InputError `no-such-template`, `no-such-account` */
export async function openCase(desk: Desk, actor: Actor, given: NewCase): Promise<string> {
  const template = CASE_TEMPLATES.find((t) => t.id === given.template);
  if (template === undefined)
    throw new InputError(
      'no-such-template',
      `case: no template "${given.template}"; known are ${CASE_TEMPLATES.map((t) => t.id).join(', ')}`,
    );
  const now = desk.clock();
  const { caseId, sent } = await desk.store.db.transaction(async (tx) => {
    if (given.assignee !== null) await activeAccount(tx, given.assignee);
    const { leadIds, entities, dueAtMs, ...plain } = given;
    const [row] = await tx
      .insert(tables.caseFile)
      .values({
        ...plain,
        number: await _nextNumber(tx, now),
        state: 'draft',
        dueAt: dueAtMs === null ? null : new Date(dueAtMs),
        version: 1,
        openedBy: actor.accountId,
        openedAt: new Date(now),
        changedAt: new Date(now),
      })
      .returning();
    const { caseId, number } = row!;
    await _addParts(tx, caseId, given);
    await _addTasks(tx, actor, now, { caseId, template, assignee: given.assignee });
    await tx
      .insert(tables.caseStep)
      .values({ caseId, from: null, to: 'draft', note: '', by: actor.accountId, at: new Date(now) });
    await appendAudit(tx, actor, now, {
      action: 'case.opened',
      object: `case:${caseId}`,
      detail: { number, template: template.id, leadIds, entities: entities.map((e) => e.entityId) },
    });
    const sent =
      given.assignee === null || given.assignee === actor.accountId
        ? []
        : await putMessage(tx, now, {
            accountIds: [given.assignee],
            kind: 'case',
            titleZh: `${actor.name} 交给您案件 ${number}：${given.title}`,
            titleEn: `${actor.name} gave you case ${number}: ${given.title}`,
            link: `/cases/${caseId}`,
            detail: { caseId },
          });
    return { caseId, sent };
  });
  tellSent(desk, sent);
  return caseId;
}

/** `2026-0031`, counted within the year of China's calendar; openings wait for one another. */
async function _nextNumber(tx: Tables, nowMs: number): Promise<string> {
  await tx.execute(sql`select pg_advisory_xact_lock(7305002)`);
  const year = chinaDate(nowMs).slice(0, 4);
  const { rows } = await tx.execute<{ last: number }>(
    sql`select coalesce(max(substr(number, 6)::integer), 0)::integer as last from case_file where number like ${`${year}-%`}`,
  );
  return `${year}-${String(rows[0]!.last + 1).padStart(4, '0')}`;
}

async function _addParts(tx: Tables, caseId: string, { leadIds, entities }: NewCase): Promise<void> {
  const leads = [...new Set(leadIds)].map((leadId) => ({ caseId, leadId }));
  if (leads.length > 0) await tx.insert(tables.caseLead).values(leads);
  const things = [...new Map(entities.map((e) => [e.entityId, { caseId, ...e }])).values()];
  if (things.length > 0) await tx.insert(tables.caseEntity).values(things);
}

async function _addTasks(
  tx: Tables,
  actor: Actor,
  nowMs: number,
  of: { caseId: string; template: CaseTemplate; assignee: string | null },
): Promise<void> {
  await tx.insert(tables.task).values(
    of.template.tasks.map((t) => ({
      caseId: of.caseId,
      title: `${t.zh} · ${t.en}`,
      assignee: of.assignee,
      dueAt: new Date(nowMs + t.days * DAY_MS),
      by: actor.accountId,
      at: new Date(nowMs),
    })),
  );
}
