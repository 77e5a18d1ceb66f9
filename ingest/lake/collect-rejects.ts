import type { RawTable } from '../formats/index.ts';
import { lineTextSql } from '../formats/index.ts';
import { type Database, quoteText } from '../tables/index.ts';
import { type CleanedTable, joinsSql, unitColumnOf, valueSql } from './cleaned-sql.ts';
import type { ColumnPlan } from './column-plan.ts';
import { numberBounds } from './fast-value.ts';
import { PLACEHOLDER } from './slow-value.ts';
import { fileOfSql, ownLineSql } from './stride.ts';

const NOT_OUTSIDE = `not exists (select 1 from flags f where f.line = half.line and f.rule = 'outside')`;

/** Fills table `rejects` (`line`, `column_name`, `value`, `rule`, `message`, `refused_row`): unreadable records, rows set aside, refused values; and table `remarks`
 *  (`file`, `column_name`, `rule`, `count`): values kept with a remark, and placeholders. Values of personal columns are not copied. */
export async function collectRejects(
  db: Database,
  table: CleanedTable,
  options: { readonly raw: RawTable; readonly withBad: boolean },
): Promise<void> {
  await db.run(
    'create or replace temp table rejects (line bigint, column_name varchar, value varchar, rule varchar, message varchar, refused_row boolean)',
  );
  await db.run('create or replace temp table remarks (file bigint, column_name varchar, rule varchar, count bigint)');
  if (options.withBad) await db.run('insert into rejects select line, null, value, rule, message, true from bad');
  await _refusedRows(db, table, options.raw);
  for (const plan of table.plans) if (table.mapped.has(plan.index)) await _valuesOf(db, plan);
  for (const plan of table.plans) await _unitsOf(db, table, plan);
  if (table.pair !== null) await _swapped(db, table.pair);
}

async function _refusedRows(db: Database, table: CleanedTable, raw: RawTable): Promise<void> {
  const [some] = await db.rows<{ n: number }>(
    `select count(*) as n from flags where rule is not null and rule <> 'outside'`,
  );
  if (some!.n === 0) return;
  const required = table.plans.filter((p) => p.column.required === true);
  const sent = required.map((p) => `when ${quoteText(p.column.name)} then ${_shown(p, p.sent)}`);
  const value = sent.length === 0 ? 'null' : `case f.part ${sent.join(' ')} end`;
  await db.run(`insert into rejects select f.line, case when f.rule = 'required' then f.part end, case when f.rule = 'required' then ${value} end, f.rule,
    case f.rule when 'required' then 'a required value is missing or was refused' when 'duplicate' then 'the same key as line ' || ${lineTextSql(ownLineSql('f.first'), raw)}
      when 'no-known-at' then 'nothing says when this row became known' else 'its moment lies before 1900 or too far in the future' end, true
    from flags f join half on half.line = f.line where f.rule is not null and f.rule <> 'outside'`);
}

function _shown(plan: ColumnPlan, sql: string): string {
  return plan.column.personal === true || plan.column.kind === 'hash' ? 'null::varchar' : `left(${sql}, 500)`;
}

async function _valuesOf(db: Database, plan: ColumnPlan): Promise<void> {
  const map = `map_${plan.index}`;
  const name = quoteText(plan.column.name);
  const [ruled] = await db.rows<{ kept: number; refused: number }>(
    `select count(*) filter (rule = '${PLACEHOLDER}' or txt is not null or num is not null) as kept,
       count(*) filter (rule <> '${PLACEHOLDER}' and txt is null and num is null) as refused from ${map} where rule is not null`,
  );
  if (ruled!.kept > 0)
    await db.run(`insert into remarks select ${fileOfSql('half.line')} as file, ${name}, m.rule, count(*) from half join ${map} m on m.sent = ${plan.open}
      where m.rule is not null and (m.rule = '${PLACEHOLDER}' or m.txt is not null or m.num is not null) and ${NOT_OUTSIDE} group by all`);
  if (ruled!.refused === 0) return;
  const message = _shown(plan, '').startsWith('null') ? `'the value does not fit its kind'` : 'm.message';
  await db.run(`insert into rejects select half.line, ${name}, ${_shown(plan, 'm.sent')}, m.rule, ${message}, false
    from half join ${map} m on m.sent = ${plan.open} where m.txt is null and m.num is null and m.rule is not null and m.rule <> '${PLACEHOLDER}' and ${NOT_OUTSIDE}`);
}

/** Numbers that are sound but whose unit is unknown, or that lie out of bounds once it is. */
async function _unitsOf(db: Database, table: CleanedTable, plan: ColumnPlan): Promise<void> {
  const unit = unitColumnOf(table, plan);
  if (unit === null) return;
  const clean = table.mapped.has(plan.index) ? plan.clean : plan.fast;
  await db.run(`insert into rejects select half.line, ${quoteText(plan.column.name)}, ${plan.sent},
      case when u${plan.index}.factor is null then 'unknown-unit' else 'out-of-range' end,
      case when u${plan.index}.factor is null then 'no factor from unit "' || coalesce(${unit.sent}, '') || '"' else 'lies outside its bounds in ${plan.column.unit!.to}' end, false
    from half ${joinsSql(table, [plan])} where (${clean}) is not null and (${valueSql(table, plan)}) is null and ${NOT_OUTSIDE}`);
}

/** Longitude and latitude in each other's place are told apart from a coordinate that is merely wrong. */
async function _swapped(db: Database, pair: readonly [ColumnPlan, ColumnPlan]): Promise<void> {
  const [lon, lat] = pair;
  const [a, b] = [numberBounds(lon.column), numberBounds(lat.column)];
  const names = [lon, lat].map((p) => quoteText(p.column.name)).join(', ');
  const wrong = `rule = 'out-of-range' and column_name in (${names})`;
  const [some] = await db.rows<{ n: number }>(`select count(*) as n from rejects where ${wrong}`);
  if (some!.n === 0) return;
  await db.run(`update rejects set rule = 'swapped-lat-lon', message = 'longitude and latitude look swapped'
    from (select half.line, try_cast(${lon.sent} as double) as x, try_cast(${lat.sent} as double) as y from half where half.line in (select line from rejects where ${wrong})) s
    where rejects.line = s.line and ${wrong} and s.y between ${a[0]} and ${a[1]} and s.x between ${b[0]} and ${b[1]}`);
}
