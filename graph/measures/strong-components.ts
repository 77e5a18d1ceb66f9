import type { Graph } from '../csr.ts';
import { type Groups, numberedGroups } from './weak-components.ts';

/** Strongly connected components: nodes that reach each other along edges. Parallel edges and self-loops change nothing. O(n + m), 16 n bytes of
 *  scratch, no recursion.  @source Tarjan 1972 */
export function strongComponents(graph: Graph): Groups {
  const n = graph.nodeCount;
  const { starts, ends } = graph.out;
  const index = new Uint32Array(n);
  const low = new Uint32Array(n);
  const next = starts.slice(0, n);
  const group = new Int32Array(n).fill(-1);
  const open: number[] = [];
  const call: number[] = [];
  let visited = 0;
  let groups = 0;
  const enter = (u: number): void => {
    index[u] = low[u] = ++visited;
    open.push(u);
    call.push(u);
  };
  for (let root = 0; root < n; root++) {
    if (index[root] !== 0) continue;
    enter(root);
    while (call.length > 0) {
      const u = call.at(-1)!;
      if (next[u]! < starts[u + 1]!) {
        const v = ends[next[u]!++]!;
        if (index[v] === 0) enter(v);
        else if (group[v] === -1 && index[v]! < low[u]!) low[u] = index[v]!;
        continue;
      }
      call.pop();
      const caller = call.at(-1);
      if (caller !== undefined && low[u]! < low[caller]!) low[caller] = low[u]!;
      if (low[u] === index[u]) {
        for (let v = -1; v !== u; group[v] = groups) v = open.pop()!;
        groups++;
      }
    }
  }
  return numberedGroups(group);
}
