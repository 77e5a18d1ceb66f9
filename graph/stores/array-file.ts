import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { ExternalError, StateError, messageOf } from '../../ingest/base/index.ts';

/** Arrays that a file can hold. */
export type FiledArray = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** Named arrays and what else there is to say, as JSON. */
export interface ArrayFile {
  readonly meta: unknown;
  readonly arrays: Readonly<Record<string, FiledArray>>;
}

/** First bytes of the file; the number is the version of the layout. */
const _MAGIC = 'tributary-arrays-1\n';
/** Bytes handed to the system at a time; one call takes less than 2 GiB. */
const _CHUNK = 1 << 28;
/** The most that the head of a file may take; more means that it is not one of ours. */
const _MOST_HEAD_BYTES = 1 << 26;

interface Head {
  readonly arrays: readonly { readonly name: string; readonly type: ArrayType; readonly length: number }[];
  readonly meta: unknown;
}

type ArrayType = 'u8' | 'u16' | 'u32' | 'f64';

/** Writes arrays so that they are there again in the time it takes to read the bytes. The file appears whole or not at all (written beside, then
 *  renamed). Numbers are in the byte order of the machine: a cache, not an exchange format.
 *  @throws ExternalError `array-file-failed` (disk full, no such folder) */
export async function writeArrayFile(path: string, content: ArrayFile): Promise<void> {
  const arrays = Object.entries(content.arrays);
  const head: Head = {
    arrays: arrays.map(([name, array]) => ({ name, type: _typeOf(array), length: array.length })),
    meta: content.meta,
  };
  const text = Buffer.from(JSON.stringify(head));
  const beside = `${path}.part`;
  try {
    const file = await open(beside, 'w');
    try {
      await _write(file, Buffer.from(_MAGIC));
      await _write(file, _bytes(Uint32Array.of(text.length)));
      await _write(file, text);
      for (const [, array] of arrays) await _write(file, _bytes(array));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (cause) {
    await rm(beside, { force: true });
    throw _failed('write', path, cause);
  }
}

/** Reads what `writeArrayFile` wrote.
 *  @throws StateError `array-file-damaged` when it is not whole · ExternalError `array-file-failed` when it cannot be read */
export async function readArrayFile(path: string): Promise<ArrayFile> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (cause) {
    throw _failed('read', path, cause);
  }
  try {
    const head = await _readHead(file, path);
    const arrays: Record<string, FiledArray> = {};
    for (const { name, type, length } of head.arrays) {
      arrays[name] = _emptyArray(type, length);
      await _read(file, _bytes(arrays[name]), path);
    }
    if ((await file.read(Buffer.alloc(1), 0, 1)).bytesRead !== 0) throw _damaged(path);
    return { meta: head.meta, arrays };
  } finally {
    await file.close();
  }
}

function _typeOf(array: FiledArray): ArrayType {
  if (array instanceof Uint8Array) return 'u8';
  if (array instanceof Uint16Array) return 'u16';
  return array instanceof Uint32Array ? 'u32' : 'f64';
}

function _emptyArray(type: ArrayType, length: number): FiledArray {
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

function _bytes(array: FiledArray): Uint8Array {
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
  const size = new Uint32Array(1);
  if (magic.toString() !== _MAGIC) throw _damaged(path);
  await _read(file, _bytes(size), path);
  if (size[0]! > _MOST_HEAD_BYTES) throw _damaged(path);
  const text = Buffer.alloc(size[0]!);
  await _read(file, text, path);
  try {
    return JSON.parse(text.toString()) as Head;
  } catch {
    throw _damaged(path);
  }
}

function _damaged(path: string): StateError {
  return new StateError('array-file-damaged', `readArrayFile: ${path} is not a whole array file; make it anew`, {
    path,
  });
}

function _failed(what: string, path: string, cause: unknown): ExternalError {
  return new ExternalError(
    'array-file-failed',
    `array file: cannot ${what} ${path}: ${messageOf(cause)}`,
    { path },
    { cause },
  );
}
