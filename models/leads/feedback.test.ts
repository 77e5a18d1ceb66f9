import { describe, expect, it } from 'vitest';
import { seeded } from '../../ingest/base/index.ts';
import { type CheckedLead, foundShare } from './feedback.ts';
import { picksOf } from './picks.ts';

const random = seeded('feedback');

describe('foundShare', () => {
  it('counts each check for those it was drawn from: worked by hand', () => {
    // Two certain finds; of ten others two were drawn, one a find: (2 + 5) of 12.
    const checks: CheckedLead[] = [
      { chance: 1, found: true },
      { chance: 1, found: true },
      { chance: 0.2, found: true },
      { chance: 0.2, found: false },
    ];
    const { corrected, naive } = foundShare(checks, { random });
    expect(corrected.value).toBeCloseTo(7 / 12, 12);
    expect(naive.value).toBe(0.75);
    expect(corrected.low).toBeLessThan(corrected.value);
    // The two certain ones are found whatever the others hold: 2 of 12 at least.
    expect(corrected.low).toBeGreaterThanOrEqual(2 / 12);
  });

  it('is certain where everybody was checked, and stays open where no exploration pick found anything', () => {
    const all = [true, false, true, false].map((found) => ({ chance: 1, found }));
    expect(foundShare(all, { random }).corrected).toEqual({ value: 0.5, low: 0.5, high: 0.5 });
    const none = [...all, ...Array.from({ length: 20 }, () => ({ chance: 0.1, found: false }))];
    const { corrected } = foundShare(none, { random });
    expect(corrected.value).toBeCloseTo(2 / 204, 12);
    expect(corrected.high).toBeGreaterThan(0.1);
  });

  it('covers the planted base rate of lists picked by score, and the naive share does not', () => {
    const draw = seeded('lists');
    let corrected = 0;
    let naive = 0;
    for (let list = 0; list < 300; list++) {
      const chance = Array.from({ length: 400 }, () => draw() ** 3);
      const bad = chance.map((p) => draw() < 0.5 * p);
      const order = [...chance.keys()].sort((a, b) => chance[b]! - chance[a]!);
      const picks = picksOf(order, { capacity: 100, explorationShare: 0.2, reserve: 0, random: draw });
      const estimate = foundShare(
        picks.map((p) => ({ chance: p.chance, found: bad[p.row]! })),
        { random: draw, draws: 100 },
      );
      const truth = bad.filter(Boolean).length / 400;
      const holds = (e: { low: number; high: number }): number => (truth >= e.low && truth <= e.high ? 1 : 0);
      corrected += holds(estimate.corrected);
      naive += holds(estimate.naive);
    }
    expect(corrected).toBeGreaterThanOrEqual(279);
    expect(naive).toBeLessThan(30);
  });

  it('refuses what cannot be corrected', () => {
    expect(() => foundShare([], { random })).toThrow(/no checks/);
    expect(() => foundShare([{ chance: 0, found: true }], { random })).toThrow(/chance of 0/);
  });
});
