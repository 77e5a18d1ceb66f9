import { InputError, withDefaults } from '../../ingest/base/index.ts';
import { type Graph, sidesOf } from '../csr.ts';
import { type Path, type Walk, checkWalk } from './walk.ts';

export interface TimeWalk extends Walk {
  /** `starts`: each dated link must begin no earlier than the one before it. `during`: there must be moments, each no earlier than the last,
   *  at which the links hold in turn. */
  readonly mode: 'starts' | 'during';
  /** The least time from one dated link to the next, ms; 1 = strictly later. */
  readonly minGapMs: number;
  /** Moments allowed, ms UTC, both included. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Whether links without `valid_from` may be used: they hold at any time and do not move the clock. */
  readonly undated: boolean;
  /** Which path, among those whose dates advance: fewest edges first, or earliest arrival first. */
  readonly first: 'fewest-edges' | 'earliest';
}

export const TIME_WALK_DEFAULTS: TimeWalk = Object.freeze({
  direction: 'both',
  edges: null,
  nodes: null,
  maxHops: 8,
  mode: 'starts',
  minGapMs: 0,
  fromMs: -Infinity,
  toMs: Infinity,
  undated: true,
  first: 'fewest-edges',
});

/** A path with the moment of each step; null for an undated link before any dated one. */
export interface TimedPath extends Path {
  readonly atMs: readonly (number | null)[];
}

/** A path on which dates advance, or null when there is none within `maxHops`. The best arrival with at most h edges is worked out for h = 1, 2, …;
 *  an earlier arrival at a node is never worse, so no node repeats. Ties: earlier arrival, then lower nodes, then lower edges. O(maxHops · m).
 *  @throws InputError `no-such-node`, `bad-max-hops`, `bad-direction`, `bad-gap`, `reversed-window`, `unknown-option`
 *  @source Wu et al. 2014, Path problems in temporal graphs */
export function timeRespectingPath(
  graph: Graph,
  start: number,
  goal: number,
  options: Partial<TimeWalk> = {},
): TimedPath | null {
  const o = withDefaults('timeRespectingPath', TIME_WALK_DEFAULTS, options);
  checkWalk('timeRespectingPath', graph, [start, goal], o);
  _check(o);
  if (start === goal) return { nodes: [start], edges: [], atMs: [] };
  const best = new Map<number, number>([[start, -Infinity]]);
  let layer: Arrival[] = [{ node: start, atMs: -Infinity, edge: -1, before: null }];
  let answer: Arrival | null = null;
  for (let hops = 1; hops <= o.maxHops && layer.length > 0; hops++) {
    layer = _nextLayer(graph, layer, { best, goal, walk: o });
    answer = layer.find((arrival) => arrival.node === goal) ?? answer;
    if (answer !== null && o.first === 'fewest-edges') break;
  }
  return answer === null ? null : _unwind(answer);
}

/** The moment at which a link can be passed by one who comes with the clock at `clockMs`; null = it cannot. `clockMs` itself for an undated link. */
export function passedAt(graph: Graph, edge: number, clockMs: number, walk: TimeWalk): number | null {
  const from = graph.validFromMs?.[edge] ?? -Infinity;
  if (from === -Infinity && !walk.undated) return null;
  const earliest = Math.max(walk.fromMs, clockMs + walk.minGapMs);
  if (walk.mode === 'starts') {
    if (from === -Infinity) return clockMs;
    return from >= earliest && from <= walk.toMs ? from : null;
  }
  const to = graph.validToMs?.[edge] ?? Infinity;
  if (from === -Infinity && to === Infinity) return clockMs;
  const moment = Math.max(earliest, from);
  return moment <= Math.min(to, walk.toMs) ? moment : null;
}

interface Arrival {
  readonly node: number;
  readonly atMs: number;
  readonly edge: number;
  readonly before: Arrival | null;
}

function _nextLayer(
  graph: Graph,
  layer: readonly Arrival[],
  search: { readonly best: Map<number, number>; readonly goal: number; readonly walk: TimeWalk },
): Arrival[] {
  const { best, goal, walk } = search;
  const found = new Map<number, Arrival>();
  for (const arrival of layer) {
    for (const side of sidesOf(graph, walk.direction)) {
      const u = arrival.node;
      for (let slot = side.starts[u]!, stop = side.starts[u + 1]!; slot < stop; slot++) {
        const v = side.ends[slot]!;
        const edge = side.edges[slot]!;
        if (walk.edges !== null && walk.edges[edge] === 0) continue;
        if (v !== goal && walk.nodes !== null && walk.nodes[v] === 0) continue;
        const atMs = passedAt(graph, edge, arrival.atMs, walk);
        if (atMs === null || (best.has(v) && atMs >= best.get(v)!)) continue;
        const rival = found.get(v);
        if (rival === undefined || _isBetter(atMs, u, edge, rival))
          found.set(v, { node: v, atMs, edge, before: arrival });
      }
    }
  }
  const next = [...found.values()].sort((a, b) => a.node - b.node);
  for (const arrival of next) best.set(arrival.node, arrival.atMs);
  return next;
}

function _isBetter(atMs: number, from: number, edge: number, rival: Arrival): boolean {
  if (atMs !== rival.atMs) return atMs < rival.atMs;
  if (from !== rival.before!.node) return from < rival.before!.node;
  return edge < rival.edge;
}

function _unwind(answer: Arrival): TimedPath {
  const chain: Arrival[] = [];
  for (let at: Arrival | null = answer; at !== null; at = at.before) chain.push(at);
  chain.reverse();
  const steps = chain.slice(1);
  return {
    nodes: chain.map((a) => a.node),
    edges: steps.map((a) => a.edge),
    atMs: steps.map((a) => (a.atMs === -Infinity ? null : a.atMs)),
  };
}

function _check(o: TimeWalk): void {
  if (!(o.minGapMs >= 0)) {
    throw new InputError('bad-gap', `timeRespectingPath: minGapMs is ${o.minGapMs}; use a number ≥ 0`, {});
  }
  if (!(o.fromMs <= o.toMs)) {
    throw new InputError('reversed-window', `timeRespectingPath: toMs ${o.toMs} is before fromMs ${o.fromMs}`, {});
  }
}
