import type { Graph } from '../csr.ts';

/** Groups of nodes as numbers. */
export interface Groups {
  /** Node → group, 0 … count − 1; groups are numbered in order of their lowest node. */
  readonly groupOf: Uint32Array;
  readonly count: number;
}

/** Weakly connected components: direction, weights and parallel edges do not matter; an isolated node is its own. O(n + m α), 4 n bytes of scratch.
 *  @param edges  mask of edges that count; null = all  @source Tarjan 1975, union by lowest node with path halving */
export function weakComponents(graph: Graph, edges: Uint8Array | null = null): Groups {
  const parent = Uint32Array.from({ length: graph.nodeCount }, (_x, u) => u);
  const find = (node: number): number => {
    let u = node;
    while (parent[u] !== u) {
      parent[u] = parent[parent[u]!]!;
      u = parent[u]!;
    }
    return u;
  };
  for (let e = 0; e < graph.edgeCount; e++) {
    if (edges !== null && edges[e] === 0) continue;
    const a = find(graph.source[e]!);
    const b = find(graph.out.ends[e]!);
    if (a < b) parent[b] = a;
    else if (b < a) parent[a] = b;
  }
  return numberedGroups(Uint32Array.from(parent, (_p, u) => find(u)));
}

/** Renumbers any labelling by first appearance. O(n). */
export function numberedGroups(labels: ArrayLike<number>): Groups {
  const numbers = new Map<number, number>();
  const groupOf = new Uint32Array(labels.length);
  for (let u = 0; u < labels.length; u++) {
    let number = numbers.get(labels[u]!);
    if (number === undefined) numbers.set(labels[u]!, (number = numbers.size));
    groupOf[u] = number;
  }
  return { groupOf, count: numbers.size };
}

/** Members of each group. */
export function groupSizes(groups: Groups): Uint32Array {
  const sizes = new Uint32Array(groups.count);
  for (const group of groups.groupOf) sizes[group]!++;
  return sizes;
}
