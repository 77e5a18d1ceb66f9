import type { Adjacency, Graph } from '../csr.ts';

/** A graph that threads read together: its arrays lie in shared memory, and its ids stay behind (no measure reads them). Plain data, cheap to post. */
export type SharedGraph = Omit<Graph, 'ids'>;

const _shared = new WeakMap<Graph, SharedGraph>();

/** The graph's arrays in shared memory, copied at the first call and kept as long as the graph is. O(n + m), once; as much memory again. */
export function sharedGraph(graph: Graph): SharedGraph {
  const known = _shared.get(graph);
  if (known !== undefined) return known;
  const { ids: _ids, ...rest } = graph;
  const made: SharedGraph = {
    ...rest,
    nodeKind: _moved(graph.nodeKind),
    out: _adjacency(graph.out),
    in: _adjacency(graph.in),
    source: _moved(graph.source),
    kind: _moved(graph.kind),
    validFromMs: _orNull(graph.validFromMs),
    validToMs: _orNull(graph.validToMs),
    knownAtMs: _orNull(graph.knownAtMs),
    weight: _orNull(graph.weight),
    row: _moved(graph.row),
  };
  _shared.set(graph, made);
  return made;
}

function _adjacency(side: Adjacency): Adjacency {
  return { starts: _moved(side.starts), ends: _moved(side.ends), edges: _moved(side.edges) };
}

function _orNull(values: Float64Array | null): Float64Array | null {
  return values === null ? null : _moved(values);
}

function _moved<T extends Uint8Array | Uint16Array | Uint32Array | Float64Array>(values: T): T {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const make = values.constructor as new (buffer: SharedArrayBuffer) => T;
  const copy = new make(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}
