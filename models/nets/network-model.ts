import { InputError } from '../../ingest/base/index.ts';

/** A trained network as plain data: JSON holds all of it, and scoring needs no TensorFlow. */
export interface NetworkModel {
  readonly format: 'tributary-network-1';
  readonly features: readonly string[];
  /** Mean and scale of each feature in training (missing values left out); a missing value stands at the mean. */
  readonly means: readonly number[];
  readonly scales: readonly number[];
  /** Aggregators in order, `<relation>:<direction>`. */
  readonly aggregators: readonly string[];
  readonly hidden: number;
  readonly layers: readonly LayerWeights[];
  readonly input: DenseWeights;
  readonly output: DenseWeights;
  /** Log-odds are divided by it. */
  readonly temperature: number;
  readonly seed: number;
}

/** `x · weights + bias`; weights row-major, inputs × outputs, 32-bit floats. */
export interface DenseWeights {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: readonly number[];
  readonly bias: readonly number[];
}

export type LayerWeights = DenseWeights;

/** Text of a model file. */
export function textOfNetwork(model: NetworkModel): string {
  return `${JSON.stringify(model)}\n`;
}

/** @throws InputError `network-format` for anything but a whole network of this version */
export function networkFromText(text: string, where: string): NetworkModel {
  const bad = (why: string): InputError =>
    new InputError('network-format', `${where}: ${why}; fetch the file again or train anew`, { where });
  let model: NetworkModel;
  try {
    model = JSON.parse(text) as NetworkModel;
  } catch {
    throw bad(`${text.length} characters are not whole JSON`);
  }
  if (model.format !== 'tributary-network-1') throw bad(`format is ${JSON.stringify(model.format)}`);
  for (const dense of [model.input, ...model.layers, model.output])
    if (
      dense.weights.length !== dense.inputs * dense.outputs ||
      dense.bias.length !== dense.outputs ||
      !dense.weights.every(Number.isFinite)
    )
      throw bad('a layer does not hold the weights that its shape asks for');
  return model;
}
