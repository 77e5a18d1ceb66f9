import { InputError, withDefaults } from '../../ingest/base/index.ts';
import type { Matrix } from './matrix.ts';

/** Rows held back to stop on. */
export interface Validation {
  readonly data: Matrix;
  readonly labels: ArrayLike<number>;
  readonly weights?: ArrayLike<number> | null;
}

/** Settings of {@link trainBoost}; every one has a default in {@link BOOST_DEFAULTS}. */
export interface BoostOptions {
  /** `logistic`: margins are log-odds. `squared`: margins are the expected label itself. */
  readonly objective: 'logistic' | 'squared';
  /** `boost`: each tree corrects the sum before it. `forest`: trees on resampled rows, averaged; its margin is a share of positives. */
  readonly mode: 'boost' | 'forest';
  /** Trees at most. */
  readonly rounds: number;
  readonly learningRate: number;
  /** `leaf`: the open leaf with the largest gain is split first. `depth`: level by level. */
  readonly growth: 'leaf' | 'depth';
  /** 0 is no limit. */
  readonly maxLeaves: number;
  /** 0 is no limit. */
  readonly maxDepth: number;
  /** Bins of a number, 2–255, missing not counted. */
  readonly maxBins: number;
  /** L2 and L1 penalty on leaf values. */
  readonly lambda: number;
  readonly alpha: number;
  /** Least gain of a split, on the scale of XGBoost's `gamma`. */
  readonly gamma: number;
  /** Least sum of second derivatives (rows, for `squared`) on each side. */
  readonly minChildWeight: number;
  /** Share of the rows each tree sees: drawn without replacement; in a forest a bootstrap of this size. */
  readonly rowSample: number;
  /** Share of the features each tree, and each split of these, may use. */
  readonly columnSample: number;
  readonly columnSampleByNode: number;
  /** Added to the second derivative when categories are put in order, and to lambda for their splits (0 of both: exact). */
  readonly categorySmoothing: number;
  readonly categoryLambda: number;
  /** Weight of a row with label 1, times `weights`. */
  readonly positiveWeight: number;
  readonly weights: ArrayLike<number> | null;
  /** Groups of feature names that may meet on one path; a feature in no group meets none. Null: all may. */
  readonly interactions: readonly (readonly string[])[] | null;
  readonly validation: Validation | null;
  /** Stop when `metric` on the validation rows has not improved for `rounds`; the best round is kept. */
  readonly earlyStopping: { readonly metric: 'prauc' | 'logloss'; readonly rounds: number } | null;
  /** Margin before the first tree; null: from the weighted share of positives. */
  readonly base: number | null;
  readonly seed: number;
  /** Threads for histograms; 0: as many as pay off. The model does not depend on it. */
  readonly threads: number;
  /** `plain` trains without WebAssembly; the model does not depend on it. */
  readonly kernel: 'auto' | 'plain';
}

export const BOOST_DEFAULTS: BoostOptions = Object.freeze({
  objective: 'logistic',
  mode: 'boost',
  rounds: 300,
  learningRate: 0.1,
  growth: 'leaf',
  maxLeaves: 31,
  maxDepth: 0,
  maxBins: 255,
  lambda: 1,
  alpha: 0,
  gamma: 0,
  minChildWeight: 1,
  rowSample: 1,
  columnSample: 1,
  columnSampleByNode: 1,
  categorySmoothing: 10,
  categoryLambda: 10,
  positiveWeight: 1,
  weights: null,
  interactions: null,
  validation: null,
  earlyStopping: null,
  base: null,
  seed: 1,
  threads: 0,
  kernel: 'auto',
});

const BOUNDS: Readonly<Record<string, readonly [number, number]>> = {
  rounds: [1, 100_000],
  learningRate: [1e-6, 10],
  maxLeaves: [0, 65_536],
  maxDepth: [0, 64],
  maxBins: [2, 255],
  lambda: [0, Infinity],
  alpha: [0, Infinity],
  gamma: [0, Infinity],
  minChildWeight: [0, Infinity],
  rowSample: [1e-6, 1],
  columnSample: [1e-6, 1],
  columnSampleByNode: [1e-6, 1],
  categorySmoothing: [0, Infinity],
  categoryLambda: [0, Infinity],
  positiveWeight: [1e-9, Infinity],
  threads: [0, 64],
};

/** Defaults filled in and every bound checked. @throws InputError `unknown-option`, `boost-option` with all faults */
export function boostOptions(given: Partial<BoostOptions>): BoostOptions {
  const options = withDefaults('trainBoost', BOOST_DEFAULTS, given);
  const faults = Object.entries(BOUNDS).flatMap(([name, [low, high]]) => {
    const value = options[name as keyof BoostOptions] as number;
    return value >= low && value <= high ? [] : [`${name} = ${value} is not in ${low}–${high}`];
  });
  for (const name of ['rounds', 'maxLeaves', 'maxDepth', 'maxBins', 'threads'] as const) {
    if (!Number.isInteger(options[name])) faults.push(`${name} = ${options[name]} is not a whole number`);
  }
  if (options.maxLeaves === 1) faults.push('maxLeaves = 1 grows no tree; pass 0 (no limit) or at least 2');
  if (options.earlyStopping !== null && options.validation === null) {
    faults.push('earlyStopping needs validation rows');
  }
  if (options.mode === 'forest' && options.earlyStopping !== null) faults.push('a forest does not stop early');
  if (faults.length > 0) throw new InputError('boost-option', `trainBoost: ${faults.join('; ')}`, { faults });
  return options;
}
