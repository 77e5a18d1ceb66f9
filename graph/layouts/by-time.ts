import type { Graph } from '../csr.ts';
import type { Positions } from './positions.ts';

/** Places along a line of time. */
export interface TimePositions extends Positions {
  /** 1 = the node has a dated edge; the others stand in a column one unit before the first. */
  readonly dated: Uint8Array;
}

/** x = days from the earliest edge to the node's own first dated edge; y = lanes: in order of time, each node takes the highest lane whose last node stands at least `gapDays` before.
 *  O(m + n · lanes). */
export function timeLayout(graph: Graph, gapDays = 1): TimePositions {
  const first = new Float64Array(graph.nodeCount).fill(Infinity);
  graph.validFromMs?.forEach((ms, e) => {
    if (ms === -Infinity) return;
    for (const u of [graph.source[e]!, graph.out.ends[e]!]) if (ms < first[u]!) first[u] = ms;
  });
  const dated = Uint8Array.from(first, (ms) => (ms < Infinity ? 1 : 0));
  const earliest = first.reduce((a, b) => Math.min(a, b), Infinity);
  const x = first.map((ms) => (ms < Infinity ? (ms - earliest) / 86_400_000 : -1));
  const y = new Float64Array(graph.nodeCount);
  const lanes: number[] = [];
  for (const u of [...x.keys()].sort((a, b) => x[a]! - x[b]! || a - b)) {
    let lane = lanes.findIndex((last) => last + gapDays <= x[u]!);
    if (lane === -1) lane = lanes.length;
    lanes[lane] = x[u]!;
    y[u] = -lane;
  }
  return { x, y, dated };
}
