import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { ExternalError, messageOf } from '../base/index.ts';

/** What one pass over a file's bytes shows, before anything is parsed. */
export interface FileFacts {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** First bytes, at most 64 KiB. */
  readonly head: Buffer;
  readonly isUtf8: boolean;
  readonly hasNul: boolean;
  /** Longest stretch without a line feed, in steps of a read block: an upper figure is exact to one block (1 MiB). */
  readonly longestRunBytes: number;
  readonly endsWithNewline: boolean;
}

const BLOCK = 1 << 20;

/** Reads a file once, in blocks of 1 MiB: hash, size, whether it is UTF-8, whether it has lines at all. Bounded memory, about the speed of SHA-256.
 *  @throws ExternalError `read-failed` */
export async function inspectFile(path: string): Promise<FileFacts> {
  const hash = createHash('sha256');
  const head: Buffer[] = [];
  let [bytes, run, longest] = [0, 0, 0];
  let [utf8, nul] = [true, false];
  let tail: Buffer = Buffer.alloc(0);
  let last = 0;
  try {
    for await (const part of createReadStream(path, { highWaterMark: BLOCK })) {
      const block = part as Buffer;
      hash.update(block);
      if (bytes < 65_536) head.push(block.subarray(0, 65_536 - bytes));
      bytes += block.length;
      last = block[block.length - 1]!;
      nul ||= block.includes(0);
      if (utf8) [utf8, tail] = _checkUtf8(tail, block);
      const [first, final] = [block.indexOf(10), block.lastIndexOf(10)];
      if (first < 0) run += block.length;
      else {
        longest = Math.max(longest, run + first);
        run = block.length - 1 - final;
      }
      longest = Math.max(longest, run);
    }
  } catch (cause) {
    throw new ExternalError(
      'read-failed',
      `inspectFile: cannot read ${path}: ${messageOf(cause)}`,
      { path },
      { cause },
    );
  }
  return {
    path,
    bytes,
    sha256: hash.digest('hex'),
    head: Buffer.concat(head),
    isUtf8: utf8 && tail.length === 0,
    hasNul: nul,
    longestRunBytes: longest,
    endsWithNewline: last === 10 || last === 13,
  };
}

/** Checks a block behind the unfinished character of the one before; returns the verdict and the new unfinished tail. */
function _checkUtf8(tail: Buffer, block: Buffer): [boolean, Buffer] {
  const whole = tail.length === 0 ? block : Buffer.concat([tail, block]);
  let cut = whole.length;
  for (let back = 1; back <= 4 && back <= whole.length; back++) {
    const byte = whole[whole.length - back]!;
    if (byte < 0x80) break;
    if (byte >= 0xc0) {
      const need = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      if (need > back) cut = whole.length - back;
      break;
    }
  }
  return [isUtf8(whole.subarray(0, cut)), Buffer.from(whole.subarray(cut))];
}
