import { seeded } from '../ingest/base/index.ts';
import { predictProbability, trainBoost, type BoostOptions, type Matrix } from '../models/boost/index.ts';
import { calibrate, calibrated, logit, type Calibration } from '../models/calibrate/index.ts';
import { averagePrecision } from '../models/evaluate/index.ts';
import { trainLogistic } from '../models/linear/index.ts';
import { linearScorer, meanOfParts, treeScorer, type Parts, type Scorer } from './leads-scorers.ts';

/** Rows with labels. */
export interface Sample {
  readonly data: Matrix;
  readonly labels: Float64Array;
}

/** A scorer of one or more kinds, averaged, and the map from their mean to a probability. */
export interface Champion {
  readonly kind: 'boost' | 'forest' | 'mean' | 'few';
  /** Scorers of each kind. */
  readonly scorers: readonly (readonly Scorer[])[];
  /** The same settings trained on other rows, or with other seeds; rounds of boosting grow in proportion. */
  readonly train: (rows: Sample, seed?: number) => readonly (readonly Scorer[])[];
  readonly calibration: Calibration;
  /** Raw scores of the validation rows, by models that never saw them. */
  readonly validation: Float64Array;
  readonly validationPrAuc: number;
}

const BOOSTS: readonly Partial<BoostOptions>[] = [
  { learningRate: 0.04, maxLeaves: 8, minChildWeight: 3, columnSampleByNode: 0.2, rowSample: 0.6, lambda: 5 },
  { learningRate: 0.04, maxLeaves: 24, minChildWeight: 3, columnSampleByNode: 0.2, rowSample: 0.6, lambda: 5 },
  { learningRate: 0.04, maxLeaves: 8, minChildWeight: 10, columnSampleByNode: 0.5, rowSample: 0.7, lambda: 20 },
];

const FORESTS: readonly Partial<BoostOptions>[] = [
  { minChildWeight: 2, columnSampleByNode: 0.2 },
  { minChildWeight: 8, columnSampleByNode: 0.3 },
];

const BAGS = 3;

/** Quick PR-AUC on validation rows of one small boosting (with few rows, of the mean that will be used): for choosing between families of features. */
export function trial(train: Sample, validation: Sample): number {
  if (train.data.rows < FEW_ROWS) return fewLabels(train, validation, 100).validationPrAuc;
  const model = trainBoost(train.data, train.labels, {
    ...boostSettings(BOOSTS[0]!, train, 1),
    validation,
    earlyStopping: { metric: 'logloss', rounds: 40 },
  }).model;
  return averagePrecision(validation.labels, predictProbability(model, validation.data));
}

function boostSettings(given: Partial<BoostOptions>, train: Sample, seed: number): Partial<BoostOptions> {
  // Weights were set for thousands of rows; with a hundred labels a side of ten would leave no split.
  const scale = Math.min(1, train.data.rows / 1500);
  return { ...given, minChildWeight: given.minChildWeight! * scale, rounds: 1500, maxBins: 128, seed };
}

function forestSettings(given: Partial<BoostOptions>, train: Sample, trees: number): Partial<BoostOptions> {
  const minChildWeight = Math.max(1, given.minChildWeight! * Math.min(1, train.data.rows / 1500));
  return { ...given, minChildWeight, mode: 'forest', rounds: trees, maxLeaves: 0, maxBins: 64, lambda: 0 };
}

interface Candidate {
  readonly scorers: readonly Scorer[];
  readonly settings: readonly Partial<BoostOptions>[];
  readonly scores: Float64Array;
  readonly value: number;
}

function candidate(
  scorers: readonly Scorer[],
  settings: readonly Partial<BoostOptions>[],
  validation: Sample,
): Candidate {
  const scores = meanScores(scorers, validation.data);
  return { scorers, settings, scores, value: averagePrecision(validation.labels, scores) };
}

function trainAll(
  settings: readonly Partial<BoostOptions>[],
  rows: Sample,
  of: { readonly from: number; readonly seed: number },
): Scorer[] {
  return settings.map((one) => {
    const grown = Math.max(1, Math.round((one.rounds! * rows.labels.length) / of.from));
    const rounds = one.mode === 'forest' ? one.rounds! : grown;
    const seed = (one.seed ?? 1) + 100 * of.seed;
    return treeScorer(trainBoost(rows.data, rows.labels, { ...one, rounds, seed }).model);
  });
}

/** Below this many training rows no setting or family of features is searched: validation rows are as few, and picking among settings on them is a lottery. */
export const FEW_ROWS = 500;

/** For few labels: the mean of a forest, a small boosting and a ridge regression, at fixed settings. */
function fewLabels(train: Sample, validation: Sample, trees: number): Champion {
  const fit = ({ data, labels }: Sample): Scorer[][] => {
    const forest = {
      mode: 'forest',
      rounds: trees,
      maxLeaves: 0,
      maxBins: 64,
      lambda: 0,
      minChildWeight: 3,
      columnSampleByNode: 0.15,
    } as const;
    const boost = {
      rounds: 60,
      learningRate: 0.05,
      maxLeaves: 4,
      minChildWeight: 1,
      columnSampleByNode: 0.2,
      rowSample: 0.6,
      lambda: 5,
    };
    const ridge = trainLogistic(data, labels, { l2: 30 });
    return [
      [treeScorer(trainBoost(data, labels, forest).model)],
      [treeScorer(trainBoost(data, labels, boost).model)],
      [linearScorer(ridge)],
    ];
  };
  const scorers = fit(train);
  const scores = meanOfKinds(scorers, validation.data);
  return {
    kind: 'few',
    scorers,
    train: fit,
    calibration: calibrate(validation.labels, scores.map(logit)),
    validation: scores,
    validationPrAuc: averagePrecision(validation.labels, scores),
  };
}

/** Trains each setting on `train`; keeps the best boosting (bagged over seeds), the best forest, or their mean, by PR-AUC on `validation`, and
 *  calibrates there. Ties go to the earlier in that list. */
export function champion(train: Sample, validation: Sample, options: { trees: number }): Champion {
  if (train.data.rows < FEW_ROWS) return fewLabels(train, validation, options.trees);
  const boosted = (given: Partial<BoostOptions>, seed: number): Candidate => {
    const settings = boostSettings(given, train, seed);
    const run = trainBoost(train.data, train.labels, {
      ...settings,
      validation,
      earlyStopping: { metric: 'logloss', rounds: 60 },
    });
    return candidate([treeScorer(run.model)], [{ ...settings, rounds: run.bestRounds }], validation);
  };
  const singles = BOOSTS.map((given) => boosted(given, 1));
  const which = singles.indexOf(best(singles));
  const bag = [singles[which]!, ...Array.from({ length: BAGS - 1 }, (_, i) => boosted(BOOSTS[which]!, i + 2))];
  const boost = candidate(
    bag.flatMap((one) => one.scorers),
    bag.flatMap((one) => one.settings),
    validation,
  );
  const forest = best(
    FORESTS.map((given) => {
      const settings = forestSettings(given, train, options.trees);
      return candidate([treeScorer(trainBoost(train.data, train.labels, settings).model)], [settings], validation);
    }),
  );
  const mean = boost.scores.map((score, i) => (score + forest.scores[i]!) / 2);
  const choices = [
    { kind: 'boost' as const, parts: [boost], scores: boost.scores, value: boost.value },
    { kind: 'forest' as const, parts: [forest], scores: forest.scores, value: forest.value },
    { kind: 'mean' as const, parts: [boost, forest], scores: mean, value: averagePrecision(validation.labels, mean) },
  ];
  const chosen = best(choices);
  return {
    kind: chosen.kind,
    scorers: chosen.parts.map((part) => part.scorers),
    train: (rows, seed = 0) =>
      chosen.parts.map((part) => trainAll(part.settings, rows, { from: train.data.rows, seed })),
    calibration: calibrate(validation.labels, chosen.scores.map(logit)),
    validation: chosen.scores,
    validationPrAuc: chosen.value,
  };
}

function best<T extends { value: number }>(list: readonly T[]): T {
  return list.reduce((a, b) => (b.value > a.value ? b : a));
}

/** The champion's settings trained on more rows. */
export function refitted(scorer: Champion, all: Sample): Champion {
  return { ...scorer, scorers: scorer.train(all) };
}

/** Rows of two samples, one after the other. */
export function joined(a: Sample, b: Sample): Sample {
  const rows = a.data.rows + b.data.rows;
  const values = new Float64Array(rows * a.data.features.length);
  a.data.features.forEach((_, f) => {
    values.set(a.data.values.subarray(f * a.data.rows, (f + 1) * a.data.rows), f * rows);
    values.set(b.data.values.subarray(f * b.data.rows, (f + 1) * b.data.rows), f * rows + a.data.rows);
  });
  return { data: { rows, features: a.data.features, values }, labels: Float64Array.of(...a.labels, ...b.labels) };
}

/** Raw (mean over kinds of the mean over models) and calibrated probabilities. */
export function championScores(scorer: Champion, data: Matrix): { raw: Float64Array; probability: Float64Array } {
  const raw = meanOfKinds(scorer.scorers, data);
  return { raw, probability: calibrated(scorer.calibration, raw.map(logit)) };
}

/** What each feature added to the raw probability of the asked rows. */
export function championParts(scorers: Champion['scorers'], data: Matrix, rows: readonly number[]): Parts {
  return meanOfParts(scorers.map((kind) => meanOfParts(kind.map((scorer) => scorer.parts!(data, rows)))));
}

/** Mean over kinds of the mean over models. */
export function meanOfKinds(kinds: readonly (readonly Scorer[])[], data: Matrix): Float64Array {
  return meanOf(kinds.map((scorers) => meanScores(scorers, data)));
}

function meanScores(scorers: readonly Scorer[], data: Matrix): Float64Array {
  return meanOf(scorers.map((scorer) => scorer.score(data)));
}

function meanOf(parts: readonly Float64Array[]): Float64Array {
  return parts[0]!.map((_, row) => parts.reduce((sum, part) => sum + part[row]!, 0) / parts.length);
}

/** Part of the rows held back: by time the last, else drawn at random within each class. */
export function holdBack(
  rows: readonly number[],
  labels: Float64Array,
  of: { share: number; times: Float64Array | null; seed: string },
): [number[], number[]] {
  if (of.times !== null) {
    const order = [...rows].sort((a, b) => of.times![a]! - of.times![b]! || a - b);
    const cut = Math.round(rows.length * (1 - of.share));
    return [order.slice(0, cut), order.slice(cut)];
  }
  const random = seeded(of.seed);
  const keys = new Map(rows.map((row) => [row, random()]));
  const held = new Set<number>();
  for (const label of [0, 1]) {
    const own = rows.filter((row) => labels[row] === label).sort((a, b) => keys.get(a)! - keys.get(b)!);
    for (const row of own.slice(0, Math.round(own.length * of.share))) held.add(row);
  }
  return [rows.filter((row) => !held.has(row)), rows.filter((row) => held.has(row))];
}
