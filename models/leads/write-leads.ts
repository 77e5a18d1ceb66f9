import { type Column, canonicalJson, sha256 } from '../../ingest/base/index.ts';
import { createTableSql } from '../../ingest/schema/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import type { Against, LawMatter, Reason } from './explanation.ts';
import type { Scored } from './score.ts';

/** A lead as it is written. */
export interface LeadRow {
  readonly leadId: string;
  readonly rank: number;
  readonly subject: string;
  readonly kind: string;
  readonly asOf: number;
  readonly probability: number;
  readonly score: number;
  readonly low: number;
  readonly high: number;
  readonly confidence: string | null;
  readonly grade: string | null;
  readonly pick: string;
  readonly pickChance: number;
  readonly reasons: readonly Reason[];
  readonly against: readonly Against[];
  readonly law: readonly LawMatter[];
  readonly rowIds: readonly string[];
  readonly signalIds: readonly string[];
  readonly modelId: string;
  readonly runId: string;
}

/** Replaces `lead`, in order of rank. @returns hash of its content, the run id left out so that equal runs have equal hashes */
export async function writeLeads(db: Database, leads: readonly LeadRow[]): Promise<string> {
  const text = (of: (l: LeadRow) => string | null): Column => ({ kind: 'text', values: leads.map(of) });
  const number = (of: (l: LeadRow) => number): Column => ({
    kind: 'number',
    values: Float64Array.from(leads, of),
    valid: null,
  });
  await db.run(createTableSql('lead'));
  await db.tableFrom('lead_new', {
    rows: leads.length,
    data: {
      lead_id: text((l) => l.leadId),
      rank: number((l) => l.rank),
      subject_id: text((l) => l.subject),
      kind: text((l) => l.kind),
      as_of_ms: number((l) => l.asOf),
      probability: number((l) => l.probability),
      score: number((l) => l.score),
      low: number((l) => l.low),
      high: number((l) => l.high),
      confidence: text((l) => l.confidence),
      grade: text((l) => l.grade),
      pick: text((l) => l.pick),
      pick_chance: number((l) => l.pickChance),
      reasons_json: text((l) => JSON.stringify(l.reasons)),
      against_json: text((l) => JSON.stringify(l.against)),
      law_json: text((l) => JSON.stringify(l.law)),
      row_ids: text((l) => JSON.stringify(l.rowIds)),
      signal_ids: text((l) => JSON.stringify(l.signalIds)),
      model_id: text((l) => l.modelId),
      run_id: text((l) => l.runId),
    },
  });
  await db.run(`insert into lead by name select lead_id, rank::bigint as rank, subject_id, kind, epoch_ms(as_of_ms::bigint) as as_of, probability, score, low, high,
      confidence, grade, pick, pick_chance, reasons_json, against_json, law_json, from_json(row_ids, '["VARCHAR"]') as row_ids,
      from_json(signal_ids, '["VARCHAR"]') as signal_ids, model_id, run_id
    from lead_new order by rank`);
  await db.run('drop table lead_new');
  return sha256(canonicalJson(leads.map((l) => ({ ...l, runId: '' }))));
}

/** Replaces `feature` with the values of the listed subjects. Missing values have no row. `latest_known_at` is the family's latest fact over all rows. */
export async function writeFeatures(db: Database, scored: Scored, rows: readonly number[]): Promise<void> {
  const { matrix } = scored;
  const subject: string[] = [];
  const name: string[] = [];
  const value: number[] = [];
  const latest: number[] = [];
  for (const row of rows)
    matrix.features.forEach((f, j) => {
      const v = matrix.values[j]![row]!;
      if (Number.isNaN(v)) return;
      subject.push(matrix.subjects[row]!);
      name.push(f.id);
      value.push(v);
      latest.push(matrix.latestKnownAt[f.family] ?? Number.NaN);
    });
  await db.run(createTableSql('feature'));
  await db.tableFrom('feature_new', {
    rows: subject.length,
    data: {
      subject_id: { kind: 'text', values: subject },
      name: { kind: 'text', values: name },
      value: { kind: 'number', values: Float64Array.from(value), valid: null },
      latest_ms: {
        kind: 'number',
        values: Float64Array.from(latest, (t) => (Number.isNaN(t) ? 0 : t)),
        valid: Uint8Array.from(latest, (t) => (Number.isNaN(t) ? 0 : 1)),
      },
    },
  });
  const asOf = Math.trunc(matrix.asOf[rows[0] ?? 0] ?? 0);
  await db.run(
    `insert into feature select subject_id, epoch_ms(${asOf}::bigint), name, value, epoch_ms(latest_ms::bigint) from feature_new order by subject_id, name`,
  );
  await db.run('drop table feature_new');
}
