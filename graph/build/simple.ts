import type { Adjacency, Direction, Graph } from '../csr.ts';
import { sidesOf } from '../csr.ts';

/** A graph without parallel edges and self-loops, as plain data: what measures that count neighbours read.
 *  `ends` of a node are sorted and distinct. Under `both` it is symmetric: each pair appears at both of its nodes. */
export interface SimpleGraph {
  readonly nodeCount: number;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** Slot → summed weight of the parallel edges (each counts 1 where none is stated). */
  readonly weights: Float64Array;
  /** Node → summed weight of its self-loops. */
  readonly loops: Float64Array;
}

/** Folds parallel edges together and takes self-loops out. Under `both` direction is dropped, and a → b and b → a fold into one pair. O(n + m). */
export function toSimple(graph: Graph, direction: Direction): SimpleGraph {
  const sides = sidesOf(graph, direction);
  const first = sides[0]!;
  const second = sides[1] ?? null;
  const room = first.ends.length + (second?.ends.length ?? 0);
  const starts = new Uint32Array(graph.nodeCount + 1);
  const ends = new Uint32Array(room);
  const weights = new Float64Array(room);
  const loops = new Float64Array(graph.nodeCount);
  let written = 0;
  for (let u = 0; u < graph.nodeCount; u++) {
    let a = first.starts[u]!;
    let b = second === null ? 0 : second.starts[u]!;
    const aStop = first.starts[u + 1]!;
    const bStop = second === null ? 0 : second.starts[u + 1]!;
    while (a < aStop || b < bStop) {
      const fromFirst = b >= bStop || (a < aStop && first.ends[a]! <= second!.ends[b]!);
      const side: Adjacency = fromFirst ? first : second!;
      const slot = fromFirst ? a++ : b++;
      const v = side.ends[slot]!;
      const w = graph.weight === null ? 1 : graph.weight[side.edges[slot]!]!;
      if (v === u) {
        if (fromFirst) loops[u]! += w;
      } else if (written > starts[u]! && ends[written - 1] === v) weights[written - 1]! += w;
      else {
        ends[written] = v;
        weights[written++] = w;
      }
    }
    starts[u + 1] = written;
  }
  return {
    nodeCount: graph.nodeCount,
    starts,
    ends: ends.slice(0, written),
    weights: weights.slice(0, written),
    loops,
  };
}
