import { StateError, numbersOf } from '../../ingest/base/index.ts';
import type { Progress } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import { type DriftReport, type DriftSample, driftOf } from '../drift/index.ts';
import { readLineage } from '../evidence/index.ts';
import { type Scored, scoreCandidates } from '../leads/index.ts';
import type { LeadModel } from '../registry/index.ts';
import { type WorkspacePaths, runFolder } from '../workspace/index.ts';

/** Whether the district has left what a model was trained on: every candidate as of the day of its training (rows whose results were not out then, so it
 *  never learnt from them) beside every candidate as of the served run; the results found and the delay until they were known, before and since.
 *  @throws StateError `nothing-newer` when the run is not later than the model · as `scoreCandidates` */
export async function driftOfRun(
  of: { readonly paths: WorkspacePaths; readonly db: Database; readonly runId: string },
  model: LeadModel,
  progress: Progress,
): Promise<DriftReport & { readonly modelId: string; readonly from: string; readonly to: string }> {
  const trained = Date.parse(model.asOf);
  const now = Date.parse(readLineage(runFolder(of.paths, of.runId)).asOf);
  if (now <= trained)
    throw new StateError(
      'nothing-newer',
      `models drift: the served run knows nothing later than model ${model.model_id} (${model.asOf.slice(0, 10)}); ingest newer files and run again`,
      { modelId: model.model_id },
    );
  const sample = async (asOf: number, since: number): Promise<DriftSample> => {
    const scored = await scoreCandidates(of.db, model, { asOf, progress });
    return { ..._inputs(scored), ...(await _outcomes(of.db, since, asOf)) };
  };
  const span = now - trained;
  const reference = await sample(trained, trained - Math.max(span, YEAR_MS));
  const batch = await sample(now, trained);
  return { modelId: model.model_id, from: model.asOf, to: new Date(now).toISOString(), ...driftOf(reference, batch) };
}

const YEAR_MS = 365 * 86_400_000;

function _inputs({ matrix, margins }: Scored): Pick<DriftSample, 'features' | 'values' | 'scores'> {
  return { features: matrix.features.map((f) => f.id), values: matrix.values, scores: margins };
}

/** Checks whose result became known in (since, until]: found or clean, and how long it took. */
async function _outcomes(
  db: Database,
  since: number,
  until: number,
): Promise<Pick<DriftSample, 'labels' | 'delayDays'>> {
  const rows =
    await db.columns(`select (verdict = 'confirmed')::int as found, date_diff('hour', found_at, known_at) / 24.0 as delay from outcome
    where verdict in ('confirmed', 'clean') and found_at is not null and known_at > epoch_ms(${Math.trunc(since)}::bigint)
      and known_at <= epoch_ms(${Math.trunc(until)}::bigint) order by outcome_id`);
  return { labels: numbersOf(rows, 'found').values, delayDays: numbersOf(rows, 'delay').values };
}
