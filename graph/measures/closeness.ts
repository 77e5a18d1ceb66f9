import type { SimpleGraph } from '../build/simple.ts';
import type { Tell } from './tell.ts';

/** How near each node is to those it reaches, 0 – 1: (r − 1)² / ((n − 1) · sum of distances), where r nodes are within reach (itself included), so
 *  that small islands do not seem central. An isolated node has 0. Takes `toSimple(graph, 'both')`, or `'out'` for distances along edges.
 *  O(n m): for selections and small graphs.
 *  @param nodes  nodes to work out; null = all. The others stay 0.  @source Wasserman and Faust 1994 */
export function closeness(
  graph: SimpleGraph,
  nodes: readonly number[] | null = null,
  tell: Tell = () => {},
): Float64Array {
  const n = graph.nodeCount;
  const values = new Float64Array(n);
  const distance = new Int32Array(n);
  const order = new Uint32Array(n);
  const one = (s: number): void => {
    distance.fill(-1);
    distance[s] = 0;
    order[0] = s;
    let reached = 1;
    let sum = 0;
    for (let i = 0; i < reached; i++) {
      const u = order[i]!;
      sum += distance[u]!;
      for (let slot = graph.starts[u]!; slot < graph.starts[u + 1]!; slot++) {
        const v = graph.ends[slot]!;
        if (distance[v] !== -1) continue;
        distance[v] = distance[u]! + 1;
        order[reached++] = v;
      }
    }
    values[s] = sum === 0 ? 0 : ((reached - 1) * (reached - 1)) / ((n - 1) * sum);
  };
  const total = nodes === null ? n : nodes.length;
  for (let i = 0; i < total; i++) {
    one(nodes === null ? i : nodes[i]!);
    tell(i + 1, total);
  }
  return values;
}
