import { InputError, withDefaults } from '../../ingest/base/index.ts';
import type { Graph } from '../csr.ts';
import { type TimeIndex, firstAfter, timeIndex } from './time-index.ts';

export interface TemporalCycleOptions {
  /** Edges of a cycle, 2 – 6. */
  readonly maxLength: number;
  /** From the first edge to the last, ms. */
  readonly windowMs: number;
  /** Mask of edges that count; null = all. */
  readonly edges: Uint8Array | null;
  /** Cycles handed out at most. */
  readonly limit: number;
  /** Steps tried at most. */
  readonly maxSteps: number;
}

/** Thirty days, up to six edges. */
export const TEMPORAL_CYCLE_DEFAULTS: TemporalCycleOptions = Object.freeze({
  maxLength: 6,
  windowMs: 30 * 86_400_000,
  edges: null,
  limit: 10_000,
  maxSteps: 100_000_000,
});

export interface TemporalCycles {
  /** Edge numbers in order of time, by first edge's source, then time. */
  readonly cycles: readonly (readonly number[])[];
  /** False when `limit` or `maxSteps` cut the search short: there may be more. */
  readonly complete: boolean;
}

/** Ways that come back to where they began, along edges, each strictly later than the one before, no node twice: money or goods going round. Each is found once,
 *  from its earliest edge. Parallel edges make cycles of their own; self-loops and undated edges none. O(edges × ways within the window).
 *  @throws InputError `bad-length`, `bad-window`  @source the patterns of Blanuša et al. 2023; search as Kumar and Calders 2018 without their sketches */
export function temporalCycles(graph: Graph, options: Partial<TemporalCycleOptions> = {}): TemporalCycles {
  const o = withDefaults('temporalCycles', TEMPORAL_CYCLE_DEFAULTS, options);
  if (!(Number.isInteger(o.maxLength) && o.maxLength >= 2 && o.maxLength <= 6))
    throw new InputError('bad-length', `temporalCycles: maxLength is ${o.maxLength}; use 2 – 6`, {});
  if (!(o.windowMs > 0)) throw new InputError('bad-window', `temporalCycles: windowMs is ${o.windowMs}; use > 0`, {});
  const search: Search = {
    graph,
    index: timeIndex(graph, o.edges),
    options: o,
    onPath: new Uint8Array(graph.nodeCount),
    path: [],
    found: [],
    steps: 0,
  };
  for (let s = 0; s < graph.nodeCount; s++) {
    for (let place = search.index.starts[s]!; place < search.index.starts[s + 1]!; place++) {
      if (!_isOpen(search)) return { cycles: search.found, complete: false };
      const edge = search.index.edges[place]!;
      if (graph.out.ends[edge] === s) continue;
      search.path.push(edge);
      _extend(search, s, search.index.atMs[place]! + o.windowMs, search.index.atMs[place]!);
      search.path.pop();
    }
  }
  return { cycles: search.found, complete: _isOpen(search) };
}

interface Search {
  readonly graph: Graph;
  readonly index: TimeIndex;
  readonly options: TemporalCycleOptions;
  readonly onPath: Uint8Array;
  readonly path: number[];
  readonly found: number[][];
  steps: number;
}

function _isOpen(search: Search): boolean {
  return search.found.length < search.options.limit && search.steps < search.options.maxSteps;
}

/** Follows later edges from the end of the path until they come back to `start`. */
function _extend(search: Search, start: number, untilMs: number, afterMs: number): void {
  const { graph, index, path, onPath } = search;
  const u = graph.out.ends[path.at(-1)!]!;
  onPath[u] = 1;
  for (let place = firstAfter(index, u, afterMs); place < index.starts[u + 1]!; place++) {
    const atMs = index.atMs[place]!;
    if (atMs > untilMs || !_isOpen(search)) break;
    search.steps++;
    const edge = index.edges[place]!;
    const v = graph.out.ends[edge]!;
    path.push(edge);
    if (v === start) search.found.push([...path]);
    else if (onPath[v] === 0 && path.length < search.options.maxLength) _extend(search, start, untilMs, atMs);
    path.pop();
  }
  onPath[u] = 0;
}
