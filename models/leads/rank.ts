import { DAY_MS, type Progress, SILENT, chinaDate, seeded, sha256, withDefaults } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import type { LeadModel } from '../registry/index.ts';
import { bandAt, taskFrom } from '../train/index.ts';
import { type LeadSignal, againstOf, lawMattersOf } from './against.ts';
import { contributionsOf } from './contributions.ts';
import { type EvidenceByGroup, evidenceOf, gatherEvidence } from './evidence.ts';
import { type Pick, picksOf } from './picks.ts';
import { confidenceWords } from './plain-words.ts';
import { orderOf } from './ranking.ts';
import { reasonsOf } from './reasons.ts';
import { type Scored, scoreCandidates } from './score.ts';
import { type LeadRow, writeFeatures, writeLeads } from './write-leads.ts';

export interface RankOptions {
  /** Moment of the list, ms UTC; NaN = the day the model was trained. */
  readonly asOf: number;
  /** Places on the list. */
  readonly capacity: number;
  /** Share of the places drawn at random among all others, flagged with their chance. */
  readonly explorationShare: number;
  /** Leads behind the list, for a larger capacity; flagged `reserve`. */
  readonly reserve: number;
  readonly seed: number;
  readonly runId: string;
  readonly progress: Progress;
}

export const RANK_DEFAULTS: RankOptions = Object.freeze({
  asOf: Number.NaN,
  capacity: 20,
  explorationShare: 0.1,
  reserve: 20,
  seed: 7,
  runId: '',
  progress: SILENT,
});

/** What a ranking did: `scored` = subjects listed + subjects not listed + repeats of a subject set aside. */
export interface RankReport {
  readonly scored: number;
  /** Places on the list and in the reserve, all kinds of pick. */
  readonly listed: number;
  readonly ranked: number;
  readonly exploration: number;
  readonly reserve: number;
  readonly repeats: number;
  /** Hash of the lead table's content. */
  readonly leadHash: string;
}

/** Scores every candidate as of a moment and writes `lead` (the list, explained) and `feature` (its values). Order: score, then subject id.
 *  One lead a subject: of several decisions the highest stands. Same warehouse, model and options: same rows.
 *  @throws InputError `model-not-servable`, `missing-features`, `bad-capacity`, `bad-share` · StateError `no-candidates` */
export async function rankLeads(db: Database, model: LeadModel, options: Partial<RankOptions>): Promise<RankReport> {
  const given = withDefaults('rankLeads', RANK_DEFAULTS, options);
  const o = { ...given, asOf: Number.isNaN(given.asOf) ? Date.parse(model.asOf) : given.asOf };
  const scored = await scoreCandidates(db, model, o);
  const { order, repeats } = orderOf(scored);
  const day = chinaDate(o.asOf);
  const picks = picksOf(order, { ...o, random: seeded(`explore:${o.seed}:${day}`) });
  await _leadRows(db, scored, picks);
  const evidence = await gatherEvidence(db, taskFrom(model.task));
  const signals = await _signals(db);
  const parts = contributionsOf(
    model,
    scored.data,
    picks.map((p) => p.row),
  );
  const rows = picks.map((pick, i) => {
    const own = parts.values.subarray(i * parts.features, (i + 1) * parts.features);
    return _lead({ model, scored, pick, i, parts: own, evidence, signals: signals.get(i) ?? [], o, day });
  });
  const leadHash = await writeLeads(db, rows);
  await writeFeatures(
    db,
    scored,
    picks.map((p) => p.row),
  );
  const count = (kind: Pick['pick']): number => picks.filter((p) => p.pick === kind).length;
  return {
    scored: scored.matrix.rows,
    listed: picks.length,
    ranked: count('ranked'),
    exploration: count('exploration'),
    reserve: count('reserve'),
    repeats,
    leadHash,
  };
}

/** `lead_row`: the picked rows, numbered in the order of the list. */
async function _leadRows(db: Database, scored: Scored, picks: readonly Pick[]): Promise<void> {
  await db.tableFrom('lead_pick', {
    rows: picks.length,
    data: {
      place: { kind: 'number', values: Float64Array.from(picks.keys()), valid: null },
      candidate: { kind: 'number', values: Float64Array.from(picks, (p) => p.row), valid: null },
    },
  });
  await db.run(`create or replace temp table lead_row as select p.place::integer as "row", r.subject_id, r.as_of, r.key
    from lead_pick p join feature_row r on r."row" = p.candidate::integer order by 1`);
  if (scored.matrix.rows === 0) await db.run('delete from lead_row');
}

async function _signals(db: Database): Promise<ReadonlyMap<number, readonly LeadSignal[]>> {
  const out = new Map<number, LeadSignal[]>();
  if (!(await db.has('signal'))) return out;
  const found = await db.rows<LeadSignal & { row: number }>(
    `select r."row" as "row", s.signal_id, s.typology, s."at" as "at", s.strength, s.row_ids, s.against_json
     from lead_row r join feature_member m on m.subject_id = r.subject_id join signal s on s.subject_id = m.member_id
     where greatest(s."at", s.known_at) <= r.as_of and s."at" > r.as_of - interval 365 day order by 1, s.strength desc, s."at" desc, s.signal_id`,
  );
  for (const s of found) out.set(s.row, [...(out.get(s.row) ?? []), s]);
  return out;
}

function _lead(of: {
  model: LeadModel;
  scored: Scored;
  pick: Pick;
  i: number;
  parts: Float64Array;
  evidence: EvidenceByGroup;
  signals: readonly LeadSignal[];
  o: RankOptions;
  day: string;
}): LeadRow {
  const { model, scored, pick, signals } = of;
  const subject = scored.matrix.subjects[pick.row]!;
  const probability = scored.probabilities[pick.row]!;
  const values = scored.matrix.values.map((column) => column[pick.row]!);
  const reasons = reasonsOf({
    model,
    parts: of.parts,
    values,
    evidence: (group) => evidenceOf(of.evidence, of.i, group),
  });
  const words = confidenceWords(model, probability);
  const band = bandAt(model.band, scored.margins[pick.row]!, probability);
  const name = sha256(JSON.stringify([model.model_id, subject, scored.keys[pick.row], of.o.asOf])).slice(0, 8);
  return {
    leadId: `L${of.day.replaceAll('-', '')}-${name}`,
    rank: of.i + 1,
    subject,
    kind: scored.kinds[pick.row]!,
    asOf: of.o.asOf,
    probability,
    score: scored.margins[pick.row]!,
    ...band,
    confidence: words === null ? null : `${words.zh}。${words.en[0]!.toUpperCase()}${words.en.slice(1)}.`,
    grade: gradeOf(signals, of.o.asOf),
    pick: pick.pick,
    pickChance: pick.chance,
    reasons,
    against: againstOf({ model, reasons, signals, words }),
    law: lawMattersOf(signals),
    rowIds: [
      ...new Set([...reasons.flatMap((r) => r.rowIds), ...signals.flatMap((s) => s.row_ids.slice(0, 12))]),
    ].sort(),
    signalIds: [...new Set(signals.map((s) => s.signal_id))].sort(),
    modelId: model.model_id,
    runId: of.o.runId,
  };
}

/** How much is at stake, apart from how sure it is: by the strongest signal of the last 90 days. 高 from 0.67, 中 from 0.34, else 低; null without any signal: left open. */
export function gradeOf(signals: readonly LeadSignal[], asOf: number): '高' | '中' | '低' | null {
  if (signals.length === 0) return null;
  const recent = signals.filter((s) => Date.parse(s.at) > asOf - 90 * DAY_MS).map((s) => s.strength);
  const strongest = Math.max(0, ...recent);
  return strongest >= 0.67 ? '高' : strongest >= 0.34 ? '中' : '低';
}
