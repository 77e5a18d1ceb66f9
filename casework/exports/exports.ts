import { join } from 'node:path';
import { writeLines } from './write-lines.ts';
import type { Desk } from '../desk/index.ts';
import { asc, tables } from '../store/index.ts';

/** Writes what people decided as inputs of the next run: `judgements.jsonl` and `outcomes.jsonl` in the casework folder. In memory: nothing. */
export function exportDecisions(desk: Desk): Promise<void> {
  const before = _writing.get(desk.store) ?? Promise.resolve();
  const mine = before.catch(() => {}).then(() => _export(desk));
  _writing.set(desk.store, mine);
  return mine;
}

/** One writing at a time, so that the files never go back to an older state. */
const _writing = new WeakMap<Desk['store'], Promise<void>>();

async function _export(desk: Desk): Promise<void> {
  if (desk.folder === null) return;
  const names = new Map((await desk.store.db.select().from(tables.account)).map((a) => [a.accountId, a.name]));
  const nameOf = (id: string): string => names.get(id) ?? id;
  await _judgements(desk, desk.folder, nameOf);
  await _outcomes(desk, desk.folder, nameOf);
}

type JudgementLine = { readonly id: string; readonly by: string; readonly at: string; readonly why: string } & (
  { readonly undoes: string } | { readonly left: string; readonly right: string; readonly verdict: string }
);

/** Rows of others (ids that are not ours) stay in the file. */
async function _judgements(desk: Desk, folder: string, nameOf: (id: string) => string): Promise<void> {
  const rows = await desk.store.db.select().from(tables.judgement).orderBy(asc(tables.judgement.no));
  const lines = rows.flatMap((j): JudgementLine[] => {
    const who = { id: j.judgementId, by: nameOf(j.by), at: j.at.toISOString(), why: j.reason };
    if (j.withdraws !== null) return [{ ...who, undoes: j.withdraws }];
    const [left, right] = j.of === 'mention' ? [j.left, j.right] : [j.leftMention, j.rightMention];
    return left === null || right === null ? [] : [{ ...who, left, right, verdict: j.verdict }];
  });
  const known = new Set(lines.map((l) => l.id));
  writeLines(
    join(folder, 'judgements.jsonl'),
    lines.filter((l) => !('undoes' in l) || known.has(l.undoes)),
    (row) => !/^J\d+$/.test(String(row['id'])),
  );
}

/** The verdict that holds on each lead, oldest first; one that was reopened holds no longer. `label`: 1 found, 0 checked and not found, null neither. */
async function _outcomes(desk: Desk, folder: string, nameOf: (id: string) => string): Promise<void> {
  const rows = await desk.store.db.select().from(tables.verdict).orderBy(asc(tables.verdict.no));
  const last = new Map<string, (typeof rows)[number]>();
  for (const row of rows) {
    last.delete(row.leadId);
    if (row.decision !== 'reopened') last.set(row.leadId, row);
  }
  writeLines(
    join(folder, 'outcomes.jsonl'),
    [...last.values()].map((v) => ({
      id: v.verdictId,
      leadId: v.leadId,
      subjectId: v.subjectId,
      runId: v.runId,
      modelId: v.modelId,
      decision: v.decision,
      reason: v.reason,
      label: v.label,
      against: v.against,
      pick: v.pick,
      pickChance: v.pickChance === null ? null : Number(v.pickChance),
      asOf: v.asOf?.toISOString() ?? null,
      foundAt: v.foundAt.toISOString(),
      knownAt: v.at.toISOString(),
      by: nameOf(v.by),
    })),
  );
}
