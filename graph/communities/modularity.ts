import type { SimpleGraph } from '../build/simple.ts';
import { levelOf } from './level.ts';

/** How much more weight lies inside groups than chance would put there, −0.5 – 1; null for a graph without weight, where it has no meaning.
 *  A self-loop counts twice at its node. Takes `toSimple(graph, 'both')`. O(n + m).
 *  @param resolution  1 = as usual; higher favours smaller groups  @source Newman and Girvan 2004; Reichardt and Bornholdt 2006 */
export function modularity(graph: SimpleGraph, groupOf: Uint32Array, resolution = 1): number | null {
  const level = levelOf(graph);
  if (level.total === 0) return null;
  const groups = groupOf.reduce((most, g) => Math.max(most, g + 1), 0);
  const inside = new Float64Array(groups);
  const all = new Float64Array(groups);
  for (let u = 0; u < graph.nodeCount; u++) {
    const g = groupOf[u]!;
    all[g]! += level.strength[u]!;
    inside[g]! += 2 * graph.loops[u]!;
    for (let slot = graph.starts[u]!; slot < graph.starts[u + 1]!; slot++) {
      if (groupOf[graph.ends[slot]!] === g) inside[g]! += graph.weights[slot]!;
    }
  }
  return inside.reduce((sum, w, g) => sum + w / level.total - resolution * (all[g]! / level.total) ** 2, 0);
}
