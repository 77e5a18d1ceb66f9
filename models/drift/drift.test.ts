import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normal, seeded } from '../../ingest/base/index.ts';
import { chiSquareTail } from './chi-square.ts';
import { type DriftSample, driftOf, holm } from './drift.ts';
import { shiftOf } from './psi.ts';
import { shareChange } from './share-change.ts';

describe('chiSquareTail', () => {
  it('gives the values of printed tables', () => {
    // Upper 5 % points of the chi-square distribution (any table): 1 → 3.841459, 2 → 5.991465, 5 → 11.070498, 10 → 18.307038, 100 → 124.342113.
    for (const [degrees, point] of [
      [1, 3.841459],
      [2, 5.991465],
      [5, 11.070498],
      [10, 18.307038],
      [100, 124.342113],
    ] as const)
      expect(chiSquareTail(point, degrees)).toBeCloseTo(0.05, 6);
    expect(chiSquareTail(0, 3)).toBe(1);
    expect(chiSquareTail(2000, 9)).toBeLessThan(1e-300);
    expect(() => chiSquareTail(1, 0)).toThrow(/degrees/);
  });

  it('falls in the statistic and rises in the degrees', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 300, noNaN: true }), fc.integer({ min: 1, max: 40 }), (x, k) => {
        expect(chiSquareTail(x * 1.01, k)).toBeLessThanOrEqual(chiSquareTail(x, k) + 1e-12);
        expect(chiSquareTail(x, k + 1)).toBeGreaterThanOrEqual(chiSquareTail(x, k) - 1e-12);
      }),
    );
  });
});

describe('shiftOf', () => {
  it('by hand: two values, three quarters against one quarter', () => {
    const shift = shiftOf([...Array(75).fill(0), ...Array(25).fill(1)], [...Array(25).fill(0), ...Array(75).fill(1)]);
    // (q − p) ln (q / p) with half a row added a bin: 2 × (50 / 101) × ln (75.5 / 25.5)
    expect(shift.psi).toBeCloseTo(2 * (50 / 101) * Math.log(75.5 / 25.5), 12);
    // two-sample chi-square of [[75, 25], [25, 75]] is 50 with one degree
    expect(shift.p).toBeCloseTo(chiSquareTail(50, 1), 20);
    expect(shift).toMatchObject({ bins: 2, medianBefore: 0, medianNow: 1 });
  });

  it('counts the missing as a value of their own, and constant features as unmoved', () => {
    const gone = shiftOf(Array(100).fill(3), [...Array(50).fill(3), ...Array(50).fill(Number.NaN)]);
    expect(gone).toMatchObject({ missingBefore: 0, missingNow: 0.5, bins: 2 });
    expect(gone.psi).toBeGreaterThan(0.25);
    expect(shiftOf(Array(9).fill(3), Array(9).fill(3))).toMatchObject({ p: 1 });
    expect(shiftOf(Array(9).fill(Number.NaN), [1, 2])).toMatchObject({ medianBefore: null });
    expect(() => shiftOf([], [1])).toThrow(/without rows/);
  });
});

it('compares shares as the pooled z-test does', () => {
  // 30 of 200 against 60 of 200: pooled 0.225, z² = 0.15² / (0.225 × 0.775 × 0.01) = 12.903
  expect(shareChange({ hits: 30, rows: 200 }, { hits: 60, rows: 200 }).p).toBeCloseTo(chiSquareTail(12.903226, 1), 8);
  expect(shareChange({ hits: 0, rows: 0 }, { hits: 1, rows: 2 })).toEqual({ before: null, now: 0.5, p: 1 });
});

it('adjusts by Holm: worked by hand', () => {
  const adjusted = holm([0.01, 0.04, 0.03]);
  [0.03, 0.06, 0.06].forEach((p, i) => expect(adjusted[i]).toBeCloseTo(p, 12));
  expect(holm([0.5, 0.9])).toEqual([1, 1]);
});

/** 20 features, of which the one named is shifted by so many standard deviations. */
function sampleOf(seed: number, rows: number, shifted: Record<number, number> = {}, base = 0.2): DriftSample {
  const random = seeded(seed);
  const column = (shift: number) => Float64Array.from({ length: rows }, () => normal(random) + shift);
  return {
    features: Array.from({ length: 20 }, (_, j) => `f${j}`),
    values: Array.from({ length: 20 }, (_, j) => column(shifted[j] ?? 0)),
    scores: column(0),
    labels: Float64Array.from({ length: rows }, () => (random() < 0.5 ? Number.NaN : random() < base ? 1 : 0)),
    delayDays: null,
  };
}

describe('driftOf', () => {
  const reference = sampleOf(1, 4000);

  it('names the feature that moved, and no other', () => {
    const report = driftOf(reference, sampleOf(2, 1000, { 7: 0.6 }));
    expect(report.alarms).toEqual(['f7']);
    expect(report.lines).toHaveLength(22);
    expect(report.lines[0]).toMatchObject({ what: 'f7', alarm: true });
  });

  it('raises the base rate', () => {
    expect(driftOf(reference, sampleOf(3, 1000, {}, 0.4)).alarms).toEqual(['(base rate)']);
  });

  it('cries wolf in at most about one batch of twenty when nothing has changed', () => {
    let alarms = 0;
    for (let seed = 100; seed < 300; seed++) if (driftOf(reference, sampleOf(seed, 500)).alarms.length > 0) alarms++;
    // 5 % of 200 is 10; 18 is beyond the 99 % point of that count
    expect(alarms).toBeLessThanOrEqual(18);
  });

  it('refuses a batch with other features', () => {
    const other = sampleOf(5, 50);
    expect(() => driftOf(reference, { ...other, features: other.features.with(0, 'g0') })).toThrow(/lacks f0/);
  });
});
