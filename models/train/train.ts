import { InputError, withDefaults } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import type { LeadModel } from '../registry/index.ts';
import { type LeadTask, taskFrom } from './task.ts';
import { TRAIN_DEFAULTS, type TrainOptions } from './train-options.ts';
import { trainDistrict } from './train-district.ts';
import { trainTable } from './train-table.ts';

/** Learns to rank the subjects of a task, and judges itself on later time and on network components it never saw.
 *  Same warehouse, task and options: same model, byte for byte.
 *  @param task  a parsed task, or the `task:` section of `tributary.yaml`; undefined = the district
 *  @throws InputError `no-as-of`, `bad-task`, `banned-feature`, `leaked-feature` · StateError `history-too-short`, `no-subjects`, `no-facts`,
 *    `too-few-findings` */
export async function trainLeadModel(
  db: Database,
  task: LeadTask | undefined,
  options: Partial<TrainOptions>,
): Promise<LeadModel> {
  const o = withDefaults('trainLeadModel', TRAIN_DEFAULTS, options);
  if (!Number.isFinite(o.asOf))
    throw new InputError('no-as-of', 'trainLeadModel: no day of training; pass { asOf } in ms UTC', {});
  const parsed = taskFrom(task);
  if (parsed.form === 'table') return trainTable(db, parsed, o);
  if (o.variant !== null)
    throw new InputError('no-such-variant', `trainLeadModel: a district task has no variant "${o.variant}"`, {
      variant: o.variant,
    });
  return trainDistrict(db, parsed, o);
}
