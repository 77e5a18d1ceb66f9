import { InputError, type Progress, seeded } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import { readLineage } from '../evidence/index.ts';
import { rankedSubjects } from '../leads/index.ts';
import { loadModel } from '../registry/index.ts';
import { type TrialPlan, type TrialWeek, blindList, keepWeek, readTrial, startTrial } from '../trial/index.ts';
import { type WorkspacePaths, runFolder } from '../workspace/index.ts';

/** Starts a blind head-to-head of two kept models (N9): who is a and who is b is drawn, the metric is fixed, nothing of it changes afterwards.
 *  @throws InputError `same-model`, `no-such-model`, `model-not-servable` */
export async function startTrialOf(
  paths: WorkspacePaths,
  of: {
    readonly models: readonly [string, string];
    readonly capacity: number;
    readonly by: string;
    readonly at: string;
  },
): Promise<TrialPlan> {
  const [one, other] = of.models;
  if (one === other) throw new InputError('same-model', `trial start: ${one} against itself; name two models`, {});
  for (const id of of.models)
    if (!(await loadModel(paths.models, id)).servable)
      throw new InputError(
        'model-not-servable',
        `trial start: ${id} uses banned columns and was made for comparison only; no one is visited for it`,
        { id },
      );
  const seed = `trial:${of.at}:${[...of.models].sort().join(':')}`;
  const [first, second] = [...of.models].sort();
  const arms = seeded(seed)() < 0.5 ? { a: first!, b: second! } : { a: second!, b: first! };
  return startTrial(paths.root, { startedAt: of.at, startedBy: of.by, arms, capacity: of.capacity, seed });
}

/** The blind list of the served run: made once, then the same whenever asked. */
export async function trialWeek(
  of: { readonly paths: WorkspacePaths; readonly db: Database; readonly runId: string },
  trialId: string,
  progress: Progress,
): Promise<TrialWeek> {
  const plan = await readTrial(of.paths.root, trialId);
  const asOf = Date.parse(readLineage(runFolder(of.paths, of.runId)).asOf);
  const ranking = async (id: string): Promise<string[]> =>
    (await rankedSubjects(of.db, await loadModel(of.paths.models, id), { asOf, progress })).map((r) => r.subjectId);
  const list = blindList(
    { a: await ranking(plan.arms.a), b: await ranking(plan.arms.b) },
    { capacity: plan.capacity, random: seeded(`${plan.seed}:${of.runId}`) },
  );
  return keepWeek(of.paths.root, trialId, { ...list, runId: of.runId });
}
