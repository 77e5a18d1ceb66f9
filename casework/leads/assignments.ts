import { appendAudit } from '../audit/index.ts';
import { type Actor, type Desk, activeAccount, displayNames } from '../desk/index.ts';
import { putMessage, tellSent } from '../messages/index.ts';
import { sql, tables } from '../store/index.ts';

export type Priority = 'high' | 'normal' | 'low';

export interface Assignment {
  readonly leadId: string;
  readonly assignee: string | null;
  readonly assigneeName: string | null;
  readonly dueAt: string | null;
  readonly priority: Priority;
  readonly by: string;
  readonly byName: string;
  readonly at: string;
}

/** Gives leads to one colleague (or takes them back) in one act; the colleague gets one message for all.
 *  @throws InputError `no-such-account` */
export async function assignLeads(
  desk: Desk,
  actor: Actor,
  given: { leadIds: readonly string[]; assignee: string | null; dueAtMs: number | null; priority: Priority },
): Promise<Assignment[]> {
  const leadIds = [...new Set(given.leadIds)];
  const now = desk.clock();
  const { rows, sent } = await desk.store.db.transaction(async (tx) => {
    if (given.assignee !== null) await activeAccount(tx, given.assignee);
    const rows = await tx
      .insert(tables.assignment)
      .values(
        leadIds.map((leadId) => ({
          leadId,
          assignee: given.assignee,
          dueAt: given.dueAtMs === null ? null : new Date(given.dueAtMs),
          priority: given.priority,
          by: actor.accountId,
          at: new Date(now),
        })),
      )
      .returning();
    for (const leadId of leadIds)
      await appendAudit(tx, actor, now, {
        action: given.assignee === null ? 'lead.taken-back' : 'lead.assigned',
        object: `lead:${leadId}`,
        detail: { assignee: given.assignee, priority: given.priority },
      });
    const sent =
      given.assignee === null || given.assignee === actor.accountId
        ? []
        : await putMessage(tx, now, {
            accountIds: [given.assignee],
            kind: 'assigned',
            titleZh: `${actor.name} 分派给您 ${leadIds.length} 条线索`,
            titleEn: `${actor.name} assigned you ${leadIds.length} lead${leadIds.length === 1 ? '' : 's'}`,
            link: leadIds.length === 1 ? `/leads/${encodeURIComponent(leadIds[0]!)}` : '/leads?scope=mine',
            detail: { leadIds },
          });
    return { rows, sent };
  });
  tellSent(desk, sent);
  return _named(desk, rows);
}

/** The assignment that holds for each lead that has one; by lead id. */
export async function assignmentsOf(desk: Desk, leadIds: readonly string[] | null = null): Promise<Assignment[]> {
  const { assignment } = tables;
  if (leadIds?.length === 0) return [];
  const wanted = leadIds === null ? undefined : sql`${assignment.leadId} = any(${_textArray(leadIds)})`;
  const rows = await desk.store.db
    .selectDistinctOn([assignment.leadId])
    .from(assignment)
    .where(wanted)
    .orderBy(assignment.leadId, sql`${assignment.no} desc`);
  return _named(desk, rows);
}

function _textArray(values: readonly string[]) {
  return sql`array[${sql.join(
    values.map((v) => sql`${v}`),
    sql`, `,
  )}]::text[]`;
}

async function _named(desk: Desk, rows: readonly (typeof tables.assignment.$inferSelect)[]): Promise<Assignment[]> {
  const names = await displayNames(
    desk.store.db,
    rows.flatMap((r) => [r.by, r.assignee]),
  );
  return rows.map(({ leadId, assignee, dueAt, priority, by, at }) => ({
    leadId,
    assignee,
    assigneeName: assignee === null ? null : (names.get(assignee) ?? assignee),
    dueAt: dueAt?.toISOString() ?? null,
    priority: priority as Priority,
    by,
    byName: names.get(by) ?? by,
    at: at.toISOString(),
  }));
}
