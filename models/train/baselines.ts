import type { Bilingual } from '../../ingest/schema/index.ts';
import { averagePrecision } from '../evaluate/index.ts';
import type { FeatureMatrix } from '../features/index.ts';
import { type ExampleTable, labelsAt } from './examples.ts';

/** A simple way to rank that a model must beat; larger first, NaN = no opinion. */
export interface Baseline {
  readonly id: string;
  readonly label: Bilingual;
  readonly scores: Float64Array;
}

const PENALTIES: Bilingual = { zh: '近12个月处罚次数', en: 'penalties of the last 12 months' };
const COMPLAINTS: Bilingual = { zh: '投诉次数', en: 'complaint count' };

/** Baselines that need no learning: last-12-month penalties, complaints, and the single rule that did best on the training rows. */
export function baselinesOf(examples: ExampleTable, train: Int32Array, origin: number): readonly Baseline[] {
  const { matrix } = examples;
  const out: Baseline[] = [];
  const add = (id: string, label: Bilingual, column: Float64Array | null): void => {
    if (column !== null) out.push({ id, label, scores: column });
  };
  add(
    'penalties-12m',
    PENALTIES,
    _column(matrix, 'history_penalties_365d') ?? _column(matrix, 'history_confirmed_365d'),
  );
  add('complaints', COMPLAINTS, _sum(matrix, /^event_(complaint|ticket)[a-z_]*_n_365d$/));
  add('past-findings', { zh: '近12个月查实次数', en: 'findings of the last 12 months' }, _firstPast(matrix));
  const rule = _bestRule(examples, train, origin);
  if (rule !== null) out.push(rule);
  return out;
}

/** The one typology whose strongest recent signal ranked the training rows best. */
function _bestRule(examples: ExampleTable, train: Int32Array, origin: number): Baseline | null {
  const labels = labelsAt(examples, origin, train);
  const weights = Float64Array.from(train, (i) => examples.weight[i]!);
  if (!labels.includes(1)) return null;
  let best: Baseline | null = null;
  let most = Number.NEGATIVE_INFINITY;
  examples.matrix.features.forEach((feature, j) => {
    const window = /^signal_(.+)_max_(\d+)d$/.exec(feature.id);
    if (window === null || window[1] === 'any') return;
    const scores = examples.matrix.values[j]!;
    const figure = averagePrecision(
      labels,
      Float64Array.from(train, (i) => (Number.isNaN(scores[i]!) ? -1 : scores[i]!)),
      weights,
    );
    if (figure <= most) return;
    most = figure;
    best = {
      id: 'best-rule',
      label: { zh: `最好的单条规则（${feature.label.zh}）`, en: `best single rule (${feature.label.en})` },
      scores,
    };
  });
  return best;
}

function _column(matrix: FeatureMatrix, id: string): Float64Array | null {
  const j = matrix.features.findIndex((f) => f.id === id);
  return j < 0 ? null : matrix.values[j]!;
}

function _sum(matrix: FeatureMatrix, ids: RegExp): Float64Array | null {
  const columns = matrix.features.flatMap((f, j) => (ids.test(f.id) ? [matrix.values[j]!] : []));
  if (columns.length === 0) return null;
  return Float64Array.from({ length: matrix.rows }, (_, i) => columns.reduce((sum, c) => sum + c[i]!, 0));
}

function _firstPast(matrix: FeatureMatrix): Float64Array | null {
  const j = matrix.features.findIndex((f) => f.family === 'past-results' && f.id.endsWith('_found_365d'));
  return j < 0 ? null : matrix.values[j]!;
}
