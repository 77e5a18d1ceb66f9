import { InputError, SILENT } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import type { LeadModel } from '../registry/index.ts';
import { fitRows } from './cross-fit.ts';
import { TRAIN_GRID, districtExamples } from './district-examples.ts';
import { type Fitted, SETTINGS } from './learner.ts';
import { taskFrom } from './task.ts';
import { TRAIN_DEFAULTS } from './train-options.ts';

/** The learner of a district model trained again on the same rows, features and setting with other seeds: how much of a score, or of an explanation, is luck.
 *  @param db  the warehouse that the model was trained on
 *  @throws InputError `not-district`, `no-such-setting`, `one-class` */
export async function reseeded(db: Database, model: LeadModel, seeds: readonly number[]): Promise<Fitted[]> {
  const task = taskFrom(model.task);
  if (task.form !== 'district')
    throw new InputError('not-district', `reseeded: task ${task.id} is a table; pass a model of a district`, {});
  const setting = SETTINGS.find((s) => s.id === model.setting);
  if (setting === undefined)
    throw new InputError(
      'no-such-setting',
      `reseeded: model ${model.model_id} has the setting "${model.setting}"; there are ${SETTINGS.map((s) => s.id).join(', ')}`,
      {},
    );
  const asOf = Date.parse(model.asOf);
  const { examples } = await districtExamples(db, task, { ...TRAIN_DEFAULTS, asOf, progress: SILENT });
  const rows = Int32Array.from(examples.label.keys()).filter(
    (i) => (examples.grid[i]! & TRAIN_GRID) !== 0 && examples.ripeAt[i]! <= asOf,
  );
  return seeds.map((seed) => {
    const fitted = fitRows({ examples, rows, origin: asOf, features: model.features, setting, seed });
    if (fitted === null) throw new InputError('one-class', 'reseeded: all ripe rows have the same label', {});
    return fitted;
  });
}
