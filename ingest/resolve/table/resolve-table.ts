import { type Progress, type TextColumn, InputError, SILENT, withDefaults } from '../../base/index.ts';
import { type Database, quoteIdent } from '../../tables/index.ts';
import {
  type ClusterOptions,
  type Clusters,
  type RuleReport,
  type ScoredPairs,
  clusterPairs,
  contestedPairs,
} from '../core/index.ts';
import { composeColumns } from './compose.ts';
import { fewPairs } from './build-comparisons.ts';
import { partyComparisons } from '../party/index.ts';
import { type JudgementConflict, type JudgementRow } from '../judgement/index.ts';
import { type Label, NO_TABLE_SETTINGS, type TableSettings, type Tuned, tune } from '../settings/index.ts';
import { blockingRecall } from './blocking-recall.ts';
import { type LinkedTable, linkTable, totalPairs } from './link-table.ts';
import { partnerShares } from './partner-share.ts';
import { type Schema, inferSchema } from './schema.ts';
import { withoutTwins } from './twins.ts';
import { type ExplainedRows, explainRows } from './explain-rows.ts';
import { judgedRows, rulesSaid, typesSaid } from './said.ts';
import { thresholdFor } from './threshold.ts';

export interface ResolveTableOptions {
  /** Column that names a row; empty = rows are named by their number from 0. */
  readonly id: string;
  /** Columns that are not looked at. */
  readonly ignore: readonly string[];
  /** Least probability of a merge; 0 = chosen by the engine. */
  readonly probability: number;
  /** Asked-for precision of merged pairs, 0–1; 0 = none asked. */
  readonly precision: number;
  /** Both tables are free of repeats, so that a record has one partner at most; `auto` = yes for two tables. */
  readonly oneToOne: boolean | 'auto';
  /** Most candidate pairs; 0 = forty a record, two million at most. */
  readonly maxPairs: number;
  readonly seed: string;
  readonly progress: Progress;
  /** What a user says about the table, part by part; overrides the options above. */
  readonly settings: TableSettings;
  /** Pairs whose answer is known: they teach m and choose the threshold. */
  readonly labels: readonly Label[];
  /** What people decided about pairs of rows (ids); binds the clusters. */
  readonly judgements: readonly JudgementRow[];
  /** Pairs of rows (ids) to explain, compared or not. */
  readonly explain: readonly (readonly [string, string])[];
}

export const RESOLVE_TABLE_DEFAULTS: ResolveTableOptions = Object.freeze({
  id: '',
  ignore: Object.freeze([]),
  probability: 0,
  precision: 0,
  oneToOne: 'auto',
  maxPairs: 0,
  seed: 'resolve',
  progress: SILENT,
  settings: NO_TABLE_SETTINGS,
  labels: Object.freeze([]),
  judgements: Object.freeze([]),
  explain: Object.freeze([]),
});

/** One column as the engine took it. */
export interface ColumnReport {
  readonly column: string;
  readonly type: string;
  readonly filled: number;
  readonly because: string;
  /** The column that repeats it, so that it is used for blocking only. */
  readonly inside: string | null;
}

export interface TableReport {
  readonly records: number;
  readonly columns: readonly ColumnReport[];
  readonly dropped: readonly { readonly name: string; readonly because: string }[];
  readonly rules: readonly RuleReport[];
  readonly candidates: number;
  /** Share of true pairs that blocking proposed, by capture and recapture of the two passes; null when they tell nothing. */
  readonly estimatedBlockingRecall: number | null;
  readonly priorEstimated: number;
  readonly levels: readonly {
    readonly comparison: string;
    readonly level: string;
    readonly m: number;
    readonly u: number;
    readonly weight: number;
  }[];
  /** Least weight of a merge, bits, and why that. */
  readonly threshold: number;
  readonly thresholdBecause: string;
  readonly oneToOne: boolean;
  /** Nothing but one text was there to compare. */
  readonly nameOnly: boolean;
  /** A name leads and nothing belongs to one entity alone, so that groups join only when the pairs between them do on average. */
  readonly led: boolean;
  readonly merges: number;
  readonly cannotLinks: number;
  readonly bridgesCut: number;
  /** Why nothing was merged although asked to; null = the engine had something to go on. */
  readonly refused: string | null;
  /** Labels given, and those about pairs that blocking proposed. */
  readonly labels: { readonly given: number; readonly used: number };
  readonly judgements: { readonly given: number; readonly obeyed: number };
  /** Judgements that contradict one another, named. */
  readonly conflicts: readonly JudgementConflict[];
  /** The pairs that were asked about, why or why not. */
  readonly explained: readonly ExplainedRows[];
}

/** Records with their clusters, and the pairs behind them. Pairs are sorted by (left, right), indices into `ids`. */
export interface TableResolution {
  readonly ids: readonly string[];
  readonly side: Int32Array | null;
  /** Cluster of each record, named by its smallest member. */
  readonly cluster: Int32Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly weight: Float64Array;
  readonly probability: Float64Array;
  /** 1 = an identifier says that they are not the same. */
  readonly forbidden: Uint8Array;
  readonly report: TableReport;
}

/** Resolves one table, or links two, with no settings: infers what each column is, blocks, compares, trains itself, picks its threshold, clusters.
 *  Two tables are linked across, matching columns by name. Rows are put in order of their content first, so the order of arrival changes nothing.
 *  @param tables  names of tables or views of `db`
 *  @throws InputError `no-such-table`, `no-rows`, `no-such-column` */
export async function resolveTable(
  db: Database,
  tables: string | readonly string[],
  options: Partial<ResolveTableOptions> = {},
): Promise<TableResolution> {
  const o = _withSettings(withDefaults('resolveTable', RESOLVE_TABLE_DEFAULTS, options));
  const names = typeof tables === 'string' ? [tables] : tables;
  if (names.length < 1 || names.length > 2)
    throw new InputError('bad-tables', `resolveTable: ${names.length} tables; give one table, or two to link`, {
      names,
    });
  const read = await _read(db, names, o);
  o.progress.step('columns', `${read.size} records`);
  const whole = composeColumns(read.data, read.size);
  const schema = inferSchema(whole.data, read.size, read.side, typesSaid(o.settings));
  if (schema.columns.length === 0) return _refused(read, schema, 'no column holds anything to compare');
  const linked = await linkTable(db, schema, {
    known: fewPairs(schema) ? partyComparisons(read.data, read.size) : null,
    maxPairs: o.maxPairs > 0 ? o.maxPairs : Math.max(200_000, Math.min(2_000_000, read.size * 40)),
    seed: o.seed,
    progress: o.progress,
    rules: rulesSaid(o.settings),
    without: Object.entries(o.settings.compare).flatMap(([id, c]) => (c.off ? [id] : [])),
  });
  if (linked.comparisons.length === 0) return _refused(read, schema, 'every comparison is switched off');
  const tuned = tune(
    { ...linked, left: linked.candidates.left, right: linked.candidates.right, ids: read.ids },
    o.settings,
    o.labels,
  );
  return _clustered(read, { ...linked, model: tuned.model, scored: tuned.scored }, o, tuned);
}

interface Read {
  readonly ids: readonly string[];
  readonly size: number;
  readonly side: Int32Array | null;
  readonly data: Readonly<Record<string, readonly (string | null)[]>>;
}

/** Reads the tables as text columns, rows in order of content (then id), so that equal tables give equal results in any row order. */
async function _read(db: Database, tables: readonly string[], o: ResolveTableOptions): Promise<Read> {
  const columns = new Map<string, string[]>();
  for (const t of tables) {
    const found = await db.rows<{ name: string }>(
      'select column_name as name from information_schema.columns where table_name = $t order by ordinal_position',
      { t },
    );
    if (found.length === 0)
      throw new InputError('no-such-table', `resolveTable: no table or view "${t}"`, { table: t });
    columns.set(
      t,
      found.map((f) => f.name),
    );
    if (o.id !== '' && !found.some((f) => f.name === o.id))
      throw new InputError('no-such-column', `resolveTable: ${t} has no column "${o.id}" to name its rows`, {
        table: t,
        id: o.id,
      });
  }
  const used = [...new Set([...columns.values()].flat())].filter((c) => c !== o.id && !o.ignore.includes(c));
  const parts = tables.map((t, side) => {
    const list = used.map(
      (c) => `${columns.get(t)!.includes(c) ? `${quoteIdent(c)}::varchar` : 'null::varchar'} as ${quoteIdent(c)}`,
    );
    const id = o.id === '' ? 'row_number() over ()::varchar' : `${quoteIdent(o.id)}::varchar`;
    return `select ${side} as _side, ${id} as _id${list.length > 0 ? `, ${list.join(', ')}` : ''} from ${quoteIdent(t)}`;
  });
  const order = ['_side', ...used.map((c) => quoteIdent(c)), '_id'].map((c) => `${c} nulls first`).join(', ');
  const c = await db.columns(`select * from (${parts.join(' union all ')}) order by ${order}`);
  if (c.rows === 0) throw new InputError('no-rows', `resolveTable: ${tables.join(' and ')} hold no rows`, { tables });
  const text = (name: string): readonly (string | null)[] => (c.data[name] as TextColumn).values;
  const side = c.data['_side'];
  return {
    ids: text('_id').map((v) => v ?? ''),
    size: c.rows,
    side: tables.length === 1 || side?.kind !== 'number' ? null : Int32Array.from(side.values),
    data: Object.fromEntries(used.map((name) => [name, text(name)])),
  };
}

/** Settings said in YAML stand before the call's options. */
function _withSettings(o: ResolveTableOptions): ResolveTableOptions {
  const s = o.settings;
  return {
    ...o,
    id: s.id ?? o.id,
    ignore: [...o.ignore, ...s.ignore],
    probability: s.threshold?.probability ?? o.probability,
    precision: s.threshold?.precision ?? o.precision,
    oneToOne: s.oneToOne === 'auto' ? o.oneToOne : s.oneToOne,
    maxPairs: s.block.maxPairs ?? o.maxPairs,
    seed: s.seed === NO_TABLE_SETTINGS.seed ? o.seed : s.seed,
  };
}

function _clustered(read: Read, linked: LinkedTable, o: ResolveTableOptions, tuned: Tuned): TableResolution {
  const { candidates, schema, model } = linked;
  const oneToOne = o.oneToOne === 'auto' ? read.side !== null : o.oneToOne && read.side !== null;
  const scored = oneToOne
    ? { ...linked.scored, probability: partnerShares(read.size, candidates, linked.scored).probability }
    : linked.scored;
  const own = thresholdFor(scored, { probability: o.probability, precision: o.precision, oneToOne });
  const { bits, because } = tuned.bits === null ? own : { bits: tuned.bits, because: tuned.because };
  const judged = judgedRows(read.ids, o.judgements);
  const nameOnly = linked.comparisons.length <= 2;
  const led = linked.comparisons.some((c) => c.lead === true);
  const pairs = _uncontested(read.size, { ...linked, scored }, bits);
  const clusters = _cluster(
    { size: read.size, side: read.side, oneToOne, firm: nameOnly || led, ...judged },
    pairs,
    bits,
  );
  return {
    ids: read.ids,
    side: read.side,
    cluster: clusters.of,
    left: candidates.left,
    right: candidates.right,
    weight: pairs.weight as Float64Array,
    probability: scored.probability,
    forbidden: scored.forbidden,
    report: {
      ..._columnReports(schema),
      records: read.size,
      rules: candidates.report,
      candidates: candidates.left.length,
      estimatedBlockingRecall: blockingRecall(candidates, linked.scored.probability),
      priorEstimated: model.expectedMatches / Math.max(1, totalPairs(schema)),
      levels: linked.comparisons.flatMap((c, i) =>
        c.levels.slice(1).map((l, j) => ({
          comparison: c.id,
          level: l.id,
          m: model.m[i]![j + 1]!,
          u: model.u[i]![j + 1]!,
          weight: model.weights[i]![j + 1]!,
        })),
      ),
      threshold: bits,
      thresholdBecause: because,
      oneToOne,
      nameOnly,
      led,
      merges: clusters.merges,
      cannotLinks: clusters.cannotLinks,
      bridgesCut: clusters.bridgesCut,
      refused: null,
      labels: { given: tuned.labels, used: tuned.labelsUsed },
      judgements: {
        given: o.judgements.length,
        obeyed: [...judged.rulings.states.values()].filter((s) => s === 'obeyed').length,
      },
      conflicts: judged.rulings.conflicts,
      explained: explainRows(
        linked,
        { ids: read.ids, cluster: clusters.of, threshold: bits, rulings: judged.rulings },
        o.explain,
      ),
    },
  };
}

/** Where weights are known beforehand, a record that fits two rivals equally well says nothing for either; such pairs cannot join. */
function _uncontested(size: number, linked: LinkedTable, bits: number): ScoredPairs {
  const { candidates, scored } = linked;
  const pairs = { left: candidates.left, right: candidates.right, weight: scored.weight, forbidden: scored.forbidden };
  if (!linked.known)
    return linked.schema.side !== null
      ? pairs
      : { ...pairs, weight: withoutTwins(size, linked.comparisons, linked.patterns, pairs, bits - 1) };
  const contested = contestedPairs(size, pairs, { threshold: bits, margin: 1 });
  return { ...pairs, weight: scored.weight.map((w, p) => (contested[p] === 1 ? Math.min(w, bits - 1) : w)) };
}

/** Where a name is all there is, or leads, a cluster must hold on average what a pair must; with more to go on, pairs that part a little may stay together. */
function _cluster(
  r: { size: number; side: Int32Array | null; oneToOne: boolean; firm: boolean } & Partial<
    Pick<ClusterOptions, 'must' | 'cannot'>
  >,
  pairs: ScoredPairs,
  bits: number,
): Clusters {
  return clusterPairs(r.size, pairs, {
    threshold: bits,
    linkage: r.side !== null ? -Infinity : r.firm ? bits : Math.min(-1, bits - 3),
    unseenWeight: -3,
    oneToOne: r.oneToOne ? r.side : null,
    must: r.must ?? [],
    cannot: r.cannot ?? [],
  });
}

/** The clusters the same scored pairs give at another threshold (bits). */
export function reclustered(r: TableResolution, bits: number): Int32Array {
  const { oneToOne, nameOnly, led } = r.report;
  return _cluster({ size: r.ids.length, side: r.side, oneToOne, firm: nameOnly || led }, r, bits).of;
}

function _columnReports(schema: Schema): Pick<TableReport, 'columns' | 'dropped'> {
  return {
    columns: schema.columns.map((c) => ({
      column: c.profile.name,
      type: c.profile.type,
      filled: c.profile.filled,
      because: c.profile.because,
      inside: c.inside,
    })),
    dropped: schema.dropped,
  };
}

function _refused(read: Read, schema: Schema, why: string): TableResolution {
  const none = new Int32Array(0);
  return {
    ids: read.ids,
    side: read.side,
    cluster: Int32Array.from(read.ids, (_id, i) => i),
    left: none,
    right: none,
    weight: new Float64Array(0),
    probability: new Float64Array(0),
    forbidden: new Uint8Array(0),
    report: {
      ..._columnReports(schema),
      records: read.size,
      rules: [],
      candidates: 0,
      estimatedBlockingRecall: null,
      priorEstimated: 0,
      levels: [],
      threshold: Infinity,
      thresholdBecause: why,
      oneToOne: false,
      nameOnly: false,
      led: false,
      merges: 0,
      cannotLinks: 0,
      bridgesCut: 0,
      refused: why,
      labels: { given: 0, used: 0 },
      judgements: { given: 0, obeyed: 0 },
      conflicts: [],
      explained: [],
    },
  };
}
