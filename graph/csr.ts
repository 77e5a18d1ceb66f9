/** One direction of a graph: slots `starts[u] … starts[u + 1] - 1` are the neighbours of node `u`, sorted by neighbour, then by edge.
 *  `starts` has n + 1 entries and `starts[n]` is the number of slots written. */
export interface Adjacency {
  readonly starts: Uint32Array;
  /** Slot → the node at the other end. */
  readonly ends: Uint32Array;
  /** Slot → edge number. */
  readonly edges: Uint32Array;
}

/** A compact directed multigraph as plain data: what every algorithm of this folder reads. Nodes are 0 … n − 1, edges 0 … m − 1.
 *  Edges are numbered by (source, target, link row), so an edge's number is its slot in `out`, and parallel edges are neighbours.
 *  Self-loops appear once in `out` and once in `in`. Memory: 9 n + 26 m bytes beside the ids, and 8 m for each time or weight that is not null
 *  (58 m with all four). Arrays may be shared with workers; nobody writes them after the build. */
export interface Graph {
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** Node → its id (`entity_id`). */
  readonly ids: readonly string[];
  /** Node → code in `nodeKinds`. */
  readonly nodeKind: Uint8Array;
  readonly nodeKinds: readonly string[];
  readonly out: Adjacency;
  readonly in: Adjacency;
  /** Edge → source node; the target is `out.ends[edge]`. */
  readonly source: Uint32Array;
  /** Edge → code in `linkKinds`. */
  readonly kind: Uint16Array;
  readonly linkKinds: readonly string[];
  /** Edge → when the link begins to hold, ms UTC; −Infinity = not said. Null when no link says. */
  readonly validFromMs: Float64Array | null;
  /** Edge → when it ends, ms UTC; +Infinity = not said (still holds). */
  readonly validToMs: Float64Array | null;
  /** Edge → when the fact became known, ms UTC; +Infinity = not said, so that no view "as of" shows it. */
  readonly knownAtMs: Float64Array | null;
  /** Edge → strength, ≥ 0; a link that states none counts 1. Null when none states one. */
  readonly weight: Float64Array | null;
  /** Edge → row of the table it was built from. */
  readonly row: Uint32Array;
}

/** A link end that names no node. */
export const NO_NODE = 0xffffffff;

/** Links by row, as numbers; an attribute that no link has is null. */
export interface LinkArrays {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly kind: Uint16Array;
  readonly validFromMs: Float64Array | null;
  readonly validToMs: Float64Array | null;
  readonly knownAtMs: Float64Array | null;
  readonly weight: Float64Array | null;
}

/** Nodes and the names of the codes. */
export interface NodeArrays {
  readonly ids: readonly string[];
  readonly nodeKind: Uint8Array;
  readonly nodeKinds: readonly string[];
  readonly linkKinds: readonly string[];
}

/** The compact graph of links by row. A row with an end of `NO_NODE` is left out (the builders count them); self-loops and parallel links stay.
 *  Two stable counting sorts, by target and then by source: O(n + m), 12 m bytes of scratch.
 *  @param rows  row number of each link; absent = its position */
export function toCsr(nodes: NodeArrays, links: LinkArrays, rows: Uint32Array | null = null): Graph {
  const nodeCount = nodes.ids.length;
  const byTarget = _countingSort(_present(links), links.to, nodeCount);
  const order = _countingSort(byTarget, links.from, nodeCount);
  const edgeCount = order.length;
  const source = _gather(links.from, order, new Uint32Array(edgeCount));
  const target = _gather(links.to, order, new Uint32Array(edgeCount));
  const times = (values: Float64Array | null): Float64Array | null =>
    values === null ? null : _gather(values, order, new Float64Array(edgeCount));
  return {
    nodeCount,
    edgeCount,
    ids: nodes.ids,
    nodeKind: nodes.nodeKind,
    nodeKinds: nodes.nodeKinds,
    linkKinds: nodes.linkKinds,
    out: { starts: _starts(source, nodeCount), ends: target, edges: _countUp(edgeCount) },
    in: _reverse(source, target, nodeCount),
    source,
    kind: _gather(links.kind, order, new Uint16Array(edgeCount)),
    validFromMs: times(links.validFromMs),
    validToMs: times(links.validToMs),
    knownAtMs: times(links.knownAtMs),
    weight: times(links.weight),
    row: rows === null ? order : _gather(rows, order, new Uint32Array(edgeCount)),
  };
}

/** A graph of no nodes. */
export function emptyGraph(): Graph {
  const none = { ids: [], nodeKind: new Uint8Array(0), nodeKinds: [], linkKinds: [] };
  const nothing = new Uint32Array(0);
  const attributes = { validFromMs: null, validToMs: null, knownAtMs: null, weight: null };
  return toCsr(none, { from: nothing, to: nothing, kind: new Uint16Array(0), ...attributes });
}

/** Which way a walk may follow edges; `both` ignores direction. */
export type Direction = 'out' | 'in' | 'both';

/** The adjacencies to scan for a direction. A self-loop is met twice under `both`. */
export function sidesOf(graph: Graph, direction: Direction): readonly Adjacency[] {
  if (direction === 'out') return [graph.out];
  return direction === 'in' ? [graph.in] : [graph.out, graph.in];
}

/** The same, walked the other way. */
export function reversed(direction: Direction): Direction {
  if (direction === 'both') return 'both';
  return direction === 'out' ? 'in' : 'out';
}

/** First slot of `node` whose end is ≥ `end`: binary search, as the ends of a node are sorted. */
export function firstSlot(side: Adjacency, node: number, end: number): number {
  let low = side.starts[node]!;
  let high = side.starts[node + 1]!;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (side.ends[middle]! < end) low = middle + 1;
    else high = middle;
  }
  return low;
}

function _countUp(length: number): Uint32Array {
  const numbers = new Uint32Array(length);
  for (let i = 0; i < length; i++) numbers[i] = i;
  return numbers;
}

function _present(links: LinkArrays): Uint32Array {
  const { from, to } = links;
  const rows = new Uint32Array(from.length);
  let kept = 0;
  for (let row = 0; row < from.length; row++) {
    if (from[row] !== NO_NODE && to[row] !== NO_NODE) rows[kept++] = row;
  }
  return kept === from.length ? rows : rows.slice(0, kept);
}

function _countingSort(rows: Uint32Array, keys: Uint32Array, nodeCount: number): Uint32Array {
  const next = new Uint32Array(nodeCount + 1);
  for (const row of rows) next[keys[row]! + 1]!++;
  for (let u = 0; u < nodeCount; u++) next[u + 1]! += next[u]!;
  const sorted = new Uint32Array(rows.length);
  for (const row of rows) sorted[next[keys[row]!]!++] = row;
  return sorted;
}

function _starts(sortedNodes: Uint32Array, nodeCount: number): Uint32Array {
  const starts = new Uint32Array(nodeCount + 1);
  for (const u of sortedNodes) starts[u + 1]!++;
  for (let u = 0; u < nodeCount; u++) starts[u + 1]! += starts[u]!;
  return starts;
}

function _reverse(source: Uint32Array, target: Uint32Array, nodeCount: number): Adjacency {
  const starts = new Uint32Array(nodeCount + 1);
  for (const v of target) starts[v + 1]!++;
  for (let v = 0; v < nodeCount; v++) starts[v + 1]! += starts[v]!;
  const next = starts.slice();
  const ends = new Uint32Array(source.length);
  const edges = new Uint32Array(source.length);
  for (let e = 0; e < source.length; e++) {
    const slot = next[target[e]!]!++;
    ends[slot] = source[e]!;
    edges[slot] = e;
  }
  return { starts, ends, edges };
}

function _gather<T extends Uint32Array | Uint16Array | Float64Array>(values: T, order: Uint32Array, out: T): T {
  for (let e = 0; e < order.length; e++) out[e] = values[order[e]!]!;
  return out;
}
