import { InputError, type Random, withDefaults } from '../../ingest/base/index.ts';
import type { SimpleGraph } from '../build/simple.ts';
import type { Tell } from './tell.ts';

export interface BetweennessOptions {
  /** Start nodes to work from; null = all, the exact measure. */
  readonly samples: number | null;
  /** Draws the start nodes; needed with `samples`. */
  readonly random: Random | null;
  /** Told how many start nodes are done, of how many. */
  readonly tell: Tell;
}

export const BETWEENNESS_DEFAULTS: BetweennessOptions = Object.freeze({ samples: null, random: null, tell: () => {} });

/** Share of the shortest paths between other nodes that pass each node, and how sure that is. */
export interface Betweenness {
  /** Sum over ordered pairs (s, t) of other nodes of the share of their shortest paths that pass the node. Halve it for unordered pairs
   *  of an undirected graph; divide by (n − 1)(n − 2) for 0 – 1. */
  readonly values: Float64Array;
  /** Standard error of each value from the spread over the start nodes drawn; all 0 when exact. */
  readonly standardErrors: Float64Array;
  readonly starts: number;
}

/** Betweenness by shortest paths of fewest edges. Takes a simple graph: `toSimple(graph, 'both')`, or `'out'` to follow direction; parallel edges
 *  count once, weights and self-loops not. O(n m), or O(samples · m).
 *  @throws InputError `bad-samples`  @source Brandes 2001; Brandes and Pich 2007 for the sample */
export function betweenness(graph: SimpleGraph, options: Partial<BetweennessOptions> = {}): Betweenness {
  const o = withDefaults('betweenness', BETWEENNESS_DEFAULTS, options);
  const n = graph.nodeCount;
  const starts = _startNodes(n, o);
  const values = new Float64Array(n);
  const squares = new Float64Array(n);
  const search = _scratch(n);
  let done = 0;
  for (const s of starts) {
    const reached = _shortestCounts(graph, s, search);
    _addDependencies(graph, s, search, reached);
    for (let i = 1; i < reached; i++) {
      const v = search.order[i]!;
      const d = search.dependency[v]!;
      values[v]! += d;
      squares[v]! += d * d;
    }
    o.tell(++done, starts.length);
  }
  const scale = starts.length === 0 ? 1 : n / starts.length;
  const standardErrors = squares.map((sq, v) => _standardError(sq, values[v]!, starts.length, n));
  return { values: values.map((v) => v * scale), standardErrors, starts: starts.length };
}

interface Scratch {
  readonly order: Uint32Array;
  readonly distance: Int32Array;
  readonly paths: Float64Array;
  readonly dependency: Float64Array;
  readonly perPath: Float64Array;
}

function _scratch(n: number): Scratch {
  return {
    order: new Uint32Array(n),
    distance: new Int32Array(n),
    paths: new Float64Array(n),
    dependency: new Float64Array(n),
    perPath: new Float64Array(n),
  };
}

/** Breadth first from `s`: distances, counts of shortest paths, and nodes in order; returns how many it reached. */
function _shortestCounts(graph: SimpleGraph, s: number, b: Scratch): number {
  const { starts, ends } = graph;
  const { order, distance, paths } = b;
  distance.fill(-1);
  distance[s] = 0;
  paths[s] = 1;
  order[0] = s;
  let reached = 1;
  for (let i = 0; i < reached; i++) {
    const u = order[i]!;
    const beyond = distance[u]! + 1;
    for (let slot = starts[u]!, stop = starts[u + 1]!; slot < stop; slot++) {
      const v = ends[slot]!;
      if (distance[v] === -1) {
        distance[v] = beyond;
        order[reached++] = v;
        paths[v] = paths[u]!;
      } else if (distance[v] === beyond) paths[v]! += paths[u]!;
    }
  }
  return reached;
}

/** From the farthest back: what of the paths from `s` passes each node. A node's share per path is worked out once, when its own sum is complete. */
function _addDependencies(graph: SimpleGraph, s: number, b: Scratch, reached: number): void {
  const { starts, ends } = graph;
  const { order, distance, paths, dependency, perPath } = b;
  for (let i = reached - 1; i >= 0; i--) {
    const u = order[i]!;
    const beyond = distance[u]! + 1;
    let sum = 0;
    for (let slot = starts[u]!, stop = starts[u + 1]!; slot < stop; slot++) {
      const v = ends[slot]!;
      if (distance[v] === beyond) sum += perPath[v]!;
    }
    const passing = sum * paths[u]!;
    dependency[u] = passing;
    perPath[u] = (1 + passing) / paths[u]!;
  }
  dependency[s] = 0;
}

/** Of `n · mean`, with the correction for drawing without replacement. */
function _standardError(squares: number, sum: number, drawn: number, n: number): number {
  if (drawn < 2 || drawn >= n) return 0;
  const variance = Math.max(0, (squares - (sum * sum) / drawn) / (drawn - 1));
  return n * Math.sqrt((variance / drawn) * (1 - drawn / n));
}

function _startNodes(n: number, o: BetweennessOptions): Uint32Array {
  const all = Uint32Array.from({ length: n }, (_x, u) => u);
  if (o.samples === null) return all;
  if (!(Number.isInteger(o.samples) && o.samples >= 1) || o.random === null) {
    throw new InputError(
      'bad-samples',
      `betweenness: samples is ${o.samples} and random is ${o.random === null ? 'absent' : 'given'}; give a whole number ≥ 1 and a seeded random`,
      { samples: o.samples },
    );
  }
  const count = Math.min(o.samples, n);
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(o.random() * (n - i));
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  return all.slice(0, count).sort();
}
