import { describe, expect, it } from 'vitest';
import { normal, seeded } from '../../ingest/base/index.ts';
import { ece } from '../evaluate/index.ts';
import { calibrate, calibrated, estimatePrior, logit, shiftPrior } from './index.ts';
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

describe('the share of positives of a population', () => {
  const random = seeded('prior');
  const drawn = (rows: number, share: number, apart: number): { labels: number[]; scores: number[] } => {
    const labels = Array.from({ length: rows }, (_, i) => (i < rows * share ? 1 : 0));
    return { labels, scores: labels.map((y) => 1 / (1 + Math.exp(-(apart * (y - 0.5) + normal(random))))) };
  };

  it('is recovered from scores alone when they part the classes', () => {
    const population = drawn(4000, 0.03, 3);
    const estimate = estimatePrior(drawn(600, 0.3, 3), population.scores, { random: seeded('a') });
    expect(estimate.share).toBeGreaterThan(0.0);
    expect(Math.abs(estimate.share! - 0.03)).toBeLessThan(0.03);
    expect(estimate.low).toBeLessThan(0.03);
    expect(estimate.high).toBeGreaterThan(0.03);
  });

  it('is not guessed from weak scores on few labels', () => {
    expect(
      estimatePrior(drawn(100, 0.2, 0.3), drawn(4000, 0.03, 0.3).scores, { random: seeded('b') }).share,
    ).toBeNull();
  });

  it('shifts probabilities as Bayes would: worked by hand', () => {
    // 0.5 at even odds is 1:9 at one in ten; 0.8 is 4:9.
    expect([...shiftPrior([0.5, 0.8], { from: 0.5, to: 0.1 })]).toEqual([
      expect.closeTo(0.1, 12),
      expect.closeTo(4 / 13, 12),
    ]);
    expect([...shiftPrior([0.2, 0.7], { from: 0.3, to: 0.3 })]).toEqual([
      expect.closeTo(0.2, 12),
      expect.closeTo(0.7, 12),
    ]);
  });

  it('refuses what cannot be a share or a sample', () => {
    expect(() => shiftPrior([0.5], { from: 0, to: 0.1 })).toThrow(/between 0 and 1/);
    expect(() => estimatePrior({ labels: [1, 1], scores: [0, 1] }, [0.5], { random })).toThrow(/both classes/);
    expect(() => estimatePrior({ labels: [0, 1], scores: [0, 1] }, [], { random })).toThrow(/no rows/);
  });
});
