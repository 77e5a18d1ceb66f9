import type { Progress } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import type { LeadModel } from '../registry/index.ts';
import { type Scored, scoreCandidates } from './score.ts';

/** Rows by falling score, ties by subject id then decision; the first of each subject. */
export function orderOf(scored: Scored): { order: number[]; repeats: number } {
  const { subjects } = scored.matrix;
  const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  const all = Array.from(scored.margins.keys()).sort(
    (a, b) =>
      scored.margins[b]! - scored.margins[a]! ||
      text(subjects[a]!, subjects[b]!) ||
      text(scored.keys[a] ?? '', scored.keys[b] ?? ''),
  );
  const seen = new Set<string>();
  const order = all.filter((i) => {
    if (seen.has(subjects[i]!)) return false;
    seen.add(subjects[i]!);
    return true;
  });
  return { order, repeats: all.length - order.length };
}

/** A subject in a model's ranking, unexplained: for shadows and trials. */
export interface RankedSubject {
  readonly subjectId: string;
  readonly score: number;
  readonly probability: number;
}

/** Every candidate by a model as of a moment, best first; nothing is written but temporary tables.
 *  @throws as {@link scoreCandidates} */
export async function rankedSubjects(
  db: Database,
  model: LeadModel,
  o: { readonly asOf: number; readonly progress: Progress },
): Promise<RankedSubject[]> {
  const scored = await scoreCandidates(db, model, o);
  return orderOf(scored).order.map((i) => ({
    subjectId: scored.matrix.subjects[i]!,
    score: scored.margins[i]!,
    probability: scored.probabilities[i]!,
  }));
}
