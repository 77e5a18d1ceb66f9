import { StateError } from '../../ingest/base/index.ts';
import type { Graph } from '../csr.ts';
import { type ArrayFile, type FiledArray, readArrayFile, writeArrayFile } from './array-file.ts';
import type { Properties } from './properties.ts';
import { type TextHeap, textAt, textHeapOf } from './text-heap.ts';

/** What a graph file holds. */
export interface FiledGraph {
  readonly graph: Graph;
  readonly properties: Properties;
}

interface Meta {
  /** What the graph was built from; `loadGraph` refuses another. */
  readonly source: string;
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly nodeKinds: readonly string[];
  readonly linkKinds: readonly string[];
  readonly towns: readonly string[];
  readonly origins: readonly string[];
}

/** Keeps a built graph in a file, to be reopened at reading speed.
 *  @param source  what it was built from, e.g. the run id  @throws ExternalError `array-file-failed` */
export async function saveGraph(path: string, filed: FiledGraph, source: string): Promise<void> {
  const { graph, properties } = filed;
  const meta: Meta = {
    source,
    nodeCount: graph.nodeCount,
    edgeCount: graph.edgeCount,
    nodeKinds: graph.nodeKinds,
    linkKinds: graph.linkKinds,
    towns: properties.towns,
    origins: properties.origins,
  };
  const ids = textHeapOf(graph.ids);
  const optional: Record<string, FiledArray | null> = {
    weighs: properties.weighs,
    validFromMs: graph.validFromMs,
    validToMs: graph.validToMs,
    knownAtMs: graph.knownAtMs,
    weight: graph.weight,
    probability: properties.probability,
  };
  const present = Object.entries(optional).filter((e): e is [string, FiledArray] => e[1] !== null);
  const arrays: Record<string, FiledArray> = {
    ...Object.fromEntries(present),
    ..._heapArrays('id', ids),
    ..._heapArrays('label', properties.labels),
    ..._heapArrays('linkId', properties.linkIds),
    nodeKind: graph.nodeKind,
    outStarts: graph.out.starts,
    outEnds: graph.out.ends,
    inStarts: graph.in.starts,
    inEnds: graph.in.ends,
    inEdges: graph.in.edges,
    source: graph.source,
    kind: graph.kind,
    row: graph.row,
    mentions: properties.mentions,
    firstKnownAtMs: properties.firstKnownAtMs,
    lon: properties.lon,
    lat: properties.lat,
    town: properties.town,
    origin: properties.origin,
  };
  await writeArrayFile(path, { meta, arrays });
}

/** Reads a graph that `saveGraph` wrote.
 *  @throws StateError `graph-file-stale` when it was built from something else, `array-file-damaged` when it is not whole: build it anew ·
 *          ExternalError `array-file-failed` when it cannot be read */
export async function loadGraph(path: string, source: string): Promise<FiledGraph> {
  const file = await readArrayFile(path);
  const meta = file.meta as Meta;
  if (meta.source !== source) {
    throw new StateError(
      'graph-file-stale',
      `loadGraph: ${path} was built from ${meta.source}, not ${source}; build it anew`,
      { path, source: meta.source },
    );
  }
  return { graph: _graphOf(meta, file), properties: _propertiesOf(meta, file) };
}

function _heapArrays(name: string, heap: TextHeap): Record<string, FiledArray> {
  return { [`${name}Bytes`]: heap.bytes, [`${name}Ends`]: heap.ends };
}

function _heapOf(file: ArrayFile, name: string): TextHeap {
  return { bytes: file.arrays[`${name}Bytes`] as Uint8Array, ends: file.arrays[`${name}Ends`] as Uint32Array };
}

function _graphOf(meta: Meta, file: ArrayFile): Graph {
  const u32 = (name: string): Uint32Array => file.arrays[name] as Uint32Array;
  const f64 = (name: string): Float64Array | null => (file.arrays[name] as Float64Array | undefined) ?? null;
  const ids = _heapOf(file, 'id');
  const edges = new Uint32Array(meta.edgeCount);
  for (let e = 0; e < edges.length; e++) edges[e] = e;
  return {
    nodeCount: meta.nodeCount,
    edgeCount: meta.edgeCount,
    ids: Array.from({ length: meta.nodeCount }, (_x, node) => textAt(ids, node)),
    nodeKind: file.arrays['nodeKind'] as Uint8Array,
    nodeKinds: meta.nodeKinds,
    out: { starts: u32('outStarts'), ends: u32('outEnds'), edges },
    in: { starts: u32('inStarts'), ends: u32('inEnds'), edges: u32('inEdges') },
    source: u32('source'),
    kind: file.arrays['kind'] as Uint16Array,
    linkKinds: meta.linkKinds,
    validFromMs: f64('validFromMs'),
    validToMs: f64('validToMs'),
    knownAtMs: f64('knownAtMs'),
    weight: f64('weight'),
    row: u32('row'),
  };
}

function _propertiesOf(meta: Meta, file: ArrayFile): Properties {
  const f64 = (name: string): Float64Array => file.arrays[name] as Float64Array;
  return {
    labels: _heapOf(file, 'label'),
    mentions: f64('mentions'),
    firstKnownAtMs: f64('firstKnownAtMs'),
    lon: f64('lon'),
    lat: f64('lat'),
    town: file.arrays['town'] as Uint16Array,
    towns: meta.towns,
    linkIds: _heapOf(file, 'linkId'),
    origin: file.arrays['origin'] as Uint8Array,
    origins: meta.origins,
    probability: (file.arrays['probability'] as Float64Array | undefined) ?? null,
    weighs: (file.arrays['weighs'] as Uint8Array | undefined) ?? null,
  };
}
