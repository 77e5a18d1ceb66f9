import type * as TF from '@tensorflow/tfjs-core';
import { InputError, type Random, normal, seeded, withDefaults } from '../../ingest/base/index.ts';
import { averagePrecision } from '../evaluate/index.ts';
import type { Network } from '../neighbourhood/index.ts';
import { type Aggregator, aggregatorsOf, neighbourMeans, sampledAggregator, spreadBack } from './aggregate.ts';
import { networkBackend } from './backend.ts';
import type { DenseWeights, NetworkModel } from './network-model.ts';
import { NORM_EPSILON, type NodeTable, scaledRows } from './predict-network.ts';
import { temperatureOf } from './temperature.ts';

export interface NetworkOptions {
  readonly hidden: number;
  readonly layers: number;
  readonly epochs: number;
  readonly learningRate: number;
  /** Weight decay (L2) on all weights. */
  readonly decay: number;
  readonly dropout: number;
  /** Neighbours of a relation that a node listens to in one epoch at most; more are drawn. */
  readonly neighbours: number;
  /** Validation rows are scored every so many epochs. */
  readonly every: number;
  /** Epochs without a better PR-AUC on validation rows before it stops. */
  readonly patience: number;
  /** Weight of a positive row; null = as many as there are negatives for each, at most 10. */
  readonly positiveWeight: number | null;
  readonly seed: number;
  readonly backend: 'wasm' | 'cpu';
}

export const NETWORK_DEFAULTS: NetworkOptions = Object.freeze({
  hidden: 32,
  layers: 2,
  epochs: 200,
  learningRate: 0.01,
  decay: 5e-4,
  dropout: 0.3,
  neighbours: 32,
  every: 5,
  patience: 40,
  positiveWeight: null,
  seed: 1,
  backend: 'wasm',
});

export interface NetworkRun {
  readonly model: NetworkModel;
  readonly bestEpoch: number;
  /** PR-AUC on the validation rows, at the best epoch. */
  readonly validationPrAuc: number;
}

export interface NetworkData {
  readonly network: Network;
  readonly table: NodeTable;
  /** 1, 0, or NaN where not known, for every node. */
  readonly labels: ArrayLike<number>;
  readonly train: ArrayLike<number>;
  readonly validation: ArrayLike<number>;
}

/** GraphSAGE with means over each relation and direction: h ← h + relu(norm([h, mean₁ h, …] W)). All nodes at once; only training rows have a say in the
 *  loss. Stops early on PR-AUC of the validation rows, whose labels also set the temperature. Same input and seed: same model.
 *  Cost of an epoch: O(links × hidden + nodes × relations × hidden²).
 *  @throws InputError `one-class`, `no-relations`
 *  @source Hamilton et al. 2017 (arXiv 1706.02216); relations after Schlichtkrull et al. 2018; temperature after Guo et al. 2017 */
export async function trainNetwork(data: NetworkData, options: Partial<NetworkOptions> = {}): Promise<NetworkRun> {
  const o = withDefaults('trainNetwork', NETWORK_DEFAULTS, options);
  const aggregators = aggregatorsOf(data.network);
  if (aggregators.length === 0)
    throw new InputError('no-relations', 'trainNetwork: the network has no relation; use trees on the table alone', {});
  const positives = Array.from(data.train).filter((i) => data.labels[i] === 1).length;
  if (positives === 0 || positives === data.train.length)
    throw new InputError('one-class', 'trainNetwork: all training rows have the same label', { positives });
  const scale = _scales(data);
  const weight = o.positiveWeight ?? Math.min(10, (data.train.length - positives) / positives);
  const tf = await networkBackend(o.backend);
  const session = new Session(tf, { data, o, aggregators, scale, weight });
  try {
    return session.train();
  } finally {
    session.dispose();
  }
}

interface Setting {
  readonly data: NetworkData;
  readonly o: NetworkOptions;
  readonly aggregators: readonly Aggregator[];
  readonly scale: Pick<NetworkModel, 'features' | 'means' | 'scales'>;
  readonly weight: number;
}

interface Dense {
  readonly weights: TF.Variable<TF.Rank.R2>;
  readonly bias: TF.Variable<TF.Rank.R1>;
}

/** The tensors of one training; disposed of at its end. */
class Session {
  private readonly tf: typeof TF;
  private readonly of: Setting;
  private readonly nodes: number;
  private readonly random: Random;
  private readonly input: Dense;
  private readonly layers: readonly Dense[];
  private readonly output: Dense;
  private readonly x: TF.Tensor2D;
  private readonly y: TF.Tensor1D;
  private readonly w: TF.Tensor1D;

  constructor(tf: typeof TF, of: Setting) {
    this.tf = tf;
    this.of = of;
    this.nodes = of.data.network.nodes;
    this.random = seeded(`network:${of.o.seed}`);
    const { hidden } = of.o;
    const wide = (1 + of.aggregators.length) * hidden;
    this.input = this.dense(of.scale.features.length, hidden);
    this.layers = Array.from({ length: of.o.layers }, () => this.dense(wide, hidden));
    this.output = this.dense(hidden, 1);
    this.x = tf.tensor2d(scaledRows(of.scale, this.nodes, of.data.table), [this.nodes, of.scale.features.length]);
    this.y = tf.tensor1d(Float32Array.from(of.data.labels, (l) => (l === 1 ? 1 : 0)));
    this.w = tf.tensor1d(this.rowWeights());
  }

  train(): NetworkRun {
    const { o, data } = this.of;
    const adam = this.tf.train.adam(o.learningRate);
    let best = { epoch: -1, value: -Infinity, layers: [] as DenseWeights[], logits: new Float64Array(0) };
    const validationLabels = Float64Array.from(data.validation, (i) => data.labels[i]!);
    for (let epoch = 0; epoch < o.epochs && epoch - best.epoch <= o.patience; epoch++) {
      const sampled = this.of.aggregators.map((a) => sampledAggregator(a, o.neighbours, this.random));
      adam.minimize(() => this.loss(sampled));
      if (epoch % o.every !== 0) continue;
      const logits = this.logits();
      const validation = Float64Array.from(data.validation, (i) => logits[i]!);
      const value = averagePrecision(validationLabels, validation);
      if (value > best.value) best = { epoch, value, layers: this.snapshot(), logits: validation };
    }
    adam.dispose();
    const [input, ...rest] = best.layers;
    return {
      bestEpoch: best.epoch,
      validationPrAuc: best.value,
      model: {
        format: 'tributary-network-1',
        ...this.of.scale,
        aggregators: this.of.aggregators.map((a) => a.name),
        hidden: o.hidden,
        layers: rest.slice(0, -1),
        input: input!,
        output: rest.at(-1)!,
        temperature: temperatureOf(validationLabels, best.logits),
        seed: o.seed,
      },
    };
  }

  dispose(): void {
    for (const d of this.all()) {
      d.weights.dispose();
      d.bias.dispose();
    }
    for (const t of [this.x, this.y, this.w]) t.dispose();
  }

  private logits(): Float32Array {
    const z = this.tf.tidy(() => this.forward(this.of.aggregators, false));
    const values = z.dataSync<'float32'>();
    z.dispose();
    return values;
  }

  private loss(aggregators: readonly Aggregator[]): TF.Scalar {
    const tf = this.tf;
    const z = this.forward(aggregators, true);
    // max(z, 0) − z y + log(1 + e^−|z|): no overflow for any z
    const entropy = tf.add(tf.sub(tf.relu(z), tf.mul(z, this.y)), tf.log1p(tf.exp(tf.neg(tf.abs(z)))));
    const fit = tf.div(tf.sum(tf.mul(entropy, this.w)), tf.sum(this.w));
    const size = this.all().reduce<TF.Tensor>((sum, d) => tf.add(sum, tf.sum(tf.square(d.weights))), tf.scalar(0));
    return tf.add(fit, tf.mul(size, this.of.o.decay / 2));
  }

  private forward(aggregators: readonly Aggregator[], training: boolean): TF.Tensor1D {
    const tf = this.tf;
    let h = tf.relu(this.apply(this.input, this.drop(this.x, training)));
    for (const layer of this.layers) {
      const wide = tf.concat([h, ...aggregators.map((a) => this.means(a, h))], 1);
      const z = this.apply(layer, this.drop(wide as TF.Tensor2D, training));
      const mean = tf.mean(z, 1, true);
      const centred = tf.sub(z, mean);
      const variance = tf.mean(tf.square(centred), 1, true);
      h = tf.add(h, tf.relu(tf.div(centred, tf.sqrt(tf.add(variance, NORM_EPSILON)))));
    }
    return tf.reshape(this.apply(this.output, h), [this.nodes]);
  }

  /** Neighbour means with their gradient: TensorFlow.js has no sparse product that can be differentiated. */
  private means(aggregator: Aggregator, h: TF.Tensor2D): TF.Tensor2D {
    const { hidden } = this.of.o;
    const shape: [number, number] = [this.nodes, hidden];
    const op = this.tf.customGrad((x) => ({
      value: this.tf.tensor2d(neighbourMeans(aggregator, (x as TF.Tensor).dataSync(), hidden), shape),
      gradFunc: (dy: TF.Tensor) => this.tf.tensor2d(spreadBack(aggregator, dy.dataSync(), hidden), shape),
    }));
    return op(h) as TF.Tensor2D;
  }

  private apply(d: Dense, x: TF.Tensor2D): TF.Tensor2D {
    return this.tf.add(this.tf.matMul(x, d.weights as unknown as TF.Tensor2D), d.bias);
  }

  private drop(x: TF.Tensor2D, training: boolean): TF.Tensor2D {
    const { dropout } = this.of.o;
    if (!training || dropout === 0) return x;
    const keep = 1 / (1 - dropout);
    const mask = new Float32Array(x.size);
    for (let i = 0; i < mask.length; i++) mask[i] = this.random() < dropout ? 0 : keep;
    return this.tf.mul(x, this.tf.tensor2d(mask, x.shape));
  }

  private dense(inputs: number, outputs: number): Dense {
    const spread = Math.sqrt(2 / inputs);
    const start = Float32Array.from({ length: inputs * outputs }, () => normal(this.random) * spread);
    return {
      weights: this.tf.variable(this.tf.tensor2d(start, [inputs, outputs])),
      bias: this.tf.variable(this.tf.zeros([outputs]) as TF.Tensor1D),
    };
  }

  private all(): readonly Dense[] {
    return [this.input, ...this.layers, this.output];
  }

  private snapshot(): DenseWeights[] {
    return this.all().map((d) => ({
      inputs: d.weights.shape[0],
      outputs: d.weights.shape[1],
      weights: Array.from(d.weights.dataSync()),
      bias: Array.from(d.bias.dataSync()),
    }));
  }

  private rowWeights(): Float32Array {
    const out = new Float32Array(this.nodes);
    for (const i of Array.from(this.of.data.train)) out[i] = this.of.data.labels[i] === 1 ? this.of.weight : 1;
    return out;
  }
}

/** Means and scales over the training rows; a column without spread there says nothing and is left out. */
function _scales({ table, train }: NetworkData): Pick<NetworkModel, 'features' | 'means' | 'scales'> {
  const kept = table.names.flatMap((name, f) => {
    const known = Array.from(train, (i) => table.columns[f]![i]!).filter(Number.isFinite);
    const mean = known.reduce((a, b) => a + b, 0) / known.length;
    const scale = Math.sqrt(known.reduce((a, b) => a + (b - mean) ** 2, 0) / known.length);
    return scale > 0 ? [{ name, mean, scale }] : [];
  });
  if (kept.length === 0)
    throw new InputError('no-features', 'trainNetwork: no feature has two values among the training rows', {});
  return { features: kept.map((k) => k.name), means: kept.map((k) => k.mean), scales: kept.map((k) => k.scale) };
}
