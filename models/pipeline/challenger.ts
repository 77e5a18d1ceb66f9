import { type Progress, InputError } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import { readLineage } from '../evidence/index.ts';
import {
  type LeadModel,
  type ModelComparison,
  cardHtml,
  championOf,
  loadModel,
  readDecisions,
  saveModel,
} from '../registry/index.ts';
import { compareModels, taskFrom, trainLeadModel } from '../train/index.ts';
import { type WorkspacePaths, readSettings, runFolder } from '../workspace/index.ts';

/** Trains a model on the served snapshot, keeps it with its card, and serves nothing: a person decides.
 *  @param of.db  the snapshot, may be read-only · @throws as `trainLeadModel` */
export async function trainChallenger(
  of: { readonly paths: WorkspacePaths; readonly db: Database; readonly runId: string },
  progress: Progress,
): Promise<LeadModel> {
  const settings = readSettings(of.paths);
  const lineage = readLineage(runFolder(of.paths, of.runId));
  const model = await trainLeadModel(of.db, taskFrom(settings.task), {
    asOf: Date.parse(lineage.asOf),
    seed: settings.seed,
    progress,
    data: { lake: lineage.lakeHash, settings: lineage.settingsSha256 },
  });
  await saveModel(of.paths.models, model, {
    html: cardHtml(model, settings.language),
    json: JSON.stringify(model.card, null, 1),
  });
  return model;
}

/** The model to beat: the promoted one, else the one of the served run. */
export async function modelToBeat(paths: WorkspacePaths, runId: string): Promise<LeadModel> {
  const promoted = championOf(await readDecisions(paths.models));
  return loadModel(paths.models, promoted ?? readLineage(runFolder(paths, runId)).modelId);
}

/** Two kept models on the newest results of the served snapshot. @throws InputError `same-model` · as {@link compareModels} */
export async function compareKept(
  of: { readonly paths: WorkspacePaths; readonly db: Database; readonly runId: string },
  ids: { readonly challenger: string; readonly champion: string },
  progress: Progress,
): Promise<ModelComparison> {
  if (ids.challenger === ids.champion)
    throw new InputError('same-model', `models compare: ${ids.challenger} and itself; name two models`, ids);
  const [challenger, champion] = [
    await loadModel(of.paths.models, ids.challenger),
    await loadModel(of.paths.models, ids.champion),
  ];
  const asOf = Date.parse(readLineage(runFolder(of.paths, of.runId)).asOf);
  return compareModels(of.db, { challenger, champion }, { asOf, progress });
}
