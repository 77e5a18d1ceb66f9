import { seeded } from '../ingest/base/index.ts';
import { matrixFromColumns, type FeatureInfo, type Matrix } from '../models/boost/index.ts';
import {
  carriedRate,
  composedRelations,
  degrees,
  directRate,
  foldsOf,
  linkSummary,
  nearestRate,
  neighboursOf,
  neighbourMean,
  neighbourSpread,
  outOfFold,
  parallelLinks,
  partOf,
  pastAtShared,
  rarity,
  returns,
  sharedRate,
  type Neighbours,
  type NodeValues,
  type Relation,
} from '../models/neighbourhood/index.ts';
import { numbersOfCells, type LeadSet } from './leads-data.ts';

/** Named columns over all nodes. */
export interface FeatureColumn {
  readonly info: FeatureInfo;
  readonly values: NodeValues;
}

/** How a set is to be read. */
export interface FeatureSettings {
  /** Columns that may not be features. */
  readonly without: readonly string[];
  /** Column with the time of a row, or null. */
  readonly time: string | null;
  /** Whether the split is by time: then only what was known before a row may speak of it. */
  readonly timeSplit: boolean;
  readonly graph: boolean;
}

const FOLDS = 10;

/** Columns that belong to outcomes or to other scorers, whatever the set. */
const NEVER = /^(outcome_|published_|label)/;

/** The columns of the table itself: numbers as they are, texts as categories by frequency. */
export function ownColumns(set: LeadSet, settings: FeatureSettings): FeatureColumn[] {
  const rows = labelled(set);
  return Object.entries(set.columns).flatMap(([name, cells]): FeatureColumn[] => {
    if (NEVER.test(name) || settings.without.includes(name)) return [];
    if (name === settings.time && settings.timeSplit) return seasonColumns(name, cells);
    const filled = rows.filter((row) => cells[row] !== '');
    if (filled.length === 0) return [];
    const values = numbersOfCells(cells);
    if (filled.every((row) => !Number.isNaN(values[row]!))) return [{ info: { name, kind: 'number' }, values }];
    return [{ info: { name, kind: 'category' }, values: codesOf(cells) }];
  });
}

function labelled(set: LeadSet): number[] {
  return Array.from(set.labels.keys()).filter((row) => !Number.isNaN(set.labels[row]!));
}

function codesOf(cells: readonly string[]): NodeValues {
  const levels = new Map(
    [...new Set(cells)]
      .filter((cell) => cell !== '')
      .sort((a, b) => (a < b ? -1 : 1))
      .map((cell, i) => [cell, i]),
  );
  return Float64Array.from(cells, (cell) => levels.get(cell) ?? NaN);
}

/** What is left of a date when time itself may not be learned: weekday and day of the year. */
function seasonColumns(name: string, cells: readonly string[]): FeatureColumn[] {
  if (!cells.some((cell) => /^\d{4}-/.test(cell))) return [];
  const days = numbersOfCells(cells);
  const yearDay = cells.map((cell, i) =>
    cell === '' ? NaN : days[i]! - Date.parse(`${cell.slice(0, 4)}-01-01`) / 86_400_000,
  );
  return [
    { info: { name: `${name}:weekday`, kind: 'number' }, values: days.map((day) => (day + 4) % 7) },
    { info: { name: `${name}:dayOfYear`, kind: 'number' }, values: Float64Array.from(yearDay) },
  ];
}

/** What the graph says without labels (with `outgoingOnly` along the links only): degrees, numbers on links, means and spread over neighbours at one and two steps. */
export function graphColumns(set: LeadSet, own: readonly FeatureColumn[], outgoingOnly = false): FeatureColumn[] {
  const { network } = set;
  const out: FeatureColumn[] = [];
  const add = (name: string, values: NodeValues): void => {
    const rows = labelled(set);
    const first = rows.map((row) => values[row]!).find((value) => value === value);
    if (first === undefined || rows.every((row) => values[row] === first)) return;
    out.push({ info: { name, kind: 'number' }, values });
  };
  for (const relation of network.relations.flatMap(withUnusual)) {
    for (const direction of outgoingOnly ? (['out'] as const) : (['out', 'in'] as const)) {
      const neighbours = neighboursOf(network, [relation], direction);
      add(`${relation.name}:${direction}:degree`, degrees(neighbours));
      add(`${relation.name}:${direction}:distinct`, distinctTargets(neighbours));
      for (const [value, numbers] of Object.entries(relation.values)) {
        for (const [name, column] of Object.entries(linkSummary(neighbours, numbers)))
          add(`${relation.name}:${direction}:${value}:${name}`, column as NodeValues);
      }
    }
  }
  for (const relation of outgoingOnly ? [] : network.relations.flatMap(withUnusual)) {
    if (Object.keys(relation.values).length === 0 || !joinsRows(set, relation)) continue;
    const back = returns(network, [relation], { most: 6, cap: 20, tries: 3000 });
    add(`${relation.name}:return:shortest`, back.shortest);
    add(`${relation.name}:return:ways`, back.ways);
  }
  const all = neighboursOf(network, network.relations, outgoingOnly ? 'out' : 'both');
  add('all:degree', degrees(all));
  add('all:degree:mean', neighbourMean(all, degrees(all)));
  for (const { info, values } of own) {
    if (info.kind === 'category') continue;
    const one = neighbourMean(all, values);
    const two = neighbourMean(all, one);
    const spread = neighbourSpread(all, values);
    add(`${info.name}:mean1`, one);
    add(`${info.name}:mean2`, two);
    add(`${info.name}:max1`, spread.max);
    add(`${info.name}:deviation1`, spread.deviation);
  }
  return out;
}

/** A relation with how alone each of its values stands, and the part of it whose values are not their sender's usual one. */
function withUnusual(relation: Relation): Relation[] {
  const measured = Object.entries(relation.values).filter(
    ([name, values]) => name !== 'time' && values.some((value) => value === value),
  );
  if (measured.length === 0) return [relation];
  const values: Record<string, Float64Array> = { ...relation.values, parallel: parallelLinks(relation) };
  for (const [name, numbers] of measured) {
    values[`${name}:rareFrom`] = rarity(relation, numbers, 'from');
    values[`${name}:rareTo`] = rarity(relation, numbers, 'to');
  }
  const first = values[`${measured[0]![0]}:rareFrom`]!;
  return [{ ...relation, values }, partOf(relation, `${relation.name}:unusual`, (link) => first[link]! >= 0.5)];
}

function joinsRows(set: LeadSet, relation: Relation): boolean {
  const type = rowType(set);
  return relation.from.length > 0 && set.types[relation.from[0]!] === type && set.types[relation.to[0]!] === type;
}

function distinctTargets(neighbours: Neighbours): NodeValues {
  return Float64Array.from(
    { length: neighbours.starts.length - 1 },
    (_, node) => new Set(neighbours.targets.subarray(neighbours.starts[node]!, neighbours.starts[node + 1]!)).size,
  );
}

/** What known labels say of a node's surroundings; `wide` adds what is two links away and what is near on the map. @param known  labels that may be used, NaN elsewhere */
export function labelColumns(
  set: LeadSet,
  known: Float64Array,
  settings: FeatureSettings & { readonly wide: boolean },
): FeatureColumn[] {
  const { network } = set;
  const names: string[] = [];
  const all = neighboursOf(network, network.relations, 'both');
  const groups = hubsOf(set, settings.wide);
  const make = (labels: Float64Array): NodeValues[] => {
    names.length = 0;
    const columns: NodeValues[] = [];
    const add = (name: string, values: NodeValues): void => {
      names.push(name);
      columns.push(values);
    };
    for (const { name, neighbours } of groups) {
      const direct = directRate(neighbours, labels, 2);
      add(`${name}:rate1`, direct.rate);
      add(`${name}:known1`, direct.known);
      const shared = sharedRate(neighbours, labels, 2);
      add(`${name}:rate2`, shared.rate);
      add(`${name}:known2`, shared.known);
      add(`${name}:highest2`, shared.highest);
    }
    add('all:carried3', carriedRate(all, labels, { steps: 3, pull: 0.8 }));
    add('all:carried10', carriedRate(all, labels, { steps: 10, pull: 0.5 }));
    return columns;
  };
  const columns = settings.timeSplit ? [] : outOfFold(known, foldsOf(known, FOLDS, seeded('folds')), make);
  const out = columns.map((values, i): FeatureColumn => ({ info: { name: names[i]!, kind: 'number' }, values }));
  if (settings.time !== null) out.push(...pastColumns(set, known, settings));
  return out;
}

function pastColumns(
  set: LeadSet,
  known: Float64Array,
  settings: FeatureSettings & { readonly wide: boolean },
): FeatureColumn[] {
  const times = numbersOfCells(set.columns[settings.time!]!);
  const sorted = times.filter((time) => time === time).sort();
  const halfLife = (sorted.at(-1)! - sorted[0]!) / 6;
  const hubs = hubsOf(set, settings.wide).flatMap(({ name, neighbours }) =>
    Object.entries(pastAtShared(neighbours, { times, labels: known, prior: 3, halfLife })).map(
      ([what, values]): FeatureColumn => ({
        info: { name: `${name}:past:${what}`, kind: 'number' },
        values: values as NodeValues,
      }),
    ),
  );
  return settings.wide ? [...placeColumns(set, known, settings.timeSplit ? times : null), ...hubs] : hubs;
}

/** Neighbours by each relation, with `wide` those two links long among them, and by all together. */
function hubsOf(set: LeadSet, wide: boolean): { name: string; neighbours: Neighbours }[] {
  const isRow = Uint8Array.from(set.types, (type) => (type === rowType(set) ? 1 : 0));
  const { network } = set;
  const composed = wide ? composedRelations(network.relations, isRow) : [];
  const relations = [...network.relations.flatMap(withUnusual), ...composed];
  const each = relations.map((relation) => ({
    name: relation.name,
    neighbours: neighboursOf(network, [relation], 'both'),
  }));
  if (network.relations.length > 0)
    each.push({ name: 'all', neighbours: neighboursOf(network, network.relations, 'both') });
  return relations.length === 1 ? each.slice(1) : each;
}

/** Outcomes of the nearest rows on the map, where the table has coordinates. */
function placeColumns(set: LeadSet, known: Float64Array, times: NodeValues | null): FeatureColumn[] {
  const [latitude, longitude] = [set.columns['latitude'], set.columns['longitude']];
  if (latitude === undefined || longitude === undefined) return [];
  const of = { latitude: numbersOfCells(latitude), longitude: numbersOfCells(longitude), times, labels: known };
  return [20, 100].map((count): FeatureColumn => ({
    info: { name: `nearest${count}:rate`, kind: 'number' },
    values: nearestRate(of, { count, prior: 5 }).rate,
  }));
}

/** The type of the rows with labels. */
function rowType(set: LeadSet): string | undefined {
  return set.types[set.labels.findIndex((label) => label === label)];
}

/** Rows of some columns as a matrix. */
export function matrixOf(columns: readonly FeatureColumn[], rows: readonly number[]): Matrix {
  return matrixFromColumns(
    columns.map((column) => column.info),
    columns.map((column) => rows.map((row) => column.values[row]!)),
  );
}
