import { InputError, withDefaults } from '../../ingest/base/index.ts';
import type { Graph } from '../csr.ts';

/** Which edges count. */
export interface EdgeFilter {
  /** Only links known by then, ms UTC; null = whenever known. */
  readonly asOfMs: number | null;
  /** Only links that hold at some moment of [from, to], ms UTC; an end not said is open. Null = any time. */
  readonly window: { readonly fromMs: number; readonly toMs: number } | null;
  /** Only these link kinds; null = all. */
  readonly linkKinds: readonly string[] | null;
  /** Never these. */
  readonly withoutLinkKinds: readonly string[];
}

export const EDGE_FILTER_DEFAULTS: EdgeFilter = Object.freeze({
  asOfMs: null,
  window: null,
  linkKinds: null,
  withoutLinkKinds: [],
});

/** A view of the graph that copies nothing: 1 for each edge that the filter lets through, or null when every edge passes.
 *  A kind that the graph does not have matches nothing. O(m), m bytes; nothing when the filter is empty.
 *  @throws InputError `reversed-window` */
export function edgeMask(graph: Graph, filter: Partial<EdgeFilter> = {}): Uint8Array | null {
  const f = withDefaults('edgeMask', EDGE_FILTER_DEFAULTS, filter);
  if (f.window !== null && !(f.window.fromMs <= f.window.toMs)) {
    throw new InputError(
      'reversed-window',
      `edgeMask: the window ends (${f.window.toMs}) before it begins (${f.window.fromMs}); swap them`,
      { window: f.window },
    );
  }
  if (_isEmpty(f)) return null;
  const kinds = Uint8Array.from(graph.linkKinds, (kind) =>
    (f.linkKinds?.includes(kind) ?? true) && !f.withoutLinkKinds.includes(kind) ? 1 : 0,
  );
  const mask = new Uint8Array(graph.edgeCount);
  let passed = 0;
  for (let e = 0; e < graph.edgeCount; e++) {
    if (kinds[graph.kind[e]!] === 1 && _isKnown(graph, e, f.asOfMs) && _holdsIn(graph, e, f.window)) {
      mask[e] = 1;
      passed++;
    }
  }
  return passed === graph.edgeCount ? null : mask;
}

function _isEmpty(f: EdgeFilter): boolean {
  return f.asOfMs === null && f.window === null && f.linkKinds === null && f.withoutLinkKinds.length === 0;
}

function _isKnown(graph: Graph, edge: number, asOfMs: number | null): boolean {
  return asOfMs === null || (graph.knownAtMs !== null && graph.knownAtMs[edge]! <= asOfMs);
}

function _holdsIn(graph: Graph, edge: number, window: EdgeFilter['window']): boolean {
  if (window === null) return true;
  const from = graph.validFromMs?.[edge] ?? -Infinity;
  const to = graph.validToMs?.[edge] ?? Infinity;
  return from <= to && from <= window.toMs && to >= window.fromMs;
}
