import { InputError, seeded } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import { type LeadModel, withId } from '../registry/index.ts';
import { componentFolds } from '../split/index.ts';
import { type Baseline, baselinesOf } from './baselines.ts';
import { fitCalibration, probabilityBand, trackRecord } from './confidence.ts';
import { fitRows } from './cross-fit.ts';
import { TRAIN_GRID, districtExamples } from './district-examples.ts';
import { districtCard } from './district-card.ts';
import { capacityCurve, type HoldOut } from './judge-weekly.ts';
import { refuseLeakedFeatures } from './leaks.ts';
import { type Fitted, type LearnerSetting, SETTINGS } from './learner.ts';
import { peerRanges } from './peers.ts';
import { honestScores, type Rolling, rollingMargins, rollingOf, rollingScores } from './rolling.ts';
import { SEARCH_FOLDS, type SearchResult, searchSettings } from './search.ts';
import type { DistrictTask } from './task.ts';
import type { TrainOptions } from './train-options.ts';

/** What a district's hold-out holds, before anything is said of it: for the card, and for graders who know the truth. */
export interface DistrictJudgement {
  readonly run: Rolling;
  readonly found: SearchResult;
  readonly holdOut: HoldOut;
  readonly baselines: readonly Baseline[];
}

/** Chooses a setting on validation rows and scores the hold-out with it: every week after the first origin, in periods that are each trained for
 *  anew; each row by a model that knew nothing later than its period's origin and never saw its component.
 *  @throws as {@link trainDistrict} */
export async function judgeDistrict(db: Database, task: DistrictTask, o: TrainOptions): Promise<DistrictJudgement> {
  o.progress.step('features');
  const { examples, grid } = await districtExamples(db, task, o);
  const run = rollingOf({ task, asOf: o.asOf, seed: o.seed, examples, origin: grid.origin, matured: grid.matured });
  const first = run.periods[0]!;
  refuseLeakedFeatures(task, {
    examples,
    rows: first.train,
    features: run.features,
    origin: first.origin,
    seed: o.seed,
  });
  o.progress.step('search');
  const found = searchSettings({
    examples,
    train: first.train,
    origin: first.origin,
    features: run.features,
    foldOf: componentFolds(examples.component, { folds: SEARCH_FOLDS, seed: o.seed }),
    seed: o.seed,
    onSetting: (id) => o.progress.note(`setting ${id}`),
  });
  o.progress.step('hold-out');
  const scored = rollingScores(run, found.best);
  const holdOut: HoldOut = {
    examples,
    rows: run.rows,
    ...scored,
    capacity: task.capacity,
    draws: task.draws,
    seed: o.seed,
    horizonDays: task.horizonDays,
  };
  const baselines = [...baselinesOf(examples, first.train, first.origin), ..._logisticRival(run, found.best.id)];
  return { run, found, holdOut, baselines };
}

/** Trains on subject × as-of rows, and judges itself by {@link judgeDistrict}. */
export async function trainDistrict(db: Database, task: DistrictTask, o: TrainOptions): Promise<LeadModel> {
  const { run, found, holdOut, baselines } = await judgeDistrict(db, task, o);
  const { examples } = run;
  const card = districtCard(run, { holdOut, baselines, found, ablate: o.ablate });
  o.progress.step('final model');
  const honest = honestScores(run, run.rows, { margins: holdOut.margins, origin: o.asOf });
  const calibration = fitCalibration(honest);
  if (calibration === null)
    throw new InputError('one-class', 'trainLeadModel: all hold-out rows have the same label', {});
  return withId({
    format: 'tributary-lead-model-1',
    task,
    variant: null,
    servable: true,
    setting: found.best.id,
    learner: _final(run, found.best),
    features: run.features,
    peers: peerRanges(examples, run.features, { grid: TRAIN_GRID, days: 0 }),
    calibration,
    band: probabilityBand(honest, { draws: 60, random: seeded(`band:${o.seed}`) }),
    track: trackRecord(honest, holdOut.probabilities),
    capacityCurve: capacityCurve({ ...holdOut, draws: Math.min(200, task.draws) }, _capacities(task.capacity)),
    origin: new Date(run.periods[0]!.origin).toISOString(),
    asOf: new Date(o.asOf).toISOString(),
    seed: o.seed,
    data: o.data,
    card,
  });
}

function _logisticRival(run: Rolling, best: string): Baseline[] {
  const setting = SETTINGS.find((s) => s.learner === 'logistic');
  if (setting === undefined || best === setting.id) return [];
  const margins = rollingMargins(run, setting);
  const scores = new Float64Array(run.examples.rows).fill(Number.NaN);
  run.rows.forEach((row, i) => (scores[row] = margins[i]!));
  return [{ id: 'logistic', label: { zh: '逻辑回归', en: 'logistic regression' }, scores }];
}

/** The served model: the chosen setting on every row that is ripe by the day of training. */
function _final(run: Rolling, setting: LearnerSetting): Fitted {
  const { examples, asOf } = run;
  const rows = Int32Array.from(examples.label.keys()).filter(
    (i) => (examples.grid[i]! & TRAIN_GRID) !== 0 && examples.ripeAt[i]! <= asOf,
  );
  const fitted = fitRows({ examples, rows, origin: asOf, features: run.features, setting, seed: run.seed });
  if (fitted === null) throw new InputError('one-class', 'trainLeadModel: all ripe rows have the same label', {});
  return fitted;
}

function _capacities(capacity: number): number[] {
  const shares = [0.25, 0.5, 0.75, 1, 1.5, 2, 3].map((x) => Math.max(1, Math.round(x * capacity)));
  return [...new Set([1, ...shares])].sort((a, b) => a - b);
}
