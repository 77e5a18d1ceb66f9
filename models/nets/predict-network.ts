import { InputError } from '../../ingest/base/index.ts';
import type { Network } from '../neighbourhood/index.ts';
import { type Aggregator, aggregatorsOf, neighbourMeans } from './aggregate.ts';
import type { DenseWeights, NetworkModel } from './network-model.ts';

/** Features of every node: names, and one column each, NaN = missing. */
export interface NodeTable {
  readonly names: readonly string[];
  readonly columns: readonly ArrayLike<number>[];
}

/** Epsilon of the layer norm. */
export const NORM_EPSILON = 1e-5;

/** Calibrated log-odds of every node, in plain JavaScript.
 *  @throws InputError `missing-features`, `other-relations` */
export function predictNetwork(model: NetworkModel, network: Network, table: NodeTable): Float64Array {
  const x = scaledRows(model, network.nodes, table);
  const aggregators = _sameAggregators(model, network);
  let h = _relu(_dense(model.input, x, network.nodes));
  for (const layer of model.layers) {
    const wide = concatRows(
      [h, ...aggregators.map((a) => neighbourMeans(a, h, model.hidden))],
      network.nodes,
      model.hidden,
    );
    const out = _relu(_norm(_dense(layer, wide, network.nodes), network.nodes, model.hidden));
    for (let i = 0; i < h.length; i++) out[i]! += h[i]!;
    h = out;
  }
  return Float64Array.from(_dense(model.output, h, network.nodes), (z) => z / model.temperature);
}

/** Standardised features, row-major; missing stands at the mean. */
export function scaledRows(
  of: Pick<NetworkModel, 'features' | 'means' | 'scales'>,
  nodes: number,
  table: NodeTable,
): Float32Array {
  const missing = of.features.filter((f) => !table.names.includes(f));
  if (missing.length > 0)
    throw new InputError(
      'missing-features',
      `predictNetwork: no column ${missing.join(', ')}; build the table as in training`,
      { missing },
    );
  const width = of.features.length;
  const out = new Float32Array(nodes * width);
  of.features.forEach((name, f) => {
    const column = table.columns[table.names.indexOf(name)]!;
    for (let i = 0; i < nodes; i++) {
      const value = column[i]!;
      out[i * width + f] = Number.isFinite(value) ? (value - of.means[f]!) / of.scales[f]! : 0;
    }
  });
  return out;
}

/** Matrices of equal width side by side, row-major. */
export function concatRows(parts: readonly ArrayLike<number>[], rows: number, width: number): Float32Array {
  const out = new Float32Array(rows * width * parts.length);
  parts.forEach((part, p) => {
    for (let i = 0; i < rows; i++)
      for (let c = 0; c < width; c++) out[(i * parts.length + p) * width + c] = part[i * width + c]!;
  });
  return out;
}

function _sameAggregators(model: NetworkModel, network: Network): Aggregator[] {
  const there = new Map(aggregatorsOf(network).map((a) => [a.name, a]));
  const missing = model.aggregators.filter((name) => !there.has(name));
  if (missing.length > 0)
    throw new InputError('other-relations', `predictNetwork: the network has no relation ${missing.join(', ')}`, {
      missing,
    });
  return model.aggregators.map((name) => there.get(name)!);
}

function _dense({ inputs, outputs, weights, bias }: DenseWeights, x: ArrayLike<number>, rows: number): Float32Array {
  const out = new Float32Array(rows * outputs);
  for (let i = 0; i < rows; i++) {
    const to = i * outputs;
    for (let o = 0; o < outputs; o++) out[to + o] = bias[o]!;
    for (let k = 0; k < inputs; k++) {
      const value = x[i * inputs + k]!;
      if (value === 0) continue;
      for (let o = 0; o < outputs; o++) out[to + o]! += value * weights[k * outputs + o]!;
    }
  }
  return out;
}

function _norm(x: Float32Array, rows: number, width: number): Float32Array {
  for (let i = 0; i < rows; i++) {
    const row = x.subarray(i * width, (i + 1) * width);
    const mean = row.reduce((a, b) => a + b, 0) / width;
    const variance = row.reduce((a, b) => a + (b - mean) ** 2, 0) / width;
    const scale = 1 / Math.sqrt(variance + NORM_EPSILON);
    for (let c = 0; c < width; c++) row[c] = (row[c]! - mean) * scale;
  }
  return x;
}

function _relu(x: Float32Array): Float32Array {
  for (let i = 0; i < x.length; i++) if (x[i]! < 0) x[i] = 0;
  return x;
}
