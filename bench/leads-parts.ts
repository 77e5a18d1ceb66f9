import { InputError, seeded } from '../ingest/base/index.ts';
import { numbersOfCells, type LeadSet } from './leads-data.ts';
import { holdBack } from './leads-model.ts';
import type { SetRules } from './leads-sets.ts';

/** Rows to learn from, to choose on and to be judged on. */
export interface Part {
  readonly name: string;
  readonly train: number[];
  readonly validation: number[];
  readonly test: number[];
  /** Test rows are later than training rows: only what was known before a row may speak of it. */
  readonly timeSplit: boolean;
  readonly refit: boolean;
}

/** Share of the rows, the earliest, before the first rolling origin, and periods behind it. */
const ROLLING = { first: 0.4, periods: 6 };

/** The splits that are asked for: one of the set's families of columns, `all`, `time` (last fifth), `rolling` (six later periods, each learnt from all before it),
 *  or folds where the set names no split. @throws InputError `no-split`, `no-time` */
export function partsOf(set: LeadSet, rules: SetRules, asked: string | undefined): Part[] {
  const rows = Array.from(set.labels.keys()).filter((row) => !Number.isNaN(set.labels[row]!));
  const wanted = asked ?? rules.split ?? firstSplit(set);
  if (wanted === null) return foldParts(set, rules, rows);
  if (wanted === 'time') return [periodPart(set, rules, { name: 'time', rows, from: 0.8, until: 1 })];
  if (wanted === 'rolling') return rollingParts(set, rules, rows);
  const names = Object.keys(set.splits).filter(
    (name) => wanted === 'all' || name === wanted || name.replace(/_\d+$/, '') === wanted,
  );
  if (names.length === 0)
    throw new InputError('no-split', `leads: no split "${wanted}"; there are ${Object.keys(set.splits).join(', ')}`);
  return names.map((name) => {
    const of = (part: string): number[] => rows.filter((row) => set.splits[name]![row] === part);
    return finishPart(set, rules, { name, train: of('train'), validation: of('val'), test: of('test') });
  });
}

/** The first family of split columns of a set that has no rule of its own: `official_0` … `official_9` are one family. */
function firstSplit(set: LeadSet): string | null {
  return Object.keys(set.splits)[0]?.replace(/_\d+$/, '') ?? null;
}

function finishPart(
  set: LeadSet,
  rules: SetRules,
  part: { name: string; train: number[]; validation: number[]; test: number[]; isPeriod?: boolean },
): Part {
  const timeSplit = part.isPeriod === true || rules.timeSplits.includes(part.name);
  const own = { name: part.name, test: part.test, timeSplit };
  if (part.validation.length > 0) return { ...own, train: part.train, validation: part.validation, refit: rules.refit };
  const times = timeSplit && rules.time !== null ? numbersOfCells(set.columns[rules.time]!) : null;
  const [train, validation] = holdBack(part.train, set.labels, { share: 0.2, times, seed: 'hold back' });
  return { ...own, train, validation, refit: true };
}

function foldParts(set: LeadSet, rules: SetRules, rows: readonly number[]): Part[] {
  const random = seeded('folds of the bench');
  const keys = new Map(rows.map((row) => [row, random()]));
  const fold = new Map<number, number>();
  for (const label of [0, 1]) {
    const own = rows.filter((row) => set.labels[row] === label).sort((a, b) => keys.get(a)! - keys.get(b)!);
    own.forEach((row, i) => fold.set(row, i % rules.folds));
  }
  return Array.from({ length: rules.folds }, (_, k) =>
    finishPart(set, rules, {
      name: `fold ${k}`,
      train: rows.filter((row) => fold.get(row) !== k),
      validation: [],
      test: rows.filter((row) => fold.get(row) === k),
    }),
  );
}

function rollingParts(set: LeadSet, rules: SetRules, rows: readonly number[]): Part[] {
  const { first, periods } = ROLLING;
  const at = (k: number): number => first + ((1 - first) * k) / periods;
  return Array.from({ length: periods }, (_, k) =>
    periodPart(set, rules, { name: `rolling ${k + 1}/${periods}`, rows, from: at(k), until: at(k + 1) }),
  );
}

/** Rows of a period by share of the rows in order of time; learnt from all rows before it. */
function periodPart(
  set: LeadSet,
  rules: SetRules,
  of: { name: string; rows: readonly number[]; from: number; until: number },
): Part {
  if (rules.time === null)
    throw new InputError('no-time', `leads: ${set.name} has no time column; --split ${of.name} needs one`);
  const times = numbersOfCells(set.columns[rules.time]!);
  const order = [...of.rows].sort((a, b) => times[a]! - times[b]! || a - b);
  const cut = (share: number): number => Math.round(order.length * share);
  return finishPart(set, rules, {
    name: of.name,
    train: order.slice(0, cut(of.from)),
    validation: [],
    test: order.slice(cut(of.from), cut(of.until)),
    isPeriod: true,
  });
}
