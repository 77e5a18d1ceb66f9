import { type Direction, type Graph, sidesOf } from '../csr.ts';

/** Edge ends at each node; parallel edges count each, a self-loop once for each direction. Float64Array (n). O(n). */
export function degrees(graph: Graph, direction: Direction): Float64Array {
  const out = new Float64Array(graph.nodeCount);
  for (const side of sidesOf(graph, direction)) {
    for (let u = 0; u < graph.nodeCount; u++) out[u]! += side.starts[u + 1]! - side.starts[u]!;
  }
  return out;
}

/** Summed weight of the edges at each node (an edge without a stated weight counts 1); otherwise as `degrees`. O(n + m). */
export function weightedDegrees(graph: Graph, direction: Direction): Float64Array {
  if (graph.weight === null) return degrees(graph, direction);
  const out = new Float64Array(graph.nodeCount);
  for (const side of sidesOf(graph, direction)) {
    for (let u = 0; u < graph.nodeCount; u++) {
      for (let slot = side.starts[u]!; slot < side.starts[u + 1]!; slot++) out[u]! += graph.weight[side.edges[slot]!]!;
    }
  }
  return out;
}
