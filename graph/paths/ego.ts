import { InputError, withDefaults } from '../../ingest/base/index.ts';
import { type Graph, sidesOf } from '../csr.ts';
import { type Walk, WALK_DEFAULTS, checkWalk } from './walk.ts';

export interface EgoOptions extends Walk {
  /** Nodes handed out at most, the start included. */
  readonly limit: number;
}

export const EGO_DEFAULTS: EgoOptions = Object.freeze({ ...WALK_DEFAULTS, maxHops: 2, limit: 2000 });

/** What lies around a node. */
export interface Ego {
  /** Nodes by distance, then number; cut at the limit. */
  readonly nodes: readonly number[];
  /** Distance of each of `nodes`, in edges. */
  readonly hops: readonly number[];
  /** Nodes within reach, whether handed out or not. */
  readonly total: number;
}

/** Nodes within `maxHops` edges of some nodes. O(edges scanned).
 *  @throws InputError `no-such-node`, `bad-max-hops`, `bad-direction`, `bad-limit`, `unknown-option` */
export function ego(graph: Graph, starts: readonly number[], options: Partial<EgoOptions> = {}): Ego {
  const o = withDefaults('ego', EGO_DEFAULTS, options);
  checkWalk('ego', graph, starts, o);
  if (!(Number.isInteger(o.limit) && o.limit >= 1))
    throw new InputError('bad-limit', `ego: limit is ${o.limit}; use a whole number ≥ 1`, { limit: o.limit });
  const seen = new Uint8Array(graph.nodeCount);
  let layer = [...new Set(starts)].sort((a, b) => a - b);
  for (const node of layer) seen[node] = 1;
  const nodes = layer.slice(0, o.limit);
  const hops = nodes.map(() => 0);
  let total = layer.length;
  for (let hop = 1; hop <= o.maxHops && layer.length > 0; hop++) {
    layer = _layerAfter(graph, layer, seen, o);
    total += layer.length;
    for (const node of layer.slice(0, Math.max(0, o.limit - nodes.length))) {
      nodes.push(node);
      hops.push(hop);
    }
  }
  return { nodes, hops, total };
}

function _layerAfter(graph: Graph, layer: readonly number[], seen: Uint8Array, walk: Walk): number[] {
  const next: number[] = [];
  for (const side of sidesOf(graph, walk.direction)) {
    for (const u of layer) {
      for (let slot = side.starts[u]!, stop = side.starts[u + 1]!; slot < stop; slot++) {
        const v = side.ends[slot]!;
        if (seen[v] === 1 || (walk.nodes !== null && walk.nodes[v] === 0)) continue;
        if (walk.edges !== null && walk.edges[side.edges[slot]!] === 0) continue;
        seen[v] = 1;
        next.push(v);
      }
    }
  }
  return Array.from(Uint32Array.from(next).sort());
}
