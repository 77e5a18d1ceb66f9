import { predictProbability, treeShap, type BoostModel, type Matrix } from '../models/boost/index.ts';
import { predictLogistic, type LogisticModel } from '../models/linear/index.ts';

/** Contributions of each asked row to a probability: bias + the sum of a row is the scorer's probability. */
export interface Parts {
  readonly values: Float64Array;
  readonly features: number;
  readonly bias: number;
}

/** From rows to raw probabilities, and what each feature added to them. */
export interface Scorer {
  readonly score: (data: Matrix) => Float64Array;
  /** Null for a scorer that is never explained here. */
  readonly parts: ((data: Matrix, rows: readonly number[]) => Parts) | null;
}

/** A tree model. Exact contributions of a forest are shares already; those of a boosting are log-odds, stretched row by row to the probability. */
export function treeScorer(model: BoostModel): Scorer {
  return {
    score: (data) => predictProbability(model, data),
    parts: (data, rows) => {
      const { values, features, bias } = treeShap(model, data, rows);
      if (model.objective === 'squared') return { values, features, bias };
      const start = sigmoid(bias);
      for (let from = 0; from < values.length; from += features) {
        const row = values.subarray(from, from + features);
        const sum = row.reduce((a, b) => a + b, 0);
        const stretch = Math.abs(sum) < 1e-12 ? start * (1 - start) : (sigmoid(bias + sum) - start) / sum;
        for (let f = 0; f < features; f++) row[f]! *= stretch;
      }
      return { values, features, bias: start };
    },
  };
}

/** A logistic regression. */
export function linearScorer(model: LogisticModel): Scorer {
  return { score: (data) => predictLogistic(model, data).map(sigmoid), parts: null };
}

/** Mean of some contributions with the same features. */
export function meanOfParts(list: readonly Parts[]): Parts {
  const [first] = list as [Parts, ...Parts[]];
  const values = first.values.map((_, i) => list.reduce((sum, parts) => sum + parts.values[i]!, 0) / list.length);
  return { values, features: first.features, bias: list.reduce((sum, parts) => sum + parts.bias, 0) / list.length };
}

function sigmoid(margin: number): number {
  return 1 / (1 + Math.exp(-margin));
}
