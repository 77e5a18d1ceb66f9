import { InputError } from '../../ingest/base/index.ts';
import { exp } from './exp.ts';
import type { BoostOptions } from './options.ts';

/** Fills interleaved first and second derivatives of the loss at the margins. */
export function fillGradients(
  out: Float64Array,
  of: {
    readonly objective: BoostOptions['objective'];
    readonly margins: Float64Array;
    readonly labels: ArrayLike<number>;
    readonly weights: Float64Array;
  },
): void {
  const { margins, labels, weights } = of;
  for (let r = 0; r < margins.length; r++) {
    const weight = weights[r]!;
    if (of.objective === 'squared') {
      out[2 * r] = weight * (margins[r]! - labels[r]!);
      out[2 * r + 1] = weight;
    } else {
      const p = 1 / (1 + exp(-margins[r]!));
      out[2 * r] = weight * (p - labels[r]!);
      out[2 * r + 1] = weight * Math.max(p * (1 - p), 1e-16);
    }
  }
}

/** Weight of each row: `weights` times `positiveWeight` where the label is 1. @throws InputError `weight-value` */
export function rowWeights(labels: ArrayLike<number>, options: BoostOptions): Float64Array {
  const weights = new Float64Array(labels.length).fill(1);
  if (options.weights !== null) {
    if (options.weights.length !== labels.length) {
      throw new InputError('weight-value', `trainBoost: ${options.weights.length} weights for ${labels.length} labels`);
    }
    for (let r = 0; r < labels.length; r++) {
      const weight = options.weights[r]!;
      if (!(weight >= 0 && Number.isFinite(weight))) {
        throw new InputError('weight-value', `trainBoost: weight ${weight} of row ${r}; weights are numbers ≥ 0`);
      }
      weights[r] = weight;
    }
  }
  for (let r = 0; r < labels.length; r++) if (labels[r] === 1) weights[r]! *= options.positiveWeight;
  return weights;
}

/** Margin of the weighted share of positives. @throws InputError `one-class` when all rows that count have one label */
export function baseMargin(labels: ArrayLike<number>, weights: Float64Array, options: BoostOptions): number {
  let positive = 0;
  let total = 0;
  for (let r = 0; r < labels.length; r++) {
    total += weights[r]!;
    positive += weights[r]! * labels[r]!;
  }
  if (!(total > 0)) throw new InputError('no-rows', 'trainBoost: no row has a weight above 0; nothing can be learned');
  if (positive === 0 || positive === total) {
    throw new InputError(
      'one-class',
      `trainBoost: all ${labels.length} labels that count are ${positive === 0 ? 0 : 1}; a model needs rows of both kinds`,
    );
  }
  if (options.base !== null) return options.base;
  const share = positive / total;
  return options.objective === 'logistic' ? Math.log(share / (1 - share)) : share;
}
