import type { Bilingual } from '../../ingest/schema/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import { readLineage } from '../evidence/index.ts';
import {
  type CardFigure,
  type LeadModel,
  type ModelDecision,
  championOf,
  listModels,
  loadModel,
  readDecisions,
  shadowsOf,
} from '../registry/index.ts';
import { TYPOLOGIES } from '../typologies/index.ts';
import { type WorkspacePaths, runFolder } from '../workspace/index.ts';

/** A model of the registry, and its part in the served run. */
export interface ModelSummary {
  readonly modelId: string;
  readonly isServed: boolean;
  readonly isChampion: boolean;
  readonly isShadow: boolean;
  readonly setting: string;
  readonly headline: readonly CardFigure[];
}

/** Every model on disk, the served one first, then by id; and what people decided about them. Cost: every byte of each model is hashed. */
export async function modelSummaries(
  paths: WorkspacePaths,
  runId: string,
): Promise<{ readonly models: readonly ModelSummary[]; readonly decisions: readonly ModelDecision[] }> {
  const decisions = await readDecisions(paths.models);
  const models: ModelSummary[] = [];
  for (const id of await listModels(paths.models))
    models.push(_summary(await loadModel(paths.models, id), { paths, runId, decisions }));
  models.sort(
    (a, b) =>
      Number(b.isServed) - Number(a.isServed) ||
      Number(b.isChampion) - Number(a.isChampion) ||
      (a.modelId < b.modelId ? -1 : 1),
  );
  return { models, decisions };
}

/** One model, whole, with its part in the served run. @throws InputError `no-such-model` */
export async function modelWhole(
  paths: WorkspacePaths,
  runId: string,
  id: string,
): Promise<{ readonly model: LeadModel; readonly summary: ModelSummary }> {
  const model = await loadModel(paths.models, id);
  return { model, summary: _summary(model, { paths, runId, decisions: await readDecisions(paths.models) }) };
}

function _summary(
  model: LeadModel,
  of: { readonly paths: WorkspacePaths; readonly runId: string; readonly decisions: readonly ModelDecision[] },
): ModelSummary {
  return {
    modelId: model.model_id,
    isServed: readLineage(runFolder(of.paths, of.runId)).modelId === model.model_id,
    isChampion: championOf(of.decisions) === model.model_id,
    isShadow: shadowsOf(of.decisions).includes(model.model_id),
    setting: model.setting,
    headline: model.card.headline,
  };
}

/** What each typology said in the served run: signals kept, hits that a look-alike explained, subjects. */
export async function typologyTable(db: Database): Promise<
  readonly {
    readonly id: string;
    readonly title: Bilingual;
    readonly signals: number;
    readonly setAside: number;
    readonly subjects: number;
    readonly lastAt: string | null;
  }[]
> {
  const kept = await db.rows<{ id: string; signals: number; subjects: number; lastAt: string | null }>(
    `select typology as id, count(*) as signals, count(distinct subject_id) as subjects, max("at") as "lastAt" from signal group by typology`,
  );
  const aside = (await db.has('signal_aside'))
    ? await db.rows<{ id: string; n: number }>(
        `select typology as id, count(*) as n from signal_aside group by typology`,
      )
    : [];
  return TYPOLOGIES.map((t) => {
    const own = kept.find((k) => k.id === t.id);
    return {
      id: t.id,
      title: t.title,
      signals: own?.signals ?? 0,
      setAside: aside.find((a) => a.id === t.id)?.n ?? 0,
      subjects: own?.subjects ?? 0,
      lastAt: own?.lastAt ?? null,
    };
  });
}
