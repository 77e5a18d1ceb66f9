import type { Direction, Graph } from '../csr.ts';
import { sidesOf } from '../csr.ts';
import { compareCodePoints } from '../node-finder.ts';
import type { NeighbourCount } from './views.ts';

/** Distinct neighbours of a node, ascending, with what their order needs. */
export interface Neighbourhood {
  readonly nodes: Uint32Array;
  /** Summed weight of the links to each. */
  readonly weights: Float64Array;
  /** Latest `valid_from` of the links to each, ms UTC; −Infinity = none is dated. */
  readonly latestMs: Float64Array;
}

/** Neighbours by the edges of the mask, of the kinds of `nodes`; a self-loop makes no neighbour. Merges the two sorted adjacencies: O(degree). */
export function neighbourhood(
  graph: Graph,
  node: number,
  masks: { readonly direction: Direction; readonly edges: Uint8Array | null; readonly nodes: Uint8Array | null },
): Neighbourhood {
  const sides = sidesOf(graph, masks.direction);
  const room = sides.reduce((sum, side) => sum + side.starts[node + 1]! - side.starts[node]!, 0);
  const nodes = new Uint32Array(room);
  const weights = new Float64Array(room);
  const latestMs = new Float64Array(room).fill(-Infinity);
  const cursors = sides.map((side) => ({ side, slot: side.starts[node]!, stop: side.starts[node + 1]! }));
  let count = 0;
  for (;;) {
    let lowest: (typeof cursors)[number] | null = null;
    for (const c of cursors)
      if (c.slot < c.stop && (lowest === null || c.side.ends[c.slot]! < lowest.side.ends[lowest.slot]!)) lowest = c;
    if (lowest === null) break;
    const v = lowest.side.ends[lowest.slot]!;
    const edge = lowest.side.edges[lowest.slot++]!;
    if (v === node || (masks.edges !== null && masks.edges[edge] === 0)) continue;
    if (masks.nodes !== null && masks.nodes[v] === 0) continue;
    if (count === 0 || nodes[count - 1] !== v) nodes[count++] = v;
    weights[count - 1]! += graph.weight?.[edge] ?? 1;
    latestMs[count - 1] = Math.max(latestMs[count - 1]!, graph.validFromMs?.[edge] ?? -Infinity);
  }
  return {
    nodes: nodes.subarray(0, count),
    weights: weights.subarray(0, count),
    latestMs: latestMs.subarray(0, count),
  };
}

/** The page of neighbours from `offset`, highest `value` first, ties by node. O(degree log degree). */
export function rankedPage(
  around: Neighbourhood,
  value: (place: number) => number,
  page: { readonly offset: number; readonly limit: number },
): number[] {
  const values = Float64Array.from(around.nodes, (_v, place) => value(place));
  const places = Uint32Array.from(around.nodes, (_v, place) => place);
  places.sort((a, b) => (values[a] === values[b] ? a - b : values[b]! > values[a]! ? 1 : -1));
  return Array.from(places.subarray(page.offset, page.offset + page.limit), (place) => around.nodes[place]!);
}

/** Links and distinct neighbours by link kind, direction and neighbour's kind; sorted by these names. O(degree). */
export function countNeighbours(
  graph: Graph,
  node: number,
  masks: { readonly direction: Direction; readonly edges: Uint8Array | null },
): NeighbourCount[] {
  const counts = new Map<number, { links: number; neighbours: number; last: number }>();
  const nodeKinds = graph.nodeKinds.length;
  for (const side of sidesOf(graph, masks.direction)) {
    const way = side === graph.out ? 0 : 1;
    for (let slot = side.starts[node]!; slot < side.starts[node + 1]!; slot++) {
      const edge = side.edges[slot]!;
      if (masks.edges !== null && masks.edges[edge] === 0) continue;
      const v = side.ends[slot]!;
      const key = (graph.kind[edge]! * 2 + way) * nodeKinds + graph.nodeKind[v]!;
      let entry = counts.get(key);
      if (entry === undefined) counts.set(key, (entry = { links: 0, neighbours: 0, last: -1 }));
      entry.links++;
      if (entry.last !== v) entry.neighbours++;
      entry.last = v;
    }
  }
  return [...counts]
    .map(([key, { links, neighbours }]): NeighbourCount => {
      const rest = Math.floor(key / nodeKinds);
      return {
        linkKind: graph.linkKinds[rest >> 1]!,
        direction: (rest & 1) === 0 ? 'out' : 'in',
        nodeKind: graph.nodeKinds[key % nodeKinds]!,
        links,
        neighbours,
      };
    })
    .sort(_byNames);
}

function _byNames(a: NeighbourCount, b: NeighbourCount): number {
  const key = (c: NeighbourCount): string[] => [c.linkKind, c.direction, c.nodeKind];
  const [x, y] = [key(a), key(b)];
  const at = x.findIndex((text, i) => text !== y[i]);
  return at < 0 ? 0 : compareCodePoints(x[at]!, y[at]!);
}
