import type { Graph } from '../csr.ts';
import { strongComponents } from '../measures/strong-components.ts';
import type { Positions } from './positions.ts';

/** Sweeps that untangle crossings. */
const _SWEEPS = 8;

/** Layers from top to bottom along edges, one unit apart: each node below all that point to it (nodes in a circle of edges share their layer), ordered within
 *  its layer by the mean place of its neighbours, so that few edges cross. O((n + m) log n).  @source Sugiyama, Tagawa and Toda 1981, without dummy nodes */
export function hierarchicalLayout(graph: Graph): Positions {
  const layer = layersOf(graph);
  const layers: number[][] = [];
  layer.forEach((k, u) => (layers[k] ??= []).push(u));
  const place = new Float64Array(graph.nodeCount);
  for (const nodes of layers) nodes.forEach((u, i) => (place[u] = i - (nodes.length - 1) / 2));
  for (let sweep = 0; sweep < _SWEEPS; sweep++) {
    const downwards = sweep % 2 === 0;
    for (const nodes of downwards ? layers : [...layers].reverse()) _reorder(graph, nodes, place, downwards);
  }
  return { x: place, y: Float64Array.from(layer, (k) => -k) };
}

/** Node → layer: the longest way from a node that nothing points to, circles of edges counting as one node. */
export function layersOf(graph: Graph): Uint32Array {
  const { groupOf, count } = strongComponents(graph);
  const incoming = new Uint32Array(count);
  const members: number[][] = Array.from({ length: count }, () => []);
  groupOf.forEach((g, u) => members[g]!.push(u));
  for (let e = 0; e < graph.edgeCount; e++) {
    const [a, b] = [groupOf[graph.source[e]!]!, groupOf[graph.out.ends[e]!]!];
    if (a !== b) incoming[b]!++;
  }
  const layer = new Uint32Array(count);
  const ready = [...incoming.keys()].filter((g) => incoming[g] === 0);
  for (const g of ready) {
    for (const u of members[g]!) {
      for (let e = graph.out.starts[u]!; e < graph.out.starts[u + 1]!; e++) {
        const h = groupOf[graph.out.ends[e]!]!;
        if (h === g) continue;
        layer[h] = Math.max(layer[h]!, layer[g]! + 1);
        if (--incoming[h]! === 0) ready.push(h);
      }
    }
  }
  return Uint32Array.from(groupOf, (g) => layer[g]!);
}

/** Sorts a layer by the mean place of its neighbours above (or below); a node without any keeps its place. */
function _reorder(graph: Graph, nodes: number[], place: Float64Array, downwards: boolean): void {
  const side = downwards ? graph.in : graph.out;
  const wish = new Map(
    nodes.map((u) => {
      let sum = 0;
      const degree = side.starts[u + 1]! - side.starts[u]!;
      for (let slot = side.starts[u]!; slot < side.starts[u + 1]!; slot++) sum += place[side.ends[slot]!]!;
      return [u, degree === 0 ? place[u]! : sum / degree] as const;
    }),
  );
  nodes.sort((a, b) => wish.get(a)! - wish.get(b)! || a - b);
  nodes.forEach((u, i) => (place[u] = i - (nodes.length - 1) / 2));
}
