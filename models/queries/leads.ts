import { InputError } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';

/** A lead in a list. `probability` is calibrated; `low`–`high` its 90 % interval. */
export interface LeadSummary {
  readonly leadId: string;
  readonly rank: number;
  readonly kind: string;
  readonly label: string;
  readonly probability: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly grade: string | null;
  readonly confidence: string | null;
  /** `ranked`, or `exploration` with the chance that it had. */
  readonly pick: string;
  readonly pickChance: number | null;
  readonly typologies: readonly string[];
}

export interface LeadDetail extends LeadSummary {
  readonly subjectId: string;
  readonly asOf: string;
  readonly score: number;
  readonly reasons: unknown;
  readonly against: unknown;
  readonly law: unknown;
  readonly rowIds: readonly string[];
  readonly signalIds: readonly string[];
  readonly modelId: string;
  readonly runId: string;
}

interface LeadRow {
  lead_id: string;
  rank: number;
  subject_id: string;
  kind: string;
  label: string | null;
  as_of: string;
  probability: number | null;
  score: number;
  low: number | null;
  high: number | null;
  confidence: string | null;
  grade: string | null;
  pick: string;
  pick_chance: number | null;
  reasons_json: string;
  against_json: string;
  law_json: string;
  row_ids: string[];
  signal_ids: string[];
  model_id: string;
  run_id: string;
  typologies: string[] | null;
}

const SELECT = `select l.*, coalesce(e.pseudonym, e.label, l.subject_id) as label,
  (select list(distinct s.typology order by s.typology) from signal s where list_contains(l.signal_ids, s.signal_id)) as typologies
  from lead l left join entity e on e.entity_id = l.subject_id`;

/** The first `top` leads by rank. */
export async function listLeads(db: Database, top: number): Promise<LeadSummary[]> {
  return (await db.rows<LeadRow>(`${SELECT} order by l.rank limit $top`, { top })).map(_summary);
}

/** One lead, whole. @throws InputError `no-such-lead` */
export async function leadDetail(db: Database, leadId: string): Promise<LeadDetail> {
  const row = (await db.rows<LeadRow>(`${SELECT} where l.lead_id = $leadId`, { leadId }))[0];
  if (row === undefined)
    throw new InputError(
      'no-such-lead',
      `leadDetail: no lead "${leadId}" in the served run; "tributary leads" lists them`,
      { leadId },
    );
  return {
    ..._summary(row),
    subjectId: row.subject_id,
    asOf: row.as_of,
    score: row.score,
    reasons: JSON.parse(row.reasons_json),
    against: JSON.parse(row.against_json),
    law: JSON.parse(row.law_json),
    rowIds: row.row_ids,
    signalIds: row.signal_ids,
    modelId: row.model_id,
    runId: row.run_id,
  };
}

function _summary(row: LeadRow): LeadSummary {
  return {
    leadId: row.lead_id,
    rank: row.rank,
    kind: row.kind,
    label: row.label ?? row.subject_id,
    probability: row.probability,
    low: row.low,
    high: row.high,
    grade: row.grade,
    confidence: row.confidence,
    pick: row.pick,
    pickChance: row.pick_chance,
    typologies: row.typologies ?? [],
  };
}

/** How many leads the served run has. */
export async function leadTotal(db: Database): Promise<number> {
  return (await db.rows<{ n: number }>('select count(*) as n from lead'))[0]!.n;
}
