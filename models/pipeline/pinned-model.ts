import { canonicalJson, chinaDate } from '../../ingest/base/index.ts';
import { type LeadModel, championOf, loadModel, readDecisions } from '../registry/index.ts';
import { taskFrom } from '../train/index.ts';
import type { Settings, WorkspacePaths } from '../workspace/index.ts';

/** The model that people promoted, where a run as of that moment may use it. A model trained later would know the future; one of another task
 *  answers another question: then the run trains its own, and says so.
 *  @throws InputError of {@link readDecisions} and {@link loadModel}: a registry that was changed is not passed over in silence */
export async function pinnedModel(
  paths: WorkspacePaths,
  settings: Pick<Settings, 'task'>,
  asOfMs: number,
): Promise<{ readonly model: LeadModel | null; readonly note: string }> {
  const id = championOf(await readDecisions(paths.models));
  if (id === null) return { model: null, note: '' };
  const model = await loadModel(paths.models, id);
  if (Date.parse(model.asOf) > asOfMs)
    return {
      model: null,
      note: `the promoted model ${id} was trained on what was known by ${chinaDate(Date.parse(model.asOf))}, later than this run; the run trains its own`,
    };
  if (canonicalJson(model.task) !== canonicalJson(taskFrom(settings.task)))
    return {
      model: null,
      note: `the promoted model ${id} answers another task than tributary.yaml; the run trains its own`,
    };
  return { model, note: '' };
}
