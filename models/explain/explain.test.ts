import { describe, expect, it } from 'vitest';
import { normal, seeded } from '../../ingest/base/index.ts';
import { type Matrix, matrixFromColumns, predictBoost, trainBoost, treeShap } from '../boost/index.ts';
import type { FeatureDefinition } from '../features/index.ts';
import { trainLogistic } from '../linear/index.ts';
import type { LeadModel } from '../registry/index.ts';
import { featureInfo, marginsOf } from '../train/index.ts';
import { counterFactsOf } from './counter-facts.ts';
import { deletionTest } from './deletion.ts';
import { neutralValues } from './neutral.ts';
import { factsOf, overlapOf } from './overlap.ts';

const definition = (id: string, more: Partial<FeatureDefinition> = {}): FeatureDefinition => ({
  id,
  label: { zh: id, en: id },
  family: 'signals',
  group: id,
  monotone: 0,
  explain: { zh: '{value}', en: '{value}' },
  ...more,
});

const FEATURES = [
  definition('load'),
  definition('nights'),
  definition('age', { family: 'attributes' }),
  definition('trade', { levels: ['dye', 'paper', 'food'] }),
  definition('noise'),
];

/** Rows whose chance rises with load and nights, falls with age, and is high for dyers. */
function planted(rows: number, seed: string): { data: Matrix; labels: Float64Array } {
  const random = seeded(seed);
  const columns: number[][] = FEATURES.map(() => []);
  const labels = Float64Array.from({ length: rows }, () => {
    const [load, nights, age] = [normal(random), normal(random), normal(random)];
    const trade = Math.floor(3 * random());
    [load, random() < 0.2 ? NaN : nights, age, trade, normal(random)].forEach((v, j) => columns[j]!.push(v));
    const z = 1.5 * load + nights - age + (trade === 0 ? 1 : 0) - 2;
    return random() < 1 / (1 + Math.exp(-z)) ? 1 : 0;
  });
  return { data: matrixFromColumns(FEATURES.map(featureInfo), columns), labels };
}

const { data, labels } = planted(800, 'explain');
const trees = trainBoost(data, labels, { rounds: 40, maxLeaves: 6, learningRate: 0.1 }).model;
const peers = [1, 1, 1, 0, 1].map((known) => (known === 1 ? { low: -1.3, high: 1.3 } : { low: null, high: null }));
const modelOf = (learner: LeadModel['learner']): LeadModel =>
  ({ model_id: 'm-test', features: FEATURES, peers, learner }) as unknown as LeadModel;
const MODEL = modelOf({ kind: 'trees', trees });

const valuesOf = (row: number): number[] => FEATURES.map((_, f) => data.values[f * data.rows + row]!);
const scoreOf = (model: LeadModel, values: readonly number[]): number =>
  marginsOf(model.learner, { rows: 1, features: FEATURES.map(featureInfo), values: Float64Array.from(values) })[0]!;

describe('counterFactsOf', () => {
  const margins = predictBoost(trees, data);
  const leads = Array.from(margins.keys())
    .sort((a, b) => margins[b]! - margins[a]!)
    .slice(0, 60);
  const line = margins[leads[40]!]!;
  const parts = treeShap(trees, data, leads);
  const on = (i: number, more: object = {}) =>
    counterFactsOf({
      model: MODEL,
      values: valuesOf(leads[i]!),
      parts: parts.values.subarray(i * 5, (i + 1) * 5),
      line,
      ...more,
    });

  it('finds changes that put the lead below the line, of facts that can change', () => {
    let found = 0;
    for (let i = 0; i < 40; i++)
      for (const fact of on(i)) {
        found++;
        const j = FEATURES.findIndex((f) => f.id === fact.feature);
        const values = valuesOf(leads[i]!);
        values[j] =
          fact.to === null ? NaN : typeof fact.to === 'string' ? FEATURES[j]!.levels!.indexOf(fact.to) : fact.to;
        expect(scoreOf(MODEL, values)).toBeCloseTo(fact.score, 9);
        expect(fact.score).toBeLessThan(line);
        expect(fact.feature).not.toBe('age');
        expect(fact.text.en).toContain('below the action line');
      }
    expect(found).toBeGreaterThan(20);
    expect(
      Array.from({ length: 40 }, (_, i) => on(i, { fixed: [] }))
        .flat()
        .some((f) => f.feature === 'age'),
    ).toBe(true);
  });

  it('finds the smallest change: no finer walk along the feature meets the line earlier', () => {
    for (let i = 0; i < 40; i++) {
      const values = valuesOf(leads[i]!);
      const fact = on(i).find((f) => f.feature === 'load' && f.to !== null);
      for (let step = 1; step <= 400; step++)
        for (const sign of [-1, 1]) {
          const change = step / 100;
          if (fact !== undefined && change >= fact.change - 1e-6) continue;
          const moved = [...values];
          moved[0] = values[0]! + sign * change * 2.6;
          if (parts.values[i * 5]! > 0) expect(scoreOf(MODEL, moved)).toBeGreaterThanOrEqual(line);
        }
    }
  });

  it('has nothing to say below the line, and refuses a row that does not fit', () => {
    expect(on(50)).toEqual([]);
    expect(() => counterFactsOf({ model: MODEL, values: [1], parts: [1], line })).toThrow(
      /1 values for the 5 features/,
    );
  });

  it('solves a logistic regression for the line', () => {
    const logistic = trainLogistic(data, labels);
    const model = modelOf({ kind: 'logistic', logistic });
    const values = [2, 1, 0, 1, 0];
    const at = scoreOf(model, values) - 0.5;
    const [fact] = counterFactsOf({ model, values, parts: [1, 0, 0, 0, 0], line: at });
    expect(fact!.feature).toBe('load');
    expect(fact!.score).toBeCloseTo(at, 4);
    expect(fact!.to as number).toBeLessThan(2);
  });
});

describe('deletionTest', () => {
  const margins = predictBoost(trees, data);
  const rows = Array.from(margins.keys())
    .sort((a, b) => margins[b]! - margins[a]!)
    .slice(0, 80);
  const of = {
    data,
    score: (asked: Matrix) => predictBoost(trees, asked),
    rows,
    groupOf: [0, 1, 2, 3, 4],
    neutral: neutralValues(data),
    top: 1,
  };

  it('is passed by exact contributions and failed by their opposite', () => {
    const { values } = treeShap(trees, data, rows);
    const honest = deletionTest({ ...of, parts: values, random: seeded('honest') });
    expect(honest.won + honest.tied + honest.lost).toBe(honest.compared);
    expect(honest.compared).toBe(400);
    expect(honest.leadsWon / honest.leads).toBeGreaterThan(0.9);
    expect(honest.placesByTop).toBeGreaterThan(3 * honest.placesByRandom);
    const turned = deletionTest({ ...of, parts: values.map((v) => -v), random: seeded('turned') });
    expect(turned.leadsWon / turned.leads).toBeLessThan(0.1);
    expect(() => deletionTest({ ...of, rows: [], parts: values, random: seeded('x') })).toThrow(/no leads/);
  });

  it('takes the neutral value as the median, and a category as missing', () => {
    const tiny = matrixFromColumns(
      [
        { name: 'a', kind: 'number' },
        { name: 'b', kind: 'category' },
        { name: 'c', kind: 'number' },
      ],
      [
        [1, null, 3, 10],
        [0, 1, 1, 1],
        [null, null, null, null],
      ],
    );
    expect([...neutralValues(tiny)]).toEqual([3, NaN, NaN]);
  });
});

describe('overlap', () => {
  it('adds contributions up by fact and compares lists by what they share', () => {
    expect(factsOf([0.5, -1, 0.75, 0.25], [0, 1, 0, 2])).toEqual([
      { group: 0, sum: 1.25 },
      { group: 2, sum: 0.25 },
      { group: 1, sum: -1 },
    ]);
    expect(
      overlapOf([
        ['a', 'b'],
        ['b', 'a'],
        ['a', 'c'],
      ]),
    ).toBeCloseTo((1 + 0.5 + 0.5) / 3, 12);
    expect(() => overlapOf([['a']])).toThrow(/two or more/);
    expect(() => overlapOf([['a'], ['a', 'b']])).toThrow(/one length/);
  });
});
