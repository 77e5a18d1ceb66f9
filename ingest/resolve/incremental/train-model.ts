import { type Progress, InputError, SILENT, withDefaults } from '../../base/index.ts';
import type { Database } from '../../tables/index.ts';
import { blockPairs, key52 } from '../core/index.ts';
import { type LinkedTable, buildRules, inferSchema, linkTable, thresholdFor } from '../table/index.ts';
import { usefulRules } from './useful-rules.ts';
import type { TableModel } from './table-model.ts';

/** Records as raw text columns. */
export interface RawRows {
  /** Names of the records, each once. */
  readonly ids: readonly string[];
  readonly columns: Readonly<Record<string, readonly (string | null)[]>>;
}

export interface TrainOptions {
  /** Records the model is learnt from, drawn by a hash of the record, so that neither order nor machine matters. */
  readonly sample: number;
  /** Records the model will be used on; 0 = as many as are given. Blocking keys are chosen for that many. */
  readonly expected: number;
  /** Most distinct records under one blocking key. */
  readonly maxBlock: number;
  /** Least probability of a merge; 0 = chosen by the engine. */
  readonly probability: number;
  /** Asked-for precision of merged pairs, 0–1; 0 = none asked. */
  readonly precision: number;
  readonly seed: string;
  readonly progress: Progress;
}

export const TRAIN_DEFAULTS: TrainOptions = Object.freeze({
  sample: 60_000,
  expected: 0,
  maxBlock: 80,
  probability: 0,
  precision: 0,
  seed: 'resolve',
  progress: SILENT,
});

/** Learns from a table, without labels, everything that is needed to link records one by one later on: which columns tell what, the blocking rules, m, u,
 *  the prior and the threshold. Same rows, same model, whatever their order.
 *  @param db  any database, for its join  @throws InputError `nothing-to-compare` when no column holds anything to go on */
export async function trainModel(
  db: Database,
  rows: RawRows,
  options: Partial<TrainOptions> = {},
): Promise<TableModel> {
  const o = withDefaults('trainModel', TRAIN_DEFAULTS, options);
  const drawn = _drawn(rows, o);
  const sample = Object.fromEntries(Object.entries(rows.columns).map(([name, v]) => [name, drawn.map((i) => v[i]!)]));
  const schema = inferSchema(sample, drawn.length, null);
  if (schema.columns.length === 0)
    throw new InputError(
      'nothing-to-compare',
      `trainModel: no column holds anything to compare: ${schema.dropped.map((d) => `${d.name} (${d.because})`).join(', ') || 'there are no columns'}; nothing is merged`,
      { dropped: schema.dropped },
    );
  const linked = await linkTable(db, schema, {
    maxPairs: Math.max(200_000, Math.min(3_000_000, schema.size * 50)),
    seed: o.seed,
    progress: o.progress,
    local: true,
  });
  const n = o.expected > 0 ? o.expected : rows.ids.length;
  const rules = await _rules(db, linked, n, o);
  const own = thresholdFor(linked.scored, { probability: o.probability, precision: o.precision, oneToOne: false });
  const { bits, because } = o.probability > 0 || o.precision > 0 ? own : _atSize(own, n / schema.size);
  return _model(linked, { rules, bits, because }, o);
}

/** The records with the smallest hashes, in order of hash. */
function _drawn(rows: RawRows, o: TrainOptions): number[] {
  const names = Object.keys(rows.columns).sort();
  const hash = Float64Array.from(rows.ids, (id, i) =>
    key52(JSON.stringify([o.seed, id, ...names.map((c) => rows.columns[c]![i])])),
  );
  const order = rows.ids.map((_id, i) => i);
  const by = (a: number, b: number): number => hash[a]! - hash[b]! || (rows.ids[a]! < rows.ids[b]! ? -1 : 1);
  return order.sort(by).slice(0, o.sample);
}

/** On a table as small as the sample all rules; else those that find what the others miss, judged at the size that the model is for. */
async function _rules(db: Database, linked: LinkedTable, n: number, o: TrainOptions): Promise<string[]> {
  const all = buildRules(linked.schema);
  const size = linked.schema.size;
  if (n <= size) return all.map((r) => r.id);
  const scaled = Math.max(3, Math.round(2 + ((o.maxBlock - 2) * size) / n));
  const narrow = await blockPairs(db, size, all, { maxBlock: scaled, maxPairs: 20_000_000 });
  const chosen = usefulRules(linked, narrow, { grow: (n / size) ** 2, records: n });
  for (const c of chosen)
    o.progress.note(
      `key ${all[c.rule]!.id}: finds ${(c.found * 100).toFixed(1)} % of the likely pairs with those before it`,
    );
  return chosen.map((c) => all[c.rule]!.id);
}

/** The engine's own threshold for a table larger than the sample: a bit more for each doubling, since a record then meets twice as many strangers and
 *  clusters of wrong pairs begin to hang together. */
function _atSize(own: { bits: number; because: string }, times: number): { bits: number; because: string } {
  if (times <= 1) return own;
  return {
    bits: own.bits + Math.log2(times),
    because: `${own.because}; and a bit for each doubling beyond the sample`,
  };
}

function _model(
  linked: LinkedTable,
  cut: { rules: string[]; bits: number; because: string },
  o: TrainOptions,
): TableModel {
  const { schema, model, comparisons } = linked;
  const plain = (rows: readonly Float64Array[]): number[][] => rows.map((r) => Array.from(r));
  return {
    version: 1,
    columns: schema.columns.map((c) => ({
      profile: c.profile,
      sideFill: c.sideFill,
      inside: c.inside,
      sample: Array.from(c.values.codes, (v) => (v < 0 ? null : c.values.values[v]!)),
    })),
    rules: cut.rules,
    maxBlock: o.maxBlock,
    levels: comparisons.map((c) => ({ comparison: c.id, levels: c.levels.map((l) => l.id) })),
    m: plain(model.m),
    u: plain(model.u),
    weights: plain(model.weights),
    related: model.related === null ? null : { r: plain(model.related.r), share: model.related.share },
    prior: model.prior,
    threshold: cut.bits,
    thresholdBecause: cut.because,
    linkage: comparisons.length <= 2 || comparisons.some((c) => c.lead === true) ? cut.bits : cut.bits - 3,
    rows: schema.size,
  };
}
