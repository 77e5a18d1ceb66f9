import { StateError, numbersOf, textsOf } from '../../ingest/base/index.ts';
import type { Progress } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import { buildFeatures } from '../features/index.ts';
import { subjectComponents } from '../split/index.ts';
import { asOfGrid, type AsOfGrid } from './as-of-grid.ts';
import { firstFactSql, MONITORED_SQL, SLICES_SQL, labelsSql, ripeAt, rowsSql, subjectsSql } from './district-rows.ts';
import type { ExampleTable } from './examples.ts';
import type { DistrictTask } from './task.ts';

/** Grid bits of {@link ExampleTable.grid}. */
export const TEST_GRID = 1;
export const TRAIN_GRID = 2;

/** Subjects × as-of dates with labels and features, out of one warehouse.
 *  @throws StateError `no-subjects`, `no-facts`, `history-too-short` · InputError of {@link buildFeatures} */
export async function districtExamples(
  db: Database,
  task: DistrictTask,
  o: { readonly asOf: number; readonly seed: number; readonly progress: Progress },
): Promise<{ examples: ExampleTable; grid: AsOfGrid }> {
  await db.run(subjectsSql(task.kinds, o.asOf));
  const [count] = await db.rows<{ n: number; active: number }>(
    `select count(*) as n, count(*) filter (where active) as active from ranked_subject`,
  );
  if (count === undefined || count.n === 0)
    throw new StateError(
      'no-subjects',
      `districtExamples: no subject of kind ${task.kinds.join(', ')}; run the steps up to facts`,
      {},
    );
  const [first] = await db.rows<{ first_ms: number | null }>(firstFactSql(o.asOf));
  if (first === undefined || first.first_ms === null)
    throw new StateError(
      'no-facts',
      'districtExamples: no outcome and no signal to learn from; run the steps up to signals',
      {},
    );
  const grid = asOfGrid(task, first.first_ms, o.asOf);
  const share = Math.min(1, task.quietSample / Math.max(1, (count.n - count.active) * grid.train.length));
  const rows = rowsSql(_dates(grid), { share, seed: o.seed });
  await db.run(rows.sql, rows.params);
  const matrix = await buildFeatures(db, { banned: task.banned, progress: o.progress });
  const components = await subjectComponents(db, matrix.subjects);
  const labels = await db.columns(labelsSql(task, o.asOf));
  const found = numbersOf(labels, 'found').values;
  const own = await db.columns('select weight, grid from feature_row order by "row"');
  const examples: ExampleTable = {
    rows: matrix.rows,
    matrix,
    label: found,
    checked: Uint8Array.from(numbersOf(labels, 'checked').values),
    randomCheck: Uint8Array.from(numbersOf(labels, 'random_check').values),
    ripeAt: Float64Array.from(matrix.asOf, (t) => ripeAt(task, t)),
    foundAt: _withNaN(numbersOf(labels, 'found_at')),
    foundKnownAt: _withNaN(numbersOf(labels, 'found_known_at')),
    weight: numbersOf(own, 'weight').values,
    grid: Uint8Array.from(numbersOf(own, 'grid').values),
    component: Int32Array.from(matrix.subjects, (s) => components.of.get(s)!),
    slices: await _slices(db),
    counts: {
      subjects: count.n,
      activeSubjects: count.active,
      rows: matrix.rows,
      findings: found.reduce((a, b) => a + b, 0),
      components: components.components,
    },
    notes: [
      `quiet subjects (registered, nothing else known): ${share < 1 ? `a seeded share of ${share.toFixed(4)} is kept, each standing for ${(1 / share).toFixed(1)}` : 'all kept'}`,
      `components: ties through an entity of more than ${components.hubCap} subjects ignored; the largest holds ${(100 * components.largest).toFixed(1)} % of subjects; ${components.crossing} linked pairs cross the split`,
    ],
  };
  return { examples, grid };
}

function _dates(grid: AsOfGrid): { ms: number; grid: number }[] {
  const bits = new Map<number, number>();
  for (const t of grid.train) bits.set(t, TRAIN_GRID);
  for (const t of grid.test) bits.set(t, (bits.get(t) ?? 0) | TEST_GRID);
  return [...bits].sort(([a], [b]) => a - b).map(([ms, bit]) => ({ ms, grid: bit }));
}

async function _slices(db: Database): Promise<ExampleTable['slices']> {
  const answer = await db.columns(SLICES_SQL);
  const out: Record<string, readonly (string | null)[]> = {};
  for (const name of ['kind', 'town', 'plate_province', 'size']) out[name] = textsOf(answer, name);
  if (await db.has('link')) {
    const monitored = numbersOf(await db.columns(MONITORED_SQL), 'monitored').values;
    out['monitored'] = Array.from(monitored, (m) => (m === 1 ? 'monitored' : 'not monitored'));
  }
  return out;
}

function _withNaN(column: { readonly values: Float64Array; readonly valid: Uint8Array | null }): Float64Array {
  return column.valid === null ? column.values : column.values.map((v, i) => (column.valid![i] === 0 ? Number.NaN : v));
}
