import { type Progress, SILENT } from '../../ingest/base/index.ts';

export interface TrainOptions {
  /** Day of training, ms UTC: nothing known later is used. */
  readonly asOf: number;
  readonly seed: number;
  /** Id of a variant of a table task; null = the model that is served. */
  readonly variant: string | null;
  /** Hashes of the data (lake, snapshot …) to write into the model. */
  readonly data: Readonly<Record<string, string>>;
  /** Families whose worth is measured by leaving them out; each costs as many fits as there are folds. */
  readonly ablate: readonly string[];
  readonly progress: Progress;
}

export const TRAIN_DEFAULTS: TrainOptions = Object.freeze({
  asOf: Number.NaN,
  seed: 7,
  variant: null,
  data: {},
  ablate: ['network'],
  progress: SILENT,
});
