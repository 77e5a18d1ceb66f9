import { type Coded, type Comparison, type Level, MISSING, editDistance, jaroWinkler, level } from '../core/index.ts';
import { valueComparison } from '../core/index.ts';
import { exactBands } from './bands.ts';
import { type SimpleDate, dateAgreement, parseDate } from './dates.ts';

/** What every builder gets: the column's folded values, coded. */
export interface ColumnInput {
  readonly name: string;
  readonly values: Coded;
  /** Where a kept model is used on other rows: how many leading rows and leading distinct values it was learnt from; absent = all. */
  readonly learnt?: { readonly rows: number; readonly distinct: number };
  /** Per value, 1 = spread over many places, so that sharing it says less; absent = not known. */
  readonly spread?: Uint8Array;
}

/** The rows that say how common a value is, under the dictionary of all rows. */
export function learntValues(input: ColumnInput): Coded {
  if (input.learnt === undefined) return input.values;
  return { codes: input.values.codes.subarray(0, input.learnt.rows), values: input.values.values };
}

/** Levels after the exact bands, with a function from two differing values to their index among these levels. */
function _withBands(
  input: ColumnInput,
  m: number,
  others: readonly Level[],
  differ: (a: number, b: number) => number,
): Comparison {
  const bands = exactBands(learntValues(input), m);
  const { spread } = input;
  const wide = spread?.includes(1) === true ? [level('same, in many places', 0.05, 5e-4)] : [];
  const offset = 1 + bands.levels.length + wide.length;
  return valueComparison(input.name, input.values, [MISSING, ...bands.levels, ...wide, ...others], {
    equal: (code) => (wide.length > 0 && spread![code] === 1 ? offset - 1 : 1 + bands.bandOf[code]!),
    differ: (a, b) => offset + differ(a, b),
  });
}

/** One or two words: names, towns. Close by Jaro–Winkler, or one the beginning of the other. */
export function shortComparison(input: ColumnInput): Comparison {
  const v = input.values.values;
  const others = [
    level('very close', 0.08, 0.0008),
    level('close', 0.04, 0.006),
    level('beginning or initial', 0.02, 0.01),
    level('different', 0.1, 0.97),
  ];
  return _withBands(input, 0.76, others, (a, b) => {
    const x = v[a]!;
    const y = v[b]!;
    const s = jaroWinkler(x, y);
    if (s >= 0.92) return 0;
    if (x.startsWith(y) || y.startsWith(x)) return 2;
    return s >= 0.84 ? 1 : 3;
  });
}

/** Codes and numbers that name something: equal, one slip apart, or not. */
export function codeComparison(input: ColumnInput): Comparison {
  const v = input.values.values;
  const others = [level('one slip', 0.05, 0.002), level('different', 0.12, 0.99)];
  return _withBands(input, 0.83, others, (a, b) => {
    const x = v[a]!;
    const y = v[b]!;
    return Math.min(x.length, y.length) >= 4 && editDistance(x, y, 1) <= 1 ? 0 : 1;
  });
}

/** Few values, often repeated. */
export function categoryComparison(input: ColumnInput): Comparison {
  return _withBands(input, 0.85, [level('different', 0.15, 0.8)], () => 0);
}

/** Mail addresses: equal, same or close local part. */
export function emailComparison(input: ColumnInput): Comparison {
  const local = input.values.values.map((x) => x.split('@')[0]!);
  const v = input.values.values;
  const others = [level('same local part', 0.08, 0.0005), level('close', 0.1, 0.001), level('different', 0.15, 0.998)];
  return _withBands(input, 0.67, others, (a, b) => {
    if (local[a] === local[b] && local[a] !== '') return 0;
    return jaroWinkler(v[a]!, v[b]!) >= 0.92 || jaroWinkler(local[a]!, local[b]!) >= 0.92 ? 1 : 2;
  });
}

/** Calendar dates, whole or in part. */
export function dateComparison(input: ColumnInput): Comparison {
  const dates = input.values.values.map(parseDate);
  const others = [
    level('day and month swapped', 0.02, 0.0003),
    level('one digit off', 0.06, 0.002),
    level('year agrees, the rest unknown', 0.03, 0.015),
    level('two of three parts', 0.04, 0.004),
    level('year within one', 0.03, 0.03),
    level('different', 0.08, 0.95),
  ];
  return _withBands(input, 0.74, others, (a, b) =>
    dateAgreement(dates[a] as SimpleDate | null, dates[b] as SimpleDate | null),
  );
}

/** Years: equal, next to one another, near. */
export function yearComparison(input: ColumnInput): Comparison {
  const v = input.values.values.map(Number);
  const others = [level('one apart', 0.08, 0.06), level('two or three apart', 0.03, 0.1), level('farther', 0.04, 0.79)];
  return _withBands(input, 0.85, others, (a, b) => {
    const d = Math.abs(v[a]! - v[b]!);
    return d <= 1 ? 0 : d <= 3 ? 1 : 2;
  });
}

/** Amounts: by ratio. */
export function numberComparison(input: ColumnInput): Comparison {
  const v = input.values.values.map((x) => Number(x.replace(/[^\d.-]/g, '')));
  const others = [
    level('within 2 %', 0.1, 0.01),
    level('within 15 %', 0.15, 0.05),
    level('within half', 0.15, 0.2),
    level('farther', 0.15, 0.73),
  ];
  return _withBands(input, 0.45, others, (a, b) => {
    const high = Math.max(Math.abs(v[a]!), Math.abs(v[b]!));
    const apart = high === 0 ? 0 : Math.abs(v[a]! - v[b]!) / high;
    return apart <= 0.02 ? 0 : apart <= 0.15 ? 1 : apart <= 0.5 ? 2 : 3;
  });
}
