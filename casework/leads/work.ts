import type { CaseState } from '../codes/index.ts';
import type { Desk } from '../desk/index.ts';
import { count, eq, inArray, sql, tables } from '../store/index.ts';
import { type Assignment, assignmentsOf } from './assignments.ts';
import { type Verdict, verdictsOn } from './verdicts.ts';

export type WorkState = 'new' | 'assigned' | 'in-case' | 'decided';

/** Where work on a lead stands. */
export interface LeadWork {
  readonly leadId: string;
  readonly state: WorkState;
  /** Null also after it was taken back. */
  readonly assignment: Assignment | null;
  /** The last one; null once reopened. */
  readonly verdict: Verdict | null;
  readonly history: readonly Verdict[];
  readonly cases: readonly {
    readonly caseId: string;
    readonly number: string;
    readonly title: string;
    readonly state: CaseState;
  }[];
  readonly comments: number;
}

/** Work on each of these leads, in their order; four queries however many. */
export async function workOn(desk: Desk, leadIds: readonly string[]): Promise<LeadWork[]> {
  if (leadIds.length === 0) return [];
  const ids = [...leadIds];
  const { caseLead, caseFile, comment } = tables;
  const db = desk.store.db;
  const verdicts = _grouped(await verdictsOn(desk, ids), (v) => v.leadId);
  const assignments = new Map((await assignmentsOf(desk, ids)).map((a) => [a.leadId, a]));
  const cases = _grouped(
    await db
      .select({
        leadId: caseLead.leadId,
        caseId: caseFile.caseId,
        number: caseFile.number,
        title: caseFile.title,
        state: caseFile.state,
      })
      .from(caseLead)
      .innerJoin(caseFile, eq(caseFile.caseId, caseLead.caseId))
      .where(inArray(caseLead.leadId, ids))
      .orderBy(caseFile.number),
    (c) => c.leadId,
  );
  const comments = await db
    .select({ leadId: comment.objectId, n: count() })
    .from(comment)
    .where(sql`${comment.on} = 'lead' and ${inArray(comment.objectId, ids)}`)
    .groupBy(comment.objectId);
  const said = new Map(comments.map((c) => [c.leadId, c.n]));
  return ids.map((leadId) => {
    const history = verdicts.get(leadId) ?? [];
    const last = history.at(-1) ?? null;
    const verdict = last === null || last.decision === 'reopened' ? null : last;
    const given = assignments.get(leadId);
    const assignment = given === undefined || given.assignee === null ? null : given;
    const mine = (cases.get(leadId) ?? []).map(({ caseId, number, title, state }) => ({
      caseId,
      number,
      title,
      state: state as CaseState,
    }));
    const state: WorkState =
      verdict !== null ? 'decided' : mine.length > 0 ? 'in-case' : assignment !== null ? 'assigned' : 'new';
    return { leadId, state, assignment, verdict, history, cases: mine, comments: said.get(leadId) ?? 0 };
  });
}

function _grouped<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}
