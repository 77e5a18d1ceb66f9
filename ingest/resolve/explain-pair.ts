import { InputError } from '../base/index.ts';
import type { Database } from '../tables/index.ts';
import { CERTAIN_BITS, probabilityOf } from './core/index.ts';
import { KIND_PLANS, type KindPlan, type Prepared } from './kinds/index.ts';
import { type PairJudgement, judgementReasons, pairJudgements } from './explain/index.ts';
import { readModel } from './model-table.ts';
import { type TupleField, type Tuples, loadTuples } from './tuples.ts';

/** One comparison of an explained pair, with the values it saw. */
export interface ExplainedLevel {
  readonly comparison: string;
  readonly level: string;
  /** Bits for (+) or against (−) being the same. */
  readonly weight: number;
  readonly role: 'missing' | 'evidence' | 'same' | 'different';
  readonly left: Readonly<Record<string, string | null>>;
  readonly right: Readonly<Record<string, string | null>>;
}

/** Why two mentions were, or were not, put together. */
export interface PairExplanation {
  readonly kind: string;
  readonly left: string;
  readonly right: string;
  readonly leftEntity: string | null;
  readonly rightEntity: string | null;
  readonly together: boolean;
  readonly levels: readonly ExplainedLevel[];
  /** Start from the prior, bits. */
  readonly priorBits: number;
  /** Sum of all, bits. */
  readonly weight: number;
  readonly probability: number;
  readonly threshold: number;
  /** Blocking rules that would propose the pair; empty = never compared. */
  readonly rulesMet: readonly string[];
  readonly rulesFailed: readonly string[];
  /** What people said about the pair, every row, with what became of it in this run. */
  readonly judgements: readonly PairJudgement[];
  readonly reasons: readonly string[];
}

interface MentionRow {
  readonly kind: string;
  readonly entity: string | null;
}

/** Explains any two mentions of one kind; works out the levels on the spot also for pairs that were never compared.
 *  @throws InputError `no-such-mention`, `kinds-differ` */
export async function explainPair(db: Database, left: string, right: string): Promise<PairExplanation> {
  const a = await _mention(db, left);
  const b = await _mention(db, right);
  if (a.kind !== b.kind)
    throw new InputError(
      'kinds-differ',
      `explainPair: ${left} is a ${a.kind}, ${right} a ${b.kind}; only one kind is ever compared`,
      {},
    );
  const plan = KIND_PLANS.find((p) => p.kind === a.kind);
  const judgements = await pairJudgements(db, left, right);
  const found = plan === undefined ? _exact(left, right, a, b) : await _compared(db, plan, { left, right, a, b });
  return { ...found, judgements, reasons: [...judgementReasons(judgements), ...found.reasons] };
}

type Unjudged = Omit<PairExplanation, 'judgements'>;

async function _mention(db: Database, id: string): Promise<MentionRow> {
  const [row] = await db.rows<MentionRow>(
    'select m.kind, e.entity_id as entity from mention m left join entity_mention e on e.mention_id = m.mention_id where m.mention_id = $id',
    { id },
  );
  if (row === undefined)
    throw new InputError(
      'no-such-mention',
      `explainPair: no mention "${id}"; ids are in the mention table of this snapshot`,
      { id },
    );
  return row;
}

function _exact(left: string, right: string, a: MentionRow, b: MentionRow): Unjudged {
  const together = a.entity === b.entity;
  return {
    kind: a.kind,
    left,
    right,
    leftEntity: a.entity,
    rightEntity: b.entity,
    together,
    levels: [],
    priorBits: 0,
    weight: together ? CERTAIN_BITS : -CERTAIN_BITS,
    probability: together ? 1 : 0,
    threshold: 0,
    rulesMet: together ? ['key'] : [],
    rulesFailed: together ? [] : ['key'],
    reasons: [together ? 'the key is the same' : 'the keys differ; this kind is never compared otherwise'],
  };
}

async function _compared(
  db: Database,
  plan: KindPlan,
  pair: { left: string; right: string; a: MentionRow; b: MentionRow },
): Promise<Unjudged> {
  const model = await readModel(db, plan.kind);
  const tuples = await loadTuples(db, plan.kind, plan.fields);
  const [i, j] = await _tuplesOf(db, pair.left, pair.right);
  const prepared = plan.prepare(tuples);
  const levels = prepared.comparisons.map((c): ExplainedLevel => {
    const l = c.levels[c.levelOf(i, j)]!;
    return {
      comparison: c.id,
      level: l.id,
      weight: model.weightOf(c.id, l.id),
      role: l.role,
      left: _values(plan, tuples, i),
      right: _values(plan, tuples, j),
    };
  });
  const met = prepared.rules.filter((r) => _shares(r.keysOf(i), r.keysOf(j))).map((r) => r.id);
  const priorBits = Math.log2(model.prior / (1 - model.prior));
  const weight = levels.reduce((s, l) => s + l.weight, priorBits);
  const together = pair.a.entity !== null && pair.a.entity === pair.b.entity;
  const forbidden = levels.some((l) => l.role === 'different');
  const certain = levels.some((l) => l.role === 'same');
  return {
    kind: plan.kind,
    left: pair.left,
    right: pair.right,
    leftEntity: pair.a.entity,
    rightEntity: pair.b.entity,
    together,
    levels,
    priorBits,
    weight,
    probability: forbidden ? 0 : certain || i === j ? 1 : probabilityOf(weight),
    threshold: model.threshold,
    rulesMet: met,
    rulesFailed: prepared.rules.map((r) => r.id).filter((r) => !met.includes(r)),
    reasons: _reasons({
      levels,
      met,
      weight,
      together,
      same: i === j,
      threshold: model.threshold,
      bound: _sharesId(prepared, i, j),
    }),
  };
}

function _reasons(f: {
  levels: readonly ExplainedLevel[];
  met: readonly string[];
  weight: number;
  together: boolean;
  same: boolean;
  threshold: number;
  bound: boolean;
}): string[] {
  const out: string[] = [];
  const different = f.levels.filter((l) => l.role === 'different').map((l) => l.comparison);
  if (f.same) out.push('all compared fields are equal, so both are one tuple');
  if (f.bound) out.push('they share an identifier');
  if (different.length > 0) out.push(`two different values of ${different.join(', ')} forbid a merge`);
  if (f.met.length === 0)
    out.push('no blocking rule proposes the pair, so it was never compared; the levels here were worked out just now');
  const enough = f.weight >= f.threshold;
  out.push(
    `the weight is ${f.weight.toFixed(2)} bits, ${enough ? 'at or above' : 'below'} the threshold of ${f.threshold.toFixed(2)}`,
  );
  if (f.together && !enough && !f.same && !f.bound) out.push('they are together through other records between them');
  if (!f.together && enough && different.length === 0)
    out.push(
      'kept apart although strong enough: one of them fits a rival as well, or joining would bring two identifiers together',
    );
  return out;
}

const _shares = (a: readonly string[], b: readonly string[]): boolean => a.some((k) => b.includes(k));

function _sharesId(prepared: Prepared, i: number, j: number): boolean {
  return prepared.together.some((codes) => codes[i]! >= 0 && codes[i] === codes[j]);
}

function _values(plan: KindPlan, tuples: Tuples, i: number): Record<string, string | null> {
  const of = (f: TupleField): string | null => tuples.columns[f]![i] ?? null;
  return Object.fromEntries(plan.fields.map((f) => [f, of(f)]));
}

async function _tuplesOf(db: Database, left: string, right: string): Promise<[number, number]> {
  const rows = await db.rows<{ mention_id: string; tuple: number }>(
    'select mention_id, tuple from _tuple_of where mention_id in ($left, $right)',
    { left, right },
  );
  const of = (id: string): number => rows.find((r) => r.mention_id === id)!.tuple;
  return [of(left), of(right)];
}
