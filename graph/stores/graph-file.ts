import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { ExternalError, StateError, messageOf } from '../../ingest/base/index.ts';
import type { Graph } from '../csr.ts';

/** First bytes of the file; the number is the version of the layout. */
const _MAGIC = 'tributary-graph-1\n';
/** Bytes handed to the system at a time; one call takes less than 2 GiB. */
const _CHUNK = 1 << 28;

/** What stands at the head of the file, after the magic, as JSON behind its length. */
interface Head {
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly nodeKinds: readonly string[];
  readonly linkKinds: readonly string[];
  /** Arrays in order, null ones left out. */
  readonly arrays: readonly { readonly name: string; readonly type: ArrayType; readonly length: number }[];
  /** Says what the graph was built from; `loadGraph` refuses another. */
  readonly source: string;
}

type ArrayType = 'u8' | 'u16' | 'u32' | 'f64';
type AnyArray = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** Writes a graph so that it is there again in the time it takes to read the bytes. The file appears whole or not at all (written beside, then
 *  renamed). Numbers are in the byte order of the machine: it is a cache, made anew from the snapshot, not an exchange format.
 *  @param source  what it was built from, e.g. the run id  @throws ExternalError `graph-file-failed` (disk full, no such folder) */
export async function saveGraph(path: string, graph: Graph, source: string): Promise<void> {
  const arrays = Object.entries(_arraysOf(graph));
  const head: Head = {
    nodeCount: graph.nodeCount,
    edgeCount: graph.edgeCount,
    nodeKinds: graph.nodeKinds,
    linkKinds: graph.linkKinds,
    arrays: arrays.map(([name, array]) => ({ name, type: _typeOf(array), length: array.length })),
    source,
  };
  const text = Buffer.from(JSON.stringify(head));
  const beside = `${path}.part`;
  try {
    const file = await open(beside, 'w');
    try {
      await _write(file, Buffer.from(_MAGIC));
      await _write(file, Buffer.from(Uint32Array.of(text.length).buffer));
      await _write(file, text);
      for (const [, array] of arrays) await _write(file, _bytes(array));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (cause) {
    await rm(beside, { force: true });
    throw new ExternalError(
      'graph-file-failed',
      `saveGraph: cannot write ${path}: ${messageOf(cause)}`,
      { path },
      { cause },
    );
  }
}

/** Reads a graph that `saveGraph` wrote.
 *  @throws StateError `graph-file-stale` when it was built from something else, `graph-file-damaged` when it is not whole: build it anew ·
 *          ExternalError `graph-file-failed` when it cannot be read */
export async function loadGraph(path: string, source: string): Promise<Graph> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (cause) {
    throw new ExternalError(
      'graph-file-failed',
      `loadGraph: cannot read ${path}: ${messageOf(cause)}`,
      { path },
      { cause },
    );
  }
  try {
    const head = await _readHead(file, path);
    if (head.source !== source) {
      throw new StateError(
        'graph-file-stale',
        `loadGraph: ${path} was built from ${head.source}, not ${source}; build it anew`,
        { path, source: head.source },
      );
    }
    const arrays: Record<string, AnyArray> = {};
    for (const { name, type, length } of head.arrays) {
      arrays[name] = _emptyArray(type, length);
      await _read(file, _bytes(arrays[name]), path);
    }
    if ((await file.read(Buffer.alloc(1), 0, 1)).bytesRead !== 0) throw _damaged(path);
    return _graphOf(head, arrays);
  } finally {
    await file.close();
  }
}

function _arraysOf(graph: Graph): Record<string, AnyArray> {
  const optional = {
    validFromMs: graph.validFromMs,
    validToMs: graph.validToMs,
    knownAtMs: graph.knownAtMs,
    weight: graph.weight,
  };
  const present = Object.entries(optional).filter((e): e is [string, Float64Array] => e[1] !== null);
  return {
    ...Object.fromEntries(present),
    idLengths: Uint32Array.from(graph.ids, (id) => id.length),
    idUnits: _unitsOf(graph.ids),
    nodeKind: graph.nodeKind,
    outStarts: graph.out.starts,
    outEnds: graph.out.ends,
    inStarts: graph.in.starts,
    inEnds: graph.in.ends,
    inEdges: graph.in.edges,
    source: graph.source,
    kind: graph.kind,
    row: graph.row,
  };
}

/** Ids as UTF-16 units, end to end: exact for any text. */
function _unitsOf(ids: readonly string[]): Uint16Array {
  const units = new Uint16Array(ids.reduce((sum, id) => sum + id.length, 0));
  let at = 0;
  for (const id of ids) for (let i = 0; i < id.length; i++) units[at++] = id.charCodeAt(i);
  return units;
}

function _idsOf(units: Uint16Array, lengths: Uint32Array): string[] {
  const bytes = Buffer.from(units.buffer, units.byteOffset, units.byteLength);
  const ids: string[] = [];
  let at = 0;
  for (const length of lengths) {
    ids.push(bytes.toString('utf16le', 2 * at, 2 * (at + length)));
    at += length;
  }
  return ids;
}

function _graphOf(head: Head, arrays: Record<string, AnyArray>): Graph {
  const u32 = (name: string): Uint32Array => arrays[name] as Uint32Array;
  const f64 = (name: string): Float64Array | null => (arrays[name] as Float64Array | undefined) ?? null;
  return {
    nodeCount: head.nodeCount,
    edgeCount: head.edgeCount,
    ids: _idsOf(arrays['idUnits'] as Uint16Array, u32('idLengths')),
    nodeKind: arrays['nodeKind'] as Uint8Array,
    nodeKinds: head.nodeKinds,
    out: {
      starts: u32('outStarts'),
      ends: u32('outEnds'),
      edges: Uint32Array.from({ length: head.edgeCount }, (_x, e) => e),
    },
    in: { starts: u32('inStarts'), ends: u32('inEnds'), edges: u32('inEdges') },
    source: u32('source'),
    kind: arrays['kind'] as Uint16Array,
    linkKinds: head.linkKinds,
    validFromMs: f64('validFromMs'),
    validToMs: f64('validToMs'),
    knownAtMs: f64('knownAtMs'),
    weight: f64('weight'),
    row: u32('row'),
  };
}

function _typeOf(array: AnyArray): ArrayType {
  if (array instanceof Uint8Array) return 'u8';
  if (array instanceof Uint16Array) return 'u16';
  return array instanceof Uint32Array ? 'u32' : 'f64';
}

function _emptyArray(type: ArrayType, length: number): AnyArray {
  switch (type) {
    case 'u8':
      return new Uint8Array(length);
    case 'u16':
      return new Uint16Array(length);
    case 'u32':
      return new Uint32Array(length);
    case 'f64':
      return new Float64Array(length);
  }
}

function _bytes(array: AnyArray): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

async function _write(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    at += (await file.write(bytes, at, Math.min(_CHUNK, bytes.length - at))).bytesWritten;
  }
}

async function _read(file: FileHandle, bytes: Uint8Array, path: string): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const { bytesRead } = await file.read(bytes, at, Math.min(_CHUNK, bytes.length - at));
    if (bytesRead === 0) throw _damaged(path);
    at += bytesRead;
  }
}

async function _readHead(file: FileHandle, path: string): Promise<Head> {
  const magic = Buffer.alloc(_MAGIC.length);
  await _read(file, magic, path);
  if (magic.toString() !== _MAGIC) throw _damaged(path);
  const size = new Uint32Array(1);
  await _read(file, _bytes(size), path);
  if (size[0]! > 1 << 24) throw _damaged(path);
  const text = Buffer.alloc(size[0]!);
  await _read(file, text, path);
  try {
    return JSON.parse(text.toString()) as Head;
  } catch {
    throw _damaged(path);
  }
}

function _damaged(path: string): StateError {
  return new StateError('graph-file-damaged', `loadGraph: ${path} is not a whole graph file; build it anew`, { path });
}
