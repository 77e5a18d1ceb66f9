import type { FeatureInfo } from './matrix.ts';

/** One tree as parallel arrays over its nodes; node 0 is the root, children follow their parent.
 *  A row goes left when its value is `< threshold`; with `categories`, when its code is not listed; when it is missing, by `missingLeft`. */
export interface BoostTree {
  /** Index into the model's features; −1 for a leaf. */
  readonly feature: number[];
  readonly threshold: number[];
  readonly left: number[];
  readonly right: number[];
  readonly missingLeft: (0 | 1)[];
  /** What the node adds to the margin if it is a leaf, learning rate included; inner nodes hold what they would add. */
  readonly value: number[];
  /** Sum of second derivatives of the training rows that came through: the weights of TreeSHAP. */
  readonly cover: number[];
  /** Loss taken off by the split; 0 for a leaf. */
  readonly gain: number[];
  /** Codes that go right; null unless the split is on a category. */
  readonly categories: (number[] | null)[];
}

/** A trained model: plain data, safe to save, send to a worker or open in a browser. */
export interface BoostModel {
  readonly objective: 'logistic' | 'squared';
  /** `sum`: margin = base + the sum of trees; `mean`: base + their mean. */
  readonly combine: 'sum' | 'mean';
  readonly base: number;
  readonly features: readonly FeatureInfo[];
  /** Codes of each category feature met in training, ascending; null for numbers and for models from elsewhere. A code not in it counts as missing. */
  readonly seen: readonly (readonly number[] | null)[];
  /** How values are compared with thresholds: a model from XGBoost rounds them to 32 bits first. */
  readonly precision: 'float64' | 'float32';
  readonly trees: readonly BoostTree[];
}

/** A training run: the model, and how each round did on the validation rows (empty without). */
export interface BoostRun {
  readonly model: BoostModel;
  readonly metric: 'prauc' | 'logloss' | null;
  readonly history: readonly number[];
  /** Trees kept. */
  readonly bestRounds: number;
  /** Features that no split could use, with the reason. */
  readonly unused: readonly { readonly name: string; readonly reason: 'constant' | 'all missing' }[];
}

/** Log-odds to probability. */
export function sigmoid(margin: number): number {
  return 1 / (1 + Math.exp(-margin));
}

/** Probability of one margin of a model: the logistic curve, or for `squared` the margin held within 0 and 1. */
export function probabilityOf(model: Pick<BoostModel, 'objective'>, margin: number): number {
  return model.objective === 'logistic' ? sigmoid(margin) : Math.min(1, Math.max(0, margin));
}
