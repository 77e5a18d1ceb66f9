import { InputError, type Random, seeded, withDefaults } from '../../ingest/base/index.ts';
import type { SimpleGraph } from '../build/simple.ts';
import { type Groups, numberedGroups } from '../measures/weak-components.ts';
import { shuffledNodes } from './move-nodes.ts';

export interface LabelPropagationOptions {
  readonly random: Random;
  /** Rounds at most; 1 – 1000. */
  readonly rounds: number;
}

/** Groups found, and whether labels came to rest. */
export interface Propagated extends Groups {
  readonly settled: boolean;
}

/** Each node takes, in random order, the label that weighs most around it, until nobody changes: quick and rough. Takes `toSimple(graph, 'both')`; self-loops do
 *  not count, isolated nodes stay alone. Ties: the own label, then the lowest. O(m) a round.
 *  @throws InputError `bad-rounds`  @source Raghavan, Albert and Kumara 2007, asynchronous */
export function labelPropagation(graph: SimpleGraph, options: Partial<LabelPropagationOptions> = {}): Propagated {
  const o = withDefaults<LabelPropagationOptions>('labelPropagation', { random: seeded(1), rounds: 50 }, options);
  if (!(Number.isInteger(o.rounds) && o.rounds >= 1 && o.rounds <= 1000))
    throw new InputError('bad-rounds', `labelPropagation: rounds is ${o.rounds}; use a whole number 1 – 1000`, {});
  const labels = Uint32Array.from({ length: graph.nodeCount }, (_x, u) => u);
  const weightOf = new Float64Array(graph.nodeCount);
  let settled = false;
  for (let round = 0; round < o.rounds && !settled; round++) {
    settled = true;
    for (const u of shuffledNodes(graph.nodeCount, o.random)) {
      const best = _heaviest(graph, labels, weightOf, u);
      if (best === labels[u]) continue;
      labels[u] = best;
      settled = false;
    }
  }
  return { ...numberedGroups(labels), settled };
}

function _heaviest(graph: SimpleGraph, labels: Uint32Array, weightOf: Float64Array, u: number): number {
  const start = graph.starts[u]!;
  const stop = graph.starts[u + 1]!;
  for (let slot = start; slot < stop; slot++) weightOf[labels[graph.ends[slot]!]!]! += graph.weights[slot]!;
  let best = labels[u]!;
  let most = weightOf[best]!;
  for (let slot = start; slot < stop; slot++) {
    const label = labels[graph.ends[slot]!]!;
    const weight = weightOf[label]!;
    if (weight > most || (weight === most && best !== labels[u] && label < best)) {
      best = label;
      most = weight;
    }
  }
  for (let slot = start; slot < stop; slot++) weightOf[labels[graph.ends[slot]!]!] = 0;
  return best;
}
