import { availableParallelism } from 'node:os';
import { StateError } from '../../ingest/base/index.ts';
import { scoreOnKernel } from './kernel/score.ts';
import { alignMatrix, checkMatrix, type Matrix } from './matrix.ts';
import { probabilityOf, type BoostModel } from './model.ts';
import { finishSums, plainSums } from './predict.ts';

/** Steps (rows × trees) from which the kernel, and from which more threads, pay off. */
const KERNEL_STEPS = 200_000;
const THREAD_STEPS = 20_000_000;

/** Margins of every row: log-odds for `logistic`, the expected label for `squared`.
 *  Features are matched by name; one the model needs and the matrix lacks throws. Large batches run on the kernel, with the same bits.
 *  @param threads  0: as many as pay off
 *  @throws InputError `missing-features`, `matrix-shape`           O(rows × trees × depth) */
export function predictBoost(model: BoostModel, matrix: Matrix, threads = 0): Float64Array {
  checkMatrix('predictBoost', matrix);
  const aligned = alignMatrix('predictBoost', matrix, model.features);
  const steps = aligned.rows * model.trees.length;
  const own = steps >= THREAD_STEPS ? Math.min(8, availableParallelism()) : 1;
  const sums = steps >= KERNEL_STEPS || threads > 0 ? _onKernel(model, aligned, threads || own) : null;
  return finishSums(model, sums ?? plainSums(model, aligned));
}

/** With the same bits on one thread where a worker was lost. */
function _onKernel(model: BoostModel, matrix: Matrix, threads: number): Float64Array | null {
  try {
    return scoreOnKernel(model, matrix, threads);
  } catch (fault) {
    if (!(fault instanceof StateError && fault.code === 'worker-lost') || threads === 1) throw fault;
    return scoreOnKernel(model, matrix, 1);
  }
}

/** Uncalibrated probabilities of every row. */
export function predictProbability(model: BoostModel, matrix: Matrix): Float64Array {
  return predictBoost(model, matrix).map((margin) => probabilityOf(model, margin));
}
