import { InputError, StateError } from '../../base/index.ts';
import { type BlockingRule, type Coded, type Comparison, type Model, coded } from '../core/index.ts';
import {
  type KeySource,
  type Schema,
  type UsableColumn,
  bothKeys,
  buildComparisons,
  cleanedAs,
  keySource,
  looseOf,
} from '../table/index.ts';

/** One column as the model learnt it: what it holds, and the values of the rows it was learnt from (cleaned). */
export interface ModelColumn {
  readonly profile: UsableColumn['profile'];
  readonly sideFill: readonly number[];
  readonly inside: string | null;
  readonly sample: readonly (string | null)[];
}

/** A trained table model as plain data: enough to score any two records the same way for ever. What a pair weighs and whether it is looked at
 *  follows from the two records and the model alone, so that the order in which records come changes nothing. */
export interface TableModel {
  readonly version: 1;
  readonly columns: readonly ModelColumn[];
  /** Blocking rules by name, in order. */
  readonly rules: readonly string[];
  /** Most distinct records under one key before the key is given up. */
  readonly maxBlock: number;
  readonly levels: readonly { readonly comparison: string; readonly levels: readonly string[] }[];
  readonly m: readonly (readonly number[])[];
  readonly u: readonly (readonly number[])[];
  readonly weights: readonly (readonly number[])[];
  readonly related: { readonly r: readonly (readonly number[])[]; readonly share: number } | null;
  readonly prior: number;
  /** Least weight of a merge, bits, and why that. */
  readonly threshold: number;
  readonly thresholdBecause: string;
  readonly linkage: number;
  /** Rows it was learnt from. */
  readonly rows: number;
}

/** Records as cleaned columns of the model. */
export interface CleanRows {
  readonly size: number;
  readonly columns: readonly (readonly (string | null)[])[];
}

/** The columns of raw records, cleaned as the model wants them; a column that is not there is missing throughout.  O(cells) */
export function cleanRows(
  model: Pick<TableModel, 'columns'>,
  raw: Readonly<Record<string, readonly (string | null)[]>>,
  size: number,
): CleanRows {
  const columns = model.columns.map(({ profile }) => {
    const values = raw[profile.name];
    if (values === undefined) return Array.from({ length: size }, () => null);
    const clean = cleanedAs(profile.type);
    const memo = new Map<string, string | null>();
    return values.map((v) => {
      if (v === null) return null;
      let found = memo.get(v);
      if (found === undefined) {
        const c = clean(v);
        memo.set(v, (found = c === '' ? null : c));
      }
      return found;
    });
  });
  return { size, columns };
}

/** The rows a model was learnt from, as the schema it was learnt on. */
export function learntSchema(model: TableModel): Schema {
  const columns = model.columns.map(({ sample, ...c }) => ({ ...c, values: coded(sample) }));
  return { size: model.rows, side: null, columns, dropped: [] };
}

/** Rows to compare behind the rows that the model was learnt from. */
function _overSchema(model: TableModel, rows: CleanRows): Schema {
  const columns = model.columns.map(({ sample, ...c }, i): UsableColumn => {
    const values: Coded = coded([...sample, ...rows.columns[i]!]);
    return { ...c, values };
  });
  return { size: model.rows + rows.size, side: null, columns, dropped: [] };
}

/** The model's comparisons over these rows: `levelOf(i, j)` takes row numbers of `rows`.
 *  @throws StateError `model-outdated` when this version of the program compares otherwise than the one that trained it */
export function comparisonsOver(model: TableModel, rows: CleanRows): Comparison[] {
  const built = buildComparisons(learntSchema(model), _overSchema(model, rows));
  const same =
    built.length === model.levels.length &&
    built.every(
      (c, i) => c.id === model.levels[i]!.comparison && c.levels.every((l, j) => l.id === model.levels[i]!.levels[j]),
    );
  if (!same)
    throw new StateError(
      'model-outdated',
      `comparisonsOver: the model compares ${model.levels.map((l) => l.comparison).join(', ')}, this program ${built.map((c) => c.id).join(', ')} or other levels of them; train again`,
      {},
    );
  return built.map((c) => ({ ...c, levelOf: (i, j) => c.levelOf(model.rows + i, model.rows + j) }));
}

/** The model's numbers as scoring takes them. */
export function weightsOfModel(model: TableModel): Model {
  const arrays = (rows: readonly (readonly number[])[]): Float64Array[] => rows.map((r) => Float64Array.from(r));
  return {
    m: arrays(model.m),
    u: arrays(model.u),
    weights: arrays(model.weights),
    related: model.related === null ? null : { r: arrays(model.related.r), share: model.related.share },
    prior: model.prior,
    iterations: 0,
    converged: true,
    expectedMatches: 0,
  };
}

/** The model's blocking rules over these rows. @throws StateError `model-outdated` for a rule this program does not know */
export function rulesOver(model: Pick<TableModel, 'columns' | 'rules'>, rows: CleanRows): BlockingRule[] {
  const sources: KeySource[] = [];
  model.columns.forEach(({ sample: _sample, ...c }, i) => {
    const named = model.rules.some((r) => r.includes(c.profile.name));
    if (!named || c.profile.type === 'category' || c.profile.type === 'number') return;
    const column: UsableColumn = { ...c, values: coded(rows.columns[i]!) };
    sources.push(keySource(column, 'exact'));
    if (looseOf(column) !== null) sources.push(keySource(column, 'loose'));
  });
  const known = new Map<string, BlockingRule>();
  for (const s of sources) known.set(s.id, { id: s.id, fields: [s.column.profile.name], keysOf: s.keysOf });
  for (const a of sources)
    for (const b of sources) {
      if (a.column === b.column) continue;
      const rule = bothKeys(a, b);
      known.set(rule.id, rule);
    }
  return model.rules.map((id) => {
    const rule = known.get(id);
    if (rule === undefined)
      throw new StateError(
        'model-outdated',
        `rulesOver: the model blocks by "${id}", which this program does not know; train again`,
        { id },
      );
    return rule;
  });
}

/** A model from its JSON. @throws InputError `not-a-model` */
export function modelFromJson(text: string, where: string): TableModel {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = null;
  }
  const model = value as TableModel | null;
  if (model?.version !== 1 || !Array.isArray(model.columns) || !Array.isArray(model.rules))
    throw new InputError(
      'not-a-model',
      `${where}: not a table model of version 1; train one with "tributary resolve --model"`,
      { where },
    );
  return model;
}
