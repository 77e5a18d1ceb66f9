import { rankedSubjects } from '../leads/index.ts';
import { loadModel, readDecisions, shadowsOf } from '../registry/index.ts';
import type { RunContext } from './context.ts';

/** Lets every model in shadow rank the same candidates and keeps its first places in `shadow_lead`: no list, report or page shows them before a
 *  comparison is asked for. A shadow trained on what was known later than the run is left out, and named.
 *  @returns one line a shadow */
export async function rankShadows(c: RunContext): Promise<string[]> {
  await c.db.run(
    'create or replace table shadow_lead (model_id VARCHAR, rank BIGINT, subject_id VARCHAR, score DOUBLE, probability DOUBLE)',
  );
  const notes: string[] = [];
  for (const id of shadowsOf(await readDecisions(c.paths.models))) {
    const model = await loadModel(c.paths.models, id);
    if (Date.parse(model.asOf) > c.asOfMs) {
      notes.push(`shadow ${id} knows what came later than this run; left out`);
      continue;
    }
    const ranked = await rankedSubjects(c.db, model, { asOf: c.asOfMs, progress: c.progress });
    const top = ranked.slice(0, c.settings.capacity);
    for (const [i, r] of top.entries())
      await c.db.run('insert into shadow_lead values ($id, $rank, $subject, $score, $probability)', {
        id,
        rank: i + 1,
        subject: r.subjectId,
        score: r.score,
        probability: r.probability,
      });
    notes.push(`shadow ${id}: ${top.length} places kept unseen`);
  }
  return notes;
}
