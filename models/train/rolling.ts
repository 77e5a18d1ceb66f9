import { StateError } from '../../ingest/base/index.ts';
import { calibrated } from '../calibrate/index.ts';
import type { FeatureDefinition } from '../features/index.ts';
import { componentFolds, refuseLeakySplit, timeSplit } from '../split/index.ts';
import { fitCalibration, type HonestScores } from './confidence.ts';
import { crossFit, type FitInput } from './cross-fit.ts';
import { TEST_GRID, TRAIN_GRID } from './district-examples.ts';
import { type ExampleTable, labelsAt } from './examples.ts';
import type { LearnerSetting } from './learner.ts';
import { usedFeatures } from './model-parts.ts';
import type { DistrictTask } from './task.ts';

/** One part of the test: what was known at its origin, and the weeks judged before the next. */
export interface Period {
  readonly origin: number;
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** Everything the steps of a district training share. Folds are of components: nobody is scored by a model that saw his own. */
export interface Rolling {
  readonly task: DistrictTask;
  readonly asOf: number;
  readonly seed: number;
  readonly examples: ExampleTable;
  readonly features: readonly FeatureDefinition[];
  readonly foldOf: Int32Array;
  readonly periods: readonly Period[];
  /** Test rows of all periods, in order. */
  readonly rows: Int32Array;
}

/** Cuts the test into periods with an origin each, and proves that none leaks.
 *  @throws StateError `too-few-findings` · InputError `leaky-split` */
export function rollingOf(of: {
  readonly task: DistrictTask;
  readonly asOf: number;
  readonly seed: number;
  readonly examples: ExampleTable;
  readonly origin: number;
  readonly matured: number;
}): Rolling {
  const { examples, task } = of;
  const { asOf } = examples.matrix;
  const length = (of.matured - of.origin) / task.testPeriods;
  const foldOf = componentFolds(examples.component, { folds: task.folds, seed: of.seed });
  const periods = Array.from({ length: task.testPeriods }, (_, k): Period => {
    const origin = of.origin + k * length;
    const until = k === task.testPeriods - 1 ? of.asOf : origin + length;
    const split = timeSplit({ asOf, ripeAt: examples.ripeAt, label: examples.label }, origin, { until });
    return {
      origin,
      train: split.train.filter((i) => (examples.grid[i]! & TRAIN_GRID) !== 0),
      test: split.test.filter((i) => (examples.grid[i]! & TEST_GRID) !== 0 && examples.ripeAt[i]! <= of.asOf),
    };
  }).filter((p) => p.test.length > 0);
  _refuseFew(examples, periods[0]);
  for (const { origin, train, test } of periods)
    for (let fold = 0; fold < task.folds; fold++)
      refuseLeakySplit(
        { asOf, ripeAt: examples.ripeAt, component: examples.component },
        { origin, train: train.filter((i) => foldOf[i] !== fold), test: test.filter((i) => foldOf[i] === fold) },
      );
  return {
    ...of,
    features: usedFeatures(examples.matrix, periods[0]!.train),
    foldOf,
    periods,
    rows: Int32Array.from(periods.flatMap((p) => [...p.test])),
  };
}

/** Scores of the test rows, each by a model trained before its period on other components: what a rival or an ablation is compared by. */
export function rollingMargins(
  of: Rolling,
  setting: LearnerSetting,
  features: readonly FeatureDefinition[] = of.features,
): Float64Array {
  const parts = of.periods.map((period) =>
    crossFit(_input(of, period, setting, features), period.test, of.foldOf, of.task.folds),
  );
  return _joined(parts);
}

/** {@link rollingMargins} with their probabilities, by a calibration fitted on the later half of what each period's models could learn from. */
export function rollingScores(
  of: Rolling,
  setting: LearnerSetting,
): { readonly margins: Float64Array; readonly probabilities: Float64Array } {
  const parts = of.periods.map((period) => {
    const later = _laterHalf(of, period);
    const rows = Int32Array.from([...period.test, ...later]);
    const scores = crossFit(_input(of, period, setting, of.features), rows, of.foldOf, of.task.folds);
    const test = scores.subarray(0, period.test.length);
    const calibration = fitCalibration(
      honestScores(of, later, { margins: scores.subarray(period.test.length), origin: period.origin }),
    );
    if (calibration === null)
      throw new StateError(
        'too-few-findings',
        'trainLeadModel: no finding among the calibration rows; ingest more history or shorten the horizon',
        {},
      );
    return { margins: test, probabilities: calibrated(calibration, test) };
  });
  return { margins: _joined(parts.map((p) => p.margins)), probabilities: _joined(parts.map((p) => p.probabilities)) };
}

function _input(
  of: Rolling,
  period: Period,
  setting: LearnerSetting,
  features: readonly FeatureDefinition[],
): FitInput {
  const { examples, seed } = of;
  return { examples, rows: period.train, origin: period.origin, features, setting, seed };
}

function _joined(parts: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(parts.reduce((sum, p) => sum + p.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Honest scores of some rows with their labels as known at `origin`. */
export function honestScores(
  of: Rolling,
  rows: Int32Array,
  scored: { readonly margins: Float64Array; readonly origin: number },
): HonestScores {
  return {
    margins: scored.margins,
    labels: labelsAt(of.examples, scored.origin, rows),
    weights: Float64Array.from(rows, (i) => of.examples.weight[i]!),
    component: Int32Array.from(rows, (i) => of.examples.component[i]!),
    checked: Uint8Array.from(rows, (i) => of.examples.checked[i]!),
  };
}

/** The later half of a period's training rows, by date. */
function _laterHalf(of: Rolling, period: Period): Int32Array {
  const { asOf } = of.examples.matrix;
  const dates = Float64Array.from(period.train, (i) => asOf[i]!).sort();
  const middle = dates[Math.floor(dates.length / 2)]!;
  return period.train.filter((i) => asOf[i]! >= middle);
}

function _refuseFew(examples: ExampleTable, first: Period | undefined): void {
  const findings = first === undefined ? 0 : labelsAt(examples, first.origin, first.train).reduce((a, b) => a + b, 0);
  if (findings < 10)
    throw new StateError(
      'too-few-findings',
      `trainLeadModel: ${findings} findings among ${first?.train.length ?? 0} training rows; at least 10 are needed to learn a ranking`,
      { findings },
    );
}
