import { InputError, seeded } from '../../ingest/base/index.ts';
import { type Matrix, takeRows } from '../boost/index.ts';
import type { FeatureDefinition } from '../features/index.ts';
import { type ExampleTable, labelsAt } from './examples.ts';
import { learnerMatrix } from './feature-matrix.ts';
import type { LeadTask } from './task.ts';

/** A feature that alone tells the label too well to have been known beforehand. */
export interface SuspectFeature {
  readonly feature: string;
  /** What gives the label away: its value, that it is missing, or its value on the rows that have one. */
  readonly by: 'value' | 'missing' | 'known-value';
  /** Share of the label's entropy that this feature alone explains on rows it was not fitted on: 1 = a copy, 0 = nothing. */
  readonly explained: number;
}

/** @property explained  share of the label's entropy from which one feature is suspect by itself
 *  @property standsOut  share from which it is suspect if it also explains {@link LeakOptions.times} as much as the best feature below this share
 *  @property groups  rows of one group fall into one fold, so that a subject met twice cannot be recognised */
export interface LeakOptions {
  readonly explained: number;
  readonly standsOut: number;
  readonly times: number;
  readonly groups: ArrayLike<number> | null;
  readonly seed: number | string;
}

export const LEAK_DEFAULTS: LeakOptions = Object.freeze({
  explained: 0.6,
  standsOut: 0.45,
  times: 2.5,
  groups: null,
  seed: 1,
});

const FOLDS = 5;
/** Rows looked at, at most; of more a seeded sample is enough to see a copy. */
const MAX_ROWS = 40_000;
const MAX_BINS = 64;
/** Rows of each class below which a perfect split may be luck. */
const MIN_OF_CLASS = 10;

/** Features whose value, or whose being missing, is the label in disguise: a copy, a monotone or noisy copy, a field filled in only after the result.
 *  Each feature is cut into bins (levels for a category, missing a bin of its own); the rate of each bin on four fifths of the rows predicts the fifth
 *  left out; what is judged is how much of the label's entropy that explains. Honest features of the public lead sets stay below 0.35.
 *  @param labels  0 or 1, one a row
 *  @returns suspects, strongest first; none where a class has fewer than ten rows          O(features × rows log rows) */
export function suspectFeatures(
  data: Matrix,
  labels: Float64Array,
  given: Partial<LeakOptions> = {},
): SuspectFeature[] {
  const o = { ...LEAK_DEFAULTS, ...given };
  const sample = _sampled(data, labels, o);
  const fold = _folds(sample.labels.length, sample.groups, o.seed);
  const found = sample.data.features.map((info, f) => {
    const values = sample.data.values.subarray(f * sample.data.rows, (f + 1) * sample.data.rows);
    return { feature: info.name, ..._mostExplained(values, info.kind === 'category', { labels: sample.labels, fold }) };
  });
  const ordinary = Math.max(0.02, ...found.filter((s) => s.explained < o.standsOut).map((s) => s.explained));
  return found
    .filter((s) => s.explained >= o.explained || (s.explained >= o.standsOut && s.explained >= o.times * ordinary))
    .sort((a, b) => b.explained - a.explained || (a.feature < b.feature ? -1 : 1));
}

/** Stops a training whose rows hold a feature that gives the label away, unless the task's `allowed` names it.
 *  @throws InputError `leaked-feature` with every such feature and how much of the label it explains */
export function refuseLeakedFeatures(
  task: LeadTask,
  of: {
    readonly examples: ExampleTable;
    readonly rows: Int32Array;
    readonly features: readonly FeatureDefinition[];
    readonly origin: number;
    readonly seed: number;
  },
): void {
  const suspects = suspectFeatures(
    learnerMatrix(of.examples.matrix, of.rows, of.features),
    labelsAt(of.examples, of.origin, of.rows),
    { groups: Int32Array.from(of.rows, (i) => of.examples.component[i]!), seed: of.seed },
  ).filter((s) => !task.allowed.includes(s.feature));
  if (suspects.length > 0)
    throw new InputError(
      'leaked-feature',
      `trainLeadModel: task ${task.id}: ${suspects.map(suspectInWords).join('; ')}; leave such a feature out if it was written with or after the result, or, once a person has looked, name it under allowed`,
      { suspects },
    );
}

/** One suspect as a phrase: `"fine" alone explains 100 % of the label (by being missing)`. */
export function suspectInWords(s: SuspectFeature): string {
  const by = {
    value: 'by its value',
    missing: 'by being missing',
    'known-value': 'by its value, where there is one',
  }[s.by];
  return `"${s.feature}" alone explains ${Math.floor(100 * s.explained)} % of the label (${by})`;
}

interface Judged {
  readonly labels: Float64Array;
  readonly fold: Uint8Array;
}

function _mostExplained(
  values: Float32Array | Float64Array,
  isCategory: boolean,
  of: Judged,
): { by: SuspectFeature['by']; explained: number } {
  const isMissing = Int32Array.from(values, (v) => (Number.isNaN(v) ? 1 : 0));
  const bins = isCategory ? Int32Array.from(values, (v) => (Number.isNaN(v) ? 0 : v + 1)) : _bins(values);
  const known = Array.from(values.keys()).filter((i) => isMissing[i] === 0);
  const missing = _explained(isMissing, of);
  const value = _explained(bins, of);
  const knownValue =
    known.length === values.length
      ? 0
      : _explained(
          Int32Array.from(known, (i) => bins[i]!),
          { labels: Float64Array.from(known, (i) => of.labels[i]!), fold: Uint8Array.from(known, (i) => of.fold[i]!) },
        );
  // At a tie the plainest account is given: missing alone, then the value.
  if (missing >= value - 0.01 && missing >= knownValue) return { by: 'missing', explained: missing };
  return value >= knownValue ? { by: 'value', explained: value } : { by: 'known-value', explained: knownValue };
}

/** Share of the entropy of the labels that rates of bins, each from the other folds, take away; 0 at least. */
function _explained(bins: Int32Array, { labels, fold }: Judged): number {
  const positives = labels.reduce((a, b) => a + b, 0);
  if (Math.min(positives, labels.length - positives) < MIN_OF_CLASS) return 0;
  const top = bins.reduce((a, b) => Math.max(a, b), 0) + 1;
  const rows = new Float64Array(top);
  const found = new Float64Array(top);
  const base = positives / labels.length;
  let loss = 0;
  for (let k = 0; k < FOLDS; k++) {
    rows.fill(0);
    found.fill(0);
    for (let i = 0; i < bins.length; i++)
      if (fold[i] !== k) {
        rows[bins[i]!]! += 1;
        found[bins[i]!]! += labels[i]!;
      }
    for (let i = 0; i < bins.length; i++) {
      if (fold[i] !== k) continue;
      const rate = (found[bins[i]!]! + base) / (rows[bins[i]!]! + 1);
      loss -= Math.log(labels[i] === 1 ? rate : 1 - rate);
    }
  }
  const entropy = -positives * Math.log(base) - (labels.length - positives) * Math.log(1 - base);
  return Math.max(0, 1 - loss / entropy);
}

/** Bin of each value: 0 missing, then one a distinct value if these are few, else equal shares of the rows. Equal values share a bin. */
function _bins(values: Float32Array | Float64Array): Int32Array {
  const sorted = Float64Array.from(values.filter((v) => !Number.isNaN(v))).sort();
  const wanted = Math.min(MAX_BINS, Math.max(4, Math.round(sorted.length / 20)));
  const starts: number[] = [];
  const distinct = sorted.reduce((n, v, i) => n + (i === 0 || v !== sorted[i - 1] ? 1 : 0), 0);
  for (let i = 0, b = 0; i < sorted.length; i++) {
    if (i > 0 && sorted[i] === sorted[i - 1]) continue;
    if (distinct > wanted && i < (b * sorted.length) / wanted) continue;
    starts.push(sorted[i]!);
    b++;
  }
  return Int32Array.from(values, (v) => (Number.isNaN(v) ? 0 : _upTo(starts, v)));
}

/** How many of the ascending `starts` are at most `v`. */
function _upTo(starts: readonly number[], v: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= v) low = middle + 1;
    else high = middle;
  }
  return low;
}

function _sampled(
  data: Matrix,
  labels: Float64Array,
  o: LeakOptions,
): { data: Matrix; labels: Float64Array; groups: ArrayLike<number> | null } {
  if (labels.length <= MAX_ROWS) return { data, labels, groups: o.groups };
  const random = seeded(`leaks:sample:${o.seed}`);
  const kept = Array.from(labels.keys()).filter(() => random() < MAX_ROWS / labels.length);
  return {
    data: takeRows(data, kept),
    labels: Float64Array.from(kept, (i) => labels[i]!),
    groups: o.groups === null ? null : Int32Array.from(kept, (i) => o.groups![i]!),
  };
}

function _folds(rows: number, groups: ArrayLike<number> | null, seed: number | string): Uint8Array {
  const random = seeded(`leaks:${seed}`);
  const of = new Map<number, number>();
  return Uint8Array.from({ length: rows }, (_, i) => {
    const group = groups === null ? i : groups[i]!;
    let fold = of.get(group);
    if (fold === undefined) of.set(group, (fold = Math.floor(random() * FOLDS)));
    return fold;
  });
}
