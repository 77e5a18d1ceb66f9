import type { SimpleGraph } from '../build/simple.ts';

/** Where a network would fall apart. */
export interface CutPoints {
  /** Pairs [lower node, higher node] without whose edge two parts would be unconnected; ascending. */
  readonly bridges: readonly (readonly [number, number])[];
  /** Nodes without which a part would fall apart; ascending. */
  readonly articulations: readonly number[];
}

/** Bridges and articulation points. Takes `toSimple(graph, 'both')`: parallel edges count as one tie, direction and self-loops do not count.
 *  O(n + m), no recursion.  @source Hopcroft and Tarjan 1973 */
export function cutPoints(graph: SimpleGraph): CutPoints {
  const n = graph.nodeCount;
  const index = new Uint32Array(n);
  const low = new Uint32Array(n);
  const parent = new Int32Array(n).fill(-1);
  const next = graph.starts.slice(0, n);
  const isCut = new Uint8Array(n);
  const bridges: [number, number][] = [];
  const call: number[] = [];
  let visited = 0;
  for (let root = 0; root < n; root++) {
    if (index[root] !== 0) continue;
    let rootChildren = 0;
    index[root] = low[root] = ++visited;
    call.push(root);
    while (call.length > 0) {
      const u = call.at(-1)!;
      if (next[u]! < graph.starts[u + 1]!) {
        const v = graph.ends[next[u]!++]!;
        if (index[v] === 0) {
          parent[v] = u;
          index[v] = low[v] = ++visited;
          call.push(v);
        } else if (v !== parent[u] && index[v]! < low[u]!) low[u] = index[v]!;
        continue;
      }
      call.pop();
      const p = parent[u]!;
      if (p === -1) continue;
      if (low[u]! < low[p]!) low[p] = low[u]!;
      if (low[u]! > index[p]!) bridges.push([Math.min(u, p), Math.max(u, p)]);
      if (p === root) rootChildren++;
      else if (low[u]! >= index[p]!) isCut[p] = 1;
    }
    if (rootChildren > 1) isCut[root] = 1;
  }
  bridges.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return { bridges, articulations: [...isCut.keys()].filter((u) => isCut[u] === 1) };
}
