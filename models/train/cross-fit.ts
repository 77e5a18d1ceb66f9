import { seeded } from '../../ingest/base/index.ts';
import type { FeatureDefinition } from '../features/index.ts';
import { type ExampleTable, labelsAt } from './examples.ts';
import { learnerMatrix } from './feature-matrix.ts';
import { type Fitted, type LearnerSetting, fitLearner, marginsOf } from './learner.ts';

/** Rows to learn from, as known at `origin`. */
export interface FitInput {
  readonly examples: ExampleTable;
  readonly rows: Int32Array;
  readonly origin: number;
  readonly features: readonly FeatureDefinition[];
  readonly setting: LearnerSetting;
  readonly seed: number;
}

/** Rows without a finding and without a check that one fit learns from at most; of more, a seeded share is kept, each standing for those left out. */
const MAX_QUIET_ROWS = 8_000;

/** One model on the given rows. Null when the rows hold one class only: there is nothing to learn. */
export function fitRows(of: FitInput): Fitted | null {
  const labels = labelsAt(of.examples, of.origin, of.rows);
  let positives = 0;
  for (const y of labels) positives += y;
  if (positives === 0 || positives === labels.length) return null;
  const { kept, scale } = _thinned(of, labels);
  const rows = Int32Array.from(kept, (k) => of.rows[k]!);
  return fitLearner(of.setting, {
    data: learnerMatrix(of.examples.matrix, rows, of.features),
    labels: Float64Array.from(kept, (k) => labels[k]!),
    checked: Uint8Array.from(rows, (i) => of.examples.checked[i]!),
    weights: Float64Array.from(rows, (i, k) => of.examples.weight[i]! * scale[k]!),
    seed: of.seed,
  });
}

function _thinned(of: FitInput, labels: Float64Array): { kept: number[]; scale: number[] } {
  const isQuiet = (k: number): boolean => labels[k] === 0 && of.examples.checked[of.rows[k]!] === 0;
  const quiet = labels.reduce((n, _y, k) => n + (isQuiet(k) ? 1 : 0), 0);
  const share = Math.min(1, MAX_QUIET_ROWS / Math.max(1, quiet));
  const random = seeded(`thin:${of.seed}`);
  const kept: number[] = [];
  const scale: number[] = [];
  for (let k = 0; k < labels.length; k++) {
    const drawn = random() < share;
    if (isQuiet(k) && !drawn) continue;
    kept.push(k);
    scale.push(isQuiet(k) ? 1 / share : 1);
  }
  return { kept, scale };
}

/** Log-odds of some rows by a model. A model that could not be made gives every row the same. */
export function scoreRows(
  fitted: Fitted | null,
  of: Pick<FitInput, 'examples' | 'features'>,
  rows: Int32Array,
): Float64Array {
  return fitted === null
    ? new Float64Array(rows.length)
    : marginsOf(fitted, learnerMatrix(of.examples.matrix, rows, of.features));
}

/** Scores rows, training rows or not, by models that saw no row of their component: one model a fold.
 *  @param foldOf  fold of every row of the table */
export function crossFit(of: FitInput, rows: Int32Array, foldOf: Int32Array, folds: number): Float64Array {
  const out = new Float64Array(rows.length);
  for (let fold = 0; fold < folds; fold++) {
    const at: number[] = [];
    rows.forEach((row, i) => {
      if (foldOf[row] === fold) at.push(i);
    });
    if (at.length === 0) continue;
    const fitted = fitRows({ ...of, rows: of.rows.filter((i) => foldOf[i] !== fold) });
    const scores = scoreRows(
      fitted,
      of,
      Int32Array.from(at, (i) => rows[i]!),
    );
    at.forEach((i, k) => (out[i] = scores[k]!));
  }
  return out;
}
