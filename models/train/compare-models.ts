import { InputError, canonicalJson, chinaDate, seeded } from '../../ingest/base/index.ts';
import type { Progress } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import { calibrated } from '../calibrate/index.ts';
import { ece } from '../evaluate/index.ts';
import { type LeadModel, type ModelComparison, verdictOf } from '../registry/index.ts';
import { districtExamples } from './district-examples.ts';
import { figure } from './figures.ts';
import { learnerMatrix } from './feature-matrix.ts';
import { weeklyRows } from './judge-weekly.ts';
import { marginsOf, SETTINGS } from './learner.ts';
import { rollingOf, rollingScores } from './rolling.ts';
import { sliceLines } from './slices.ts';
import { taskFrom } from './task.ts';
import { compareWeekly, weeklyOrder } from './weekly.ts';

/** The challenger's recipe beside the champion itself, on the weekly lists whose results became known after the champion's training. The
 *  challenger's rows are scored by models trained before each period on other components (its final model has seen these rows, so it may not judge them).
 *  Builds the features anew: as long as that step of a training.
 *  @throws InputError `other-task`, `not-a-district`, `unknown-setting` · as {@link districtExamples} */
export async function compareModels(
  db: Database,
  of: { readonly challenger: LeadModel; readonly champion: LeadModel },
  o: { readonly asOf: number; readonly draws?: number; readonly progress: Progress },
): Promise<ModelComparison> {
  const { challenger, champion } = of;
  const task = taskFrom(challenger.task);
  if (canonicalJson(challenger.task) !== canonicalJson(champion.task))
    throw new InputError('other-task', `compareModels: ${champion.model_id} answers another task`, {});
  if (task.form !== 'district')
    throw new InputError(
      'not-a-district',
      'compareModels: only a district task has weekly lists; compare the cards of table models',
      {},
    );
  const setting = SETTINGS.find((s) => s.id === challenger.setting);
  if (setting === undefined)
    throw new InputError(
      'unknown-setting',
      `compareModels: this version knows no setting "${challenger.setting}"; train again`,
      { setting: challenger.setting },
    );
  const seed = challenger.seed;
  const { examples, grid } = await districtExamples(db, task, { asOf: o.asOf, seed, progress: o.progress });
  const run = rollingOf({ task, asOf: o.asOf, seed, examples, origin: grid.origin, matured: grid.matured });
  const scored = rollingScores(run, setting);
  const trained = Date.parse(champion.asOf);
  const at = Array.from(run.rows.keys()).filter((i) => examples.ripeAt[run.rows[i]!]! > trained);
  const rows = Int32Array.from(at, (i) => run.rows[i]!);
  const margins = {
    challenger: Float64Array.from(at, (i) => scored.margins[i]!),
    champion: marginsOf(champion.learner, learnerMatrix(examples.matrix, rows, champion.features)),
  };
  const probabilities = {
    challenger: Float64Array.from(at, (i) => scored.probabilities[i]!),
    champion: calibrated(champion.calibration, margins.champion),
  };
  return _comparison(
    { challenger, champion },
    { examples, rows, margins, probabilities },
    {
      capacity: task.capacity,
      draws: o.draws ?? task.draws,
    },
  );
}

interface Scores {
  readonly challenger: Float64Array;
  readonly champion: Float64Array;
}

function _comparison(
  models: { readonly challenger: LeadModel; readonly champion: LeadModel },
  of: {
    readonly examples: Awaited<ReturnType<typeof districtExamples>>['examples'];
    readonly rows: Int32Array;
    readonly margins: Scores;
    readonly probabilities: Scores;
  },
  o: { readonly capacity: number; readonly draws: number },
): ModelComparison {
  const week = weeklyRows(of);
  const labels = Float64Array.from(week.label);
  const dates = [...new Set(Array.from(week.asOf))].sort((a, b) => a - b);
  const compared = compareWeekly(
    week,
    {
      challenger: weeklyOrder(week.asOf, of.margins.challenger),
      champion: weeklyOrder(week.asOf, of.margins.champion),
    },
    { ...o, random: seeded(`compare:${models.challenger.model_id}:${models.champion.model_id}`) },
  );
  const label = { zh: `每周${o.capacity}条的命中率`, en: `precision at ${o.capacity} leads a week` };
  const part = (who: keyof Scores) =>
    figure('weekly-precision', label, { value: compared.precision[who]!, unit: 'share' });
  const eceOf = (who: keyof Scores): number | null =>
    of.rows.length === 0 ? null : ece(labels, of.probabilities[who]);
  const body = {
    challenger: models.challenger.model_id,
    champion: models.champion.model_id,
    from: dates.length === 0 ? null : chinaDate(dates[0]!),
    to: dates.length === 0 ? null : chinaDate(dates.at(-1)!),
    weeks: dates.length,
    rows: of.rows.length,
    findings: labels.reduce((a, b) => a + b, 0),
    precision: { challenger: part('challenger'), champion: part('champion') },
    difference: figure(
      'difference',
      { zh: '挑战者减现任', en: 'challenger minus champion' },
      { value: compared.aboveFirst['champion']!, unit: 'share' },
    ),
    ece: { challenger: eceOf('challenger'), champion: eceOf('champion') },
    worseSlices: _worseSlices(of, o.capacity * dates.length),
  };
  return { ...body, verdict: verdictOf(body) };
}

function _worseSlices(
  of: Pick<Parameters<typeof _comparison>[1], 'examples' | 'rows' | 'probabilities'>,
  budget: number,
): ModelComparison['worseSlices'] {
  if (of.rows.length === 0) return [];
  const lines = (who: keyof Scores) =>
    sliceLines({ examples: of.examples, rows: of.rows, probabilities: of.probabilities[who], budget });
  const flagged = new Set(lines('champion').flatMap((s) => (s.flagged ? [JSON.stringify([s.by, s.slice])] : [])));
  return lines('challenger')
    .filter((s) => s.flagged && !flagged.has(JSON.stringify([s.by, s.slice])))
    .map(({ by, slice, rows, meanProbability, shareFound }) => ({ by, slice, rows, meanProbability, shareFound }));
}
