import type { SimpleGraph } from '../build/simple.ts';

/** Core number of each node: the largest k such that it lies in a part of the graph where everyone has at least k neighbours.
 *  Parallel edges, self-loops, direction and weights do not count (take `toSimple(graph, 'both')`); an isolated node has 0. O(n + m).
 *  @source Batagelj and Zaveršnik 2003 */
export function coreNumbers(graph: SimpleGraph): Uint32Array {
  const n = graph.nodeCount;
  const core = Uint32Array.from({ length: n }, (_x, u) => graph.starts[u + 1]! - graph.starts[u]!);
  const { order, place, first } = _byDegree(core);
  for (let i = 0; i < n; i++) {
    const u = order[i]!;
    for (let slot = graph.starts[u]!; slot < graph.starts[u + 1]!; slot++) {
      const v = graph.ends[slot]!;
      if (core[v]! <= core[u]!) continue;
      const head = first[core[v]!]!;
      const w = order[head]!;
      order[head] = v;
      order[place[v]!] = w;
      [place[v], place[w]] = [head, place[v]!];
      first[core[v]!]!++;
      core[v]!--;
    }
  }
  return core;
}

/** Nodes in order of degree, their places in it, and where each degree begins. */
function _byDegree(degree: Uint32Array): { order: Uint32Array; place: Uint32Array; first: Uint32Array } {
  const most = degree.reduce((a, b) => Math.max(a, b), 0);
  const first = new Uint32Array(most + 2);
  for (const d of degree) first[d + 1]!++;
  for (let d = 0; d <= most; d++) first[d + 1]! += first[d]!;
  const next = first.slice();
  const order = new Uint32Array(degree.length);
  const place = new Uint32Array(degree.length);
  degree.forEach((d, u) => {
    place[u] = next[d]!++;
    order[place[u]!] = u;
  });
  return { order, place, first };
}
