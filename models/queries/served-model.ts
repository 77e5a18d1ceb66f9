import { readLineage } from '../evidence/index.ts';
import { type LeadModel, loadModel } from '../registry/index.ts';
import { type WorkspacePaths, runFolder } from '../workspace/index.ts';

/** Asks for the model of a run; the last one read is kept, for its file is large and every byte of it is hashed on reading.
 *  @returns function of a run's id; it throws StateError `no-lineage`, InputError `no-such-model`, `model-changed` */
export function servedModel(paths: WorkspacePaths): (runId: string) => Promise<LeadModel> {
  let last: { readonly runId: string; readonly model: Promise<LeadModel> } | null = null;
  return (runId) => {
    if (last?.runId !== runId) {
      const model = Promise.resolve().then(() => loadModel(paths.models, readLineage(runFolder(paths, runId)).modelId));
      const mine = { runId, model };
      last = mine;
      model.catch(() => {
        if (last === mine) last = null;
      });
    }
    return last.model;
  };
}
