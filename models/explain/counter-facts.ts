import { InputError } from '../../ingest/base/index.ts';
import type { Bilingual } from '../../ingest/schema/index.ts';
import type { FeatureDefinition } from '../features/index.ts';
import type { LeadModel } from '../registry/index.ts';
import { featureInfo, marginsOf } from '../train/index.ts';

/** One fact that, had it been otherwise, would have kept a lead below the action line. */
export interface CounterFact {
  readonly feature: string;
  readonly group: string;
  /** Value now and the nearest value that is enough; null = missing. For a category these are names of levels. */
  readonly from: number | string | null;
  readonly to: number | string | null;
  /** Change over the middle range of the peers, ≥ 0; 1 where that has no meaning (a category, or a value that would have to be missing). */
  readonly change: number;
  /** Score with the change, below the line. */
  readonly score: number;
  readonly text: Bilingual;
}

/** @property values  the lead's features in the model's order, NaN = missing
 *  @property line  score (log-odds, uncalibrated) at which something is done
 *  @property fixed  families that nobody can change: what a firm is, what was found in the past, whom it is linked to
 *  @property features  features that are tried at most, those that raise the score most first (needs `parts`) */
export interface CounterFactInput {
  readonly model: LeadModel;
  readonly values: ArrayLike<number>;
  readonly parts: ArrayLike<number>;
  readonly line: number;
  readonly fixed?: readonly string[];
  readonly features?: number;
}

/** Families a subject cannot change by its conduct. */
export const FIXED_FAMILIES: readonly string[] = Object.freeze([
  'attributes',
  'outcomes',
  'past-results',
  'network',
  'centrality',
]);

/** What would lower it: for each fact that raises the score and can change, the smallest change of it alone that puts the lead below the line; smallest
 *  change first, ties by feature. Empty when no single fact is enough, or the lead is below the line already. A model's score moves in steps at its
 *  thresholds, so one value of each step is tried and the answer is exact for trees; a logistic regression is solved for.
 *  Says what the model would have said, not what would happen: a changed fact is no acquittal.
 *  @throws InputError `value-length`          O(features × thresholds) scores */
export function counterFactsOf(of: CounterFactInput): CounterFact[] {
  const { model, values, line, fixed = FIXED_FAMILIES, features = 12 } = of;
  if (values.length !== model.features.length)
    throw new InputError(
      'value-length',
      `counterFactsOf: ${values.length} values for the ${model.features.length} features of ${model.model_id}; pass one a feature`,
      {},
    );
  if (_scores(model, [values])[0]! < line) return [];
  const tried = model.features
    .map((feature, j) => ({ feature, j }))
    .filter(({ feature, j }) => of.parts[j]! > 0 && !fixed.includes(feature.family))
    .sort((a, b) => of.parts[b.j]! - of.parts[a.j]! || a.j - b.j)
    .slice(0, features);
  return tried
    .flatMap(({ feature, j }) => _nearest(of, feature, j) ?? [])
    .sort((a, b) => a.change - b.change || (a.feature < b.feature ? -1 : 1));
}

function _nearest(of: CounterFactInput, feature: FeatureDefinition, j: number): CounterFact | null {
  const now = of.values[j]!;
  const { low, high } = of.model.peers[j]!;
  const range = low === null || high === null || high <= low ? Math.max(1e-9, Math.abs(now)) : high - low;
  const isFree = feature.levels !== undefined || Number.isNaN(now);
  const others = _candidates(of, j).map((to) => ({
    to,
    change: isFree || Number.isNaN(to) ? 1 : Math.abs(to - now) / range,
  }));
  const scores = _scores(
    of.model,
    others.map(({ to }) => Array.from(of.values as ArrayLike<number>, (v, f) => (f === j ? to : v))),
  );
  let best: { to: number; change: number; score: number } | null = null;
  others.forEach((other, k) => {
    const score = scores[k]!;
    if (score < of.line && (best === null || other.change < best.change)) best = { ...other, score };
  });
  return best === null ? null : _told(feature, now, best);
}

function _told(
  feature: FeatureDefinition,
  now: number,
  { to, change, score }: { to: number; change: number; score: number },
): CounterFact {
  const shown = (v: number): number | string | null =>
    Number.isNaN(v) ? null : feature.levels === undefined ? v : (feature.levels[v] ?? null);
  const word = (v: number, none: string): string => {
    const value = shown(v);
    return value === null ? none : typeof value === 'number' ? String(Number(value.toFixed(3))) : value;
  };
  return {
    feature: feature.id,
    group: feature.group,
    from: shown(now),
    to: shown(to),
    change,
    score,
    text: {
      zh: `若「${feature.label.zh}」不是${word(now, '无记录')}而是${word(to, '无记录')}，本线索将低于行动线`,
      en: `had "${feature.label.en}" been ${word(to, 'without record')} instead of ${word(now, 'without record')}, the lead would lie below the action line`,
    },
  };
}

/** Values to try for a feature: one in each step between the thresholds of the trees nearest to the value now, each level of a category, and missing. */
function _candidates(of: CounterFactInput, j: number): number[] {
  const { model, values } = of;
  const now = values[j]!;
  const missing = Number.isNaN(now) ? [] : [Number.NaN];
  const { levels } = model.features[j]!;
  if (levels !== undefined) return [...levels.keys()].filter((level) => level !== now).concat(missing);
  if (model.learner.kind === 'logistic') return [..._solved(of, j), ...missing];
  const steps = new Set<number>();
  for (const tree of model.learner.trees.trees)
    tree.feature.forEach((f, node) => {
      if (f === j) steps.add(tree.threshold[node]!);
    });
  const sorted = [...steps].sort((a, b) => a - b);
  // A row goes right at the threshold itself and left just below it: the nearest value of each step, seen from the value now.
  const up = sorted.filter((t) => !(t <= now));
  const down = sorted.filter((t) => t <= now).map((t) => _justBelow(t));
  const lowest = Number.isNaN(now) && sorted.length > 0 ? [_justBelow(sorted[0]!)] : [];
  return [...lowest, ...down, ...up, ...missing];
}

/** The value at which a logistic regression reaches just below the line, by its standardised slope. */
function _solved(of: CounterFactInput, j: number): number[] {
  if (of.model.learner.kind !== 'logistic' || Number.isNaN(of.values[j]!)) return [];
  const { columns, weights } = of.model.learner.logistic;
  const c = columns.findIndex((column) => column.feature === j && column.kind === 'value');
  const column = columns[c];
  if (column === undefined || column.kind !== 'value' || weights[c] === 0) return [];
  const above = _scores(of.model, [of.values])[0]! - of.line;
  return [of.values[j]! - ((above + 1e-6) * column.scale) / weights[c]!];
}

/** A number below `t` by less than any data can show, kept through 32 bits. */
function _justBelow(t: number): number {
  return t - Math.max(1e-30, Math.abs(t) * 2 ** -22);
}

function _scores(model: LeadModel, rows: readonly ArrayLike<number>[]): Float64Array {
  const values = new Float64Array(rows.length * model.features.length);
  rows.forEach((row, i) => {
    for (let f = 0; f < model.features.length; f++) values[f * rows.length + i] = row[f]!;
  });
  return marginsOf(model.learner, { rows: rows.length, features: model.features.map(featureInfo), values });
}
