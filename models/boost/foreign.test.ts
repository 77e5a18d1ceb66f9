import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  boostFromLightgbm,
  boostFromXgboost,
  matrixFromColumns,
  predictBoost,
  rowPredictor,
  trainBoost,
  treeShap,
  xgboostFromBoost,
  type BoostModel,
  type Matrix,
} from './index.ts';

interface Fixture {
  features: string[];
  rows: (number | null)[][];
  model: unknown;
  margins: number[];
  shap: number[][];
}

function read(name: string): Fixture {
  return JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8')) as Fixture;
}

function matrixOf(fixture: Fixture, model: BoostModel): Matrix {
  return matrixFromColumns(
    model.features,
    fixture.features.map((_, f) => fixture.rows.map((row) => row[f]!)),
  );
}

function expectAgreement(fixture: Fixture, model: BoostModel): void {
  const matrix = matrixOf(fixture, model);
  const margins = predictBoost(model, matrix);
  const one = rowPredictor(model);
  const shap = treeShap(model, matrix, [...fixture.rows.keys()]);
  fixture.margins.forEach((margin, row) => {
    expect(Math.abs(margins[row]! - margin)).toBeLessThan(1e-6);
    expect(one(fixture.rows[row]!.map((value) => value ?? NaN))).toBeCloseTo(margins[row]!, 12);
    fixture.shap[row]!.slice(0, -1).forEach((value, f) => {
      expect(Math.abs(shap.values[row * shap.features + f]! - value)).toBeLessThan(2e-5);
    });
    expect(Math.abs(shap.bias - fixture.shap[row]!.at(-1)!)).toBeLessThan(2e-5);
  });
}

describe('models made elsewhere score and explain as there', () => {
  it.each(['xgboost-logistic', 'xgboost-squared'])('%s', (name) => {
    const fixture = read(name);
    expectAgreement(fixture, boostFromXgboost(JSON.stringify(fixture.model)));
  });

  it('LightGBM text, categories and missing values included', () => {
    const fixture = read('lightgbm-binary');
    expectAgreement(fixture, boostFromLightgbm(fixture.model as string));
  });

  it('XGBoost JSON written here has a point in every float, whole ones too: XGBoost refuses integers there', () => {
    const data = matrixFromColumns(
      [
        { name: '"base_weights":[1]', kind: 'number' },
        { name: 'b', kind: 'number' },
      ],
      [
        [1, 2, 3, 4, 1, 2, 3, 4],
        [0, 0, 1, 1, 0, 0, 1, 1],
      ],
    );
    const { model } = trainBoost(data, [0, 0, 1, 1, 0, 0, 1, 1], { rounds: 2, objective: 'squared', lambda: 0 });
    const text = xgboostFromBoost(model);
    const lists = [...text.matchAll(/"(?:base_weights|loss_changes|split_conditions|sum_hessian)":\[([^\]]*)\]/g)];
    expect(lists).toHaveLength(8);
    for (const [, list] of lists) for (const x of list!.split(',')) expect(x).toMatch(/[.eE]/);
    expect(JSON.parse(text).learner.feature_names[0]).toBe('"base_weights":[1]');
    expect(text).toContain('"left_children":[1,');
  });

  it('XGBoost JSON written here is read back as the same scores', () => {
    const fixture = read('xgboost-logistic');
    const model = boostFromXgboost(JSON.stringify(fixture.model));
    const again = boostFromXgboost(xgboostFromBoost(model));
    const [a, b] = [model, again].map((m) => predictBoost(m, matrixOf(fixture, m)));
    a!.forEach((margin, row) => expect(Math.abs(margin - b![row]!)).toBeLessThan(1e-6));
  });
});

describe('refused, with the reason', () => {
  const xgboost = JSON.stringify(read('xgboost-logistic').model);
  const lightgbm = read('lightgbm-binary').model as string;

  it('files cut short, at any length', () => {
    for (let share = 0.02; share < 1; share += 0.07) {
      expect(() => boostFromXgboost(xgboost.slice(0, Math.floor(xgboost.length * share)))).toThrow(/cut short/);
      const end = Math.floor(lightgbm.indexOf('end of trees') * share);
      expect(() => boostFromLightgbm(lightgbm.slice(0, end))).toThrow(/boostFromLightgbm: /);
    }
  });

  it('kinds of model that are not read', () => {
    const swap = (from: string, to: string) => boostFromXgboost(xgboost.replace(from, to));
    expect(() => swap('"name":"gbtree"', '"name":"dart"')).toThrow(/"dart" is not gbtree/);
    expect(() => swap('binary:logistic', 'rank:ndcg')).toThrow(/rank:ndcg/);
    expect(() => swap('"num_class":"0"', '"num_class":"3"')).toThrow(/3 classes/);
    expect(() => boostFromXgboost('{"a":1}')).toThrow(/no learner/);
    expect(() => boostFromLightgbm(lightgbm.replace('num_class=1', 'num_class=3'))).toThrow(/3 classes/);
    expect(() => boostFromLightgbm(lightgbm.replace('objective=binary', 'objective=lambdarank'))).toThrow(/lambdarank/);
    expect(() => boostFromLightgbm(lightgbm.replace('num_leaves=8', 'num_leaves=9'))).toThrow(/expected 8/);
    expect(() => boostFromLightgbm('hello')).toThrow(/does not begin/);
  });

  it('an XGBoost tree that points at a node or feature that is not there', () => {
    const model = JSON.parse(xgboost) as {
      learner: { gradient_booster: { model: { trees: { left_children: number[] }[] } } };
    };
    model.learner.gradient_booster.model.trees[0]!.left_children[0] = 900;
    expect(() => boostFromXgboost(JSON.stringify(model))).toThrow(/tree 0, node 0/);
  });
});
