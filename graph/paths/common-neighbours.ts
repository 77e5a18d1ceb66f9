import { InputError } from '../../ingest/base/index.ts';
import { type Graph, sidesOf } from '../csr.ts';
import { WALK_DEFAULTS, type Walk, checkWalk } from './walk.ts';

/** A node that several of the given ones touch. */
export interface CommonNeighbour {
  readonly node: number;
  /** How many of the given nodes it is a neighbour of. */
  readonly shared: number;
}

/** Neighbours of at least `least` of the given nodes (the given ones excluded), most shared first, then by number. O(sum of degrees).
 *  @throws InputError `no-such-node`, `too-few-nodes`, `bad-least` */
export function commonNeighbours(
  graph: Graph,
  nodes: readonly number[],
  options: Partial<Walk> & { readonly least?: number } = {},
): CommonNeighbour[] {
  const given = [...new Set(nodes)];
  const { least = given.length, ...rest } = options;
  const walk: Walk = { ...WALK_DEFAULTS, ...rest };
  checkWalk('commonNeighbours', graph, given, walk);
  if (given.length < 2)
    throw new InputError('too-few-nodes', `commonNeighbours: ${given.length} distinct nodes; give two or more`, {});
  if (!(Number.isInteger(least) && least >= 1 && least <= given.length))
    throw new InputError('bad-least', `commonNeighbours: least is ${least}; use 1 – ${given.length}`, { least });
  const shared = new Map<number, number>();
  for (const node of given) {
    for (const v of _neighbours(graph, node, walk)) shared.set(v, (shared.get(v) ?? 0) + 1);
  }
  for (const node of given) shared.delete(node);
  return [...shared]
    .filter(([, count]) => count >= least)
    .map(([node, count]) => ({ node, shared: count }))
    .sort((a, b) => b.shared - a.shared || a.node - b.node);
}

function _neighbours(graph: Graph, node: number, walk: Walk): Set<number> {
  const found = new Set<number>();
  for (const side of sidesOf(graph, walk.direction)) {
    for (let slot = side.starts[node]!; slot < side.starts[node + 1]!; slot++) {
      const v = side.ends[slot]!;
      if (walk.edges !== null && walk.edges[side.edges[slot]!] === 0) continue;
      if (walk.nodes === null || walk.nodes[v] === 1) found.add(v);
    }
  }
  return found;
}
