import type { Adjacency, Graph } from '../csr.ts';

/** How many different nodes send to each node by edges of `linkKind` (null = any): fan-in. Parallel edges count once, self-loops not. O(n + m). */
export function fanIn(graph: Graph, linkKind: string | null = null): Float64Array {
  return _fan(graph, graph.in, linkKind);
}

/** How many different nodes each node sends to: fan-out; otherwise as `fanIn`. */
export function fanOut(graph: Graph, linkKind: string | null = null): Float64Array {
  return _fan(graph, graph.out, linkKind);
}

function _fan(graph: Graph, side: Adjacency, linkKind: string | null): Float64Array {
  const code = linkKind === null ? -1 : graph.linkKinds.indexOf(linkKind);
  const out = new Float64Array(graph.nodeCount);
  if (linkKind !== null && code < 0) return out;
  for (let u = 0; u < graph.nodeCount; u++) {
    let last = u;
    let count = 0;
    for (let slot = side.starts[u]!; slot < side.starts[u + 1]!; slot++) {
      const v = side.ends[slot]!;
      if (v === u || v === last || (code >= 0 && graph.kind[side.edges[slot]!] !== code)) continue;
      last = v;
      count++;
    }
    out[u] = count;
  }
  return out;
}
