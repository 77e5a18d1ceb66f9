import { type Graph, type LinkArrays, toCsr } from '../csr.ts';

/** The graph of some nodes and the edges among them, in the order given; node `i` of the result is `nodes[i]` of `graph`.
 *  @param nodes  distinct node numbers  @param edges  mask of edges that count; null = all
 *  O(n + degrees of the nodes); rows, kinds and times are kept. */
export function inducedSubgraph(graph: Graph, nodes: readonly number[], edges: Uint8Array | null = null): Graph {
  const place = new Map(nodes.map((node, i) => [node, i]));
  const chosen: number[] = [];
  for (const u of nodes) {
    for (let slot = graph.out.starts[u]!; slot < graph.out.starts[u + 1]!; slot++) {
      if (place.has(graph.out.ends[slot]!) && (edges === null || edges[slot] === 1)) chosen.push(slot);
    }
  }
  const number = (node: number): number => place.get(node)!;
  return _from(graph, nodes, Uint32Array.from(chosen), number);
}

/** The same nodes with the edges of the mask only. Returns `graph` itself, uncopied, when the mask is null. O(n + m). */
export function edgeSubgraph(graph: Graph, edges: Uint8Array | null): Graph {
  if (edges === null) return graph;
  const chosen: number[] = [];
  for (let e = 0; e < graph.edgeCount; e++) if (edges[e] === 1) chosen.push(e);
  return _from(graph, null, Uint32Array.from(chosen), (node) => node);
}

function _from(
  graph: Graph,
  nodes: readonly number[] | null,
  edges: Uint32Array,
  number: (node: number) => number,
): Graph {
  const pick = (values: Float64Array | null): Float64Array | null =>
    values === null ? null : Float64Array.from(edges, (e) => values[e]!);
  const arrays: LinkArrays = {
    from: edges.map((e) => number(graph.source[e]!)),
    to: edges.map((e) => number(graph.out.ends[e]!)),
    kind: Uint16Array.from(edges, (e) => graph.kind[e]!),
    validFromMs: pick(graph.validFromMs),
    validToMs: pick(graph.validToMs),
    knownAtMs: pick(graph.knownAtMs),
    weight: pick(graph.weight),
  };
  const ids = nodes === null ? graph.ids : nodes.map((node) => graph.ids[node]!);
  const nodeKind = nodes === null ? graph.nodeKind : Uint8Array.from(nodes, (node) => graph.nodeKind[node]!);
  const rows = edges.map((e) => graph.row[e]!);
  return toCsr({ ids, nodeKind, nodeKinds: graph.nodeKinds, linkKinds: graph.linkKinds }, arrays, rows);
}
