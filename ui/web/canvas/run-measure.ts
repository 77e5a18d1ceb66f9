import type { GraphLink } from '../../contract/index.ts';
import type { CanvasNode } from '../../state/index.ts';

/** What the measure worker is asked: node numbers for ids. */
export interface MeasureRequest {
  readonly measure: string;
  readonly ids: readonly string[];
  readonly from: Uint32Array;
  readonly to: Uint32Array;
}

/** Works a measure out in a worker. Values by node id; parallel links fold as the measure says. */
export function runMeasure(
  measure: string,
  nodes: readonly CanvasNode[],
  links: readonly GraphLink[],
): Promise<Record<string, number>> {
  const place = new Map(nodes.map((n, i) => [n.id, i]));
  const request: MeasureRequest = {
    measure,
    ids: nodes.map((n) => n.id),
    from: Uint32Array.from(links, (l) => place.get(l.from)!),
    to: Uint32Array.from(links, (l) => place.get(l.to)!),
  };
  const worker = new Worker(new URL('./measure.worker.ts', import.meta.url), { type: 'module' });
  return new Promise<Record<string, number>>((done, fail) => {
    worker.onerror = (event) => fail(new Error(event.message));
    worker.onmessage = (event: MessageEvent<{ values: number[] } | { error: string }>) => {
      if ('error' in event.data) fail(new Error(event.data.error));
      else done(Object.fromEntries(event.data.values.map((v, i) => [request.ids[i]!, v])));
    };
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}
