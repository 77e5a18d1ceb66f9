import { Worker } from 'node:worker_threads';
import { ExternalError, InputError, StateError } from '../../ingest/base/index.ts';
import type { MeasureSettings } from '../catalogue/node-measures.ts';
import type { Graph } from '../csr.ts';
import type { MeasureJob, MeasureMessage } from './measure-job.ts';
import { sharedGraph } from './shared-graph.ts';

export interface MeasureRun {
  readonly graph: Graph;
  /** Id of one of `NODE_MEASURES`. */
  readonly measure: string;
  readonly params?: MeasureSettings;
  /** Seed of what is drawn; 1 unless said. */
  readonly seed?: number;
  /** Stops the work at once, in the middle of a loop too. */
  readonly signal?: AbortSignal | null;
  /** Told how far it is, at most about a hundred times; `total` is a bound for measures that end when they converge. */
  readonly onProgress?: (done: number, total: number) => void;
}

const _BEGIN = new URL('./begin.js', import.meta.url);

/** Works out a measure in a thread of its own, over the graph in shared memory, so that this thread goes on answering. The same values as `nodeMeasure`.
 *  @returns one number a node
 *  @throws as `nodeMeasure`; StateError `cancelled` when the signal says stop · ExternalError `worker-failed` (out of memory) */
export async function runMeasure(run: MeasureRun): Promise<Float64Array> {
  const { graph, measure, params: settings = {}, seed = 1, signal = null, onProgress = () => {} } = run;
  if (signal?.aborted === true) throw _cancelled(measure);
  const job: MeasureJob = { graph: sharedGraph(graph), measure, settings, seed };
  const worker = new Worker(_BEGIN, { workerData: job, execArgv: [] });
  let stop = (): void => {};
  try {
    return await new Promise<Float64Array>((done, fail) => {
      stop = (): void => fail(_cancelled(measure));
      signal?.addEventListener('abort', stop, { once: true });
      worker.on('message', (message: MeasureMessage) => {
        if (message.kind === 'progress') onProgress(message.done, message.total);
        else if (message.kind === 'done') done(message.values);
        else fail(_faultOf(message));
      });
      worker.on('error', (cause) => fail(_broken(measure, String(cause), cause)));
      worker.on('exit', (code) => fail(_broken(measure, `it ended with ${code}`, null)));
    });
  } finally {
    signal?.removeEventListener('abort', stop);
    await worker.terminate();
  }
}

function _cancelled(measure: string): StateError {
  return new StateError('cancelled', `runMeasure: ${measure} was stopped before it ended; start it again`, { measure });
}

function _broken(measure: string, said: string, cause: unknown): ExternalError {
  return new ExternalError(
    'worker-failed',
    `runMeasure: the thread of ${measure} failed: ${said}; take a selection, or a machine with more memory`,
    { measure },
    { cause },
  );
}

function _faultOf(fault: MeasureMessage & { kind: 'fault' }): Error {
  if (fault.name === 'InputError') return new InputError(fault.code, fault.message, fault.detail);
  if (fault.name === 'StateError') return new StateError(fault.code, fault.message, fault.detail);
  return _broken('a measure', fault.message, null);
}
