import { describe, expect, it } from 'vitest';
import { seeded } from '../../ingest/base/index.ts';
import { matrixFromColumns } from '../boost/index.ts';
import { predictLogistic, trainLogistic } from './index.ts';
import { solveSymmetric } from './solve.ts';

describe('logistic regression', () => {
  it('two groups by hand: without a penalty the margin is the log-odds of each group', () => {
    const x = [0, 0, 0, 0, 1, 1, 1, 1, 1];
    const labels = [1, 0, 0, 0, 1, 1, 1, 0, 0];
    const matrix = matrixFromColumns([{ name: 'x', kind: 'number' }], [x]);
    const margins = predictLogistic(trainLogistic(matrix, labels, { l2: 0 }), matrix);
    expect(margins[0]).toBeCloseTo(Math.log(1 / 3), 5);
    expect(margins[8]).toBeCloseTo(Math.log(3 / 2), 5);
  });

  it('a category without a penalty gives each level its own log-odds', () => {
    const code = [0, 0, 0, 1, 1, 1, 2, 2, 2, 2];
    const labels = [1, 0, 0, 1, 1, 0, 1, 1, 1, 0];
    const matrix = matrixFromColumns([{ name: 'k', kind: 'category' }], [code]);
    const margins = predictLogistic(trainLogistic(matrix, labels, { l2: 0 }), matrix);
    expect([margins[0], margins[3], margins[6]].map((m) => m!.toFixed(4))).toEqual(
      [Math.log(1 / 2), Math.log(2), Math.log(3)].map((m) => m.toFixed(4)),
    );
  });

  it('finds planted weights, and missing is its own signal', () => {
    const random = seeded(3);
    const rows = 6000;
    const a: number[] = [];
    const b: (number | null)[] = [];
    const labels: number[] = [];
    for (let r = 0; r < rows; r++) {
      const [x, y, gone] = [random() * 2 - 1, random() * 2 - 1, random() < 0.3];
      a.push(x);
      b.push(gone ? null : y);
      labels.push(random() < 1 / (1 + Math.exp(-(2 * x - y * (gone ? 0 : 1) + (gone ? 1 : 0)))) ? 1 : 0);
    }
    const matrix = matrixFromColumns(
      [
        { name: 'a', kind: 'number' },
        { name: 'b', kind: 'number' },
      ],
      [a, b],
    );
    const model = trainLogistic(matrix, labels, { l2: 0.01 });
    const asked = matrixFromColumns(matrix.features, [
      [0, 1, 0, 0],
      [0, 0, 1, null],
    ]);
    const [zero, up, other, missing] = predictLogistic(model, asked);
    expect(up! - zero!).toBeCloseTo(2, 0);
    expect(other! - zero!).toBeCloseTo(-1, 0);
    expect(missing! - zero!).toBeGreaterThan(0.7);
  });

  it('separable, constant and all-missing columns do not break it', () => {
    const labels = [0, 0, 0, 1, 1, 1];
    const matrix = matrixFromColumns(
      ['x', 'c', 'm'].map((name) => ({ name, kind: 'number' as const })),
      [labels, labels.map(() => 2), labels.map(() => null)],
    );
    const model = trainLogistic(matrix, labels);
    expect(model.columns.length).toBe(1);
    expect(model.weights.every(Number.isFinite)).toBe(true);
  });

  it('refuses one class and wrong lengths', () => {
    const matrix = matrixFromColumns([{ name: 'x', kind: 'number' }], [[1, 2]]);
    expect(() => trainLogistic(matrix, [1, 1])).toThrow(/alike/);
    expect(() => trainLogistic(matrix, [1])).toThrow(/1 labels for 2 rows/);
  });

  it('solves a system worked by hand', () => {
    expect([...solveSymmetric(Float64Array.of(4, 2, 2, 3), Float64Array.of(10, 9))].map((x) => x.toFixed(9))).toEqual([
      '1.500000000',
      '2.000000000',
    ]);
  });
});
