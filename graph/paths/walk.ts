import { InputError } from '../../ingest/base/index.ts';
import { type Direction, type Graph, firstSlot, sidesOf } from '../csr.ts';

/** How a path may go. */
export interface Walk {
  readonly direction: Direction;
  /** Mask of edges that may be used; null = all. */
  readonly edges: Uint8Array | null;
  /** Mask of nodes that may be passed through; the two ends always may. Null = all. */
  readonly nodes: Uint8Array | null;
  /** Longest path, in edges; 1 – 250. */
  readonly maxHops: number;
}

export const WALK_DEFAULTS: Walk = Object.freeze({ direction: 'both', edges: null, nodes: null, maxHops: 12 });

/** The most edges a path may have: hop counts fit a byte. */
export const MOST_HOPS = 250;

/** A path: `nodes[i]` and `nodes[i + 1]` are joined by `edges[i]`, the lowest-numbered of the parallel edges between them. */
export interface Path {
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
}

/** @throws InputError `no-such-node`, `bad-max-hops`, `bad-direction` */
export function checkWalk(where: string, graph: Graph, nodes: readonly number[], walk: Walk): void {
  for (const node of nodes) {
    if (!(Number.isInteger(node) && node >= 0 && node < graph.nodeCount)) {
      throw new InputError('no-such-node', `${where}: there is no node ${node}; nodes are 0 – ${graph.nodeCount - 1}`, {
        node,
      });
    }
  }
  if (!(Number.isInteger(walk.maxHops) && walk.maxHops >= 1 && walk.maxHops <= MOST_HOPS)) {
    throw new InputError('bad-max-hops', `${where}: maxHops is ${walk.maxHops}; use a whole number 1 – ${MOST_HOPS}`, {
      maxHops: walk.maxHops,
    });
  }
  if (!['out', 'in', 'both'].includes(walk.direction)) {
    throw new InputError('bad-direction', `${where}: direction is "${walk.direction}"; use out, in or both`, {});
  }
}

/** Every edge that a step from `a` to `b` may use, ascending: O(log degree). */
export function edgesBetween(graph: Graph, a: number, b: number, walk: Pick<Walk, 'direction' | 'edges'>): number[] {
  const found: number[] = [];
  for (const side of sidesOf(graph, walk.direction)) {
    for (let slot = firstSlot(side, a, b); slot < side.starts[a + 1]! && side.ends[slot] === b; slot++) {
      const edge = side.edges[slot]!;
      if ((walk.edges === null || walk.edges[edge] === 1) && !(a === b && side === graph.in)) found.push(edge);
    }
  }
  return found.sort((x, y) => x - y);
}

/** The path along these nodes. */
export function pathAlong(graph: Graph, nodes: readonly number[], walk: Pick<Walk, 'direction' | 'edges'>): Path {
  const edges: number[] = [];
  for (let i = 1; i < nodes.length; i++) edges.push(edgesBetween(graph, nodes[i - 1]!, nodes[i]!, walk)[0]!);
  return { nodes, edges };
}

/** Order of paths: fewer edges first, then by node numbers from the start. */
export function comparePaths(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
}
