import { InputError, StateError, seeded } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import { calibrated } from '../calibrate/index.ts';
import type { FeatureDefinition } from '../features/index.ts';
import { type LeadModel, type ModelCard, withId } from '../registry/index.ts';
import { componentFolds } from '../split/index.ts';
import { type Baseline, baselinesOf } from './baselines.ts';
import { chosenLabels } from './chosen-labels.ts';
import { fitCalibration, type HonestScores, probabilityBand, trackRecord } from './confidence.ts';
import { crossFit, fitRows, scoreRows } from './cross-fit.ts';
import { type ExampleTable, labelsAt } from './examples.ts';
import {
  tableCalibration,
  tableCapacity,
  tableFigures,
  type TableHoldOut,
  tableRivals,
  tableWeeks,
} from './judge-table.ts';
import { refuseLeakedFeatures } from './leaks.ts';
import { SETTINGS } from './learner.ts';
import { cardBase, reliabilityLines, usedFeatures } from './model-parts.ts';
import { peerRanges } from './peers.ts';
import { searchSettings } from './search.ts';
import { sliceLines } from './slices.ts';
import { tableExamples } from './table-examples.ts';
import type { TableTask } from './task.ts';
import type { TrainOptions } from './train-options.ts';

/** Trains on decisions of before the origin; the hold-out is every labelled decision from the origin on, which the model never saw. */
export async function trainTable(db: Database, task: TableTask, o: TrainOptions): Promise<LeadModel> {
  const { task: own, allowed } = _variant(task, o.variant);
  o.progress.step('features');
  const table = await tableExamples(db, own, {
    asOf: o.asOf,
    allowed,
    progress: o.progress,
  });
  const { origin, comparator } = table;
  const checked = _rows(table.examples, 2);
  const test = _rows(table.examples, 1);
  if (checked.length === 0 || test.length === 0)
    throw new StateError(
      'no-rows',
      `trainLeadModel: ${checked.length} training and ${test.length} test rows in ${task.table}; both are needed`,
      {},
    );
  const features = usedFeatures(table.examples.matrix, checked);
  const examples = chosenLabels(table.examples, own, { features, chance: table.chance });
  const train = _rows(examples, 2);
  const foldOf = componentFolds(examples.component, { folds: own.folds, seed: o.seed });
  refuseLeakedFeatures(own, { examples, rows: checked, features, origin, seed: o.seed });
  o.progress.step('search');
  const found = searchSettings({
    examples,
    train,
    origin,
    features,
    foldOf: null,
    seed: o.seed,
    onSetting: (id) => o.progress.note(`setting ${id}`),
  });
  const input = { examples, rows: train, origin, features, setting: found.best, seed: o.seed };
  o.progress.step('hold-out');
  const fitted = fitRows(input);
  const honest = _laterHalf(examples, train, { outOfFold: crossFit(input, train, foldOf, own.folds), origin });
  const calibration = fitCalibration(honest);
  if (fitted === null || calibration === null)
    throw new StateError(
      'too-few-findings',
      'trainLeadModel: the training rows hold one class only; nothing can be learnt from them',
      {},
    );
  const scores = scoreRows(fitted, input, test);
  const holdOut: TableHoldOut = {
    examples,
    rows: test,
    scores,
    probabilities: calibrated(calibration, scores),
    draws: own.draws,
    seed: o.seed,
  };
  const baselines = [
    ..._given(comparator, own),
    ...baselinesOf(examples, train, origin),
    ..._logistic(input, test, found.best.id),
    ...(own.selection === null ? [] : [_unweighted({ ...input, examples: table.examples, rows: checked }, test)]),
  ];
  return withId({
    format: 'tributary-lead-model-1',
    task: own,
    variant: o.variant,
    servable: o.variant === null,
    setting: found.best.id,
    learner: fitted,
    features,
    peers: peerRanges(examples, features, { grid: 2, days: 365 }),
    calibration,
    band: probabilityBand(honest, { draws: 60, random: seeded(`band:${o.seed}`) }),
    track: trackRecord(honest, calibrated(calibration, honest.margins)),
    capacityCurve: tableCapacity(
      holdOut,
      [1, 2, 3, 4].flatMap((k) => [Math.round((k * own.capacity) / 2)]),
    ),
    origin: new Date(origin).toISOString(),
    asOf: new Date(o.asOf).toISOString(),
    seed: o.seed,
    data: o.data,
    card: _card({
      examples,
      task: own,
      features,
      found,
      holdOut,
      baselines,
      origin,
      train,
      ablate: o.ablate,
      seed: o.seed,
    }),
  });
}

/** The task with a variant's columns let in. */
function _variant(task: TableTask, id: string | null): { task: TableTask; allowed: readonly string[] } {
  if (id === null) return { task, allowed: [] };
  const variant = task.variants.find((v) => v.id === id);
  if (variant === undefined)
    throw new InputError(
      'no-such-variant',
      `trainLeadModel: task ${task.id} has no variant "${id}"; it has ${task.variants.map((v) => v.id).join(', ') || 'none'}`,
      { id },
    );
  const added = variant.allow.map((column) => ({ column, label: { zh: column, en: column }, monotone: 0 as const }));
  return { task: { ...task, categorical: [...task.categorical, ...added] }, allowed: variant.allow };
}

function _rows(examples: ExampleTable, grid: number): Int32Array {
  return Int32Array.from(examples.label.keys()).filter(
    (i) => examples.grid[i] === grid && !Number.isNaN(examples.label[i]!),
  );
}

function _laterHalf(
  examples: ExampleTable,
  train: Int32Array,
  of: { outOfFold: Float64Array; origin: number },
): HonestScores {
  const dates = Float64Array.from(train, (i) => examples.matrix.asOf[i]!).sort();
  const middle = dates[Math.floor(dates.length / 2)]!;
  // Rows that nobody checked have no result to be calibrated on.
  const kept = Array.from(train.keys()).filter(
    (k) => examples.matrix.asOf[train[k]!]! >= middle && examples.checked[train[k]!] === 1,
  );
  const rows = Int32Array.from(kept, (k) => train[k]!);
  return {
    margins: Float64Array.from(kept, (k) => of.outOfFold[k]!),
    labels: labelsAt(examples, of.origin, rows),
    weights: new Float64Array(rows.length).fill(1),
    component: Int32Array.from(rows, (i) => examples.component[i]!),
    checked: new Uint8Array(rows.length).fill(1),
  };
}

function _given(comparator: Float64Array | null, task: TableTask): Baseline[] {
  if (comparator === null) return [];
  const name = task.evaluation.comparator!;
  return [{ id: 'published', label: { zh: `公布的评分 ${name}`, en: `published score ${name}` }, scores: comparator }];
}

function _logistic(input: Parameters<typeof fitRows>[0], test: Int32Array, best: string): Baseline[] {
  const setting = SETTINGS.find((s) => s.learner === 'logistic');
  if (setting === undefined || setting.id === best) return [];
  const scores = new Float64Array(input.examples.rows).fill(Number.NaN);
  scoreRows(fitRows({ ...input, setting }), input, test).forEach((s, i) => (scores[test[i]!] = s));
  return [{ id: 'logistic', label: { zh: '逻辑回归', en: 'logistic regression' }, scores }];
}

/** The same setting as if the checked rows were drawn by lot. */
function _unweighted(input: Parameters<typeof fitRows>[0], test: Int32Array): Baseline {
  const scores = new Float64Array(input.examples.rows).fill(Number.NaN);
  scoreRows(fitRows(input), input, test).forEach((s, i) => (scores[test[i]!] = s));
  return { id: 'unweighted', label: { zh: '不加权', en: 'without selection weights' }, scores };
}

function _card(of: {
  examples: ExampleTable;
  task: TableTask;
  features: readonly FeatureDefinition[];
  found: ReturnType<typeof searchSettings>;
  holdOut: TableHoldOut;
  baselines: readonly Baseline[];
  origin: number;
  train: Int32Array;
  ablate: readonly string[];
  seed: number;
}): ModelCard {
  const { examples, task, holdOut } = of;
  const { protocol } = task.evaluation;
  const budget = Math.max(1, Math.round(holdOut.rows.length / 10));
  const day = new Date(of.origin).toISOString().slice(0, 10);
  return {
    ...cardBase(examples, of.features, task),
    form: 'table',
    protocol: {
      zh: `只用${day}之前的决定训练；此后${holdOut.rows.length}条有结果的决定为留出集，其历史特征停在${day}。${protocol === 'days-earlier' ? '按分数重排检查顺序，沿用实际检查日期序列，计算提前天数。' : ''}`,
      en: `Learnt from decisions before ${day}; judged on the ${holdOut.rows.length} labelled decisions from then on, whose histories stop at ${day}. ${protocol === 'days-earlier' ? 'Visits are sorted by score and given the real sequence of days; days earlier is the mean over findings.' : ''}`,
    },
    champion: of.found.best.id,
    search: of.found.tried,
    headline: [...tableFigures(holdOut, protocol), ...tableCalibration(holdOut)],
    rivals: tableRivals(holdOut, of.baselines, protocol),
    ablation: _ablation(of),
    weeks: tableWeeks(holdOut, task.capacity),
    reliability: reliabilityLines(
      Float64Array.from(holdOut.rows, (i) => examples.label[i]!),
      holdOut.probabilities,
    ),
    slices: sliceLines({ examples, rows: holdOut.rows, probabilities: holdOut.probabilities, budget }),
    beside: [],
    notes: [...examples.notes, of.found.note],
    limits: [
      {
        zh: '只学到以往检查所能看到的；未检查者无标签。',
        en: 'It learns what past checks could see; what was never checked has no label.',
      },
      { zh: '排序只决定先后，不构成任何认定。', en: 'The ranking decides what is visited first and nothing else.' },
    ],
  };
}

/** What the past results of linked rows bring: the model without them, on the same hold-out. */
function _ablation(of: Parameters<typeof _card>[0]): ModelCard['ablation'] {
  const families = of.ablate
    .flatMap((f) => (f === 'network' ? ['past-results'] : [f]))
    .filter((f) => of.features.some((x) => x.family === f));
  return families.map((family) => {
    const features = of.features.filter((f) => f.family !== family);
    const input = {
      examples: of.examples,
      rows: of.train,
      origin: of.origin,
      features,
      setting: of.found.best,
      seed: of.seed,
    };
    const scores = new Float64Array(of.examples.rows).fill(Number.NaN);
    scoreRows(fitRows(input), input, of.holdOut.rows).forEach((s, i) => (scores[of.holdOut.rows[i]!] = s));
    const label = { zh: `${family}类特征的增益`, en: `gain by the ${family} features` };
    const [rival] = tableRivals(of.holdOut, [{ id: family, label, scores }], of.task.evaluation.protocol);
    const verdict = rival!.beaten
      ? { zh: '有增益', en: 'adds something' }
      : { zh: '未见可与偶然区分的增益', en: 'adds nothing that can be told from chance' };
    return { ...rival!.difference, id: `without-${family}`, label, verdict };
  });
}
