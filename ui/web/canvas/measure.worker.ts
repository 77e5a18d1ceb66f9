import { nodeMeasure } from '../../../graph/catalogue/index.ts';
import { toCsr } from '../../../graph/csr.ts';
import type { MeasureRequest } from './run-measure.ts';

/** Works measures out beside the page. */
self.onmessage = ({ data: { measure, ids, from, to } }: MessageEvent<MeasureRequest>): void => {
  try {
    const nodes = { ids, nodeKind: new Uint8Array(ids.length), nodeKinds: [''], linkKinds: [''] };
    const none = { validFromMs: null, validToMs: null, knownAtMs: null, weight: null };
    const graph = toCsr(nodes, { from, to, kind: new Uint16Array(from.length), ...none });
    self.postMessage({ values: Array.from(nodeMeasure(graph, measure)) });
  } catch (error) {
    self.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
};
