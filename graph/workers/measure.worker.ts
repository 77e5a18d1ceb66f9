import { parentPort, workerData } from 'node:worker_threads';
import { TributaryError, messageOf, seeded } from '../../ingest/base/index.ts';
import { nodeMeasure } from '../catalogue/node-measures.ts';
import type { MeasureJob, MeasureMessage } from './measure-job.ts';

/** Works out one measure of a shared graph and ends. */
const { graph, measure, settings, seed } = workerData as MeasureJob;
const say = (message: MeasureMessage): void => parentPort!.postMessage(message);

/** At most a hundred reports: a measure may tell a million times. */
let reported = 0;
const tell = (done: number, total: number): void => {
  if (done < total && done - reported < total / 100) return;
  reported = done;
  say({ kind: 'progress', done, total });
};

try {
  const values = nodeMeasure({ ...graph, ids: [] }, measure, settings, { random: seeded(seed), tell });
  say({ kind: 'done', values: values instanceof Float64Array ? values : Float64Array.from(values) });
} catch (error) {
  const known = error instanceof TributaryError;
  say({
    kind: 'fault',
    name: error instanceof Error ? error.name : 'Error',
    code: known ? error.code : '',
    message: messageOf(error),
    detail: known ? error.detail : {},
  });
}
