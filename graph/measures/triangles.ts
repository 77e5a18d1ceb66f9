import type { SimpleGraph } from '../build/simple.ts';

/** Triangles at each node: pairs of its neighbours that are neighbours. Takes `toSimple(graph, 'both')`, so parallel edges, self-loops and direction
 *  do not count. Each triangle is met once, from its node of lowest rank (degree, then number): O(m^1.5).  @source Latapy 2008 */
export function triangles(graph: SimpleGraph): Float64Array {
  const higher = _higherRanked(graph);
  const count = new Float64Array(graph.nodeCount);
  const mark = new Int32Array(graph.nodeCount).fill(-1);
  for (let u = 0; u < graph.nodeCount; u++) {
    for (let slot = higher.starts[u]!; slot < higher.starts[u + 1]!; slot++) mark[higher.ends[slot]!] = u;
    for (let slot = higher.starts[u]!; slot < higher.starts[u + 1]!; slot++) {
      const v = higher.ends[slot]!;
      for (let s = higher.starts[v]!; s < higher.starts[v + 1]!; s++) {
        const w = higher.ends[s]!;
        if (mark[w] !== u) continue;
        count[u]!++;
        count[v]!++;
        count[w]!++;
      }
    }
  }
  return count;
}

/** Share of each node's pairs of neighbours that are neighbours, 0 – 1; NaN-free: a node with fewer than two neighbours has 0, as is customary. */
export function clustering(graph: SimpleGraph): Float64Array {
  return triangles(graph).map((t, u) => {
    const degree = graph.starts[u + 1]! - graph.starts[u]!;
    return degree < 2 ? 0 : (2 * t) / (degree * (degree - 1));
  });
}

/** Each node's neighbours of higher rank. */
function _higherRanked(graph: SimpleGraph): { starts: Uint32Array; ends: Uint32Array } {
  const degree = (u: number): number => graph.starts[u + 1]! - graph.starts[u]!;
  const starts = new Uint32Array(graph.nodeCount + 1);
  const ends = new Uint32Array(graph.ends.length / 2);
  let written = 0;
  for (let u = 0; u < graph.nodeCount; u++) {
    const own = degree(u);
    for (let slot = graph.starts[u]!; slot < graph.starts[u + 1]!; slot++) {
      const v = graph.ends[slot]!;
      const other = degree(v);
      if (other > own || (other === own && v > u)) ends[written++] = v;
    }
    starts[u + 1] = written;
  }
  return { starts, ends };
}
