import type { FeatureMatrix } from '../features/index.ts';

/** Rows to learn from and to be judged on: subject × as-of moment, or one decision each. Plain data, column-major. */
export interface ExampleTable {
  readonly rows: number;
  readonly matrix: FeatureMatrix;
  /** 1 a finding, 0 none; NaN where not ripe. Unchecked rows are 0 with `checked` 0: not found is not clean. */
  readonly label: Float64Array;
  /** 1 when somebody looked within the window. */
  readonly checked: Uint8Array;
  /** Moment from which the label may be used, ms UTC. */
  readonly ripeAt: Float64Array;
  /** When the finding was made, ms UTC; NaN without one. */
  readonly foundAt: Float64Array;
  /** When the finding became known, ms UTC; NaN without one. At an earlier origin the row counts as not found. */
  readonly foundKnownAt: Float64Array;
  /** 1 when a random check (双随机) looked within the window: the unbiased sample. */
  readonly randomCheck: Uint8Array;
  /** Weight of the row in training before learner settings (sampled quiet subjects count for those left out). */
  readonly weight: Float64Array;
  /** Network component of the subject. */
  readonly component: Int32Array;
  /** 1 on rows of the test grid, 2 on rows of the training grid, 3 on both. */
  readonly grid: Uint8Array;
  /** Values to cut figures by; never features. */
  readonly slices: Readonly<Record<string, readonly (string | null)[]>>;
  /** What went in and what did not, for the card. */
  readonly counts: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
}

/** Labels as they stood at `origin`: a finding published later was not known yet. NaN stays NaN. */
export function labelsAt(examples: ExampleTable, origin: number, rows: ArrayLike<number>): Float64Array {
  return Float64Array.from(rows, (i) =>
    Number.isNaN(examples.label[i]!) ? Number.NaN : examples.foundKnownAt[i]! <= origin ? 1 : 0,
  );
}
