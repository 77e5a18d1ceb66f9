import { InputError, withDefaults } from '../../ingest/base/index.ts';
import type { Graph } from '../csr.ts';
import { firstAfter, timeIndex } from './time-index.ts';

export interface ScatterGatherOptions {
  /** Middles at least; ≥ 2. */
  readonly leastMiddles: number;
  /** From an edge into a middle to the edge out of it, ms. */
  readonly windowMs: number;
  /** Mask of edges that count; null = all. */
  readonly edges: Uint8Array | null;
  /** Nodes with more dated out-edges than this are not used as middles; they are counted. */
  readonly mostOut: number;
}

export const SCATTER_GATHER_DEFAULTS: ScatterGatherOptions = Object.freeze({
  leastMiddles: 3,
  windowMs: 30 * 86_400_000,
  edges: null,
  mostOut: 1000,
});

/** One source fans out to middles, which all pass on to one sink. */
export interface ScatterGather {
  readonly source: number;
  readonly sink: number;
  /** Ascending. */
  readonly middles: readonly number[];
}

export interface ScatterGathers {
  /** By source, then sink. */
  readonly found: readonly ScatterGather[];
  /** Middles passed over for their many out-edges. */
  readonly skippedMiddles: number;
}

/** Scatter–gather: source → several middles → sink, each middle passing on strictly after it received and within the window. Source, middles and sink differ; parallel
 *  edges count once, undated edges not. O(sum over edges of the target's out-edges).
 *  @throws InputError `bad-middles`, `bad-window`  @source Altman et al. 2023; Blanuša et al. 2023 */
export function scatterGathers(graph: Graph, options: Partial<ScatterGatherOptions> = {}): ScatterGathers {
  const o = withDefaults('scatterGathers', SCATTER_GATHER_DEFAULTS, options);
  if (!(Number.isInteger(o.leastMiddles) && o.leastMiddles >= 2))
    throw new InputError(
      'bad-middles',
      `scatterGathers: leastMiddles is ${o.leastMiddles}; use a whole number ≥ 2`,
      {},
    );
  if (!(o.windowMs > 0)) throw new InputError('bad-window', `scatterGathers: windowMs is ${o.windowMs}; use > 0`, {});
  const index = timeIndex(graph, o.edges);
  const found: ScatterGather[] = [];
  const skipped = new Set<number>();
  for (let source = 0; source < graph.nodeCount; source++) {
    const middlesOf = new Map<number, Set<number>>();
    for (let place = index.starts[source]!; place < index.starts[source + 1]!; place++) {
      const middle = graph.out.ends[index.edges[place]!]!;
      if (middle === source) continue;
      if (index.starts[middle + 1]! - index.starts[middle]! > o.mostOut) skipped.add(middle);
      else for (const sink of _sinks(source, middle, index.atMs[place]!)) _add(middlesOf, sink, middle);
    }
    for (const [sink, middles] of [...middlesOf].sort((a, b) => a[0] - b[0])) {
      if (middles.size >= o.leastMiddles) found.push({ source, sink, middles: [...middles].sort((a, b) => a - b) });
    }
  }
  return { found, skippedMiddles: skipped.size };

  function* _sinks(source: number, middle: number, afterMs: number): Generator<number> {
    for (let place = firstAfter(index, middle, afterMs); place < index.starts[middle + 1]!; place++) {
      if (index.atMs[place]! > afterMs + o.windowMs) return;
      const sink = graph.out.ends[index.edges[place]!]!;
      if (sink !== source && sink !== middle) yield sink;
    }
  }
}

function _add(sets: Map<number, Set<number>>, key: number, value: number): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([value]));
  else set.add(value);
}
