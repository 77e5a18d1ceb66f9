import { availableParallelism } from 'node:os';
import { binMatrix, type FeatureBins } from './binning.ts';
import type { Engine, EngineInput } from './engine.ts';
import { KernelEngine } from './kernel/engine.ts';
import { kernelModule } from './kernel/memory.ts';
import type { Matrix } from './matrix.ts';
import type { BoostOptions } from './options.ts';
import { plainEngine } from './plain-engine.ts';

/** Below this many values the kernel's start costs more than it saves; below the second, another thread does. */
const KERNEL_VALUES = 20_000;
const THREAD_VALUES = 1_000_000;
const MOST_THREADS = 8;

/** The engine that suits the size of the data and what this machine can do. */
export function engineFor(
  data: Matrix,
  input: EngineInput,
  options: BoostOptions,
): { engine: Engine; features: readonly FeatureBins[] } {
  const values = data.rows * data.features.length;
  const module = options.kernel === 'auto' && (values >= KERNEL_VALUES || options.threads > 0) ? kernelModule() : null;
  if (module === null) {
    const binned = binMatrix(data, options.maxBins);
    return { engine: plainEngine(binned, input, options), features: binned.features };
  }
  const own = values >= THREAD_VALUES ? Math.min(MOST_THREADS, availableParallelism()) : 1;
  const engine = new KernelEngine(data, input, { options, module, threads: options.threads || own });
  return { engine, features: engine.features };
}
