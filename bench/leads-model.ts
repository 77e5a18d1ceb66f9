import { seeded } from '../ingest/base/index.ts';
import {
  predictProbability,
  trainBoost,
  type BoostModel,
  type BoostOptions,
  type Matrix,
} from '../models/boost/index.ts';
import { calibrate, calibrated, logit, type Calibration } from '../models/calibrate/index.ts';
import { averagePrecision } from '../models/evaluate/index.ts';

/** Rows with labels. */
export interface Sample {
  readonly data: Matrix;
  readonly labels: Float64Array;
}

/** A scorer made of one or two models, averaged, then calibrated. */
export interface Champion {
  readonly kind: 'boost' | 'forest' | 'mean';
  readonly models: readonly BoostModel[];
  readonly calibration: Calibration;
  readonly validationPrAuc: number;
  readonly settings: readonly Partial<BoostOptions>[];
}

const BOOSTS: readonly Partial<BoostOptions>[] = [
  { learningRate: 0.05, maxLeaves: 15, minChildWeight: 4, columnSampleByNode: 0.5, rowSample: 0.8, lambda: 3 },
  { learningRate: 0.03, maxLeaves: 31, minChildWeight: 2, columnSampleByNode: 0.3, rowSample: 0.7, lambda: 5 },
  { learningRate: 0.05, maxLeaves: 6, minChildWeight: 4, columnSampleByNode: 0.5, rowSample: 0.8, lambda: 1 },
];

const FORESTS: readonly Partial<BoostOptions>[] = [
  { minChildWeight: 2, columnSampleByNode: 0.2 },
  { minChildWeight: 6, columnSampleByNode: 0.35 },
];

/** Trains each setting on `train`, keeps the best boosting, the best forest, or their mean, by PR-AUC on `validation`, calibrates there, and
 *  with `refit` trains the kept settings again on both. Ties: boosting, forest, mean. */
export function champion(
  train: Sample,
  validation: Sample,
  options: { refit: boolean; trees: number; seed: number },
): Champion {
  const few = Math.min(1, train.data.rows / 1500);
  const boosts = BOOSTS.map((given) => {
    const settings = {
      ...given,
      minChildWeight: given.minChildWeight! * few,
      rounds: 1500,
      maxBins: 128,
      seed: options.seed,
    };
    const run = trainBoost(train.data, train.labels, {
      ...settings,
      validation,
      earlyStopping: { metric: 'logloss', rounds: 60 },
    });
    return { model: run.model, settings: { ...settings, rounds: run.bestRounds } };
  });
  const forests = FORESTS.map((given) => {
    const settings: Partial<BoostOptions> = {
      ...given,
      minChildWeight: Math.max(1, given.minChildWeight! * few),
      mode: 'forest',
      rounds: options.trees,
      maxLeaves: 0,
      maxBins: 64,
      lambda: 0,
      seed: options.seed,
    };
    return { model: trainBoost(train.data, train.labels, settings).model, settings };
  });
  const scored = (list: typeof boosts) =>
    list
      .map((one) => ({ ...one, scores: predictProbability(one.model, validation.data) }))
      .map((one) => ({ ...one, value: averagePrecision(validation.labels, one.scores) }));
  const best = <T extends { value: number }>(list: readonly T[]): T =>
    list.reduce((a, b) => (b.value > a.value ? b : a));
  const [boost, forest] = [best(scored(boosts)), best(scored(forests as typeof boosts))];
  const mean = boost.scores.map((score, i) => (score + forest.scores[i]!) / 2);
  const choices = [
    { kind: 'boost' as const, parts: [boost], scores: boost.scores, value: boost.value },
    { kind: 'forest' as const, parts: [forest], scores: forest.scores, value: forest.value },
    { kind: 'mean' as const, parts: [boost, forest], scores: mean, value: averagePrecision(validation.labels, mean) },
  ];
  const chosen = best(choices);
  const models = chosen.parts.map(({ model, settings }) =>
    options.refit ? refitted(settings, train, validation) : model,
  );
  return {
    kind: chosen.kind,
    models,
    calibration: calibrate(validation.labels, chosen.scores.map(logit)),
    validationPrAuc: chosen.value,
    settings: chosen.parts.map((part) => part.settings),
  };
}

function refitted(settings: Partial<BoostOptions>, train: Sample, validation: Sample): BoostModel {
  const both = joined(train, validation);
  const rounds =
    settings.mode === 'forest'
      ? settings.rounds!
      : Math.round((settings.rounds! * both.labels.length) / train.labels.length);
  return trainBoost(both.data, both.labels, { ...settings, rounds: Math.max(1, rounds) }).model;
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

/** Raw (mean) and calibrated probabilities. */
export function championScores(scorer: Champion, data: Matrix): { raw: Float64Array; probability: Float64Array } {
  const parts = scorer.models.map((model) => predictProbability(model, data));
  const raw = parts[0]!.map((_, row) => parts.reduce((sum, part) => sum + part[row]!, 0) / parts.length);
  return { raw, probability: calibrated(scorer.calibration, raw.map(logit)) };
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
