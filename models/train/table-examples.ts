import type { Progress } from '../../ingest/base/index.ts';
import { DAY_MS, InputError, StateError, numbersOf, textsOf } from '../../ingest/base/index.ts';
import { type Database, quoteIdent, quoteText } from '../../ingest/tables/index.ts';
import {
  bannedReason,
  buildFeatures,
  columnFamily,
  type FeatureFamily,
  pastResultsFamily,
  walkSql,
} from '../features/index.ts';
import { componentsOf } from '../split/index.ts';
import type { ExampleTable } from './examples.ts';
import type { TableTask } from './task.ts';

/** Families a table task builds. `freezeAt`: the record as it stood when the test began. */
export function tableFamilies(task: TableTask, freezeAt: number | null): readonly FeatureFamily[] {
  const { table, row, date, label, positive, entity } = task;
  return [
    columnFamily({ table, row, numeric: task.numeric, categorical: task.categorical, calendar: task.calendar }),
    pastResultsFamily({ table, row, date, label, positive, entity, groups: task.histories, freezeAt }),
  ];
}

/** Refuses columns that no model may use, wherever the task names them as input.
 *  @throws InputError `banned-feature` */
export function refuseBannedColumns(task: TableTask, allowed: readonly string[] = []): void {
  const inputs = [
    ...task.numeric.map((c) => c.column),
    ...task.categorical.map((c) => c.column),
    ...task.histories.flatMap((h) => (h.column === null ? [] : [h.column])),
  ];
  const banned = [
    ...task.banned,
    ...(task.evaluation.comparator === null ? [] : [task.evaluation.comparator]),
    task.label,
  ];
  const found = inputs.flatMap((name) => {
    const why = allowed.includes(name) ? null : bannedReason(name, banned);
    return why === null ? [] : [`"${name}" (${why})`];
  });
  if (found.length > 0)
    throw new InputError(
      'banned-feature',
      `task ${task.id}: not allowed as features: ${found.join(', ')}; remove them`,
      { found },
    );
}

/** `feature_row(row, subject_id, as_of, key)` of a table task: its decisions in order of day and name. `subject_id` is what a lead is about. */
export function tableRowsSql(task: TableTask, where = 'true'): string {
  const t = (column: string): string => `t.${quoteIdent(column)}`;
  const key = `${t(task.row)}::varchar`;
  const walk = walkSql(task.subject, 'k.entity_id', { outer: true });
  const column = task.subjectColumn === null ? 'null' : `${t(task.subjectColumn)}::varchar`;
  const subject = task.entity === null ? `coalesce(${column}, ${key})` : `coalesce(${walk.end}, k.entity_id, ${key})`;
  const joins =
    task.entity === null
      ? ''
      : `left join entity_key k on k.kind = ${quoteText(task.entity.kind)} and k.key_kind = ${quoteText(task.entity.keyKind)} and k.key = ${key} ${walk.joins}`;
  return `create or replace temp table feature_row as
    select (row_number() over (order by as_of, key) - 1)::integer as "row", * from (
      select ${key} as key, min(${subject}) as subject_id, min(${t(task.date)}::timestamp) as as_of
      from ${quoteIdent(task.table)} t ${joins}
      where ${t(task.date)} is not null and ${t(task.row)} is not null and (${where}) group by 1) order by "row"`;
}

/** Decisions of a table with labels and features, out of one warehouse.
 *  @throws InputError `banned-feature`, `no-such-column` · StateError `no-rows` */
export async function tableExamples(
  db: Database,
  task: TableTask,
  o: { readonly asOf: number; readonly allowed: readonly string[]; readonly progress: Progress },
): Promise<{
  examples: ExampleTable;
  origin: number;
  keys: readonly string[];
  comparator: Float64Array | null;
  chance: Float64Array | null;
}> {
  refuseBannedColumns(task, o.allowed);
  await _refuseMissingColumns(db, task);
  await db.run(tableRowsSql(task, `${quoteIdent(task.date)}::timestamp <= epoch_ms(${Math.trunc(o.asOf)}::bigint)`));
  const meta = await db.columns(_metaSql(task));
  if (meta.rows === 0)
    throw new StateError(
      'no-rows',
      `tableExamples: ${task.table} has no rows by ${new Date(o.asOf).toISOString()}`,
      {},
    );
  const day = numbersOf(meta, 'day').values;
  const split = task.split === null ? null : textsOf(meta, 'split');
  const origin = _origin(task, day, split);
  const matrix = await buildFeatures(db, {
    families: tableFamilies(task, origin),
    banned: task.banned,
    allowed: o.allowed,
    progress: o.progress,
  });
  const labels = numbersOf(meta, 'found');
  const label = Float64Array.from(labels.values, (v, i) =>
    labels.valid !== null && labels.valid[i] === 0 ? Number.NaN : v,
  );
  const side = (i: number): boolean => (split === null ? day[i]! >= origin : split[i] === task.split!.test);
  const unused = split === null ? 0 : split.filter((s) => s !== task.split!.test && s !== task.split!.train).length;
  const examples: ExampleTable = {
    rows: matrix.rows,
    matrix,
    label,
    checked: Uint8Array.from(label, (v) => (Number.isNaN(v) ? 0 : 1)),
    randomCheck: new Uint8Array(matrix.rows),
    ripeAt: Float64Array.from(day, (d) => d + DAY_MS),
    foundAt: Float64Array.from(day, (d, i) => (label[i] === 1 ? d : Number.NaN)),
    foundKnownAt: Float64Array.from(day, (d, i) => (label[i] === 1 ? d + DAY_MS : Number.NaN)),
    weight: new Float64Array(matrix.rows).fill(1),
    component: _components(matrix.subjects),
    grid: Uint8Array.from(day, (_d, i) => (side(i) ? 1 : 2)),
    slices: Object.fromEntries(task.slices.map((name) => [name, textsOf(meta, `slice_${name}`)])),
    counts: {
      rows: matrix.rows,
      findings: label.reduce((a, b) => a + (b === 1 ? 1 : 0), 0),
      unlabelled: label.filter((v) => Number.isNaN(v)).length,
      unused,
    },
    notes: ['test rows see the record as it stood when the test began: the list is made once, at its start'],
  };
  const comparator = task.evaluation.comparator === null ? null : _withNaN(numbersOf(meta, 'comparator'));
  const chance = _chanceColumn(task) === null ? null : _withNaN(numbersOf(meta, 'chance'));
  return { examples, origin, keys: textsOf(meta, 'key') as string[], comparator, chance };
}

function _metaSql(task: TableTask): string {
  const t = (column: string): string => `t.${quoteIdent(column)}`;
  const columns = [
    'r.key',
    'r.as_of as day',
    `case when ${t(task.label)} is null then null else (${t(task.label)}::varchar = ${quoteText(task.positive)})::int end as found`,
    ...(task.split === null ? [] : [`${t(task.split.column)}::varchar as split`]),
    ...(task.evaluation.comparator === null
      ? []
      : [`try_cast(${t(task.evaluation.comparator)} as double) as comparator`]),
    ...(_chanceColumn(task) === null ? [] : [`try_cast(${t(_chanceColumn(task)!)} as double) as chance`]),
    ...task.slices.map((name) => `${t(name)}::varchar as ${quoteIdent(`slice_${name}`)}`),
  ];
  return `select ${columns.join(', ')} from feature_row r join ${quoteIdent(task.table)} t on ${t(task.row)}::varchar = r.key order by r."row"`;
}

/** Column with the logged chance of a check; null where there is none or it is estimated. */
function _chanceColumn(task: TableTask): string | null {
  const chance = task.selection?.chance ?? null;
  return chance === 'estimated' ? null : chance;
}

function _origin(task: TableTask, day: Float64Array, split: readonly (string | null)[] | null): number {
  if (split === null) return day[Math.floor(day.length * 0.75)]!;
  let origin = Number.POSITIVE_INFINITY;
  split.forEach((s, i) => {
    if (s === task.split!.test && day[i]! < origin) origin = day[i]!;
  });
  if (origin === Number.POSITIVE_INFINITY)
    throw new InputError(
      'no-test-rows',
      `task ${task.id}: no row of ${task.table} has ${task.split!.column} = "${task.split!.test}"`,
      {},
    );
  return origin;
}

async function _refuseMissingColumns(db: Database, task: TableTask): Promise<void> {
  if (!(await db.has(task.table)))
    throw new InputError(
      'no-such-table',
      `task ${task.id}: there is no table ${task.table}; ingest its source first`,
      {},
    );
  const rows = await db.rows<{ column_name: string }>(
    'select column_name from information_schema.columns where table_name = $table',
    { table: task.table },
  );
  const have = new Set(rows.map((r) => r.column_name));
  const wanted = [
    task.row,
    task.date,
    task.label,
    ...task.numeric.map((c) => c.column),
    ...task.categorical.map((c) => c.column),
    ...task.slices,
    ...(task.split === null ? [] : [task.split.column]),
    ...(task.evaluation.comparator === null ? [] : [task.evaluation.comparator]),
    ...task.histories.flatMap((h) => (h.column === null ? [] : [h.column])),
    ...(task.subjectColumn === null ? [] : [task.subjectColumn]),
    ...(_chanceColumn(task) === null ? [] : [_chanceColumn(task)!]),
  ];
  const missing = [...new Set(wanted.filter((name) => !have.has(name)))];
  if (missing.length > 0)
    throw new InputError(
      'no-such-column',
      `task ${task.id}: ${task.table} has no column ${missing.join(', ')}; it has ${[...have].join(', ')}`,
      { missing },
    );
}

/** Rows of one subject hang together. */
function _components(subjects: readonly string[]): Int32Array {
  const first = new Map<string, number>();
  const to = subjects.map((s, i) => {
    const at = first.get(s);
    if (at === undefined) first.set(s, i);
    return at ?? i;
  });
  return componentsOf(
    subjects.length,
    subjects.map((_s, i) => i),
    to,
  );
}

function _withNaN(column: { values: Float64Array; valid: Uint8Array | null }): Float64Array {
  return column.valid === null ? column.values : column.values.map((v, i) => (column.valid![i] === 0 ? Number.NaN : v));
}
