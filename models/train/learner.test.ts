import { expect, it } from 'vitest';
import { normal, seeded } from '../../ingest/base/index.ts';
import type { Matrix } from '../boost/index.ts';
import { SETTINGS, fitLearner, marginsOf } from './learner.ts';

it('a logistic regression on more findings than its budget of rows still sees rows without one', () => {
  const random = seeded(1);
  // 400 features allow 312 rows a step; there are 600 findings.
  const [rows, features] = [1500, 400];
  const labels = Float64Array.from({ length: rows }, (_, i) => (i < 600 ? 1 : 0));
  const values = Float64Array.from({ length: rows * features }, (_, k) =>
    k < rows ? labels[k]! + 0.3 * normal(random) : normal(random),
  );
  const data: Matrix = {
    rows,
    features: Array.from({ length: features }, (_, f) => ({ name: `f${f}`, kind: 'number' as const })),
    values,
  };
  const logistic = SETTINGS.find((s) => s.learner === 'logistic')!;
  const ones = new Float64Array(rows).fill(1);
  const fitted = fitLearner(logistic, { data, labels, checked: new Uint8Array(rows).fill(1), weights: ones, seed: 1 });
  const margins = marginsOf(fitted, data);
  const mean = (of: 0 | 1): number => margins.filter((_, i) => labels[i] === of).reduce((a, b) => a + b, 0);
  expect(mean(1) / 600).toBeGreaterThan(mean(0) / 900 + 1);
});
