/** The part of WebAssembly used here; the library's own types come only with the DOM's, which do not belong in a server. */
interface Wasm {
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Instance: new (
    module: WasmModule,
    imports: object,
  ) => { readonly exports: Readonly<Record<string, unknown>> };
  readonly Memory: new (size: { initial: number; maximum: number; shared: true }) => WasmMemory;
}

/** A compiled module; may be sent to a worker. */
export interface WasmModule {
  readonly kind?: 'module';
}

/** Shared memory that grows in pages of 64 KiB; `buffer` is a new, longer object after a growth, old views stay good. */
export interface WasmMemory {
  readonly buffer: SharedArrayBuffer;
  grow(pages: number): number;
}

export const wasm = (globalThis as unknown as { readonly WebAssembly: Wasm }).WebAssembly;
