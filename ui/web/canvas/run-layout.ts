import { type Drawn, type Investigation, type Place } from '../../state/index.ts';
import type { LayoutAnswer, LayoutName, LayoutRequest } from './layout-request.ts';

/** The request for what is drawn. A folded node moves as one, and is pinned when it was placed by hand. */
export function layoutRequestOf(state: Investigation, drawn: Drawn, layout: LayoutName): LayoutRequest {
  const place = new Map(drawn.nodes.map((n, i) => [n.id, i]));
  const pinned = new Set(state.pinned);
  const kinds = [...new Set(drawn.nodes.map((n) => n.kind))].sort();
  const coordinate = (id: string, axis: 'lon' | 'lat'): number => state.nodes[id]?.[axis] ?? NaN;
  const firstAt = (links: readonly string[]): number =>
    links.reduce((least, id) => {
      const at = state.links[id]?.validFrom ?? null;
      const ms = at === null ? NaN : Date.parse(at);
      return Number.isNaN(ms) || ms >= least ? least : ms;
    }, Infinity);
  const chosen = state.selected.length === 1 ? place.get(state.selected[0]!) : undefined;
  return {
    layout,
    ids: drawn.nodes.map((n) => n.id),
    kinds: Uint8Array.from(drawn.nodes, (n) => kinds.indexOf(n.kind)),
    from: Uint32Array.from(drawn.edges, (e) => place.get(e.from)!),
    to: Uint32Array.from(drawn.edges, (e) => place.get(e.to)!),
    atMs: Float64Array.from(drawn.edges, (e) => {
      const ms = firstAt(e.links);
      return ms === Infinity ? NaN : ms;
    }),
    x: Float64Array.from(drawn.nodes, (n) => n.place.x),
    y: Float64Array.from(drawn.nodes, (n) => n.place.y),
    pinned: Uint8Array.from(drawn.nodes, (n) => (pinned.has(n.id) ? 1 : 0)),
    lon: Float64Array.from(drawn.nodes, (n) => coordinate(n.id, 'lon')),
    lat: Float64Array.from(drawn.nodes, (n) => coordinate(n.id, 'lat')),
    centre: chosen ?? -1,
  };
}

/** Runs a layout in a worker of its own. Rejects when the worker fails; `signal` stops it at once. */
export function runLayout(request: LayoutRequest, signal: AbortSignal): Promise<Record<string, Place>> {
  const worker = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
  return new Promise<Record<string, Place>>((done, fail) => {
    signal.addEventListener('abort', () => fail(new DOMException('stopped', 'AbortError')), { once: true });
    worker.onerror = (event) => fail(new Error(event.message));
    worker.onmessage = (event: MessageEvent<LayoutAnswer | { readonly error: string }>) => {
      if ('error' in event.data) fail(new Error(event.data.error));
      else done(_placesOf(request.ids, event.data));
    };
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}

function _placesOf(ids: readonly string[], { x, y }: LayoutAnswer): Record<string, Place> {
  const round = (v: number): number => Math.round(v * 1000) / 1000;
  return Object.fromEntries(ids.map((id, u) => [id, { x: round(x[u]!), y: round(y[u]!) }]));
}
