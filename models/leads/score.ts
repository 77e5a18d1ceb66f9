import { InputError, type Progress, StateError, textsOf } from '../../ingest/base/index.ts';
import { type Database, quoteIdent } from '../../ingest/tables/index.ts';
import type { Matrix } from '../boost/index.ts';
import { calibrated } from '../calibrate/index.ts';
import { type FeatureMatrix, buildFeatures } from '../features/index.ts';
import type { LeadModel } from '../registry/index.ts';
import { learnerMatrix, marginsOf, subjectsSql, tableFamilies, tableRowsSql, taskFrom } from '../train/index.ts';

/** Every candidate with its score as of one moment. */
export interface Scored {
  readonly matrix: FeatureMatrix;
  /** The same values in the learner's layout. */
  readonly data: Matrix;
  readonly margins: Float64Array;
  readonly probabilities: Float64Array;
  readonly kinds: readonly string[];
  /** Name of the decision that a row is about (table tasks); null for a subject of the district. */
  readonly keys: readonly (string | null)[];
}

/** Scores every candidate of the model's task as of a moment: all ranked subjects of the district, or the decisions of a table from the
 *  model's origin on that are not later than the moment.
 *  @throws InputError `model-not-servable`, `missing-features`, `leaked-feature` · StateError `no-candidates` */
export async function scoreCandidates(
  db: Database,
  model: LeadModel,
  o: { readonly asOf: number; readonly progress: Progress },
): Promise<Scored> {
  if (!model.servable)
    throw new InputError(
      'model-not-servable',
      `rankLeads: model ${model.model_id} uses a banned column and was made for comparison only; rank by the model without it`,
      { model: model.model_id },
    );
  const task = taskFrom(model.task);
  const at = Math.trunc(o.asOf);
  if (task.form === 'district') {
    await db.run(subjectsSql(task.kinds, at));
    await db.run(`create or replace temp table feature_row as select (row_number() over (order by subject_id) - 1)::integer as "row",
      subject_id, epoch_ms(${at}::bigint) as as_of, kind, null::varchar as key from ranked_subject
      where first_known_at is null or first_known_at <= epoch_ms(${at}::bigint) order by "row"`);
  } else {
    const day = `${quoteIdent(task.date)}::timestamp`;
    await db.run(
      tableRowsSql(
        task,
        `${day} >= epoch_ms(${Date.parse(model.origin)}::bigint) and ${day} <= epoch_ms(${at}::bigint)`,
      ),
    );
  }
  const families = task.form === 'table' ? { families: tableFamilies(task, Date.parse(model.origin)) } : {};
  const matrix = await buildFeatures(db, {
    ...families,
    wanted: model.features,
    banned: task.banned,
    progress: o.progress,
  });
  if (matrix.rows === 0)
    throw new StateError(
      'no-candidates',
      `rankLeads: nobody to rank as of ${new Date(o.asOf).toISOString()}; check the as-of date against the model's (${model.asOf})`,
      {},
    );
  const rows = Int32Array.from({ length: matrix.rows }, (_, i) => i);
  const data = learnerMatrix(matrix, rows, model.features);
  const margins = marginsOf(model.learner, data);
  const meta = await db.columns(
    `select coalesce(e.kind, 'event') as kind, r.key from feature_row r left join entity e on e.entity_id = r.subject_id order by r."row"`,
  );
  return {
    matrix,
    data,
    margins,
    probabilities: calibrated(model.calibration, margins),
    kinds: textsOf(meta, 'kind') as string[],
    keys: textsOf(meta, 'key'),
  };
}
