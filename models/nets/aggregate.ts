import type { Random } from '../../ingest/base/index.ts';
import { type Network, neighboursOf } from '../neighbourhood/index.ts';

/** Means over the neighbours of every node by one relation in one direction: row i of the result is the mean of the rows of its neighbours,
 *  zero where there are none. */
export interface Aggregator {
  readonly name: string;
  readonly starts: Int32Array;
  readonly targets: Int32Array;
}

/** One aggregator a relation and direction, in the order of the relations. */
export function aggregatorsOf(network: Network): Aggregator[] {
  return network.relations.flatMap((relation) =>
    (['out', 'in'] as const).map((direction) => {
      const { starts, targets } = neighboursOf(network, [relation], direction);
      return { name: `${relation.name}:${direction}`, starts, targets };
    }),
  );
}

/** An aggregator in which nobody has more than `most` neighbours: of more, so many are drawn (with repeats). The mean keeps its expectation. */
export function sampledAggregator(of: Aggregator, most: number, random: Random): Aggregator {
  const nodes = of.starts.length - 1;
  const starts = new Int32Array(nodes + 1);
  for (let i = 0; i < nodes; i++) starts[i + 1] = starts[i]! + Math.min(most, of.starts[i + 1]! - of.starts[i]!);
  const targets = new Int32Array(starts[nodes]!);
  for (let i = 0; i < nodes; i++) {
    const from = of.starts[i]!;
    const count = of.starts[i + 1]! - from;
    const at = starts[i]!;
    if (count <= most) targets.set(of.targets.subarray(from, from + count), at);
    else for (let k = 0; k < most; k++) targets[at + k] = of.targets[from + Math.floor(random() * count)]!;
  }
  return { name: of.name, starts, targets };
}

/** Neighbour means of row-major `x` (n × width). O(links × width). */
export function neighbourMeans({ starts, targets }: Aggregator, x: ArrayLike<number>, width: number): Float32Array {
  const nodes = starts.length - 1;
  const out = new Float32Array(nodes * width);
  for (let i = 0; i < nodes; i++) {
    const [from, to] = [starts[i]!, starts[i + 1]!];
    if (from === to) continue;
    const row = i * width;
    for (let k = from; k < to; k++) {
      const other = targets[k]! * width;
      for (let c = 0; c < width; c++) out[row + c]! += x[other + c]!;
    }
    const share = 1 / (to - from);
    for (let c = 0; c < width; c++) out[row + c]! *= share;
  }
  return out;
}

/** The transposed map of {@link neighbourMeans}: what a gradient of the means is for the rows that went into them. */
export function spreadBack({ starts, targets }: Aggregator, dy: ArrayLike<number>, width: number): Float32Array {
  const nodes = starts.length - 1;
  const out = new Float32Array(nodes * width);
  for (let i = 0; i < nodes; i++) {
    const [from, to] = [starts[i]!, starts[i + 1]!];
    const row = i * width;
    const share = 1 / (to - from);
    for (let k = from; k < to; k++) {
      const other = targets[k]! * width;
      for (let c = 0; c < width; c++) out[other + c]! += dy[row + c]! * share;
    }
  }
  return out;
}
