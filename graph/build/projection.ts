import { type Graph, type LinkArrays, toCsr } from '../csr.ts';

/** What a projection left out. */
export interface Projected {
  readonly graph: Graph;
  /** Middles with more than `mostAtMiddle` chosen neighbours: they would join everyone to everyone, and are passed over. */
  readonly skippedMiddles: readonly number[];
}

/** Joins nodes of one kind that share a neighbour of another (firms at one address, vehicles at one site): one edge of kind `via` per pair,
 *  from the lower node to the higher, its weight the number of shared middles. Direction, times and parallel links are dropped.
 *  The nodes are those of `kind`, in their old order. Cost: sum over middles of the square of their neighbours, hence the cap. */
export function projection(graph: Graph, kind: string, via: string, mostAtMiddle = 500): Projected {
  const ends = _nodesOf(graph, kind);
  const place = new Map(ends.map((node, i) => [node, i]));
  const shared = new Map<number, number>();
  const skippedMiddles: number[] = [];
  for (const middle of _nodesOf(graph, via)) {
    const around = _neighboursIn(graph, middle, place);
    if (around.length > mostAtMiddle) {
      skippedMiddles.push(middle);
      continue;
    }
    for (let i = 0; i < around.length; i++) {
      for (let j = i + 1; j < around.length; j++) {
        const key = around[i]! * ends.length + around[j]!;
        shared.set(key, (shared.get(key) ?? 0) + 1);
      }
    }
  }
  const keys = Float64Array.from(shared.keys()).sort();
  const arrays: LinkArrays = {
    from: Uint32Array.from(keys, (key) => Math.floor(key / ends.length)),
    to: Uint32Array.from(keys, (key) => key % ends.length),
    kind: new Uint16Array(keys.length),
    validFromMs: null,
    validToMs: null,
    knownAtMs: null,
    weight: keys.length === 0 ? null : keys.map((key) => shared.get(key)!),
  };
  const nodes = {
    ids: ends.map((node) => graph.ids[node]!),
    nodeKind: new Uint8Array(ends.length),
    nodeKinds: [kind],
    linkKinds: [via],
  };
  return { graph: toCsr(nodes, arrays), skippedMiddles };
}

function _nodesOf(graph: Graph, kind: string): number[] {
  const code = graph.nodeKinds.indexOf(kind);
  const nodes: number[] = [];
  graph.nodeKind.forEach((k, node) => {
    if (k === code) nodes.push(node);
  });
  return nodes;
}

/** Places of the distinct neighbours that are in `place`, ascending. */
function _neighboursIn(graph: Graph, node: number, place: ReadonlyMap<number, number>): number[] {
  const found = new Set<number>();
  for (const side of [graph.out, graph.in]) {
    for (let slot = side.starts[node]!; slot < side.starts[node + 1]!; slot++) {
      const at = place.get(side.ends[slot]!);
      if (at !== undefined && side.ends[slot] !== node) found.add(at);
    }
  }
  return [...found].sort((a, b) => a - b);
}
