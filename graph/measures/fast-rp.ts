import { InputError, type Random, seeded, withDefaults } from '../../ingest/base/index.ts';
import type { SimpleGraph } from '../build/simple.ts';

export interface FastRpOptions {
  /** Numbers for each node; 1 – 4096. */
  readonly dimensions: number;
  /** Share of each further step from the node: `[w1, w2, …]` weighs neighbours, their neighbours, … */
  readonly stepWeights: readonly number[];
  /** Exponent of a node's degree in its own random vector; below 0 makes hubs count less. */
  readonly degreeExponent: number;
  readonly random: Random;
}

/** As documented; `random` is `seeded(1)`. */
export const FAST_RP_DEFAULTS: Readonly<Omit<FastRpOptions, 'random'>> = Object.freeze({
  dimensions: 64,
  stepWeights: [0, 1, 1],
  degreeExponent: -0.5,
});

/** Embeddings: nodes with like surroundings get like vectors (compare by cosine). Row `u` of the result is `[u · dimensions, (u + 1) · dimensions)`. Each step averages
 *  the neighbours' vectors by weight and scales them to length 1. Takes `toSimple(graph, 'both')`; an isolated node gets zeros.
 *  O(dimensions · m) a step, 12 · n · dimensions bytes.
 *  @throws InputError `bad-dimensions`, `bad-step-weights`  @source Chen, Sultan, Tian, Chen and Skiena 2019 */
export function fastRp(graph: SimpleGraph, options: Partial<FastRpOptions> = {}): Float32Array {
  const o = withDefaults<FastRpOptions>('fastRp', { ...FAST_RP_DEFAULTS, random: seeded(1) }, options);
  const d = o.dimensions;
  if (!(Number.isInteger(d) && d >= 1 && d <= 4096))
    throw new InputError('bad-dimensions', `fastRp: dimensions is ${d}; use a whole number 1 – 4096`, {});
  if (o.stepWeights.length === 0 || !o.stepWeights.every(Number.isFinite))
    throw new InputError('bad-step-weights', `fastRp: stepWeights is [${o.stepWeights.join(', ')}]; give numbers`, {});
  let step = randomVectors(graph, d, o);
  const sum = new Float32Array(graph.nodeCount * d);
  for (const weight of o.stepWeights) {
    step = _averaged(graph, step, d);
    for (let i = 0; i < sum.length; i++) sum[i]! += weight * step[i]!;
  }
  return sum;
}

/** Sparse random vectors: ±√3 with chance 1/6 each, else 0, times degree to `degreeExponent`. */
export function randomVectors(
  graph: SimpleGraph,
  d: number,
  o: Pick<FastRpOptions, 'random' | 'degreeExponent'>,
): Float32Array {
  const vectors = new Float32Array(graph.nodeCount * d);
  for (let u = 0; u < graph.nodeCount; u++) {
    const degree = graph.starts[u + 1]! - graph.starts[u]!;
    const size = degree === 0 ? 0 : Math.sqrt(3) * degree ** o.degreeExponent;
    for (let i = 0; i < d; i++) {
      const draw = o.random() * 6;
      vectors[u * d + i] = draw < 1 ? size : draw < 2 ? -size : 0;
    }
  }
  return vectors;
}

/** Sums shorter than this share of the weight are what rounding left of vectors that cancel out: zero. */
const _ROUNDING = 1e-6;

function _averaged(graph: SimpleGraph, vectors: Float32Array, d: number): Float32Array {
  const out = new Float32Array(vectors.length);
  const sum = new Float64Array(d);
  for (let u = 0; u < graph.nodeCount; u++) {
    sum.fill(0);
    let total = 0;
    for (let slot = graph.starts[u]!; slot < graph.starts[u + 1]!; slot++) {
      const other = graph.ends[slot]! * d;
      const weight = graph.weights[slot]!;
      total += weight;
      for (let i = 0; i < d; i++) sum[i]! += weight * vectors[other + i]!;
    }
    let squares = 0;
    for (let i = 0; i < d; i++) squares += sum[i]! * sum[i]!;
    const length = Math.sqrt(squares);
    if (length > _ROUNDING * total) for (let i = 0; i < d; i++) out[u * d + i] = sum[i]! / length;
  }
  return out;
}
