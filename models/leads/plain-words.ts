import type { Bilingual } from '../../ingest/schema/index.ts';
import type { LeadModel } from '../registry/index.ts';
import { taskFrom } from '../train/index.ts';

/** Fewer hold-out rows than this say nothing in words. */
const MIN_ROWS = 20;

/** "Of 10 such leads about 6 were confirmed": the share found among hold-out rows that were given about this probability (N7).
 *  Neighbouring bins are joined until there are enough rows; null when even all of them are too few. */
export function confidenceWords(model: LeadModel, probability: number): Bilingual | null {
  const { track } = model;
  let from = track.findIndex((b, i) => probability < b.high || i === track.length - 1);
  let to = from;
  const sum = (of: (b: (typeof track)[number]) => number): number =>
    track.slice(from, to + 1).reduce((s, b) => s + of(b), 0);
  while (sum((b) => b.rows) < MIN_ROWS && (from > 0 || to < track.length - 1)) {
    if (from > 0) from--;
    if (to < track.length - 1) to++;
  }
  const rows = sum((b) => b.rows);
  if (rows < MIN_ROWS) return null;
  const share = sum((b) => b.found) / rows;
  const task = taskFrom(model.task);
  const zhTime = task.form === 'district' ? `在${task.horizonDays}天内` : '';
  const enTime = task.form === 'district' ? ` within ${task.horizonDays} days` : '';
  const [of, found] =
    share >= 0.05
      ? [10, Math.round(share * 10)]
      : share >= 0.005
        ? [100, Math.round(share * 100)]
        : [1000, Math.round(share * 1000)];
  return {
    zh: `以往此类线索每${of}条约${found}条${zhTime}查实`,
    en: `of ${of} such leads about ${found} were confirmed${enTime}`,
  };
}
