import { InputError, StateError, seeded } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import { calibrated } from '../calibrate/index.ts';
import type { FeatureDefinition } from '../features/index.ts';
import { type CardFigure, type LeadModel, type ModelCard, withId } from '../registry/index.ts';
import { componentFolds, refuseLeakySplit, timeSplit } from '../split/index.ts';
import { type Baseline, baselinesOf } from './baselines.ts';
import { fitCalibration, type HonestScores, probabilityBand, trackRecord } from './confidence.ts';
import { crossFit, fitRows } from './cross-fit.ts';
import { TEST_GRID, TRAIN_GRID, districtExamples } from './district-examples.ts';
import type { ExampleTable } from './examples.ts';
import { labelsAt } from './examples.ts';
import { figure } from './figures.ts';
import {
  capacityCurve,
  distinctFigures,
  type HoldOut,
  randomCheckFigures,
  rankingFigures,
  rivals,
  unknownFigures,
  weekLines,
} from './judge-weekly.ts';
import { type Fitted, SETTINGS } from './learner.ts';
import { cardBase, reliabilityLines, usedFeatures } from './model-parts.ts';
import { peerRanges } from './peers.ts';
import { randomSplitFigure } from './random-split.ts';
import { searchSettings } from './search.ts';
import { sliceLines } from './slices.ts';
import type { DistrictTask } from './task.ts';
import type { TrainOptions } from './train-options.ts';

/** Everything the steps of a district training share. */
interface Run {
  readonly task: DistrictTask;
  readonly o: TrainOptions;
  readonly examples: ExampleTable;
  readonly features: readonly FeatureDefinition[];
  readonly foldOf: Int32Array;
  readonly origin: number;
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** Trains on subject × as-of rows; the hold-out is later than the origin, and each of its rows is scored by a model that never saw its component. */
export async function trainDistrict(db: Database, task: DistrictTask, o: TrainOptions): Promise<LeadModel> {
  o.progress.step('features');
  const { examples, grid } = await districtExamples(db, task, o);
  const run = _run({ task, o, examples, origin: grid.origin });
  const baselines = baselinesOf(examples, run.train, run.origin);
  o.progress.step('search');
  const found = searchSettings({
    ...run,
    folds: task.folds,
    seed: o.seed,
    onSetting: (id) => o.progress.note(`setting ${id}`),
  });
  const input = {
    examples,
    rows: run.train,
    origin: run.origin,
    features: run.features,
    setting: found.best,
    seed: o.seed,
  };
  o.progress.step('hold-out');
  const scored = crossFit(input, run.test, run.foldOf, task.folds);
  const calibration = fitCalibration(_laterHalf(run, scored.outOfFold));
  if (calibration === null)
    throw new StateError(
      'too-few-findings',
      'trainLeadModel: no finding among the calibration rows; ingest more history or shorten the horizon',
      {},
    );
  const holdOut: HoldOut = {
    examples,
    rows: run.test,
    margins: scored.test,
    probabilities: calibrated(calibration, scored.test),
    capacity: task.capacity,
    draws: task.draws,
    seed: o.seed,
    horizonDays: task.horizonDays,
  };
  const logistic = _logisticRival(run, found.best.id);
  const card = _card(run, { holdOut, baselines: [...baselines, ...logistic], found });
  o.progress.step('final model');
  const fitted = _final(run, found.best);
  const honest = _honest(run, run.test, scored.test, o.asOf);
  return withId({
    format: 'tributary-lead-model-1',
    task,
    variant: null,
    servable: true,
    setting: found.best.id,
    learner: fitted,
    features: run.features,
    peers: peerRanges(examples, run.features, { grid: TRAIN_GRID, days: 0 }),
    calibration: fitCalibration(honest) ?? calibration,
    band: probabilityBand(honest, { draws: 60, random: seeded(`band:${o.seed}`) }),
    track: trackRecord(honest, holdOut.probabilities),
    capacityCurve: capacityCurve({ ...holdOut, draws: Math.min(200, task.draws) }, _capacities(task.capacity)),
    origin: new Date(run.origin).toISOString(),
    asOf: new Date(o.asOf).toISOString(),
    seed: o.seed,
    data: o.data,
    card,
  });
}

function _run(of: { task: DistrictTask; o: TrainOptions; examples: ExampleTable; origin: number }): Run {
  const { examples, task, o } = of;
  const onGrid = (i: number, bit: number): boolean => (examples.grid[i]! & bit) !== 0;
  const split = timeSplit({ asOf: examples.matrix.asOf, ripeAt: examples.ripeAt, label: examples.label }, of.origin, {
    until: o.asOf,
  });
  const train = split.train.filter((i) => onGrid(i, TRAIN_GRID));
  const test = split.test.filter((i) => onGrid(i, TEST_GRID) && examples.ripeAt[i]! <= o.asOf);
  const labels = labelsAt(examples, of.origin, train);
  const findings = labels.reduce((a, b) => a + b, 0);
  if (findings < 10)
    throw new StateError(
      'too-few-findings',
      `trainLeadModel: ${findings} findings among ${train.length} training rows; at least 10 are needed to learn a ranking`,
      { findings },
    );
  const foldOf = componentFolds(examples.component, { folds: task.folds, seed: o.seed });
  for (let fold = 0; fold < task.folds; fold++)
    refuseLeakySplit(
      { asOf: examples.matrix.asOf, ripeAt: examples.ripeAt, component: examples.component },
      {
        origin: of.origin,
        train: train.filter((i) => foldOf[i] !== fold),
        test: test.filter((i) => foldOf[i] === fold),
      },
    );
  return { ...of, features: usedFeatures(examples.matrix, train), foldOf, train, test };
}

/** Honest scores of the later half of the training dates: what the hold-out's calibration is fitted on. */
function _laterHalf(run: Run, outOfFold: Float64Array): HonestScores {
  const dates = Float64Array.from(run.train, (i) => run.examples.matrix.asOf[i]!).sort();
  const middle = dates[Math.floor(dates.length / 2)]!;
  const kept = Array.from(run.train.keys()).filter((k) => run.examples.matrix.asOf[run.train[k]!]! >= middle);
  return _honest(
    run,
    Int32Array.from(kept, (k) => run.train[k]!),
    Float64Array.from(kept, (k) => outOfFold[k]!),
    run.origin,
  );
}

function _honest(run: Run, rows: Int32Array, margins: Float64Array, origin: number): HonestScores {
  return {
    margins,
    labels: labelsAt(run.examples, origin, rows),
    weights: Float64Array.from(rows, (i) => run.examples.weight[i]!),
    component: Int32Array.from(rows, (i) => run.examples.component[i]!),
    checked: Uint8Array.from(rows, (i) => run.examples.checked[i]!),
  };
}

function _logisticRival(run: Run, best: string): Baseline[] {
  const setting = SETTINGS.find((s) => s.learner === 'logistic');
  if (setting === undefined || best === setting.id) return [];
  const input = {
    examples: run.examples,
    rows: run.train,
    origin: run.origin,
    features: run.features,
    setting,
    seed: run.o.seed,
  };
  const { test } = crossFit(input, run.test, run.foldOf, run.task.folds);
  const scores = new Float64Array(run.examples.rows).fill(Number.NaN);
  run.test.forEach((row, i) => (scores[row] = test[i]!));
  return [{ id: 'logistic', label: { zh: '逻辑回归', en: 'logistic regression' }, scores }];
}

/** The served model: the chosen setting on every row that is ripe by the day of training. */
function _final(run: Run, setting: ReturnType<typeof searchSettings>['best']): Fitted {
  const { examples, o } = run;
  const rows = Int32Array.from(examples.label.keys()).filter(
    (i) => (examples.grid[i]! & TRAIN_GRID) !== 0 && examples.ripeAt[i]! <= o.asOf,
  );
  const fitted = fitRows({ examples, rows, origin: o.asOf, features: run.features, setting, seed: o.seed });
  if (fitted === null) throw new InputError('one-class', 'trainLeadModel: all ripe rows have the same label', {});
  return fitted;
}

function _card(
  run: Run,
  of: { holdOut: HoldOut; baselines: readonly Baseline[]; found: ReturnType<typeof searchSettings> },
): ModelCard {
  const { holdOut, baselines, found } = of;
  const { o, task } = run;
  const compared = rivals(holdOut, baselines);
  const ranking = rankingFigures(holdOut);
  const unknown = unknownFigures(holdOut, baselines);
  const base = ranking.find((f) => f.id === 'base-rate')!.value!;
  const lift = figure(
    'lift',
    { zh: '相对随机的提升倍数', en: 'lift over a random list' },
    { value: compared.headline.value! / base, unit: 'score' },
  );
  const weeks = weekLines(holdOut);
  const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  return {
    ...cardBase(run.examples, run.features, task),
    form: 'district',
    protocol: {
      zh: `训练日为${iso(run.origin)}：只用当日已知的结果；此后至${weeks.at(-1)?.asOf ?? ''}每周一份名单作为留出集，每个主体由未见过其关系网络分量的模型打分（${task.folds}折）。标签：as-of后${task.horizonDays}天内被查实。`,
      en: `Learnt as of ${iso(run.origin)} from what was known that day; judged on one list a week from then to ${weeks.at(-1)?.asOf ?? ''}, each subject scored by a model that never saw its network component (${task.folds} folds). Label: confirmed within ${task.horizonDays} days of the as-of date.`,
    },
    champion: found.best.id,
    search: found.tried,
    headline: [compared.headline, lift, ...ranking],
    rivals: compared.rivals,
    ablation: _ablation(run, { holdOut, best: found.best }),
    weeks,
    reliability: reliabilityLines(
      Float64Array.from(run.test, (i) => run.examples.label[i]!),
      holdOut.probabilities,
    ),
    slices: sliceLines({
      examples: run.examples,
      rows: run.test,
      probabilities: holdOut.probabilities,
      budget: task.capacity * weeks.length,
    }),
    beside: [
      ...distinctFigures(holdOut),
      ...randomCheckFigures(holdOut),
      ...unknown.figures,
      ...unknown.rivals.map((r): CardFigure => ({
        ...r.difference,
        id: `unknown-${r.id}`,
        label: { zh: `同上，模型减${r.label.zh}`, en: `the same, champion minus ${r.label.en}` },
      })),
      randomSplitFigure({ ...run, setting: found.best, seed: o.seed }),
    ],
    notes: [...run.examples.notes, found.note],
    limits: [
      {
        zh: '未被检查的主体按“未发现”计，不等于守法；命中率因此偏低，是下界。',
        en: 'Subjects nobody checked count as not found, which is not clean; precision is therefore a lower bound.',
      },
      {
        zh: '历史检查并非随机抽取，模型学到的是“会被发现”的可能性；双随机行与探索名额用于纠偏。',
        en: 'Past checks were not drawn at random: the model learns what gets found; random checks and the exploration quota correct for it.',
      },
      {
        zh: '线索不作为处罚或定罪依据，由具名人员判断。',
        en: 'A lead is no ground for a penalty; a named person decides.',
      },
    ],
  };
}

function _ablation(
  run: Run,
  of: { holdOut: HoldOut; best: ReturnType<typeof searchSettings>['best'] },
): ModelCard['ablation'] {
  const { o, task } = run;
  return o.ablate
    .filter((family) => run.features.some((f) => f.family === family))
    .map((family) => {
      const features = run.features.filter((f) => f.family !== family);
      const without = crossFit(
        { examples: run.examples, rows: run.train, origin: run.origin, features, setting: of.best, seed: o.seed },
        run.test,
        run.foldOf,
        task.folds,
      );
      const scores = new Float64Array(run.examples.rows);
      run.test.forEach((row, i) => (scores[row] = without.test[i]!));
      const label = { zh: `${family}类特征带来的每周命中率`, en: `weekly precision gained by the ${family} features` };
      const [rival] = rivals(of.holdOut, [{ id: family, label, scores }]).rivals;
      const adds = rival!.beaten;
      return {
        ...rival!.difference,
        id: `without-${family}`,
        label,
        verdict: adds
          ? { zh: '有增益', en: 'adds something' }
          : { zh: '未见可与偶然区分的增益', en: 'adds nothing that can be told from chance' },
      };
    });
}

function _capacities(capacity: number): number[] {
  return [
    ...new Set([1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3].map((x, i) => (i === 0 ? 1 : Math.max(1, Math.round(x * capacity))))),
  ].sort((a, b) => a - b);
}
