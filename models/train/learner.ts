import { seeded } from '../../ingest/base/index.ts';
import { type BoostModel, type BoostOptions, type Matrix, predictBoost, takeRows, trainBoost } from '../boost/index.ts';
import { logit } from '../calibrate/index.ts';
import { type LogisticModel, predictLogistic, trainLogistic } from '../linear/index.ts';

/** A way to learn with its settings, as data: the search goes through a list of these. */
export interface LearnerSetting {
  readonly id: string;
  readonly learner: 'boost' | 'forest' | 'logistic';
  readonly boost?: Partial<BoostOptions>;
  readonly l2?: number;
  /** Weight of a row that nobody checked, beside 1 for one that was: unchecked is not clean. */
  readonly uncheckedWeight: number;
}

/** A trained learner as plain data. */
export type Fitted =
  | { readonly kind: 'trees'; readonly trees: BoostModel }
  | { readonly kind: 'logistic'; readonly logistic: LogisticModel };

/** Candidates, simplest first: at equal validation the earlier one is kept. `-pu` ones take unchecked rows for less: not found is not clean. */
export const SETTINGS: readonly LearnerSetting[] = Object.freeze([
  { id: 'logistic', learner: 'logistic', l2: 10, uncheckedWeight: 1 },
  { id: 'forest', learner: 'forest', boost: _forest(), uncheckedWeight: 1 },
  { id: 'forest-pu', learner: 'forest', boost: _forest(), uncheckedWeight: 0.3 },
  {
    id: 'boost-small',
    learner: 'boost',
    boost: _boost({ rounds: 150, maxLeaves: 4, minChildWeight: 4 }),
    uncheckedWeight: 1,
  },
  {
    id: 'boost',
    learner: 'boost',
    boost: _boost({ rounds: 200, maxLeaves: 8, minChildWeight: 5 }),
    uncheckedWeight: 1,
  },
  {
    id: 'boost-pu',
    learner: 'boost',
    boost: _boost({ rounds: 200, maxLeaves: 8, minChildWeight: 5 }),
    uncheckedWeight: 0.3,
  },
  {
    id: 'boost-deep',
    learner: 'boost',
    boost: _boost({
      rounds: 400,
      learningRate: 0.03,
      growth: 'depth',
      maxLeaves: 0,
      maxDepth: 4,
      minChildWeight: 10,
      columnSample: 0.4,
      rowSample: 0.6,
    }),
    uncheckedWeight: 1,
  },
]);

/** What is taken when there are too few findings to search on: bagged trees overfit least. */
export const FALLBACK_SETTING = 'forest';

/** Work of one Newton step of a logistic regression at most, rows × columns²: beyond it rows without a finding are sampled, findings are all kept. */
const LOGISTIC_WORK = 2e8;

/** Newton steps at most: what is left after them moves no rank worth its time. */
const LOGISTIC_STEPS = 7;

/** Learns from labelled rows. Same input, same model. */
export function fitLearner(
  setting: LearnerSetting,
  of: {
    readonly data: Matrix;
    readonly labels: Float64Array;
    readonly checked: Uint8Array;
    readonly weights: Float64Array;
    readonly seed: number;
  },
): Fitted {
  const weights = of.weights.map(
    (w, i) => w * (of.checked[i] === 1 || of.labels[i] === 1 ? 1 : setting.uncheckedWeight),
  );
  if (setting.learner === 'logistic') return { kind: 'logistic', logistic: _logistic(setting, { ...of, weights }) };
  return { kind: 'trees', trees: trainBoost(of.data, of.labels, { ...setting.boost, weights, seed: of.seed }).model };
}

/** Log-odds of every row, uncalibrated. */
export function marginsOf(fitted: Fitted, data: Matrix): Float64Array {
  if (fitted.kind === 'logistic') return predictLogistic(fitted.logistic, data);
  const margins = predictBoost(fitted.trees, data);
  if (fitted.trees.objective === 'logistic') return margins;
  // A forest says a share; its log-odds let one calibration serve all learners.
  return margins.map(shareLogOdds);
}

/** Log-odds of a forest's share of positives, held within 0.0001 and 0.9999. */
export function shareLogOdds(share: number): number {
  return logit(Math.min(1 - 1e-4, Math.max(1e-4, share)));
}

function _logistic(
  setting: LearnerSetting,
  of: { data: Matrix; labels: Float64Array; weights: Float64Array; seed: number },
): LogisticModel {
  const options = { l2: setting.l2 ?? 1, maxSteps: LOGISTIC_STEPS };
  // Missing values add a column each: about twice the features.
  const most = Math.floor(LOGISTIC_WORK / (2 * of.data.features.length) ** 2);
  if (of.data.rows <= most) return trainLogistic(of.data, of.labels, { ...options, weights: of.weights });
  const random = seeded(`logistic:${of.seed}`);
  let positives = 0;
  for (const y of of.labels) positives += y;
  // Never fewer without a finding than with one, however many those are.
  const share = Math.min(1, Math.max(positives, most - positives) / (of.labels.length - positives));
  const kept: number[] = [];
  of.labels.forEach((y, i) => {
    if (random() < share || y === 1) kept.push(i);
  });
  const weights = Float64Array.from(kept, (i) => of.weights[i]! * (of.labels[i] === 1 ? 1 : 1 / share));
  return trainLogistic(
    takeRows(of.data, kept),
    Float64Array.from(kept, (i) => of.labels[i]!),
    { ...options, weights },
  );
}

function _boost(options: Partial<BoostOptions>): Partial<BoostOptions> {
  return { learningRate: 0.05, columnSample: 0.5, rowSample: 0.7, maxBins: 128, lambda: 2, ...options };
}

function _forest(): Partial<BoostOptions> {
  return {
    mode: 'forest',
    objective: 'squared',
    rounds: 100,
    learningRate: 1,
    growth: 'depth',
    maxLeaves: 0,
    maxDepth: 12,
    minChildWeight: 5,
    lambda: 0,
    columnSampleByNode: 0.1,
    rowSample: 0.5,
    maxBins: 64,
  };
}
