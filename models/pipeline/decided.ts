import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Column, InputError, messageOf, sha256 } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import type { WorkspacePaths } from '../workspace/index.ts';

const ROW = z.object({
  id: z.string().min(1),
  subjectId: z.string().min(1),
  decision: z.enum(['confirmed', 'partly', 'dismissed', 'unverifiable']),
  reason: z.string().min(1),
  label: z.union([z.literal(0), z.literal(1), z.null()]),
  pick: z.string().nullable(),
  foundAt: z.iso.datetime({ offset: true }),
  knownAt: z.iso.datetime({ offset: true }),
});

/** A verdict of an officer on a lead of an earlier run. */
export type DecidedRow = z.infer<typeof ROW>;

/** Verdicts that people gave, an input of the run like a department's table. */
export interface Decided {
  readonly rows: readonly DecidedRow[];
  /** SHA-256 of the file; null = there is none, or it is empty. */
  readonly sha256: string | null;
}

/** Reads `casework/outcomes.jsonl` of the workspace. @throws InputError `bad-decisions` with every faulty line at once */
export function decidedOf(paths: WorkspacePaths): Decided {
  const file = join(paths.casework, 'outcomes.jsonl');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) return { rows: [], sha256: null };
  const faults: string[] = [];
  const rows = lines.flatMap((line, index) => {
    try {
      return [ROW.parse(JSON.parse(line))];
    } catch (error) {
      const why =
        error instanceof z.ZodError
          ? error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join(', ')
          : messageOf(error);
      faults.push(`line ${index + 1}: ${why}`);
      return [];
    }
  });
  if (faults.length > 0)
    throw new InputError('bad-decisions', `${file}: ${faults.slice(0, 20).join('; ')}; correct these lines`, {
      faults: faults.slice(0, 200),
    });
  return { rows, sha256: sha256(text) };
}

export interface DecidedReport {
  /** Rows that became outcomes. */
  readonly added: number;
  /** Given after the as-of moment: they wait for a later run. */
  readonly later: number;
  /** About a subject that this run does not have. */
  readonly unknown: number;
}

/** Adds the verdicts to `outcome`: found → `confirmed`, checked and not found → `clean`, all else → `unverifiable`. They have no source row;
 *  the outcome's id names the verdict. Needs `subject` and `outcome`. */
export async function addDecided(db: Database, decided: Decided, asOfMs: number): Promise<DecidedReport> {
  const due = decided.rows.filter((r) => Date.parse(r.knownAt) <= asOfMs);
  const later = decided.rows.length - due.length;
  if (due.length === 0) return { added: 0, later, unknown: 0 };
  const text = (of: (r: DecidedRow) => string): Column => ({ kind: 'text', values: due.map(of) });
  const moment = (of: (r: DecidedRow) => string): Column => ({
    kind: 'number',
    values: Float64Array.from(due, (r) => Date.parse(of(r))),
    valid: null,
  });
  await db.tableFrom('decided_part', {
    rows: due.length,
    data: {
      outcome_id: text((r) => `casework:${r.id}`),
      member_id: text((r) => r.subjectId),
      verdict: text((r) => (r.label === 1 ? 'confirmed' : r.label === 0 ? 'clean' : 'unverifiable')),
      channel: text((r) => (r.pick === 'exploration' ? '线索核查·探索' : '线索核查')),
      reason: text((r) => r.reason),
      found_ms: moment((r) => r.foundAt),
      known_ms: moment((r) => r.knownAt),
    },
  });
  const [{ known } = { known: 0 }] = await db.rows<{ known: number }>(
    'select count(*)::integer as known from decided_part d where exists (select 1 from subject s where s.member_id = d.member_id)',
  );
  await db.run(`insert into outcome by name
    select d.outcome_id, s.subject_id, d.verdict, epoch_ms(d.found_ms::bigint) as found_at, epoch_ms(d.known_ms::bigint) as known_at, d.channel, d.reason
    from decided_part d join (select distinct subject_id, member_id from subject) s using (member_id) order by d.outcome_id`);
  await db.run('drop table decided_part');
  return { added: known, later, unknown: due.length - known };
}
