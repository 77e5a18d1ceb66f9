import { toSimple } from '../../../graph/build/index.ts';
import { type Graph, toCsr } from '../../../graph/csr.ts';
import * as layouts from '../../../graph/layouts/index.ts';
import type { LayoutAnswer, LayoutRequest } from './layout-request.ts';

/** Works a layout out. Pinned nodes keep their places exactly, whatever the layout. Lengths are those of the canvas: about one unit between neighbours. */
export function layOut(request: LayoutRequest): LayoutAnswer {
  const graph = _graphOf(request);
  const { x, y } = _positions(request, graph);
  const scale = _SCALE[request.layout];
  return {
    x: x.map((v, u) => (request.pinned[u] === 1 ? request.x[u]! : v * scale)),
    y: y.map((v, u) => (request.pinned[u] === 1 ? request.y[u]! : v * scale)),
  };
}

/** Canvas units for a unit of each layout, so that nodes and their labels do not touch. */
const _SCALE: Readonly<Record<LayoutRequest['layout'], number>> = {
  force: 1.6,
  hierarchy: 2.4,
  radial: 3,
  circular: 1.6,
  grid: 2.4,
  geo: 6,
  time: 0.6,
};

function _positions(request: LayoutRequest, graph: Graph): layouts.Positions {
  const simple = toSimple(graph, 'both');
  switch (request.layout) {
    case 'force': {
      const scaled = (values: Float64Array): Float64Array => values.map((v) => v / _SCALE.force);
      const start = { x: scaled(request.x), y: scaled(request.y) };
      // Fewer steps for more nodes: a few seconds whatever the size.
      const steps = Math.round(Math.min(300, Math.max(40, 300_000 / Math.max(1, graph.nodeCount))));
      return layouts.forceLayout(simple, { start, pinned: request.pinned, steps });
    }
    case 'hierarchy':
      return layouts.hierarchicalLayout(graph);
    case 'radial':
      return layouts.radialLayout(simple, request.centre >= 0 ? request.centre : _busiest(graph));
    case 'circular':
      return layouts.circularLayout(graph.nodeCount, _byKind(request.kinds));
    case 'grid':
      return layouts.gridLayout(graph.nodeCount, _byKind(request.kinds));
    case 'geo':
      return layouts.geographicLayout(simple, request.lon, request.lat);
    case 'time':
      return _inTime(graph);
  }
}

/** Along a line of time that is about three times as wide as its lanes are high. */
function _inTime(graph: Graph): layouts.Positions {
  const ms = graph.validFromMs?.filter((v) => v > -Infinity) ?? new Float64Array(0);
  const days =
    ms.length === 0 ? 1 : (ms.reduce((a, b) => Math.max(a, b)) - ms.reduce((a, b) => Math.min(a, b))) / 86_400_000;
  const width = Math.max(20, Math.sqrt(graph.nodeCount) * 8);
  const unit = width / Math.max(1, days);
  const { x, y } = layouts.timeLayout(graph, 4 / unit);
  return { x: x.map((v) => v * unit), y: y.map((v) => v * 3) };
}

function _byKind(kinds: Uint8Array): number[] {
  return [...kinds.keys()].sort((a, b) => kinds[a]! - kinds[b]! || a - b);
}

function _busiest(graph: Graph): number {
  let best = 0;
  const degree = (u: number): number =>
    graph.out.starts[u + 1]! - graph.out.starts[u]! + graph.in.starts[u + 1]! - graph.in.starts[u]!;
  for (let u = 1; u < graph.nodeCount; u++) if (degree(u) > degree(best)) best = u;
  return best;
}

function _graphOf(request: LayoutRequest): Graph {
  const dated = request.atMs.some((ms) => !Number.isNaN(ms));
  return toCsr(
    { ids: request.ids, nodeKind: request.kinds, nodeKinds: [], linkKinds: [''] },
    {
      from: request.from,
      to: request.to,
      kind: new Uint16Array(request.from.length),
      validFromMs: dated ? request.atMs.map((ms) => (Number.isNaN(ms) ? -Infinity : ms)) : null,
      validToMs: null,
      knownAtMs: null,
      weight: null,
    },
  );
}
