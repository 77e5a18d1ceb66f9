import { describe, expect, it } from 'vitest';
import { matrixFromColumns, trainBoost } from '../models/boost/index.ts';
import { seeded } from '../ingest/base/index.ts';
import type { LeadSet } from './leads-data.ts';
import { fewLeads, findFigures, inspectorFigures, sliceFigures } from './leads-judge.ts';
import { partsOf } from './leads-parts.ts';
import { prepared } from './leads-prepare.ts';
import { checklist, points } from './leads-rules.ts';
import { meanOfParts, treeScorer } from './leads-scorers.ts';
import { rulesOf } from './leads-sets.ts';

/** A set of visits by day; `dirt` tells of the label, `fine` is filled in after it. */
function visits(rows: number): LeadSet {
  const random = seeded('visits of the bench');
  const dirt = Array.from({ length: rows }, () => random());
  const labels = Float64Array.from(dirt, (d) => (random() < d ** 2 ? 1 : 0));
  const text = (values: readonly (number | string)[]): string[] => values.map(String);
  return {
    name: 'visits',
    ids: text([...labels.keys()]),
    types: text(dirt.map(() => 'visit')),
    labels,
    columns: {
      day: text(dirt.map((_, i) => (i * 7) % rows)),
      dirt: text(dirt),
      noise: text(dirt.map(() => random())),
      fine: Array.from(labels, (y) => (y === 1 ? String(random()) : '')),
      inspector: text(dirt.map((_, i) => (i % 2 === 0 ? 'x' : 'y'))),
    },
    splits: {},
    network: { nodes: rows, relations: [] },
  };
}

const RULES = { ...rulesOf('visits'), time: 'day' };

describe('rolling origins', () => {
  it('are six later periods, each learnt from everything before it and nothing of it', () => {
    const set = visits(600);
    const parts = partsOf(set, RULES, 'rolling');
    const day = (row: number): number => Number(set.columns['day']![row]!);
    expect(parts).toHaveLength(6);
    expect(parts.flatMap((part) => part.test).length).toBe(360);
    expect(new Set(parts.flatMap((part) => part.test)).size).toBe(360);
    for (const part of parts) {
      const first = Math.min(...part.test.map(day));
      expect(part.timeSplit).toBe(true);
      expect(part.train.length + part.validation.length).toBe(first);
      expect(Math.max(...part.train.map(day))).toBeLessThan(Math.min(...part.validation.map(day)));
      expect(Math.max(...part.validation.map(day))).toBeLessThan(first);
    }
    expect(() => partsOf(set, { ...RULES, time: null }, 'rolling')).toThrow(/no time column/);
  });
});

describe('features of the bench', () => {
  it('leave out and name the column that is filled in after the result', () => {
    const set = visits(600);
    const [part] = partsOf(set, RULES, 'time');
    const ready = prepared(set, part!, { rules: RULES, without: [], families: ['own'] });
    expect(ready.refused).toEqual(['fine']);
    expect(ready.columns.map((c) => c.info.name)).toEqual(expect.arrayContaining(['dirt', 'noise']));
    expect(ready.columns.map((c) => c.info.name)).not.toContain('fine');
  });
});

describe('the checklist', () => {
  it('gives a point for the side of a value that held more findings, best lines first', () => {
    const data = matrixFromColumns(
      ['up', 'down', 'flat'].map((name) => ({ name, kind: 'number' as const })),
      [
        [1, 2, 3, 4, 5, 6, 7, 8],
        [8, 7, 6, 5, 4, 3, 1, 2],
        [1, 1, 1, 1, 1, 1, 1, 1],
      ],
    );
    const rules = checklist({ data, labels: Float64Array.of(0, 0, 0, 0, 0, 0, 1, 1) });
    expect(rules.map((r) => [r.feature, r.above, r.value])).toEqual([
      ['up', true, 6.25],
      ['down', false, 2.75],
      ['flat', true, 1],
    ]);
    expect([...points(rules, data)]).toEqual([0, 0, 0, 0, 0, 0, 2 / 3, 2 / 3]);
  });
});

describe('contributions of a champion', () => {
  it('sum to its probability, for boosting, forest and their mean', () => {
    const random = seeded('parts');
    const columns = [0, 1, 2].map(() => Array.from({ length: 200 }, () => random()));
    const labels = Float64Array.from(columns[0]!, (v) => (random() < v ? 1 : 0));
    const data = matrixFromColumns(
      columns.map((_, i) => ({ name: `c${i}`, kind: 'number' as const })),
      columns,
    );
    const models = [
      trainBoost(data, labels, { rounds: 20, maxLeaves: 4 }).model,
      trainBoost(data, labels, { mode: 'forest', objective: 'squared', rounds: 10, maxLeaves: 0 }).model,
    ].map(treeScorer);
    const rows = [0, 5, 17, 199];
    const all = [...models.map((m) => m.parts!(data, rows)), meanOfParts(models.map((m) => m.parts!(data, rows)))];
    const scores = models.map((m) => m.score(data));
    const wanted = [...scores, scores[0]!.map((p, i) => (p + scores[1]![i]!) / 2)];
    all.forEach(({ values, features, bias }, k) =>
      rows.forEach((row, i) =>
        expect(bias + values.subarray(i * features, (i + 1) * features).reduce((a, b) => a + b, 0)).toBeCloseTo(
          wanted[k]![row]!,
          9,
        ),
      ),
    );
  });
});

describe('figures beside the ranking', () => {
  it('worked by hand: finds inside their interval, slices, and inspectors apart', () => {
    const past = [{ expected: 10, variance: 4, found: 18 }];
    const labels = Float64Array.from({ length: 100 }, (_, i) => (i < 5 ? 1 : 0));
    const probabilities = Float64Array.from({ length: 100 }, (_, i) => (i < 10 ? 0.5 : 0.01));
    const finds = findFigures(labels, probabilities, { past, before: new Float64Array() });
    expect(finds).toMatchObject({ budget: 10, findsExpected: 5, findsFound: 5, findsInside: 1, dispersion: 16 });
    expect(past).toHaveLength(2);
    const set = visits(800);
    const part = partsOf(set, RULES, 'time')[0]!;
    const all = { ...part, test: [...set.labels.keys()] };
    const half = new Float64Array(800).fill(0.5);
    expect(sliceFigures(set, all, half)).toMatchObject({ slices: 2 });
    expect(inspectorFigures(set, all, half)).toEqual({ inspectors: 2, aurocWithinInspector: 0.5 });
    expect(fewLeads(3, 1000)).toContain('3 of 1000 rows');
  });
});
