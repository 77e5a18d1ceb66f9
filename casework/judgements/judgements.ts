import { InputError, StateError } from '../../ingest/base/index.ts';
import { appendAudit } from '../audit/index.ts';
import { type Actor, type Desk, displayNames } from '../desk/index.ts';
import { exportDecisions } from '../exports/index.ts';
import { type Tables, and, asc, count, desc, eq, ne, or, sql, tables } from '../store/index.ts';
import { type Contradiction, contradictions } from './contradictions.ts';

export type JudgementVerdict = 'same' | 'different' | 'unsure';

/** Whether two mentions (or two entities) are one, in somebody's judgement. `left` < `right`. */
export interface Judgement {
  readonly judgementId: string;
  readonly left: string;
  readonly right: string;
  readonly of: 'mention' | 'entity';
  readonly verdict: JudgementVerdict;
  readonly reason: string;
  readonly isWithdrawn: boolean;
  readonly by: string;
  readonly byName: string;
  readonly at: string;
}

export interface NewJudgement {
  readonly left: string;
  readonly right: string;
  readonly of: 'mention' | 'entity';
  readonly verdict: JudgementVerdict;
  readonly reason: string;
  /** Of entities: a mention of each side, so that the next run can obey. */
  readonly mentions?: { readonly left: string; readonly right: string };
}

/** Adds a judgement, and says which judgements that hold now contradict each other because of it (A≠B, yet both are C).
 *  @throws InputError `same-record` */
export async function judge(
  desk: Desk,
  actor: Actor,
  given: NewJudgement,
): Promise<{ judgement: Judgement; warnings: Contradiction[] }> {
  if (given.left === given.right)
    throw new InputError('same-record', `judgement: both sides are "${given.left}"; name two records`);
  const [left, right] = given.left < given.right ? [given.left, given.right] : [given.right, given.left];
  const judged = await desk.store.db.transaction(async (tx) => {
    const [row] = await tx
      .insert(tables.judgement)
      .values({
        left,
        right,
        leftMention: (given.left === left ? given.mentions?.left : given.mentions?.right) ?? null,
        rightMention: (given.left === left ? given.mentions?.right : given.mentions?.left) ?? null,
        of: given.of,
        verdict: given.verdict,
        reason: given.reason,
        by: actor.accountId,
        at: new Date(desk.clock()),
      })
      .returning();
    await appendAudit(tx, actor, desk.clock(), {
      action: 'judgement.added',
      object: `judgement:${row!.judgementId}`,
      detail: { left, right, of: given.of, verdict: given.verdict },
    });
    const standing = await standingJudgements(tx);
    return {
      judgement: _plain(row!, actor.name, false),
      warnings: contradictions(standing, { left, right, of: given.of }),
    };
  });
  await exportDecisions(desk);
  return judged;
}

/** Takes a judgement back by adding a row. @throws InputError `no-such-judgement`, StateError `withdrawn-already` */
export async function withdrawJudgement(
  desk: Desk,
  actor: Actor,
  judgementId: string,
  reason: string,
): Promise<Judgement> {
  const withdrawn = await desk.store.db.transaction(async (tx) => {
    const { judgement } = tables;
    const [row] = await tx.select().from(judgement).where(eq(judgement.judgementId, judgementId));
    if (row === undefined || row.withdraws !== null)
      throw new InputError('no-such-judgement', `judgement: none "${judgementId}"`, { judgementId });
    const { left, right, of } = row;
    const added = await tx
      .insert(judgement)
      .values({
        left,
        right,
        of,
        verdict: 'withdrawn',
        reason,
        withdraws: judgementId,
        by: actor.accountId,
        at: new Date(desk.clock()),
      })
      .onConflictDoNothing()
      .returning();
    if (added.length === 0)
      throw new StateError('withdrawn-already', `judgement: ${judgementId} was withdrawn before`, { judgementId });
    await appendAudit(tx, actor, desk.clock(), {
      action: 'judgement.withdrawn',
      object: `judgement:${judgementId}`,
      detail: { reason },
    });
    const names = await displayNames(tx, [row.by]);
    return _plain(row, names.get(row.by) ?? row.by, true);
  });
  await exportDecisions(desk);
  return withdrawn;
}

/** Newest first; of one record or of all. */
export async function listJudgements(
  desk: Desk,
  query: { record?: string | undefined; limit: number },
): Promise<{ total: number; judgements: Judgement[] }> {
  const { judgement } = tables;
  const { record } = query;
  const wanted = and(
    ne(judgement.verdict, 'withdrawn'),
    record === undefined ? undefined : or(eq(judgement.left, record), eq(judgement.right, record)),
  );
  const [{ n } = { n: 0 }] = await desk.store.db.select({ n: count() }).from(judgement).where(wanted);
  const rows = await desk.store.db
    .select()
    .from(judgement)
    .where(wanted)
    .orderBy(desc(judgement.no))
    .limit(query.limit);
  const names = await displayNames(
    desk.store.db,
    rows.map((r) => r.by),
  );
  const gone = await _withdrawn(desk.store.db);
  return {
    total: n,
    judgements: rows.map((r) => _plain(r, names.get(r.by) ?? r.by, gone.has(r.judgementId))),
  };
}

/** A judgement that holds: the last one not withdrawn on each pair, in the order given. */
export interface StandingJudgement {
  readonly judgementId: string;
  readonly left: string;
  readonly right: string;
  readonly of: 'mention' | 'entity';
  readonly verdict: JudgementVerdict;
  readonly by: string;
  readonly at: string;
}

export async function standingJudgements(db: Tables): Promise<StandingJudgement[]> {
  const { judgement } = tables;
  const gone = await _withdrawn(db);
  const rows = await db.select().from(judgement).where(ne(judgement.verdict, 'withdrawn')).orderBy(asc(judgement.no));
  const last = new Map<string, StandingJudgement>();
  for (const row of rows) {
    if (gone.has(row.judgementId)) continue;
    const key = JSON.stringify([row.of, row.left, row.right]);
    last.delete(key);
    last.set(key, {
      judgementId: row.judgementId,
      left: row.left,
      right: row.right,
      of: row.of as 'mention' | 'entity',
      verdict: row.verdict as JudgementVerdict,
      by: row.by,
      at: row.at.toISOString(),
    });
  }
  return [...last.values()];
}

async function _withdrawn(db: Tables): Promise<ReadonlySet<string>> {
  const { judgement } = tables;
  const rows = await db
    .select({ id: sql<string>`${judgement.withdraws}` })
    .from(judgement)
    .where(sql`${judgement.withdraws} is not null`);
  return new Set(rows.map((r) => r.id));
}

function _plain(row: typeof tables.judgement.$inferSelect, byName: string, isWithdrawn: boolean): Judgement {
  const { judgementId, left, right, reason, by } = row;
  return {
    judgementId,
    left,
    right,
    of: row.of as 'mention' | 'entity',
    verdict: row.verdict as JudgementVerdict,
    reason,
    isWithdrawn,
    by,
    byName,
    at: row.at.toISOString(),
  };
}
