import { describe, expect, it } from 'vitest';
import { seeded } from '../../ingest/base/index.ts';
import { averagePrecision, auroc } from '../evaluate/index.ts';
import {
  boostFromText,
  matrixFromColumns,
  predictBoost,
  predictProbability,
  rowPredictor,
  takeFeatures,
  takeRows,
  textOfBoost,
  trainBoost,
  treeShap,
  type BoostModel,
  type BoostOptions,
  type FeatureInfo,
  type Matrix,
} from './index.ts';
import { goesLeft, flatTree } from './predict.ts';

const number = (name: string, monotone: -1 | 0 | 1 = 0): FeatureInfo => ({ name, kind: 'number', monotone });

/** Rows whose label depends on a, on b against c, and on a category. */
function planted(rows: number, seed: number, missing = 0.1): { matrix: Matrix; labels: Float64Array } {
  const random = seeded(seed);
  const columns: (number | null)[][] = [[], [], [], [], []];
  const labels = new Float64Array(rows);
  for (let r = 0; r < rows; r++) {
    const [a, b, c, noise] = [random(), random(), random(), random()];
    const kind = Math.floor(random() * 12);
    const margin = 4 * (a - 0.5) + (b > 0.5 === c > 0.5 ? 1.5 : -1.5) + (kind % 3 === 0 ? 1 : -0.5);
    labels[r] = random() < 1 / (1 + Math.exp(-margin)) ? 1 : 0;
    [a, b, c, noise].forEach((value, f) => columns[f]!.push(random() < missing ? null : value));
    columns[4]!.push(kind);
  }
  const features = [
    number('a'),
    number('b'),
    number('c'),
    number('noise'),
    { name: 'kind', kind: 'category' as const },
  ];
  return { matrix: matrixFromColumns(features, columns), labels };
}

describe('worked by hand', () => {
  it('one split of four rows has XGBoost’s gain and leaf values', () => {
    // base 0: p = 1/2, g = p − y, h = 1/4. Split at 2.5: left G = 1, H = 1/2; right G = −1. lambda 1: value −1/(1.5).
    const matrix = matrixFromColumns([number('x')], [[1, 2, 3, 4]]);
    const { model } = trainBoost(matrix, [0, 0, 1, 1], {
      rounds: 1,
      learningRate: 1,
      minChildWeight: 0,
      base: 0,
      maxDepth: 1,
    });
    const tree = model.trees[0]!;
    expect(tree.feature).toEqual([0, -1, -1]);
    expect(tree.threshold[0]).toBe(2.5);
    expect(tree.gain[0]).toBeCloseTo(2 / 1.5, 12);
    expect(tree.value[1]).toBeCloseTo(-2 / 3, 12);
    expect(tree.value[2]).toBeCloseTo(2 / 3, 12);
    expect(tree.cover).toEqual([1, 0.5, 0.5]);
  });

  it('missing values go to the side where they fit', () => {
    const matrix = matrixFromColumns([number('x')], [[1, 1, 2, 2, null, null]]);
    const options = { rounds: 1, minChildWeight: 0, maxDepth: 1, lambda: 0 };
    expect(trainBoost(matrix, [0, 0, 1, 1, 1, 1], options).model.trees[0]!.missingLeft[0]).toBe(0);
    expect(trainBoost(matrix, [1, 1, 0, 0, 1, 1], options).model.trees[0]!.missingLeft[0]).toBe(1);
  });

  it('known against missing is a split of its own', () => {
    const matrix = matrixFromColumns([number('x')], [[1, 5, 2, null, null, null]]);
    const { model } = trainBoost(matrix, [0, 0, 0, 1, 1, 1], { rounds: 1, minChildWeight: 0, lambda: 0 });
    expect(model.trees[0]!.feature.length).toBe(3);
    expect([...predictBoost(model, matrix)].map((m) => m > 0)).toEqual([false, false, false, true, true, true]);
  });

  it('where no row was missing, a missing value follows the heavier side', () => {
    const matrix = matrixFromColumns([number('x')], [[1, 2, 3, 4, 5]]);
    const { model } = trainBoost(matrix, [0, 0, 0, 0, 1], { rounds: 1, minChildWeight: 0, maxDepth: 1 });
    expect(model.trees[0]!.missingLeft[0]).toBe(1);
  });
});

interface NaiveNode {
  feature?: number;
  gain?: number;
  value: number;
  children?: [NaiveNode, NaiveNode];
}

/** Tries every threshold between distinct values, both ways of missing, and every subset of categories; squared loss or given g and h. */
function naiveTree(
  matrix: Matrix,
  g: readonly number[],
  h: readonly number[],
  rows: readonly number[],
  depth: number,
  options: { lambda: number; minChildWeight: number },
): NaiveNode {
  const sum = (values: readonly number[], of: readonly number[]) => of.reduce((total, row) => total + values[row]!, 0);
  const score = (of: readonly number[]) => sum(g, of) ** 2 / (sum(h, of) + options.lambda);
  const node: NaiveNode = { value: -sum(g, rows) / (sum(h, rows) + options.lambda) };
  let best: { gain: number; feature: number; left: number[] } | null = null;
  const offer = (feature: number, goes: (value: number) => boolean): void => {
    const left = rows.filter((row) => goes(matrix.values[feature * matrix.rows + row]!));
    const right = rows.filter((row) => !left.includes(row));
    if (left.length === 0 || right.length === 0) return;
    if (sum(h, left) < options.minChildWeight || sum(h, right) < options.minChildWeight) return;
    const gain = score(left) + score(right) - score(rows);
    if (gain > (best?.gain ?? 1e-9) + 1e-12) best = { gain, feature, left };
  };
  matrix.features.forEach((info, feature) => {
    const values = [...new Set(rows.map((row) => matrix.values[feature * matrix.rows + row]!))];
    const known = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
    if (info.kind === 'category') {
      for (let mask = 1; mask < 2 ** values.length - 1; mask++) {
        const inside = values.filter((_, i) => (mask >> i) & 1);
        offer(feature, (value) => inside.some((v) => Object.is(v, value)));
      }
      return;
    }
    for (const value of known) {
      offer(feature, (x) => x <= value);
      offer(feature, (x) => x <= value || Number.isNaN(x));
    }
  });
  const chosen = best as { gain: number; feature: number; left: number[] } | null;
  if (chosen === null || depth === 0) return node;
  const right = rows.filter((row) => !chosen.left.includes(row));
  return {
    ...node,
    feature: chosen.feature,
    gain: chosen.gain,
    children: [
      naiveTree(matrix, g, h, chosen.left, depth - 1, options),
      naiveTree(matrix, g, h, right, depth - 1, options),
    ],
  };
}

/** Leaves as a sorted list of values with the gains above, which does not depend on which side is called left. */
function shapeOf(node: NaiveNode): string[] {
  if (node.children === undefined) return [node.value.toFixed(8)];
  return [`${node.feature}:${node.gain!.toFixed(6)}`, ...node.children.flatMap(shapeOf)].sort();
}

function shapeOfModel(model: BoostModel, node = 0): string[] {
  const tree = model.trees[0]!;
  if (tree.feature[node]! < 0) return [tree.value[node]!.toFixed(8)];
  const below = [tree.left[node]!, tree.right[node]!].flatMap((child) => shapeOfModel(model, child));
  return [`${tree.feature[node]}:${tree.gain[node]!.toFixed(6)}`, ...below].sort();
}

describe('naive twin', () => {
  it.each([1, 2, 3, 4, 5, 6])('the histogram trainer grows the tree that trying everything grows (seed %i)', (seed) => {
    const random = seeded(seed);
    const rows = 40;
    const kinds = Array.from({ length: rows }, () => (random() < 0.1 ? null : Math.floor(random() * 5)));
    const few = Array.from({ length: rows }, () => (random() < 0.2 ? null : Math.round(random() * 6)));
    const many = Array.from({ length: rows }, () => (random() < 0.2 ? null : random()));
    const matrix = matrixFromColumns(
      [{ name: 'kind', kind: 'category' }, number('few'), number('many')],
      [kinds, few, many],
    );
    const weights = Array.from({ length: rows }, () => 0.5 + random());
    const labels = Array.from({ length: rows }, (_, r) => (random() < 0.2 + 0.1 * (kinds[r] ?? 2) ? 1 : 0));
    // With a least weight on each side the best cut of ordered categories need not be the best subset: exact for numbers only.
    for (const [part, minChildWeight] of [
      [matrix, 0],
      [takeFeatures(matrix, ['few', 'many']), 0.4],
    ] as const) {
      for (const growth of ['leaf', 'depth'] as const) {
        const { model } = trainBoost(part, labels, {
          rounds: 1,
          learningRate: 1,
          base: 0,
          growth,
          maxDepth: 3,
          maxLeaves: 0,
          weights,
          lambda: 0,
          minChildWeight,
          categorySmoothing: 0,
          categoryLambda: 0,
        });
        const g = labels.map((label, r) => weights[r]! * (0.5 - label));
        const h = weights.map((weight) => weight * 0.25);
        const naive = naiveTree(part, g, h, [...labels.keys()], 3, { lambda: 0, minChildWeight });
        expect(shapeOfModel(model)).toEqual(shapeOf(naive));
      }
    }
  });

  it('rows fall into the leaves that training put them in', () => {
    const { matrix, labels } = planted(500, 3);
    const { model } = trainBoost(matrix, labels, { rounds: 1, base: 0, learningRate: 1, lambda: 0, maxLeaves: 12 });
    const tree = model.trees[0]!;
    const flat = flatTree(tree, model);
    const cover = tree.cover.map(() => 0);
    for (let r = 0; r < matrix.rows; r++) {
      let node = 0;
      for (;;) {
        cover[node]! += 0.25;
        if (tree.feature[node]! < 0) break;
        const value = matrix.values[tree.feature[node]! * matrix.rows + r]!;
        node = goesLeft(flat, node, value) ? tree.left[node]! : tree.right[node]!;
      }
    }
    expect(cover).toEqual(tree.cover);
  });
});

describe('planted truth', () => {
  const train = planted(4000, 11);
  const test = planted(4000, 12);

  it.each([
    ['leaf-wise', {}],
    ['depth-wise', { growth: 'depth', maxDepth: 5, maxLeaves: 0 }],
    ['sampled', { rowSample: 0.6, columnSample: 0.8, columnSampleByNode: 0.8 }],
    ['forest', { mode: 'forest', rounds: 150, minChildWeight: 3, maxLeaves: 0, columnSampleByNode: 0.6 }],
  ] satisfies [string, Partial<BoostOptions>][])('%s beats what one feature can say', (_name, options) => {
    const { model } = trainBoost(train.matrix, train.labels, { rounds: 80, ...options });
    const alone = auroc(
      test.labels,
      test.matrix.values.subarray(0, 4000).map((v) => (Number.isNaN(v) ? 0.5 : v)),
    );
    expect(auroc(test.labels, predictBoost(model, test.matrix))).toBeGreaterThan(alone + 0.12);
  });

  it('stops early and keeps the best round, by either metric', () => {
    for (const metric of ['prauc', 'logloss'] as const) {
      const run = trainBoost(train.matrix, train.labels, {
        rounds: 2000,
        learningRate: 0.3,
        validation: { data: test.matrix, labels: test.labels },
        earlyStopping: { metric, rounds: 20 },
      });
      expect(run.bestRounds).toBeLessThan(400);
      expect(run.history.length).toBe(run.bestRounds + 20);
      const best = metric === 'prauc' ? Math.max(...run.history) : Math.min(...run.history);
      expect(run.history[run.bestRounds - 1]).toBe(best);
      if (metric === 'prauc') {
        expect(averagePrecision(test.labels, predictBoost(run.model, test.matrix))).toBeCloseTo(best, 12);
      }
    }
  });

  it('a monotone feature never lowers the score as it rises', () => {
    const features = train.matrix.features.map((f) =>
      f.name === 'b' ? number('b', 1) : f.name === 'a' ? number('a', -1) : f,
    );
    const { model } = trainBoost({ ...train.matrix, features }, train.labels, { rounds: 60 });
    const score = rowPredictor(model);
    const random = seeded(5);
    let moved = 0;
    for (let i = 0; i < 300; i++) {
      const row = [random(), random(), random(), random(), Math.floor(random() * 12)];
      for (const [feature, sign] of [
        [1, 1],
        [0, -1],
      ] as const) {
        let last = -Infinity;
        for (let x = 0; x <= 1; x += 0.02) {
          const now = sign * score(row.map((value, f) => (f === feature ? x : value)));
          expect(now).toBeGreaterThanOrEqual(last - 1e-12);
          if (now > last && last > -Infinity) moved++;
          last = now;
        }
      }
    }
    expect(moved).toBeGreaterThan(0);
  });

  it('features kept apart never meet on a path', () => {
    const { model } = trainBoost(train.matrix, train.labels, {
      rounds: 40,
      interactions: [
        ['a', 'b'],
        ['c', 'kind'],
      ],
    });
    const met = new Set<string>();
    for (const tree of model.trees) {
      const walk = (node: number, used: readonly number[]): void => {
        if (tree.feature[node]! < 0) return void met.add([...new Set(used)].sort((a, b) => a - b).join());
        for (const child of [tree.left[node]!, tree.right[node]!]) walk(child, [...used, tree.feature[node]!]);
      };
      walk(0, []);
    }
    for (const path of met) expect(['', '0', '1', '2', '3', '4', '0,1', '2,4']).toContain(path);
    expect(met.has('0,1')).toBe(true);
  });

  it('weights count like repeated rows', () => {
    const small = planted(200, 4);
    const weights = Array.from(small.labels, (_, r) => 1 + (r % 3));
    const repeated = weights.flatMap((weight, r) => Array.from({ length: weight }, () => r));
    const options = { rounds: 10 };
    const weighted = trainBoost(small.matrix, small.labels, { ...options, weights }).model;
    const again = trainBoost(
      takeRows(small.matrix, repeated),
      repeated.map((r) => small.labels[r]!),
      options,
    ).model;
    const [a, b] = [weighted, again].map((model) => predictBoost(model, small.matrix));
    a!.forEach((margin, r) => expect(margin).toBeCloseTo(b![r]!, 9));
  });

  it('the same seed gives the same bytes, another seed others', () => {
    const text = (seed: number) =>
      textOfBoost(trainBoost(train.matrix, train.labels, { rounds: 5, rowSample: 0.5, seed }).model);
    expect(text(1)).toBe(text(1));
    expect(text(1)).not.toBe(text(2));
  });
});

/** Shapley values by their definition: every subset of features, expectation over the training cover. */
function bruteShapley(model: BoostModel, matrix: Matrix, row: number): number[] {
  const features = model.features.length;
  const flats = model.trees.map((tree) => flatTree(tree, model));
  const expectation = (tree: number, node: number, known: number): number => {
    const t = model.trees[tree]!;
    const feature = t.feature[node]!;
    if (feature < 0) return t.value[node]!;
    const [left, right] = [t.left[node]!, t.right[node]!];
    if ((known >> feature) & 1) {
      const value = matrix.values[feature * matrix.rows + row]!;
      return expectation(tree, goesLeft(flats[tree]!, node, value) ? left : right, known);
    }
    const share = t.cover[left]! / (t.cover[left]! + t.cover[right]!);
    return share * expectation(tree, left, known) + (1 - share) * expectation(tree, right, known);
  };
  const value = (known: number) => model.trees.reduce((sum, _, tree) => sum + expectation(tree, 0, known), 0);
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
  return Array.from({ length: features }, (_, feature) => {
    let sum = 0;
    for (let known = 0; known < 2 ** features; known++) {
      if ((known >> feature) & 1) continue;
      const size = known.toString(2).replaceAll('0', '').length;
      const weight = (factorial(size) * factorial(features - size - 1)) / factorial(features);
      sum += weight * (value(known | (1 << feature)) - value(known));
    }
    return sum;
  });
}

describe('explanations', () => {
  const { matrix, labels } = planted(600, 21, 0.15);

  it('are the Shapley values of their definition', () => {
    const { model } = trainBoost(matrix, labels, { rounds: 4, maxLeaves: 16 });
    const shap = treeShap(model, matrix, [0, 7, 99]);
    [0, 7, 99].forEach((row, i) => {
      bruteShapley(model, matrix, row).forEach((value, f) => expect(shap.values[i * 5 + f]).toBeCloseTo(value, 9));
    });
  });

  it.each(['boost', 'forest'] as const)('add up to the margin (%s)', (mode) => {
    const { model } = trainBoost(matrix, labels, { rounds: 40, mode, maxLeaves: 0, maxDepth: 9, minChildWeight: 0.5 });
    const margins = predictBoost(model, matrix);
    const shap = treeShap(model, matrix, Array.from(labels.keys()));
    for (let row = 0; row < matrix.rows; row++) {
      const sum = shap.values.subarray(row * 5, row * 5 + 5).reduce((a, b) => a + b, shap.bias);
      expect(Math.abs(sum - margins[row]!)).toBeLessThan(1e-9);
    }
  });
});

describe('model file', () => {
  const { matrix, labels } = planted(300, 31);
  const { model } = trainBoost(matrix, labels, { rounds: 3 });
  const text = textOfBoost(model);

  it('comes back as the same model and the same bytes', () => {
    expect(boostFromText(text)).toEqual(model);
    expect(textOfBoost(boostFromText(text))).toBe(text);
  });

  it('is refused when cut short anywhere', () => {
    for (let length = 0; length < text.length; length += 97) {
      expect(() => boostFromText(text.slice(0, length))).toThrow(/cut|whole JSON/);
    }
    expect(() => boostFromText(text.slice(0, -1))).toThrow(/changed/);
  });

  it('is refused when one byte is changed anywhere', () => {
    for (let at = 0; at < text.length; at += 41) {
      const changed = text.slice(0, at) + (text[at] === '7' ? '8' : '7') + text.slice(at + 1);
      expect(() => boostFromText(changed), `at ${at}`).toThrow(/boostFromText: /);
    }
  });
});

describe('hard columns and wrong calls', () => {
  const rows = 200;
  const random = seeded(9);
  const labels = Array.from({ length: rows }, (_, r) => (r % 3 === 0 ? 1 : 0));
  const useful = Array.from({ length: rows }, (_, r) => labels[r]! + random());

  it('constant and all-missing columns are left unused and named', () => {
    const matrix = matrixFromColumns(
      [number('useful'), number('constant'), number('void'), { name: 'none', kind: 'category' }],
      [useful, useful.map(() => 4), useful.map(() => null), useful.map(() => null)],
    );
    const { unused, model } = trainBoost(matrix, labels, { rounds: 5 });
    expect(unused).toEqual([
      { name: 'constant', reason: 'constant' },
      { name: 'void', reason: 'all missing' },
      { name: 'none', reason: 'all missing' },
    ]);
    expect(new Set(model.trees.flatMap((tree) => tree.feature))).toEqual(new Set([-1, 0]));
  });

  it('infinite values are ordered like any other', () => {
    const x = labels.map((label, r) => (r % 11 === 0 ? null : label === 1 ? Infinity : r % 2 === 0 ? -Infinity : 3));
    const matrix = matrixFromColumns([number('x')], [x]);
    const { model } = trainBoost(matrix, labels, { rounds: 3, minChildWeight: 0 });
    expect(boostFromText(textOfBoost(model))).toEqual(model);
    const margins = predictBoost(model, matrix);
    const known = x.flatMap((value, r) => (value === null ? [] : [r]));
    expect(
      auroc(
        known.map((r) => labels[r]!),
        known.map((r) => margins[r]!),
      ),
    ).toBe(1);
  });

  it('a category of 10,000 levels trains, and an unknown level counts as missing', () => {
    const n = 20_000;
    const codes = Array.from({ length: n }, (_, r) => (r * 7919) % 10_000);
    const y = codes.map((code) => (code % 2 === 0 ? (random() < 0.7 ? 1 : 0) : random() < 0.3 ? 1 : 0));
    const matrix = matrixFromColumns([{ name: 'code', kind: 'category' }], [codes]);
    const { model } = trainBoost(matrix, y, { rounds: 3 });
    const asked = matrixFromColumns(matrix.features, [[9999, 123_456, null]]);
    const [, unknown, missing] = predictBoost(model, asked);
    expect(unknown).toBe(missing);
  });

  it('a feature absent at scoring is named; order of columns does not matter', () => {
    const matrix = matrixFromColumns([number('u'), number('v')], [useful, useful.map((x) => x * random())]);
    const { model } = trainBoost(matrix, labels, { rounds: 3 });
    expect(() => predictBoost(model, takeFeatures(matrix, ['u']))).toThrow(/lacks: v;/);
    expect(predictProbability(model, takeFeatures(matrix, ['v', 'u']))).toEqual(predictProbability(model, matrix));
  });

  it('every wrong call says what and where', () => {
    const matrix = matrixFromColumns([number('x')], [useful]);
    const call =
      (options: Partial<BoostOptions>, y: number[] = labels) =>
      () =>
        trainBoost(matrix, y, options);
    expect(
      call(
        {},
        labels.map(() => 1),
      ),
    ).toThrow(/all 200 labels that count are 1/);
    expect(call({}, labels.slice(1))).toThrow(/199 labels for 200 rows/);
    expect(
      call(
        {},
        labels.map((y, r) => (r === 3 ? 2 : y)),
      ),
    ).toThrow(/label 2 of row 3/);
    expect(call({ maxBins: 1000, lambda: -1, rounds: 1.5 })).toThrow(/maxBins = 1000.*|lambda = -1.*/);
    expect(call({ bins: 3 } as never)).toThrow(/unknown option "bins"/);
    expect(call({ earlyStopping: { metric: 'prauc', rounds: 3 } })).toThrow(/needs validation/);
    expect(call({ weights: [1] })).toThrow(/1 weights for 200/);
    expect(call({ weights: labels.map(() => -1) })).toThrow(/weight -1 of row 0/);
    expect(call({ weights: labels.map(() => 0) })).toThrow(/no row has a weight/);
    expect(call({ interactions: [['zzz']] })).toThrow(/zzz, not in the matrix/);
    expect(() => matrixFromColumns([number('x'), number('x')], [useful, useful])).toThrow(/"x" is used twice/);
    expect(() => matrixFromColumns([{ name: 'k', kind: 'category' }], [[0.5]])).toThrow(/"k" holds 0.5/);
  });
});
