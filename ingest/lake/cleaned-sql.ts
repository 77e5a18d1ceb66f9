import { unitFactor } from '../clean/index.ts';
import type { SourceDescription } from '../schema/index.ts';
import { quoteIdent, quoteText } from '../tables/index.ts';
import { type ColumnPlan, nameSql } from './column-plan.ts';

/** What cleaning of one file stands on. */
export interface CleanedTable {
  readonly description: SourceDescription;
  readonly plans: readonly ColumnPlan[];
  /** Columns with a `map_<i>`. */
  readonly mapped: ReadonlySet<number>;
  /** The pair of longitude and latitude, when the source has one. */
  readonly pair: readonly [lon: ColumnPlan, lat: ColumnPlan] | null;
}

/** The first longitude and latitude described, if both are. */
export function coordinatePair(plans: readonly ColumnPlan[]): CleanedTable['pair'] {
  const lon = plans.find((p) => p.column.kind === 'lon');
  const lat = plans.find((p) => p.column.kind === 'lat');
  return lon === undefined || lat === undefined ? null : [lon, lat];
}

/** Plan of the column that holds another's unit. */
export function unitColumnOf(table: CleanedTable, plan: ColumnPlan): ColumnPlan | null {
  const name = plan.column.unit?.fromColumn;
  return name === undefined ? null : (table.plans.find((p) => p.column.name === name) ?? null);
}

/** Joins to the maps of some columns. */
export function joinsSql(table: CleanedTable, plans: readonly ColumnPlan[]): string {
  const joins: string[] = [];
  for (const plan of plans) {
    if (table.mapped.has(plan.index))
      joins.push(`left join map_${plan.index} m${plan.index} on m${plan.index}.sent = ${plan.open}`);
    const unit = unitColumnOf(table, plan);
    if (unit !== null) joins.push(`left join units_${plan.index} u${plan.index} on u${plan.index}.sent = ${unit.sent}`);
  }
  return joins.join(' ');
}

/** SQL of one cleaned value over `half` and the joins: the plan's, times its row's unit. A number whose unit is not known is missing, never taken as it stands. */
export function valueSql(table: CleanedTable, plan: ColumnPlan): string {
  const clean = table.mapped.has(plan.index) ? plan.clean : plan.fast;
  const unit = plan.column.unit;
  if (unitColumnOf(table, plan) === null || unit === undefined) return clean;
  const fallback =
    unit.from === undefined
      ? 'null'
      : `case when ${unitColumnOf(table, plan)!.sent} is null then ${unitFactor(unit.from, unit.to)} end`;
  const value = `(${clean} * coalesce(u${plan.index}.factor, ${fallback}))`;
  const tests = [
    plan.column.min === undefined ? null : `${value} >= ${Number(plan.column.min)}`,
    plan.column.max === undefined ? null : `${value} <= ${Number(plan.column.max)}`,
  ];
  const within = tests.filter((t) => t !== null);
  return within.length === 0 ? value : `(case when ${within.join(' and ')} then ${value} end)`;
}

/** A query with `line` and the cleaned columns wanted (all when not said); `<name>_raw` and the datum beside them when `withRaw`. */
export function cleanedSql(
  table: CleanedTable,
  options: { readonly only?: ReadonlySet<string>; readonly withRaw?: boolean; readonly where?: string } = {},
): string {
  const needsPair = table.pair?.some((p) => options.only?.has(p.column.name) ?? true) ?? false;
  const wanted = table.plans.filter(
    (p) => options.only === undefined || options.only.has(p.column.name) || (needsPair && table.pair!.includes(p)),
  );
  const items = ['half.line as line'];
  for (const plan of wanted) {
    items.push(`${valueSql(table, plan)} as ${nameSql(plan)}`);
    if (options.withRaw === true && plan.keepsRaw)
      items.push(`${plan.open} as ${quoteIdent(`${plan.column.name}_raw`)}`);
  }
  const inner = `select ${items.join(', ')} from half ${joinsSql(table, wanted)}${options.where === undefined ? '' : ` where ${options.where}`}`;
  return `select ${_outerItems(table, wanted, options.withRaw === true, needsPair).join(', ')} from (${inner}) c${needsPair ? _datumJoin(table) : ''}`;
}

function _outerItems(
  table: CleanedTable,
  wanted: readonly ColumnPlan[],
  withRaw: boolean,
  needsPair: boolean,
): string[] {
  const items = ['c.line'];
  for (const plan of wanted) {
    const name = nameSql(plan);
    const inPair = needsPair && table.pair!.includes(plan);
    items.push(inPair ? `${_coordinate(table, plan)} as ${name}` : `c.${name}`);
    if (withRaw && plan.keepsRaw) {
      const raw = quoteIdent(`${plan.column.name}_raw`);
      items.push(`case when c.${raw} is distinct from c.${name} then c.${raw} end as ${raw}`);
    }
    if (withRaw && inPair) items.push(`${_inPair(table, `c.${name}`)} as ${quoteIdent(`${plan.column.name}_raw`)}`);
  }
  if (withRaw && needsPair) items.push(..._datumItems(table));
  return items;
}

/** A coordinate counts only with its other half, and not at 0, 0. */
function _inPair(table: CleanedTable, value: string): string {
  const [lon, lat] = table.pair!.map((p) => `c.${nameSql(p)}`);
  return `case when ${lon} is not null and ${lat} is not null and not (${lon} = 0 and ${lat} = 0) then ${value} end`;
}

function _coordinate(table: CleanedTable, plan: ColumnPlan): string {
  const column = plan.column.kind === 'lon' ? 'to_lon' : 'to_lat';
  const value = isShifted(table.description) ? `d.${column}` : `c.${nameSql(plan)}`;
  return _inPair(table, value);
}

/** Whether ingest itself converts: the source states a datum that is not WGS-84. */
export function isShifted(description: SourceDescription): boolean {
  return description.datum === 'gcj02' || description.datum === 'bd09';
}

function _datumJoin(table: CleanedTable): string {
  if (!isShifted(table.description)) return '';
  const [lon, lat] = table.pair!.map((p) => `c.${nameSql(p)}`);
  return ` left join datum_pairs d on d.lon = ${lon} and d.lat = ${lat}`;
}

function _datumItems(table: CleanedTable): string[] {
  const { datum } = table.description;
  const known = datum !== undefined && datum !== 'infer';
  const stated = _inPair(table, known ? quoteText(datum) : 'null::varchar');
  const confidence = _inPair(table, known ? '1.0::double' : '0.0::double');
  return [`${stated} as datum`, `${confidence} as datum_confidence`];
}
