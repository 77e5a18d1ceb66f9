import { withDefaults } from '../../ingest/base/index.ts';
import type { Graph } from '../csr.ts';
import { type Levels, _shortestLevels, _stepsInto } from './shortest-levels.ts';
import { type Path, WALK_DEFAULTS, type Walk, checkWalk, pathAlong } from './walk.ts';

/** A path of fewest edges between two nodes; of several, the one whose node numbers come first. Null when there is none within `maxHops`.
 *  From a node to itself: the path of no edges. Weights are not read; self-loops are never used; parallel edges count once. O(m) at worst.
 *  @throws InputError `no-such-node`, `bad-max-hops`, `bad-direction`, `unknown-option` */
export function shortestPath(graph: Graph, start: number, goal: number, options: Partial<Walk> = {}): Path | null {
  const walk = withDefaults('shortestPath', WALK_DEFAULTS, options);
  checkWalk('shortestPath', graph, [start, goal], walk);
  if (start === goal) return { nodes: [start], edges: [] };
  const levels = _shortestLevels(graph, { start, goal }, walk);
  return levels === null ? null : pathAlong(graph, _firstOf(graph, levels, walk), walk);
}

/** Nodes of the path that comes first: at each level the lowest node that a step reaches. */
export function _firstOf(graph: Graph, levels: Levels, walk: Walk): number[] {
  const nodes = [levels[0]![0]!];
  for (const level of levels.slice(1)) nodes.push(_stepsInto(graph, nodes.at(-1)!, level, walk)[0]!);
  return nodes;
}
