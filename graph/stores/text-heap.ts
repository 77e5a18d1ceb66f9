/** Texts as UTF-8 bytes, end to end: a fraction of the room that as many strings take. An empty text and a missing one are the same. */
export interface TextHeap {
  readonly bytes: Uint8Array;
  /** Text → where it ends; it begins where the one before ends. Up to 4 GiB in all. */
  readonly ends: Uint32Array;
}

/** Text `i`; `''` when it is empty or missing. */
export function textAt(heap: TextHeap, i: number): string {
  const start = i === 0 ? 0 : heap.ends[i - 1]!;
  const stop = heap.ends[i]!;
  return start === stop
    ? ''
    : Buffer.from(heap.bytes.buffer, heap.bytes.byteOffset + start, stop - start).toString('utf8');
}

/** Takes texts one after the other. */
export interface TextHeapBuilder {
  add(text: string | null): void;
  done(): TextHeap;
}

/** @param count  texts to come; those not added are empty */
export function textHeapBuilder(count: number): TextHeapBuilder {
  const ends = new Uint32Array(count);
  let bytes = Buffer.allocUnsafe(Math.max(1024, 8 * count));
  let used = 0;
  let added = 0;
  return {
    add(text) {
      if (text !== null && text !== '') {
        if (used + 3 * text.length > bytes.length) {
          const more = Buffer.allocUnsafe(Math.ceil(1.5 * bytes.length) + 3 * text.length);
          bytes.copy(more, 0, 0, used);
          bytes = more;
        }
        used += bytes.write(text, used, 'utf8');
      }
      ends[added++] = used;
    },
    done() {
      ends.fill(used, added);
      return { bytes: new Uint8Array(bytes.subarray(0, used)), ends };
    },
  };
}

/** The heap of texts at hand. */
export function textHeapOf(texts: readonly (string | null)[]): TextHeap {
  const builder = textHeapBuilder(texts.length);
  for (const text of texts) builder.add(text);
  return builder.done();
}
