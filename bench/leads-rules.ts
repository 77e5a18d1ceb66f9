import type { Matrix } from '../models/boost/index.ts';
import { auroc, quantileOfSorted } from '../models/evaluate/index.ts';
import type { Sample } from './leads-model.ts';

/** One line of a checklist: a point when a column lies on one side of a value. */
export interface CheckRule {
  readonly feature: string;
  readonly column: number;
  readonly above: boolean;
  readonly value: number;
}

/** Lines of a checklist at most: what an official can tick by hand. */
const LINES = 8;

/** A checklist of unit weights, as an office without a model would write it from its own records: of each numeric column the side of its 75th or 25th
 *  percentile that held more findings on the training rows; the eight that part best alone.
 *  @source Burgess 1928; Dawes 1979 on unit weights */
export function checklist(train: Sample): CheckRule[] {
  const { data, labels } = train;
  return data.features
    .flatMap((feature, column): { rule: CheckRule; value: number }[] => {
      if (feature.kind === 'category') return [];
      const sorted = Float64Array.from(columnOf(data, column).filter((v) => !Number.isNaN(v))).sort();
      if (sorted.length === 0) return [];
      return [true, false].map((above) => {
        const rule = { feature: feature.name, column, above, value: quantileOfSorted(sorted, above ? 0.75 : 0.25) };
        return { rule, value: auroc(labels, points([rule], data)) };
      });
    })
    .sort((a, b) => b.value - a.value || a.rule.column - b.rule.column || Number(b.rule.above) - Number(a.rule.above))
    .filter(({ rule }, i, all) => all.findIndex((other) => other.rule.column === rule.column) === i)
    .slice(0, LINES)
    .map(({ rule }) => rule);
}

/** Points of each row as a share of the list. */
export function points(rules: readonly CheckRule[], data: Matrix): Float64Array {
  return Float64Array.from({ length: data.rows }, (_, row) => {
    const met = rules.filter(({ column, above, value }) => {
      const own = data.values[column * data.rows + row]!;
      return above ? own > value : own < value;
    });
    return met.length / Math.max(1, rules.length);
  });
}

function columnOf(data: Matrix, column: number): Matrix['values'] {
  return data.values.subarray(column * data.rows, (column + 1) * data.rows);
}
