import { describe, expect, it } from 'vitest';
import { seeded } from '../../ingest/base/index.ts';
import {
  auroc,
  averagePrecision,
  bestThreshold,
  bootstrap,
  brier,
  brierSkill,
  contraction,
  cutAt,
  daysEarlier,
  dispersionOf,
  ece,
  expectedFinds,
  logLoss,
  pairedDifference,
  pastFinds,
  poissonBinomial,
  rankOrder,
  recallAtPositives,
  reliabilityTable,
  rowsInShare,
  shareDrift,
  slicesTable,
  topK,
} from './index.ts';

const labels = [1, 0, 1, 0, 0];
const scores = [0.9, 0.8, 0.7, 0.7, 0.1];

describe('ranking metrics, worked by hand', () => {
  it('AUROC counts pairs, ties one half', () => {
    // positives .9 and .7 against .8 .7 .1: 3 + (0 + ½ + 1) of 6
    expect(auroc(labels, scores)).toBeCloseTo(4.5 / 6, 12);
    expect(auroc([1, 1], [1, 2])).toBeNaN();
  });

  it('average precision steps over groups of ties', () => {
    // recall ½ at precision 1; then the tied pair: recall +½ at precision 2/4
    expect(averagePrecision(labels, scores)).toBeCloseTo(0.5 * 1 + 0.5 * 0.5, 12);
  });

  it('a group of ties that the cut goes through counts by expectation', () => {
    expect(topK(labels, scores, 3)).toEqual({ k: 3, found: 1.5, precision: 0.5, recall: 0.75, lift: 0.5 / 0.4 });
    expect(recallAtPositives(labels, scores)).toBe(0.5);
    expect(rowsInShare(491, 0.1)).toBe(49);
    expect(rowsInShare(3, 0.01)).toBe(1);
    expect([...rankOrder(scores)]).toEqual([0, 1, 2, 3, 4]);
  });

  it('agree with naive twins on random ties, and do not depend on row order', () => {
    const random = seeded(4);
    for (let round = 0; round < 30; round++) {
      const n = 40;
      const y: number[] = Array.from({ length: n }, () => (random() < 0.3 ? 1 : 0));
      y[0] = 1;
      y[1] = 0;
      const s = y.map(() => Math.floor(random() * 8));
      let pairs = 0;
      let wins = 0;
      y.forEach((a, i) =>
        y.forEach((b, j) => {
          if (a !== 1 || b !== 0) return;
          pairs++;
          wins += s[i]! > s[j]! ? 1 : s[i] === s[j] ? 0.5 : 0;
        }),
      );
      expect(auroc(y, s)).toBeCloseTo(wins / pairs, 10);
      const precisionDownTo = (cut: number) => {
        const taken = y.filter((_, i) => s[i]! >= cut);
        return taken.reduce((a, b) => a + b, 0) / taken.length;
      };
      const total = y.reduce((a, b) => a + b, 0);
      const naive = y.reduce((sum, label, i) => sum + (label * precisionDownTo(s[i]!)) / total, 0);
      expect(averagePrecision(y, s)).toBeCloseTo(naive, 10);
      const turned = [...y.keys()].reverse();
      const again = averagePrecision(
        turned.map((i) => y[i]!),
        turned.map((i) => s[i]!),
      );
      expect(averagePrecision(y, s)).toBe(again);
    }
  });
});

describe('thresholds and probabilities, worked by hand', () => {
  it('counts and F scores', () => {
    const cut = cutAt(labels, scores, 0.7);
    expect([cut.truePositives, cut.falsePositives, cut.falseNegatives, cut.trueNegatives]).toEqual([2, 2, 0, 1]);
    expect(cut.f1).toBeCloseTo(4 / 6, 12);
    expect(cut.macroF1).toBeCloseTo((4 / 6 + 2 / 4) / 2, 12);
    const best = bestThreshold(labels, scores);
    expect(best.f1).toBeCloseTo(2 / 3, 12);
    expect(cutAt(labels, scores, best.threshold)).toEqual(best);
  });

  it('Brier, skill, log-loss, reliability, ECE', () => {
    expect(brier([1, 0], [0.8, 0.4])).toBeCloseTo((0.04 + 0.16) / 2, 12);
    expect(brierSkill([1, 0], [0.5, 0.5])).toBeCloseTo(0, 12);
    expect(brierSkill([1, 0], [1, 0])).toBe(1);
    expect(logLoss([1, 0], [0.5, 0.5])).toBeCloseTo(Math.LN2, 12);
    const table = reliabilityTable([1, 0, 1], [1, 0.05, 0.95]);
    expect(table[9]).toMatchObject({ rows: 2, shareOfPositives: 1 });
    expect(table[9]!.meanProbability).toBeCloseTo(0.975, 12);
    expect(table[5]).toMatchObject({ rows: 0, meanProbability: null });
    expect(ece([1, 0, 1], [1, 0.05, 0.95])).toBeCloseTo((2 * 0.025 + 0.05) / 3, 12);
  });
});

describe('bootstrap', () => {
  it('the 95 % interval of a mean holds the truth in about 95 % of samples', () => {
    const random = seeded(11);
    let covered = 0;
    for (let round = 0; round < 200; round++) {
      const values = Array.from({ length: 60 }, () => (random() < 0.4 ? 1 : 0));
      const mean = (rows: Int32Array) => rows.reduce((sum, row) => sum + values[row]!, 0) / rows.length;
      const { low, high } = bootstrap(60, mean, { random: seeded(round), draws: 300 });
      if (low <= 0.4 && high >= 0.4) covered++;
    }
    expect(covered).toBeGreaterThan(178);
  });

  it('drawing whole groups widens the interval when groups agree', () => {
    const groups = Array.from({ length: 200 }, (_, i) => Math.floor(i / 20));
    const values = groups.map((group) => group % 2);
    const mean = (rows: Int32Array) => rows.reduce((sum, row) => sum + values[row]!, 0) / rows.length;
    const by = bootstrap(200, mean, { random: seeded(1), groups });
    const single = bootstrap(200, mean, { random: seeded(1) });
    expect(by.value).toBe(0.5);
    expect(by.high - by.low).toBeGreaterThan(3 * (single.high - single.low));
  });

  it('a better scorer is better, an equal one is not', () => {
    const random = seeded(2);
    const y = Array.from({ length: 400 }, () => (random() < 0.3 ? 1 : 0));
    const good = y.map((label) => label + random() * 2);
    const noise = y.map(() => random());
    const against = (a: number[], b: number[]) =>
      pairedDifference(y, [a, b], { metric: auroc, random: seeded(5), draws: 200 });
    expect(against(good, noise).low).toBeGreaterThan(0);
    expect(against(good, good)).toMatchObject({ value: 0, low: 0, high: 0 });
  });
});

describe('finds, slices, days', () => {
  it('the number of finds has the distribution of independent trials', () => {
    expect([...poissonBinomial([0.5, 0.5])]).toEqual([0.25, 0.5, 0.25]);
    const finds = expectedFinds([0.9, 0.5, 0.5, 0.1], { budget: 3 });
    expect(finds).toMatchObject({ budget: 3, low: 1, high: 3 });
    expect(finds.expected).toBeCloseTo(1.9, 12);
    expect(expectedFinds([1, 1, 0], { budget: 2 })).toEqual({ budget: 2, expected: 2, low: 2, high: 2 });
    const many = Array.from({ length: 100 }, () => 0.5);
    const narrow = expectedFinds(many, { budget: 100 });
    const wide = expectedFinds(many, { budget: 100, dispersion: 4 });
    expect(wide.high - wide.low).toBeGreaterThan(1.8 * (narrow.high - narrow.low));
  });

  it('slices share one budget', () => {
    const table = slicesTable([1, 0, 1, 0], [0.9, 0.2, 0.3, 0.1], { slices: ['a', 'a', 'b', null], budget: 1 });
    expect(table.map((slice) => slice.slice)).toEqual(['(missing)', 'a', 'b']);
    expect(table[1]).toMatchObject({ rows: 2, positives: 1, selectedShare: 0.5, recallAtBudget: 1, auroc: 1 });
    expect(table[2]).toMatchObject({ selectedShare: 0, recallAtBudget: 0, auroc: null });
  });

  it('days earlier: by hand, and a scorer that says nothing changes nothing', () => {
    // days 1 2 3 4; the positives are the last two. Reversed order gives them days 1 and 2: (4 − 1 + 3 − 2) / 2.
    const replay = daysEarlier([0, 0, 1, 1], [1, 2, 3, 4], [1, 2, 3, 4]);
    expect(replay).toEqual({ meanDays: 2, firstHalfShare: 1, firstHalfShareActual: 0 });
    expect(daysEarlier([0, 1, 1, 0], [5, 5, 5, 5], [3, 1, 2, 2]).meanDays).toBe(0);
  });
});

describe('finds of earlier periods, worked by hand', () => {
  it('keeps what was promised and what came, and widens by how far they lay apart', () => {
    const past = pastFinds([1, 0, 1, 1], [0.9, 0.8, 0.1, 0.5], 2);
    expect(past.expected).toBeCloseTo(1.7, 12);
    expect(past.variance).toBeCloseTo(0.09 + 0.16, 12);
    expect(past.found).toBe(1);
    // Misses of 2 and 4 standard deviations: (4 + 16) ÷ 2.
    expect(
      dispersionOf([
        { expected: 10, variance: 4, found: 14 },
        { expected: 10, variance: 1, found: 6 },
      ]),
    ).toBe(10);
    expect(dispersionOf([{ expected: 3, variance: 2, found: 3 }])).toBe(1);
    expect(dispersionOf([])).toBe(1);
    expect(() => pastFinds([1], [1], 2)).toThrow(/budget of 2 for 1/);
  });

  it('measures how the share of findings moves in time: worked by hand, nothing for a steady one, the planted one recovered', () => {
    // Shares of 1 and 0 by stretches of two: variance ½ less ⅛ by chance, over ½ squared.
    expect(shareDrift([1, 1, 0, 0], 2)).toBeCloseTo(1.5, 12);
    expect(shareDrift([1, 0, 1, 0, 1, 0], 2)).toBe(0);
    expect(shareDrift([1, 0], 2)).toBe(0);
    expect(() => shareDrift([1], 0)).toThrow(/stretches of 0 rows/);
    const random = seeded('moving share');
    const moving = Array.from({ length: 200 }, () => 0.2 * (1 + 0.5 * (2 * random() - 1))).flatMap((share) =>
      Array.from({ length: 300 }, () => (random() < share ? 1 : 0)),
    );
    // Uniform within ±50 %: relative variance ¼ ÷ 3.
    expect(shareDrift(moving, 300)).toBeGreaterThan(0.06);
    expect(shareDrift(moving, 300)).toBeLessThan(0.11);
  });

  it('covers later periods at their level when these drift as earlier ones did', () => {
    const random = seeded('drifting periods');
    const past = [];
    let inside = 0;
    for (let period = 0; period < 120; period++) {
      const shift = 0.7 + 0.6 * random();
      const said = Array.from({ length: 300 }, () => 0.5 * random());
      const came = said.map((p) => (random() < p * shift ? 1 : 0));
      const { low, high } = expectedFinds(said, { budget: 60, dispersion: dispersionOf(past) });
      const own = pastFinds(came, said, 60);
      if (period >= 20) inside += own.found >= low && own.found <= high ? 1 : 0;
      past.push(own);
    }
    expect(inside).toBeGreaterThanOrEqual(85);
  });
});

describe('contraction, worked by hand', () => {
  it('sets the model at each inspector’s workload beside what that inspector found', () => {
    // Busy checks all four of hers and finds two; Lax checks two of four and finds one. The model's best two of Busy's are both finds.
    const lines = contraction({
      inspectors: ['Busy', 'Busy', 'Busy', 'Busy', 'Lax', 'Lax', 'Lax', 'Lax', 'Idle'],
      found: [1, 0, 1, 0, 1, 0, NaN, NaN, NaN],
      scores: [0.9, 0.2, 0.8, 0.1, 0, 0, 0, 0, 0],
    });
    expect(lines).toEqual([
      { inspector: 'Busy', assigned: 4, checkRate: 1, foundByInspector: 0.5, foundByModel: null },
      { inspector: 'Lax', assigned: 4, checkRate: 0.5, foundByInspector: 0.5, foundByModel: 1 },
    ]);
    expect(() => contraction({ inspectors: ['A'], found: [1], scores: [1] })).toThrow(/two are needed/);
    expect(() => contraction({ inspectors: ['A'], found: [], scores: [1] })).toThrow(/0 results/);
  });
});

describe('wrong calls', () => {
  it('say what and where', () => {
    expect(() => auroc([1], [1, 2])).toThrow(/1 labels for 2 scores/);
    expect(() => auroc([2], [1])).toThrow(/label 2 of row 0/);
    expect(() => auroc([1], [NaN])).toThrow(/score NaN of row 0/);
    expect(() => topK([1], [1], 2)).toThrow(/k = 2 of 1 rows/);
    expect(() => brier([1], [1.2])).toThrow(/1.2 of row 0/);
    expect(() => expectedFinds([0.5], { budget: 3 })).toThrow(/budget of 3 for 1/);
    expect(() => slicesTable([1], [0.5], { slices: [], budget: 1 })).toThrow(/0 slices for 1/);
    expect(() => daysEarlier([1], [1], [])).toThrow(/0 days/);
    expect(() => bootstrap(0, () => 0, { random: seeded(1) })).toThrow(/no rows/);
    expect(() => bootstrap(2, () => NaN, { random: seeded(1) })).toThrow(/no value/);
    expect(() => bootstrap(2, () => 1, { random: seeded(1), groups: [1] })).toThrow(/1 group names for 2/);
  });
});
