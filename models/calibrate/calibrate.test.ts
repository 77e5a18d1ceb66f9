import { describe, expect, it } from 'vitest';
import { seeded } from '../../ingest/base/index.ts';
import { ece } from '../evaluate/index.ts';
import { calibrate, calibrated, logit } from './index.ts';
import { fitIsotonic } from './isotonic.ts';

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

/** Scores that say `distort(log-odds)`, labels by the true log-odds. */
function distorted(rows: number, distort: (z: number) => number, seed: number): { labels: number[]; logits: number[] } {
  const random = seeded(seed);
  const z = Array.from({ length: rows }, () => random() * 6 - 4);
  return { labels: z.map((value) => (random() < sigmoid(value) ? 1 : 0)), logits: z.map(distort) };
}

describe('calibration', () => {
  it('pools violators as worked by hand', () => {
    // Shares 0, 1, 0, 1 by score: the middle two pool to 1/2; each block is drawn to the mean 1/2 by one row.
    const map = fitIsotonic([0, 1, 0, 1], [1, 2, 3, 4]);
    expect(map.scores).toEqual([1, 2, 3, 4]);
    expect(map.probabilities).toEqual([0.25, 0.5, 0.5, 0.75]);
  });

  it('equal scores are one point, in any row order', () => {
    const a = fitIsotonic([1, 0, 0, 1, 1], [2, 2, 1, 3, 3]);
    const b = fitIsotonic([1, 0, 1, 0, 1], [3, 1, 2, 2, 3]);
    expect(a).toEqual(b);
    expect(a.scores).toEqual([1, 2, 3]);
  });

  it.each(['isotonic', 'beta', 'platt'] as const)('%s undoes over-confidence and never falls', (method) => {
    const { labels, logits } = distorted(6000, (z) => 3 * z + 1, 5);
    const later = distorted(6000, (z) => 3 * z + 1, 6);
    const map = calibrate(labels, logits, { method });
    expect(ece(later.labels, later.logits.map(sigmoid))).toBeGreaterThan(0.12);
    expect(ece(later.labels, calibrated(map, later.logits))).toBeLessThan(0.025);
    const grid = calibrated(
      map,
      Array.from({ length: 400 }, (_, i) => i / 10 - 20),
    );
    for (let i = 1; i < grid.length; i++) expect(grid[i]).toBeGreaterThanOrEqual(grid[i - 1]!);
    expect(grid.every((p) => p > 0 && p < 1)).toBe(true);
  });

  it('scores that point the wrong way give a flat map at the base rate, not a turned one', () => {
    const { labels, logits } = distorted(2000, (z) => -z, 8);
    const base = labels.reduce((a, b) => a + b, 0) / labels.length;
    for (const method of ['isotonic', 'beta', 'platt'] as const) {
      const out = calibrated(calibrate(labels, logits, { method }), [-3, 0, 3]);
      expect(out[0]).toBeLessThanOrEqual(out[2]!);
      expect(Math.abs(out[1]! - base)).toBeLessThan(0.05);
    }
  });

  it('the map is chosen by how many of the rarer class there are', () => {
    const { labels, logits } = distorted(4000, (z) => z, 9);
    expect(calibrate(labels, logits).map.kind).toBe('isotonic');
    expect(calibrate(labels.slice(0, 800), logits.slice(0, 800)).map.kind).toBe('beta');
    expect(calibrate(labels.slice(0, 120), logits.slice(0, 120)).map.kind).toBe('platt');
  });

  it('weights count like repeated rows', () => {
    const { labels, logits } = distorted(150, (z) => 2 * z, 4);
    const weights = labels.map((_, i) => 1 + (i % 2));
    const rows = weights.flatMap((weight, i) => Array.from({ length: weight }, () => i));
    for (const method of ['isotonic', 'beta', 'platt'] as const) {
      const a = calibrated(calibrate(labels, logits, { method, weights }), [-2, 0, 2]);
      const b = calibrated(
        calibrate(
          rows.map((i) => labels[i]!),
          rows.map((i) => logits[i]!),
          { method },
        ),
        [-2, 0, 2],
      );
      a.forEach((p, i) => expect(p).toBeCloseTo(b[i]!, 6));
    }
  });

  it('refuses one class and wrong lengths; log-odds are bounded', () => {
    expect(() => calibrate([1, 1], [1, 2])).toThrow(/alike/);
    expect(() => calibrate([1], [1, 2])).toThrow(/1 labels for 2/);
    expect([logit(0), logit(1), logit(0.5)]).toEqual([-30, 30, 0]);
  });
});
