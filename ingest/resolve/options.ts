import { type Progress, SILENT } from '../base/index.ts';
import type { JudgementRow } from './judgement/index.ts';

export interface ResolveOptions {
  readonly progress: Progress;
  /** Seed of the background sample. */
  readonly seed: number | string;
  /** Least probability of a pair that may merge. */
  readonly mergeProbability: number;
  /** Least probability of a pair that is kept as `possibly_same`. */
  readonly possibleProbability: number;
  /** Bits by which the best partner of a record must beat its best rival. */
  readonly margin: number;
  /** Most candidate pairs of one kind. */
  readonly maxPairs: number;
  /** Random pairs that stand for all that blocking did not propose. */
  readonly backgroundPairs: number;
  /** Secret behind the pseudonyms of persons; the workspace gives its own. */
  readonly pseudonymKey: string;
  /** What people decided about pairs of mentions, all rows there are; the run obeys those that stand. */
  readonly judgements: readonly JudgementRow[];
  /** Folder of the run before, whose entity ids live on; empty = none. */
  readonly previous: string;
  /** Names this run in the log of merges and splits. */
  readonly runId: string;
}

export const RESOLVE_DEFAULTS: ResolveOptions = Object.freeze({
  progress: SILENT,
  seed: 'resolve',
  mergeProbability: 0.9,
  possibleProbability: 0.2,
  margin: 3,
  maxPairs: 8_000_000,
  backgroundPairs: 300_000,
  pseudonymKey: 'tributary',
  judgements: Object.freeze([]),
  previous: '',
  runId: '',
});

/** Log2 odds of a probability. */
export function bitsOf(probability: number): number {
  return Math.log2(probability / (1 - probability));
}
