import { InputError, type Random } from '../../ingest/base/index.ts';
import { type Interval, bootstrap } from '../evaluate/index.ts';
import type { ListedBy } from './blind-list.ts';

/** A listed subject that came back. */
export interface TrialResult extends ListedBy {
  readonly found: boolean;
}

export interface TrialReport {
  readonly checked: number;
  /** Listed, but nobody has looked yet; they count for nobody. */
  readonly unchecked: number;
  readonly rate: { readonly a: Interval; readonly b: Interval };
  /** Hit rate of a minus hit rate of b. */
  readonly difference: Interval;
  /** Hit rate of a over hit rate of b, minus 1: +0.5 is half as many again. Null where b found nothing. */
  readonly gain: Interval | null;
}

/** Two models in the field: hit rates, their difference and ratio with 95 % intervals (bootstrap over subjects, so that one who is listed in several weeks is
 *  drawn whole). The metric is fixed here, before the first week.
 *  @throws InputError `no-results` */
export function trialReport(
  results: readonly (Omit<TrialResult, 'found'> & { readonly found: boolean | null })[],
  o: { readonly random: Random; readonly draws?: number },
): TrialReport {
  const checked = results.filter((r): r is TrialResult => r.found !== null);
  if (!checked.some((r) => r.a) || !checked.some((r) => r.b))
    throw new InputError(
      'no-results',
      `trialReport: ${checked.length} results of ${results.length} listed; each model needs one at least, record what was found first`,
      { checked: checked.length },
    );
  const groups = checked.map((r) => r.subjectId);
  const figure = (of: (rows: Int32Array) => number): Interval => {
    const { value, low, high } = bootstrap(checked.length, of, { random: o.random, draws: o.draws ?? 2000, groups });
    return { value, low, high };
  };
  const rate = (arm: 'a' | 'b') => (rows: Int32Array) => {
    let listed = 0;
    let found = 0;
    for (const i of rows) {
      if (!checked[i]![arm]) continue;
      listed++;
      if (checked[i]!.found) found++;
    }
    return listed === 0 ? Number.NaN : found / listed;
  };
  const [a, b] = [rate('a'), rate('b')];
  const all = Int32Array.from(checked.keys());
  return {
    checked: checked.length,
    unchecked: results.length - checked.length,
    rate: { a: figure(a), b: figure(b) },
    difference: figure((rows) => a(rows) - b(rows)),
    gain: b(all) === 0 ? null : figure((rows) => (b(rows) === 0 ? Number.NaN : a(rows) / b(rows) - 1)),
  };
}
