import { withDefaults } from '../base/index.ts';
import { createTableSql } from '../schema/index.ts';
import type { Database } from '../tables/index.ts';
import { writeEntityKeys } from './entity-keys.ts';
import { applyIdentity, loadIdentity } from './identity/index.ts';
import { type Rulings, judgedTuples, writeJudgements } from './judgement/index.ts';
import { resolveExactKind } from './exact-kinds.ts';
import { KIND_PLANS, type KindPlan, type Prepared } from './kinds/index.ts';
import { type Linked, linkKind } from './link-kind.ts';
import { writeModel } from './model-table.ts';
import { RESOLVE_DEFAULTS, type ResolveOptions, bitsOf } from './options.ts';
import type { KindReport, LevelReport, ResolveReport } from './report.ts';
import { loadTuples } from './tuples.ts';
import { writeKind } from './write-kind.ts';

/** Puts the mentions of every kind together into entities: reads `mention`, replaces `match`, `match_model`, `entity`, `entity_mention`, `entity_key`,
 *  `judgement`, `judgement_conflict`, `entity_change`. Obeys the judgements given; with a run before, entities keep their ids and what merged or split is logged.
 *  Every mention ends in exactly one entity. Persons never merge on a name alone; valid identifiers that differ forbid a merge; what fits two
 *  rivals equally well stays apart as `possibly_same`. Same mentions, same bytes, whatever their order or the engine's threads.
 *  @throws InputError for an unknown option · ExternalError when SQL fails */
export async function resolveEntities(db: Database, options: Partial<ResolveOptions> = {}): Promise<ResolveReport> {
  const o = withDefaults('resolveEntities', RESOLVE_DEFAULTS, options);
  for (const t of ['match', 'match_model', 'entity', 'entity_mention', 'entity_key', 'entity_change'])
    await db.run(createTableSql(t));
  const rulings = await writeJudgements(
    db,
    o.judgements,
    KIND_PLANS.map((p) => p.kind),
  );
  for (const c of rulings.conflicts)
    o.progress.note(
      `judgements contradict: ${c.left} ≠ ${c.right}, and yet joined through ${c.through.join(', ') || 'one another'}; "${c.setAside}" was set aside`,
    );
  const counts = await db.rows<{ kind: string; n: number }>(
    'select kind, count(*) as n from mention where kind is not null group by kind order by kind',
  );
  const kinds: KindReport[] = [];
  for (const { kind, n } of counts) {
    o.progress.step(`resolve ${kind}`, `${n} mentions`);
    const plan = KIND_PLANS.find((p) => p.kind === kind);
    kinds.push(plan === undefined ? await _exact(db, kind) : await _compared(db, plan, n, { ...o, rulings }));
  }
  let identity = null;
  if (o.previous !== '') {
    await loadIdentity(db, o.previous);
    identity = await applyIdentity(db, { runId: o.runId, rulings, pseudonymKey: o.pseudonymKey });
  }
  const keys = await writeEntityKeys(db);
  const judged = (state: string): number => [...rulings.states.values()].filter((s) => s === state).length;
  return {
    kinds,
    mentions: kinds.reduce((s, k) => s + k.mentions, 0),
    entities: kinds.reduce((s, k) => s + k.entities, 0),
    judgements: { obeyed: judged('obeyed'), unsure: judged('unsure'), all: rulings.states.size },
    conflicts: rulings.conflicts,
    identity,
    keys: keys.keys,
    ambiguousKeys: keys.ambiguous,
  };
}

async function _compared(
  db: Database,
  plan: KindPlan,
  mentions: number,
  o: ResolveOptions & { rulings: Rulings },
): Promise<KindReport> {
  const tuples = await loadTuples(db, plan.kind, plan.fields);
  const prepared = plan.prepare(tuples);
  const linked = await linkKind(db, tuples.size, prepared, o, await judgedTuples(db, o.rulings));
  await writeModel(db, plan.kind, prepared, linked.model, bitsOf(o.mergeProbability));
  const written = await writeKind(db, plan, { tuples, prepared, linked }, o);
  return {
    kind: plan.kind,
    how: 'compared',
    mentions,
    tuples: tuples.size,
    entities: written.entities,
    candidates: linked.candidates.left.length,
    rules: linked.candidates.report,
    prior: linked.model.prior,
    levels: levelReports(prepared, linked),
    threshold: bitsOf(o.mergeProbability),
    merges: linked.clusters.merges,
    cannotLinks: linked.clusters.cannotLinks,
    bridgesCut: linked.clusters.bridgesCut,
    contested: linked.contested.reduce((s, c) => s + c, 0),
    possiblySame: written.possiblySame,
    iterations: linked.model.iterations,
    converged: linked.model.converged,
  };
}

/** m, u and weight of every level of every comparison. */
export function levelReports(prepared: Prepared, linked: Pick<Linked, 'model'>): LevelReport[] {
  return prepared.comparisons.flatMap((c, i) =>
    c.levels.slice(1).map((l, j) => ({
      comparison: c.id,
      level: l.id,
      m: linked.model.m[i]![j + 1]!,
      u: linked.model.u[i]![j + 1]!,
      weight: linked.model.weights[i]![j + 1]!,
    })),
  );
}

async function _exact(db: Database, kind: string): Promise<KindReport> {
  const n = await resolveExactKind(db, kind);
  return {
    kind,
    how: 'exact',
    mentions: n.mentions,
    tuples: n.entities,
    entities: n.entities,
    candidates: 0,
    rules: [],
    prior: null,
    levels: [],
    threshold: null,
    merges: n.mentions - n.entities,
    cannotLinks: 0,
    bridgesCut: 0,
    contested: 0,
    possiblySame: 0,
    iterations: 0,
    converged: true,
  };
}
