import { InputError } from '../../ingest/base/index.ts';
import type { SimpleGraph } from '../build/simple.ts';
import type { Positions } from './positions.ts';

/** Rings around a node: ring `k` holds the nodes `k` edges away, each near the one it was reached from, in sectors as wide as what hangs on it; nodes out of reach
 *  stand on one ring beyond. Rings lie at least one unit apart, and far enough that nodes of a ring are half a unit apart. Takes `toSimple(graph, 'both')`. O(n + m).
 *  @throws InputError `no-such-node` */
export function radialLayout(graph: SimpleGraph, centre: number): Positions {
  const n = graph.nodeCount;
  if (!(Number.isInteger(centre) && centre >= 0 && centre < n))
    throw new InputError('no-such-node', `radialLayout: there is no node ${centre}`, { centre });
  const tree = _tree(graph, centre);
  const width = _widths(tree);
  const x = new Float64Array(n);
  const y = new Float64Array(n);
  const radius = _radii(tree);
  const from = new Float64Array(n);
  const to = new Float64Array(n);
  to[centre] = 2 * Math.PI;
  for (const u of tree.order) {
    const angle = (from[u]! + to[u]!) / 2;
    x[u] = radius[tree.ring[u]!]! * Math.sin(angle);
    y[u] = radius[tree.ring[u]!]! * Math.cos(angle);
    let at = from[u]!;
    for (const v of tree.children[u]!) {
      from[v] = at;
      at += ((to[u]! - from[u]!) * width[v]!) / (width[u]! - 1 || 1);
      to[v] = at;
    }
  }
  return { x, y };
}

interface Tree {
  /** Every node: the centre, then ring by ring, then those out of reach. */
  readonly order: readonly number[];
  readonly ring: Int32Array;
  readonly children: readonly (readonly number[])[];
}

/** Breadth first; a node hangs on the first that reaches it. Nodes out of reach hang on the centre, on the ring after the last. */
function _tree(graph: SimpleGraph, centre: number): Tree {
  const ring = new Int32Array(graph.nodeCount).fill(-1);
  const children: number[][] = Array.from({ length: graph.nodeCount }, () => []);
  const order = [centre];
  ring[centre] = 0;
  for (const u of order) {
    for (let slot = graph.starts[u]!; slot < graph.starts[u + 1]!; slot++) {
      const v = graph.ends[slot]!;
      if (ring[v] !== -1) continue;
      ring[v] = ring[u]! + 1;
      children[u]!.push(v);
      order.push(v);
    }
  }
  const beyond = ring[order.at(-1)!]! + 1;
  for (let u = 0; u < graph.nodeCount; u++) {
    if (ring[u] !== -1) continue;
    ring[u] = beyond;
    children[centre]!.push(u);
    order.push(u);
  }
  return { order, ring, children };
}

/** Node → 1 + the widths of what hangs on it. */
function _widths(tree: Tree): Float64Array {
  const width = new Float64Array(tree.ring.length).fill(1);
  for (const u of [...tree.order].reverse()) for (const v of tree.children[u]!) width[u]! += width[v]!;
  return width;
}

function _radii(tree: Tree): number[] {
  const sizes: number[] = [];
  for (const ring of tree.ring) sizes[ring] = (sizes[ring] ?? 0) + 1;
  const radii = [0];
  for (let k = 1; k < sizes.length; k++)
    radii.push(Math.max(radii[k - 1]! + 1, ((sizes[k] ?? 0) * 0.5) / (2 * Math.PI)));
  return radii;
}
