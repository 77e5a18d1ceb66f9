import { type Matrix, treeShap } from '../boost/index.ts';
import type { LinearColumn } from '../linear/index.ts';
import type { LeadModel } from '../registry/index.ts';
import { shareLogOdds } from '../train/index.ts';

/** How much each feature moved the score of each asked row: row after row, `values[i * features + f]`; bias + the sum of a row is its score. */
export interface ScoreParts {
  readonly values: Float64Array;
  readonly features: number;
  readonly bias: number;
}

/** Exact contributions in log-odds: TreeSHAP for trees, weight × distance from the mean for a logistic regression. A forest's are shares of positives;
 *  each row's are stretched by one positive factor, so that they too sum to its log-odds and keep their proportions. */
export function contributionsOf(model: LeadModel, data: Matrix, rows: ArrayLike<number>): ScoreParts {
  const { learner } = model;
  if (learner.kind === 'trees') {
    const parts = treeShap(learner.trees, data, rows);
    return learner.trees.objective === 'logistic' ? parts : _inLogOdds(parts);
  }
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

function _inLogOdds({ values, features, bias }: ScoreParts): ScoreParts {
  const out = values.slice();
  const start = shareLogOdds(bias);
  for (let from = 0; from < out.length; from += features) {
    const row = out.subarray(from, from + features);
    const sum = row.reduce((a, b) => a + b, 0);
    const share = Math.min(1, Math.max(0, bias));
    const stretch =
      Math.abs(sum) < 1e-12 ? 1 / Math.max(1e-4, share * (1 - share)) : (shareLogOdds(bias + sum) - start) / sum;
    for (let f = 0; f < features; f++) row[f]! *= stretch;
  }
  return { values: out, features, bias: start };
}

/** A cell of the logistic design: standardised value, indicator of missing, or level; every column has mean 0 in training. */
function _cell(column: LinearColumn, value: number): number {
  if (column.kind === 'level') return (value === column.code ? 1 : 0) - column.mean;
  const known = Number.isFinite(value);
  if (column.kind === 'missing') return (known ? 0 : 1) - column.mean;
  return known ? (value - column.mean) / column.scale : 0;
}
