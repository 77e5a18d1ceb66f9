import { expect, test } from 'vitest';
import fc from 'fast-check';
import { seeded } from '../../base/index.ts';
import { Database } from '../../tables/index.ts';
import { backgroundPairs } from './background.ts';
import { type BlockingRule, blockPairs } from './block.ts';
import { clusterPairs } from './cluster.ts';
import { type Comparison, MISSING, coded, level, valueComparison } from './compare.ts';
import { contestedRecords } from './contest.ts';
import { editDistance, isSubsequence, jaroWinkler, metresBetween } from './distance.ts';
import { estimate, probabilityOf } from './estimate.ts';
import { evaluateClusters } from './evaluate.ts';
import { patternsOf } from './pattern.ts';
import { CERTAIN_BITS, scorePatterns } from './score.ts';

test('distances by hand, on Han text by character', () => {
  expect(jaroWinkler('martha', 'marhta')).toBeCloseTo(0.9611, 4);
  expect(jaroWinkler('dwayne', 'duane')).toBeCloseTo(0.84, 4);
  expect(jaroWinkler('', 'x')).toBe(0);
  expect(editDistance('宏鑫纺织', '宏欣纺织')).toBe(1);
  expect(editDistance('ab', 'ba')).toBe(1);
  expect(editDistance('kitten', 'sitting')).toBe(3);
  expect(editDistance('abcdef', 'uvwxyz', 2)).toBe(3);
  expect(isSubsequence('中石化', '中国石油化工')).toBe(true);
  expect(isSubsequence('化石', '中国石油化工')).toBe(false);
  expect(metresBetween(120.086, 30.894, 120.0870465, 30.894)).toBeCloseTo(99.8, 0);
});

test('edit distance is a metric up to its limit', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', '宏', '鑫'), maxLength: 7 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      const d = editDistance(a, b, 20);
      expect(d).toBe(editDistance(b, a, 20));
      expect(d === 0).toBe(a === b);
      expect(Math.min(d, 3)).toBe(editDistance(a, b, 2));
    }),
  );
});

test('pairwise and B-cubed scores by hand', () => {
  const predicted = new Map(Array.from('abcdef', (x, i) => [x, i < 3 ? 'p' : 'q']));
  const truth = new Map(Array.from('abcdef', (x, i) => [x, i < 2 ? 's' : i < 5 ? 't' : 'u']));
  const s = evaluateClusters(predicted, truth);
  expect([s.predictedPairs, s.truePairs, s.rightPairs]).toEqual([6, 4, 2]);
  expect(s.precision).toBeCloseTo(1 / 3);
  expect(s.recall).toBeCloseTo(1 / 2);
  expect(s.b3.precision).toBeCloseTo((4 / 3 + 1 / 3 + 4 / 3 + 1 / 3) / 6);
  expect(s.b3.recall).toBeCloseTo((2 + 1 / 3 + 4 / 3 + 1) / 6);
  expect(evaluateClusters(new Map(), new Map()).f1).toBe(1);
});

const rule = (id: string, keys: readonly (readonly string[])[]): BlockingRule => ({
  id,
  fields: [id],
  keysOf: (i) => keys[i]!,
});

test('blocking equals its naive twin; sides, caps and empty keys', async () => {
  const random = seeded('block');
  const keys = (): string[][] =>
    Array.from({ length: 60 }, () => (random() < 0.2 ? [] : [`k${Math.floor(random() * 15)}`]));
  const [a, b] = [keys(), keys()];
  const side = Int32Array.from({ length: 60 }, (_x, i) => i % 2);
  const db = await Database.open(':memory:');
  for (const sides of [null, side]) {
    const found = await blockPairs(db, 60, [rule('a', a), rule('b', b)], { side: sides });
    const naive: string[] = [];
    for (let i = 0; i < 60; i++)
      for (let j = i + 1; j < 60; j++) {
        if (sides !== null && sides[i] === sides[j]) continue;
        const bits = (a[i]!.some((k) => a[j]!.includes(k)) ? 1 : 0) | (b[i]!.some((k) => b[j]!.includes(k)) ? 2 : 0);
        if (bits > 0) naive.push(`${i},${j},${bits}`);
      }
    expect(Array.from(found.left, (l, p) => `${l},${found.right[p]},${found.rules[p]}`)).toEqual(naive);
  }
  const capped = await blockPairs(
    db,
    60,
    [
      rule(
        'same',
        Array.from({ length: 60 }, () => ['x']),
      ),
    ],
    { maxBlock: 10 },
  );
  expect(capped.left.length).toBe(0);
  expect(capped.report[0]).toMatchObject({ cappedKeys: 1, cappedPairs: 1770, pairsBeforeCap: 1770 });
  const bounded = await blockPairs(db, 60, [rule('a', a)], { maxPairs: 20 });
  expect(bounded.left.length).toBeLessThanOrEqual(20);
  db.close();
});

const AGREE = [MISSING, level('same', 0.8, 0.1), level('different', 0.2, 0.9)];
const column = (id: string, values: readonly (string | null)[]): Comparison =>
  valueComparison(id, coded(values), AGREE, { equal: () => 1, differ: () => 2 });

test('EM recovers planted m, u and the prior over the whole space', () => {
  const random = seeded('em');
  const truth = { m: [0.9, 0.8, 0.95], u: [0.02, 0.05, 0.01] };
  const people = 600;
  const values = truth.m.map(() => [] as string[]);
  for (let person = 0; person < people; person++) {
    const own = truth.u.map((u) => `v${Math.floor(random() / u)}`);
    for (let copy = 0; copy < 2; copy++)
      own.forEach((v, c) =>
        values[c]!.push(copy === 0 || random() < truth.m[c]! ? v : `v${Math.floor(random() / truth.u[c]!)}`),
      );
  }
  const size = people * 2;
  const comparisons = values.map((v, c) => column(`c${c}`, v));
  const left: number[] = [];
  const right: number[] = [];
  for (let i = 0; i < size; i++)
    for (let j = i + 1; j < size; j++) {
      const hits = values.filter((v) => v[i] === v[j]).length;
      if (hits >= 2) {
        left.push(i);
        right.push(j);
      }
    }
  const pairs = { left: Int32Array.from(left), right: Int32Array.from(right) };
  const of = (l: ArrayLike<number>, r: ArrayLike<number>) =>
    patternsOf(
      comparisons,
      comparisons.map((c) => Uint8Array.from(l, (x, p) => c.levelOf(x, r[p]!))),
      l.length,
    );
  const rest = backgroundPairs(size, pairs, { count: 60_000, side: null, random: seeded('rest') });
  const model = estimate(comparisons, of(pairs.left, pairs.right), of(rest.left, rest.right), {
    totalPairs: (size * (size - 1)) / 2,
    expectedMatches: size,
    hold: 0,
  });
  expect(model.converged).toBe(true);
  expect(model.expectedMatches).toBeGreaterThan(people * 0.85);
  expect(model.expectedMatches).toBeLessThan(people * 1.15);
  truth.u.forEach((u, c) => expect(model.u[c]![1]!).toBeCloseTo(u, 2));
  truth.m.forEach((m, c) => expect(Math.abs(model.m[c]![1]! - m)).toBeLessThan(0.1));
});

test('levels that settle a pair: an identifier makes certain, a clash of two forbids', () => {
  const levels = [MISSING, level('same', 0.9, 0.01, 'same'), level('different', 0.1, 0.99, 'different')];
  const id: Comparison = { id: 'id', fields: ['id'], levels, levelOf: (i, j) => [0, 1, 2][(i + j) % 3]! };
  const patterns = patternsOf([id], [Uint8Array.from([0, 1, 2])], 3);
  const model = estimate([id], patterns, patternsOf([id], [new Uint8Array(0)], 0), { totalPairs: 100 });
  const scored = scorePatterns([id], model, patterns);
  expect([...scored.forbidden]).toEqual([0, 0, 1]);
  expect([...scored.probability].slice(1)).toEqual([1, 0]);
  expect(scored.weight[1]).toBeGreaterThanOrEqual(CERTAIN_BITS);
  expect(probabilityOf(0)).toBe(0.5);
  expect(probabilityOf(999)).toBe(1);
});

const pairsOf = (list: readonly (readonly [number, number, number, number?])[]) => ({
  left: Int32Array.from(list, (p) => p[0]),
  right: Int32Array.from(list, (p) => p[1]),
  weight: Float64Array.from(list, (p) => p[2]),
  forbidden: Uint8Array.from(list, (p) => p[3] ?? 0),
});

test('clusters: exclusive identifiers never meet, weak bridges are cut, certain codes go first', () => {
  const codes = Int32Array.from([0, -1, 1, -1]);
  const chain = pairsOf([
    [0, 1, 9],
    [1, 2, 8],
    [2, 3, 7],
  ]);
  const exclusive = clusterPairs(4, chain, { exclusive: [{ id: 'uscc', codes }] });
  expect([...exclusive.of]).toEqual([0, 0, 2, 2]);
  expect(exclusive.cannotLinks).toBe(1);
  const bridge = pairsOf([
    [0, 1, 9],
    [0, 2, -6],
    [1, 2, 3],
    [2, 3, 9],
  ]);
  const cut = clusterPairs(4, bridge, { linkage: 0 });
  expect([...cut.of]).toEqual([0, 0, 2, 2]);
  expect(cut.bridgesCut).toBe(1);
  const forced = clusterPairs(4, pairsOf([]), { together: [Int32Array.from([5, -1, -1, 5])] });
  expect([...forced.of]).toEqual([0, 1, 2, 0]);
  const barred = clusterPairs(
    3,
    pairsOf([
      [0, 1, 9],
      [0, 2, 5, 1],
      [1, 2, 8],
    ]),
  );
  expect([...barred.of]).toEqual([0, 0, 2]);
});

test('one to one: the stronger partner wins, ties by order', () => {
  const side = Int32Array.from([0, 0, 1, 1]);
  const r = clusterPairs(
    4,
    pairsOf([
      [0, 2, 5],
      [0, 3, 4],
      [1, 2, 4.5],
    ]),
    { oneToOne: side },
  );
  expect([...r.of]).toEqual([0, 1, 0, 3]);
});

test('a record that fits two rivals equally well is contested, one that prefers is not', () => {
  const exclusive = [{ id: 'id', codes: Int32Array.from([0, 1, -1, -1]) }];
  const pairs = pairsOf([
    [0, 2, 6],
    [0, 3, 9],
    [1, 2, 5],
    [1, 3, 4],
  ]);
  expect([...contestedRecords(4, pairs, { threshold: 3, margin: 3, exclusive })]).toEqual([0, 0, 1, 0]);
});
