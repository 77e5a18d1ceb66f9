import { averagePrecision } from '../evaluate/index.ts';
import type { FeatureDefinition } from '../features/index.ts';
import { timeSplit } from '../split/index.ts';
import { crossFit, fitRows, scoreRows } from './cross-fit.ts';
import { type ExampleTable, labelsAt } from './examples.ts';
import { type LearnerSetting, FALLBACK_SETTING, SETTINGS } from './learner.ts';

/** Settings tried and what each reached on validation rows: later than what it learnt from, all before the test. */
export interface SearchResult {
  readonly tried: readonly { readonly id: string; readonly validation: number | null }[];
  readonly best: LearnerSetting;
  readonly note: string;
}

/** Above this many training rows one fold of components stands for all. */
const ALL_FOLDS_UP_TO = 30_000;

/** Folds of components in the search. `foldOf` must be dealt into as many. */
export const SEARCH_FOLDS = 2;

/** Shares of the training dates at which a validation period begins; each ends where the next begins. */
const ORIGINS = [0.5, 0.75] as const;

/** Fewer findings than this in all validation periods decide nothing. */
const MIN_FINDINGS = 10;

interface Period {
  readonly origin: number;
  readonly train: Int32Array;
  readonly test: Int32Array;
  readonly labels: Float64Array;
  readonly weights: Float64Array;
  readonly findings: number;
}

export interface SearchInput {
  readonly examples: ExampleTable;
  readonly train: Int32Array;
  readonly origin: number;
  readonly features: readonly FeatureDefinition[];
  /** Fold of each row's component; null = periods alone separate. */
  readonly foldOf: Int32Array | null;
  readonly seed: number;
  readonly settings?: readonly LearnerSetting[];
  readonly onSetting?: (id: string) => void;
}

/** Picks a setting on validation rows only: periods of the training dates, one after the other, each judged by a model that saw neither
 *  its time nor (with folds) its components. The figure is average precision, weighted by findings. At equal figures the setting that stands
 *  first, the simpler one, wins. */
export function searchSettings(of: SearchInput): SearchResult {
  const settings = of.settings ?? SETTINGS;
  const fallback = settings.find((s) => s.id === FALLBACK_SETTING) ?? settings[0]!;
  const periods = _periods(of);
  const findings = periods.reduce((sum, p) => sum + p.findings, 0);
  if (findings < MIN_FINDINGS)
    return {
      tried: [],
      best: fallback,
      note: `only ${findings} findings on validation rows: ${fallback.id} is taken without a search`,
    };
  const tried = settings.map((setting) => {
    of.onSetting?.(setting.id);
    return { id: setting.id, validation: _validation(of, setting, periods) };
  });
  let best = fallback;
  let most = Number.NEGATIVE_INFINITY;
  tried.forEach(({ validation }, i) => {
    if (validation === null || !(validation > most + 1e-9)) return;
    most = validation;
    best = settings[i]!;
  });
  const rows = periods.reduce((sum, p) => sum + p.test.length, 0);
  return {
    tried,
    best,
    note: `settings chosen by average precision on ${rows} validation rows with ${findings} findings, in ${periods.length} periods before the test`,
  };
}

function _periods(of: SearchInput): Period[] {
  const { asOf } = of.examples.matrix;
  const dates = Float64Array.from(of.train, (i) => asOf[i]!).sort();
  const starts = [...new Set(ORIGINS.map((share) => dates[Math.floor(dates.length * share)] ?? Number.NaN))].filter(
    (t) => !Number.isNaN(t),
  );
  const own = new Uint8Array(of.examples.rows);
  for (const i of of.train) own[i] = 1;
  return starts.flatMap((origin, k): Period[] => {
    const split = timeSplit({ asOf, ripeAt: of.examples.ripeAt, label: of.examples.label }, origin, {
      until: starts[k + 1] ?? of.origin,
    });
    const train = split.train.filter((i) => own[i] === 1);
    const test = split.test.filter((i) => own[i] === 1);
    const labels = labelsAt(of.examples, of.origin, test);
    const findings = labels.reduce((a, b) => a + b, 0);
    if (train.length === 0 || findings === 0) return [];
    return [{ origin, train, test, labels, weights: Float64Array.from(test, (i) => of.examples.weight[i]!), findings }];
  });
}

function _validation(of: SearchInput, setting: LearnerSetting, periods: readonly Period[]): number | null {
  let sum = 0;
  let findings = 0;
  for (const period of periods) {
    const scores = _scores(of, setting, period);
    if (scores === null) continue;
    sum += period.findings * averagePrecision(period.labels, scores, period.weights);
    findings += period.findings;
  }
  return findings === 0 ? null : sum / findings;
}

function _scores(of: SearchInput, setting: LearnerSetting, period: Period): Float64Array | null {
  const input = {
    examples: of.examples,
    rows: period.train,
    origin: period.origin,
    features: of.features,
    setting,
    seed: of.seed,
  };
  if (of.foldOf !== null && period.train.length <= ALL_FOLDS_UP_TO)
    return crossFit(input, period.test, of.foldOf, SEARCH_FOLDS);
  const rows = of.foldOf === null ? period.train : period.train.filter((i) => of.foldOf![i] !== 0);
  const fitted = fitRows({ ...input, rows });
  return fitted === null ? null : scoreRows(fitted, input, period.test);
}
