import { InputError, StateError, seeded } from '../../ingest/base/index.ts';
import { _averagePrecision } from '../evaluate/index.ts';
import type { FeatureBins } from './binning.ts';
import { engineFor } from './choose-engine.ts';
import type { Engine } from './engine.ts';
import { growTree, type Grower } from './grow.ts';
import { interactionsOf } from './interactions.ts';
import { alignMatrix, checkMatrix, type Matrix } from './matrix.ts';
import { sigmoid, type BoostModel, type BoostRun, type BoostTree } from './model.ts';
import { baseMargin, rowWeights } from './objective.ts';
import { boostOptions, type BoostOptions } from './options.ts';
import { addTree, flatTree } from './predict.ts';
import { bootstrapCounts, sampleAscending, shareOf } from './sampling.ts';

/** Trains gradient-boosted trees, or a forest, on labels of 0 and 1. The same data, options and seed give the same model, whatever the threads.
 *  @param data  see Matrix; constant and all-missing features are left unused and named in the answer
 *  @throws InputError `matrix-shape`, `label-value`, `one-class`, `boost-option`, `weight-value`, `no-such-feature`
 *  O(rounds × rows × features × depth) time, rows × features bytes over the matrix
 *  @source Friedman 2001; Chen & Guestrin 2016; Ke et al. 2017 */
export function trainBoost(data: Matrix, labels: ArrayLike<number>, given: Partial<BoostOptions> = {}): BoostRun {
  try {
    return _trainBoost(data, labels, given);
  } catch (fault) {
    // The model does not depend on the threads: one thread gives what several could not finish.
    if (!(fault instanceof StateError && fault.code === 'worker-lost') || given.threads === 1) throw fault;
    return _trainBoost(data, labels, { ...given, threads: 1 });
  }
}

function _trainBoost(data: Matrix, labels: ArrayLike<number>, given: Partial<BoostOptions>): BoostRun {
  const options = boostOptions(given);
  checkMatrix('trainBoost', data);
  checkLabels('trainBoost', data, labels);
  const weights = rowWeights(labels, options);
  const base = baseMargin(labels, weights, options);
  const validation = options.validation === null ? null : prepareValidation(data, options, base);
  const monotone = Int8Array.from(data.features, (feature) =>
    feature.kind === 'number' ? (feature.monotone ?? 0) : 0,
  );
  const { engine, features } = engineFor(data, { labels, weights, base, monotone }, options);
  try {
    return _train({ data, labels, options, weights, base, monotone, features, engine, validation });
  } finally {
    engine.close();
  }
}

interface TrainInput {
  readonly data: Matrix;
  readonly labels: ArrayLike<number>;
  readonly options: BoostOptions;
  readonly weights: Float64Array;
  readonly base: number;
  readonly monotone: Int8Array;
  readonly features: readonly FeatureBins[];
  readonly engine: Engine;
  readonly validation: ValidationState | null;
}

interface ValidationState {
  readonly data: Matrix;
  readonly labels: ArrayLike<number>;
  readonly weights: Float64Array | null;
  readonly sums: Float64Array;
}

function _train(input: TrainInput): BoostRun {
  const { options, base } = input;
  const seen = input.features.map((bins) => (bins.codes === null ? null : bins.codes.flat().sort((a, b) => a - b)));
  const frame: Omit<BoostModel, 'trees'> = {
    objective: options.mode === 'forest' ? 'squared' : options.objective,
    combine: options.mode === 'forest' ? 'mean' : 'sum',
    base: options.mode === 'forest' ? 0 : base,
    features: input.data.features,
    seen,
    precision: 'float64',
  };
  const grown = options.mode === 'forest' ? growForest(input) : growBoost(input, frame);
  return {
    model: { ...frame, trees: grown.trees },
    metric: options.earlyStopping?.metric ?? (input.validation === null ? null : 'logloss'),
    history: grown.history,
    bestRounds: grown.trees.length,
    unused: unusedFeatures(input.data, input.features),
  };
}

function growBoost(input: TrainInput, frame: Omit<BoostModel, 'trees'>): { trees: BoostTree[]; history: number[] } {
  const { data, options, engine } = input;
  const grower = growerOf(input);
  const trees: BoostTree[] = [];
  const history: number[] = [];
  let best = 0;
  for (let round = 0; round < options.rounds; round++) {
    engine.fillGradients();
    const random = seeded(`${options.seed}:tree:${round}`);
    const rowCount = drawRows(input, random);
    const columns = columnsOfTree(input, random);
    const { tree, leaves } = growTree(grower, { rowCount, columns, random });
    if (rowCount < data.rows) addTree(engine.margins, flatTree(tree, frame), data);
    else engine.addLeaves(leaves.map(({ node, begin, end }) => ({ begin, end, value: tree.value[node]! })));
    trees.push(tree);
    if (input.validation !== null) {
      addTree(input.validation.sums, flatTree(tree, frame), input.validation.data);
      history.push(validationScore(input.validation, options));
      if (history[round]! > history[best]! || round === 0) best = round;
      if (options.earlyStopping !== null && round - best >= options.earlyStopping.rounds) break;
    }
    if (tree.feature.length === 1 && rowCount === data.rows && columns.length === data.features.length) break;
  }
  if (options.earlyStopping !== null) trees.length = best + 1;
  const signed = options.earlyStopping?.metric === 'prauc' ? history : history.map((score) => -score);
  return { trees, history: signed };
}

/** Each tree on a bootstrap of the rows, for the squared loss: leaves are shares of positives. */
function growForest(input: TrainInput): { trees: BoostTree[]; history: number[] } {
  const { data, options, labels, weights, engine } = input;
  const grower = growerOf(input);
  const trees: BoostTree[] = [];
  for (let round = 0; round < options.rounds; round++) {
    const random = seeded(`${options.seed}:tree:${round}`);
    const counts = bootstrapCounts(random, data.rows, shareOf(data.rows, options.rowSample));
    let rowCount = 0;
    for (let r = 0; r < data.rows; r++) {
      const weight = counts[r]! * weights[r]!;
      engine.gradients[2 * r] = -weight * labels[r]!;
      engine.gradients[2 * r + 1] = weight;
      if (weight > 0) engine.rows[rowCount++] = r;
    }
    trees.push(growTree(grower, { rowCount, columns: columnsOfTree(input, random), random }).tree);
  }
  return { trees, history: [] };
}

function growerOf(input: TrainInput): Grower {
  const { engine, features, monotone, options } = input;
  return {
    engine,
    features,
    monotone,
    interactions: interactionsOf(input.data.features, options.interactions),
    options,
  };
}

/** Writes the rows that a tree is grown on to the engine; how many. */
function drawRows(input: TrainInput, random: () => number): number {
  const { rows } = input.data;
  if (input.options.rowSample < 1) {
    const drawn = sampleAscending(random, rows, shareOf(rows, input.options.rowSample));
    input.engine.rows.set(drawn);
    return drawn.length;
  }
  input.engine.allRows();
  return rows;
}

function columnsOfTree(input: TrainInput, random: () => number): Int32Array {
  const all = input.data.features.length;
  if (input.options.columnSample >= 1) return Int32Array.from({ length: all }, (_, f) => f);
  return sampleAscending(random, all, shareOf(all, input.options.columnSample));
}

function prepareValidation(data: Matrix, options: BoostOptions, base: number): ValidationState {
  const { data: held, labels, weights } = options.validation!;
  checkMatrix('trainBoost (validation)', held);
  checkLabels('trainBoost (validation)', held, labels);
  return {
    data: alignMatrix('trainBoost (validation)', held, data.features),
    labels,
    weights: weights ? Float64Array.from(weights) : null,
    sums: new Float64Array(held.rows).fill(options.mode === 'forest' ? 0 : base),
  };
}

/** The stopping metric, higher is better. */
function validationScore(state: ValidationState, options: BoostOptions): number {
  if (options.earlyStopping?.metric === 'prauc') return _averagePrecision(state.labels, state.sums, state.weights);
  let loss = 0;
  let total = 0;
  for (let r = 0; r < state.sums.length; r++) {
    const weight = state.weights === null ? 1 : state.weights[r]!;
    const margin = state.sums[r]!;
    const p = options.objective === 'logistic' ? sigmoid(margin) : Math.min(1, Math.max(0, margin));
    loss -= weight * Math.log(Math.max(1e-15, state.labels[r] === 1 ? p : 1 - p));
    total += weight;
  }
  return -loss / total;
}

function checkLabels(where: string, data: Matrix, labels: ArrayLike<number>): void {
  if (labels.length !== data.rows) {
    throw new InputError('label-length', `${where}: ${labels.length} labels for ${data.rows} rows`);
  }
  for (let r = 0; r < labels.length; r++) {
    if (labels[r] !== 0 && labels[r] !== 1) {
      throw new InputError(
        'label-value',
        `${where}: label ${labels[r]} of row ${r} is not 0 or 1; drop rows never checked`,
      );
    }
  }
}

function unusedFeatures(data: Matrix, features: readonly FeatureBins[]): BoostRun['unused'] {
  return features.flatMap((bins, f): BoostRun['unused'][number][] => {
    const name = data.features[f]!.name;
    const present = bins.codes === null ? hasValue(data, f) : bins.bins > 0;
    if (!present) return [{ name, reason: 'all missing' }];
    return bins.bins + (bins.hasMissing ? 1 : 0) < 2 ? [{ name, reason: 'constant' }] : [];
  });
}

function hasValue(data: Matrix, feature: number): boolean {
  const column = data.values.subarray(feature * data.rows, (feature + 1) * data.rows);
  return column.some((value) => !Number.isNaN(value));
}
