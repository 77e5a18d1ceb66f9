import { Worker } from 'node:worker_threads';
import { StateError } from '../../../ingest/base/index.ts';
import type { Arena } from './memory.ts';
import { wasm, type WasmModule } from './webassembly.ts';

/** Operations of kernel.as. */
export const OPERATION = { search: 1, partition: 2, gradients: 3, addLeaf: 4, bin: 5, sumRows: 6, score: 7 } as const;

/** Word positions in the control block, which lies at the start of memory; see kernel.as. */
export const CONTROL = {
  generation: 0,
  quit: 1,
  completed: 4,
  lost: 5,
  rows: 8,
  spare: 9,
  gradients: 10,
  margins: 11,
  labels: 12,
  weights: 13,
  rowCount: 14,
  objective: 15,
  blocks: 16,
  groups: 17,
  groupCount: 18,
  jobs: 19,
  features: 20,
} as const;

/** Memory before this is the control block's; see {@link Arena}. */
const CONTROL_AT = 64;

/** Bytes of a thread's own scratch: TILE rows of kernel.as, 16 bytes of derivatives and at most 64 of bins each; or some rows to score. */
export const TILE_BYTES = 1024 * (16 + 64);

/** Looks at the count of finished tasks before sleeping between looks: about a millisecond. */
const LOOKS = 100_000;

/** Length of a sleep, and sleeps without any progress after which a worker counts as lost: at least a minute, when a task takes milliseconds. */
const SLEEP_MS = 1;
const SLEEPS = 60_000;

/** What each worker runs. It takes part when it is awake and is never waited for unless it holds a task, so a worker that starts late or
 *  is kept off the processor costs nothing. Plain JavaScript without imports: it needs no loader, and the caller may block. */
const WORKER = `
const { workerData: { module: kernel, memory, at, tile } } = require('node:worker_threads');
const { work } = new WebAssembly.Instance(kernel, { env: { memory } }).exports;
const control = new Int32Array(memory.buffer, at, 8);
let seen = 0;
for (;;) {
  for (let i = 0; i < 20000 && Atomics.load(control, 0) === seen; i++);
  Atomics.wait(control, 0, seen);
  seen = Atomics.load(control, 0);
  if (Atomics.load(control, 1) !== 0) break;
  try {
    work(at, tile);
  } catch {
    Atomics.store(control, 5, 1);
    break;
  }
}`;

/** Threads that share one memory and take tasks from one counter. */
export class Crew {
  readonly control: Int32Array;
  /** The same block as doubles, for penalties. */
  readonly penalties: Float64Array;
  private readonly ticket: BigInt64Array;
  private readonly work: (at: number, tile: number) => void;
  private readonly tile: number;
  private readonly workers: Worker[];

  /** @param threads  the caller's own thread is one of them */
  constructor(arena: Arena, module: WasmModule, threads: number) {
    this.control = arena.words(CONTROL_AT, 32);
    this.penalties = arena.doubles(CONTROL_AT + 88, 3);
    this.ticket = new BigInt64Array(arena.memory.buffer, CONTROL_AT + 8, 1);
    const instance = new wasm.Instance(module, { env: { memory: arena.memory } });
    this.work = instance.exports['work'] as (at: number, tile: number) => void;
    this.tile = arena.take(TILE_BYTES);
    this.workers = Array.from({ length: threads - 1 }, () => {
      const worker = new Worker(WORKER, {
        eval: true,
        execArgv: [],
        workerData: { module, memory: arena.memory, at: CONTROL_AT, tile: arena.take(TILE_BYTES) },
      });
      worker.unref();
      return worker;
    });
  }

  /** Runs tasks 0 … count − 1 of an operation; back when all are done.
   *  @throws StateError `worker-lost` when a worker trapped in its task (V8 can show it too old a size of a memory that has grown since), or no task
   *  was finished for a minute */
  run(operation: number, count: number): void {
    if (count === 0) return;
    Atomics.store(this.control, CONTROL.completed, 0);
    Atomics.store(this.ticket, 0, (BigInt(operation) << 56n) | (BigInt(count) << 32n));
    if (count > 1 && this.workers.length > 0) {
      Atomics.add(this.control, CONTROL.generation, 1);
      Atomics.notify(this.control, CONTROL.generation);
    }
    this.work(CONTROL_AT, this.tile);
    this.awaitAll(count);
  }

  /** Looks for a while, then sleeps between looks: on a busy machine the worker that is waited for needs the processor. */
  private awaitAll(count: number): void {
    let seen = -1;
    let idle = 0;
    for (;;) {
      const done = Atomics.load(this.control, CONTROL.completed);
      if (done >= count) return;
      idle = done === seen ? idle + 1 : 0;
      seen = done;
      if (Atomics.load(this.control, CONTROL.lost) !== 0 || idle > LOOKS + SLEEPS)
        throw new StateError(
          'worker-lost',
          'trainBoost: a worker stopped in the middle of its task; use { threads: 1 }',
          {},
        );
      if (idle > LOOKS) Atomics.wait(this.control, CONTROL.completed, done, SLEEP_MS);
    }
  }

  /** Lets the workers end. */
  close(): void {
    Atomics.store(this.control, CONTROL.quit, 1);
    Atomics.add(this.control, CONTROL.generation, 1);
    Atomics.notify(this.control, CONTROL.generation);
  }
}
