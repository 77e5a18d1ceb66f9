import { type Matrix, treeShap } from '../boost/index.ts';
import type { LinearColumn } from '../linear/index.ts';
import type { LeadModel } from '../registry/index.ts';

/** How much each feature moved the score of each asked row: row after row, `values[i * features + f]`; bias + the sum of a row is its score. */
export interface ScoreParts {
  readonly values: Float64Array;
  readonly features: number;
  readonly bias: number;
}

/** Exact contributions: TreeSHAP for trees, weight × distance from the mean for a logistic regression. On the learner's own scale:
 *  log-odds, and for a forest the share of trees' positives. */
export function contributionsOf(model: LeadModel, data: Matrix, rows: ArrayLike<number>): ScoreParts {
  const { learner } = model;
  if (learner.kind === 'trees') return treeShap(learner.trees, data, rows);
  const features = data.features.length;
  const values = new Float64Array(rows.length * features);
  learner.logistic.columns.forEach((column, c) => {
    const weight = learner.logistic.weights[c]!;
    for (let i = 0; i < rows.length; i++)
      values[i * features + column.feature]! +=
        weight * _cell(column, data.values[column.feature * data.rows + rows[i]!]!);
  });
  return { values, features, bias: learner.logistic.intercept };
}

/** A cell of the logistic design: standardised value, indicator of missing, or level; every column has mean 0 in training. */
function _cell(column: LinearColumn, value: number): number {
  if (column.kind === 'level') return (value === column.code ? 1 : 0) - column.mean;
  const known = Number.isFinite(value);
  if (column.kind === 'missing') return (known ? 0 : 1) - column.mean;
  return known ? (value - column.mean) / column.scale : 0;
}
