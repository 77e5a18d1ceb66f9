import { StateError } from '../../../ingest/base/index.ts';
import { KERNEL_WASM } from './wasm.ts';
import { wasm, type WasmMemory, type WasmModule } from './webassembly.ts';

const PAGE = 65_536;
const MOST_PAGES = 65_536;

/** Shared memory handed out from the front, never taken back: it lives for one training run. Addresses are byte offsets, 64-byte aligned. */
export class Arena {
  readonly memory: WasmMemory;
  private top = 1024;

  constructor() {
    this.memory = new wasm.Memory({ initial: 16, maximum: MOST_PAGES, shared: true });
  }

  /** Room for `bytes`, set to zero. @throws StateError `out-of-memory` past 4 GiB */
  take(bytes: number): number {
    const at = this.top;
    this.top = at + Math.ceil(bytes / 64) * 64;
    const pages = Math.ceil(this.top / PAGE);
    const have = this.memory.buffer.byteLength / PAGE;
    if (pages > MOST_PAGES) {
      throw new StateError(
        'out-of-memory',
        `trainBoost: ${this.top} bytes are needed, the kernel has 4 GiB; use fewer rows, features or bins`,
      );
    }
    // Growing in steps of an eighth keeps the number of growths small.
    if (pages > have) this.memory.grow(Math.min(MOST_PAGES - have, Math.max(pages - have, have >> 3)));
    return at;
  }

  bytes(at: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, at, length);
  }

  words(at: number, length: number): Int32Array {
    return new Int32Array(this.memory.buffer, at, length);
  }

  /** Numbers of 4 or 8 bytes each. */
  numbers(at: number, length: number, size: number): Float32Array | Float64Array {
    return size === 4 ? new Float32Array(this.memory.buffer, at, length) : this.doubles(at, length);
  }

  doubles(at: number, length: number): Float64Array {
    return new Float64Array(this.memory.buffer, at, length);
  }
}

let compiled: WasmModule | null | undefined;

/** The kernel, compiled once a process; null where this engine has no SIMD or shared memory. */
export function kernelModule(): WasmModule | null {
  if (compiled === undefined) {
    try {
      compiled = new wasm.Module(Buffer.from(KERNEL_WASM, 'base64'));
    } catch {
      compiled = null;
    }
  }
  return compiled;
}
