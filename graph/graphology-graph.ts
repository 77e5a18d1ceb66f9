import { MultiDirectedGraph, UndirectedGraph } from 'graphology';
import type { SimpleGraph } from './build/simple.ts';
import type { Graph } from './csr.ts';

/** The graph as graphology holds it, for its algorithms, its file formats and the screen: node keys are node numbers as text, edge keys edge
 *  numbers, edge attribute `weight`. About 1 kB an edge: for parts of up to some 50,000 nodes. */
export function toGraphology(graph: Graph): MultiDirectedGraph {
  const out = new MultiDirectedGraph();
  for (let u = 0; u < graph.nodeCount; u++) out.addNode(u);
  for (let e = 0; e < graph.edgeCount; e++) {
    out.addEdgeWithKey(e, graph.source[e]!, graph.out.ends[e]!, { weight: graph.weight?.[e] ?? 1 });
  }
  return out;
}

/** A symmetric simple graph as graphology holds it; self-loops appear as edges with the weight of `loops`. */
export function toUndirectedGraphology(graph: SimpleGraph): UndirectedGraph {
  const out = new UndirectedGraph();
  for (let u = 0; u < graph.nodeCount; u++) out.addNode(u);
  for (let u = 0; u < graph.nodeCount; u++) {
    if (graph.loops[u]! > 0) out.addEdge(u, u, { weight: graph.loops[u] });
    for (let slot = graph.starts[u]!; slot < graph.starts[u + 1]!; slot++) {
      if (graph.ends[slot]! > u) out.addEdge(u, graph.ends[slot]!, { weight: graph.weights[slot] });
    }
  }
  return out;
}
