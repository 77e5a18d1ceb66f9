import { describe, expect, it } from 'vitest';
import { seeded } from '../../ingest/base/index.ts';
import { compareWeekly, weeklyFinds, weeklyOrder, weeklyPrecision } from './weekly.ts';

// Two weeks of four subjects; the first week's scores tie at the cut.
const rows = {
  asOf: Float64Array.of(0, 0, 0, 0, 7, 7, 7, 7),
  label: Float64Array.of(1, 0, 1, 0, 0, 1, 0, 0),
  weight: new Float64Array(8).fill(1),
  component: Int32Array.of(0, 1, 2, 3, 0, 1, 2, 3),
};
const scores = Float64Array.of(9, 5, 5, 1, 1, 2, 3, 4);

describe('weekly precision', () => {
  it('counts each week on its own, ties by the share that fits', () => {
    // Week 1, two places: row 0 (a finding) and half of rows 1 and 2, one of them a finding. Week 2: rows 7 and 6, none.
    const order = weeklyOrder(rows.asOf, scores);
    expect(weeklyFinds(rows, order, { capacity: 2, times: null })).toEqual({ found: 1.5, listed: 4 });
    expect(weeklyPrecision(rows, order, 2)).toBe(0.375);
  });

  it('takes a row for as many as it stands for', () => {
    const heavy = { ...rows, weight: Float64Array.of(1, 9, 1, 1, 1, 1, 1, 1) };
    const { found } = weeklyFinds(heavy, weeklyOrder(rows.asOf, scores), { capacity: 2, times: null });
    // One place is left for ten rows of the tie, one of which is a finding.
    expect(found).toBeCloseTo(1.1, 12);
  });

  it('ranks a scorer without an opinion last, and does not depend on the order of rows', () => {
    const order = weeklyOrder(rows.asOf, Float64Array.of(Number.NaN, 1, 2, 3, 1, 2, 3, 4));
    expect(weeklyFinds(rows, order, { capacity: 3, times: null }).found).toBe(2);
    const turn = [7, 3, 5, 1, 6, 2, 4, 0];
    const turned = {
      asOf: turn.map((i) => rows.asOf[i]!),
      label: turn.map((i) => rows.label[i]!),
      weight: rows.weight,
      component: turn.map((i) => rows.component[i]!),
    };
    expect(
      weeklyPrecision(
        turned,
        weeklyOrder(
          turned.asOf,
          turn.map((i) => scores[i]!),
        ),
        2,
      ),
    ).toBe(0.375);
  });

  it('compares scorers on the same draws of whole components', () => {
    const orders = {
      a: weeklyOrder(rows.asOf, scores),
      b: weeklyOrder(rows.asOf, scores),
      c: weeklyOrder(
        rows.asOf,
        scores.map((s) => -s),
      ),
    };
    const compared = compareWeekly(rows, orders, { capacity: 1, draws: 200, random: seeded(1) });
    expect(compared.aboveFirst['b']).toEqual({ value: 0, low: 0, high: 0 });
    expect(compared.precision['a']!.value).toBe(0.5);
    expect(compared.precision['a']!.low).toBeLessThanOrEqual(0.5);
    expect(() => compareWeekly(rows, {}, { capacity: 1, draws: 1, random: seeded(1) })).toThrow(
      expect.objectContaining({ code: 'no-scorers' }),
    );
  });
});
