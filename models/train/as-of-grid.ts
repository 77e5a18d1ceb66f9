import { DAY_MS, StateError } from '../../ingest/base/index.ts';
import type { DistrictTask } from './task.ts';

/** As-of dates of a training run, ms UTC, oldest first. */
export interface AsOfGrid {
  /** Dates learnt from: every `trainStepDays`, back from the scoring day. */
  readonly train: readonly number[];
  /** Dates judged on: every `testStepDays`, from `origin` on. */
  readonly test: readonly number[];
  /** First day of the test: models judged on it know nothing of it. */
  readonly origin: number;
  /** Last date whose window and reporting delay are over. */
  readonly matured: number;
}

/** The grid of a district between its first fact and the day of training.
 *  @throws StateError `history-too-short` when fewer than two training dates would be ripe at the origin */
export function asOfGrid(task: DistrictTask, firstFact: number, asOf: number): AsOfGrid {
  const ripening = (task.horizonDays + task.reportingDelayDays) * DAY_MS;
  const start = firstFact + task.warmUpDays * DAY_MS;
  const matured = asOf - ripening;
  const origin = matured - task.testShare * Math.max(0, matured - start);
  const back = (stepDays: number, from: number, to: number): number[] => {
    const out: number[] = [];
    for (let t = asOf; t >= from; t -= stepDays * DAY_MS) if (t <= to) out.push(t);
    return out.reverse();
  };
  const grid = {
    train: back(task.trainStepDays, start, matured),
    test: back(task.testStepDays, origin, matured),
    origin,
    matured,
  };
  if (grid.train.filter((t) => t + ripening <= origin).length < 2 || grid.test.length === 0) {
    const days = Math.round((asOf - firstFact) / DAY_MS);
    throw new StateError(
      'history-too-short',
      `asOfGrid: ${days} days of facts leave too few as-of dates with ripe labels; a window of ${task.horizonDays} + ${task.reportingDelayDays} days needs about ${2 * task.trainStepDays + 3 * (task.horizonDays + task.reportingDelayDays) + task.warmUpDays} days, or set a shorter horizonDays or warmUpDays`,
      { days },
    );
  }
  return grid;
}
