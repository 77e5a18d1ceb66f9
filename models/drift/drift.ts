import { InputError, withDefaults } from '../../ingest/base/index.ts';
import { type FeatureShift, shiftOf } from './psi.ts';
import { type ShareChange, shareChange } from './share-change.ts';

/** Rows of one period, column-major: inputs, scores, and the results that are known. */
export interface DriftSample {
  readonly features: readonly string[];
  /** One array a feature, NaN = missing. */
  readonly values: readonly ArrayLike<number>[];
  /** Model scores; null = not watched. */
  readonly scores: ArrayLike<number> | null;
  /** 1 found, 0 checked and clean, NaN not known; null = not watched. */
  readonly labels: ArrayLike<number> | null;
  /** Days from finding to knowing of it, NaN where there is none; null = not watched. */
  readonly delayDays: ArrayLike<number> | null;
}

export interface DriftOptions {
  /** Chance of any alarm at all when nothing has changed. */
  readonly familyError: number;
  /** A shift smaller than this raises no alarm, however sure it is. */
  readonly leastPsi: number;
  /** A change of the share found smaller than this raises no alarm. */
  readonly leastShareChange: number;
}

export const DRIFT_DEFAULTS: DriftOptions = Object.freeze({ familyError: 0.05, leastPsi: 0.1, leastShareChange: 0.02 });

/** One thing that is watched: a feature by name, or `(score)`, `(label delay)`, `(base rate)`. */
export interface DriftLine {
  readonly what: string;
  /** Null for the base rate. */
  readonly shift: FeatureShift | null;
  /** Null but for the base rate. */
  readonly share: ShareChange | null;
  /** After Holm's correction over everything watched. */
  readonly adjustedP: number;
  readonly alarm: boolean;
}

export interface DriftReport {
  readonly referenceRows: number;
  readonly batchRows: number;
  /** Alarms first, by falling shift; then the rest in the order watched. */
  readonly lines: readonly DriftLine[];
  readonly alarms: readonly string[];
}

/** Has a batch left the population that the model was trained on? Each input, the scores, the label delay and the base rate are compared, and the
 *  chance of a false alarm anywhere is held at `familyError` (Holm), whatever the number of features. O(rows log rows) a feature.
 *  @throws InputError `other-features`, `empty-sample` */
export function driftOf(reference: DriftSample, batch: DriftSample, options: Partial<DriftOptions> = {}): DriftReport {
  const o = withDefaults('driftOf', DRIFT_DEFAULTS, options);
  const missing = reference.features.filter((f) => !batch.features.includes(f));
  if (missing.length > 0)
    throw new InputError(
      'other-features',
      `driftOf: the batch lacks ${missing.join(', ')}; build both with one version`,
      {
        missing,
      },
    );
  const lines = [..._inputs(reference, batch), ..._others(reference, batch), ..._baseRate(reference, batch)];
  const adjusted = holm(lines.map((l) => l.p));
  const judged = lines.map(({ p: _p, ...line }, i): DriftLine => ({
    ...line,
    adjustedP: adjusted[i]!,
    alarm: adjusted[i]! < o.familyError && _isLarge(line, o),
  }));
  const alarms = judged.filter((l) => l.alarm).sort((a, b) => _size(b) - _size(a));
  return {
    referenceRows: reference.values[0]?.length ?? 0,
    batchRows: batch.values[0]?.length ?? 0,
    lines: [...alarms, ...judged.filter((l) => !l.alarm)],
    alarms: alarms.map((l) => l.what),
  };
}

/** Holm's step-down adjustment: with it, rejecting below α keeps the chance of any false rejection at α. @source Holm 1979 */
export function holm(p: readonly number[]): number[] {
  const order = p.map((_v, i) => i).sort((a, b) => p[a]! - p[b]! || a - b);
  const out = p.map(() => 1);
  let most = 0;
  order.forEach((i, rank) => {
    most = Math.max(most, Math.min(1, p[i]! * (p.length - rank)));
    out[i] = most;
  });
  return out;
}

type Raw = Pick<DriftLine, 'what' | 'shift' | 'share'> & { readonly p: number };

function _inputs(reference: DriftSample, batch: DriftSample): Raw[] {
  return reference.features.map((what, j) => {
    const shift = shiftOf(reference.values[j]!, batch.values[batch.features.indexOf(what)]!);
    return { what, shift, share: null, p: shift.p };
  });
}

function _others(reference: DriftSample, batch: DriftSample): Raw[] {
  const pairs = [
    ['(score)', reference.scores, batch.scores],
    ['(label delay)', _known(reference.delayDays), _known(batch.delayDays)],
  ] as const;
  return pairs.flatMap(([what, before, now]) => {
    if (before === null || now === null || before.length === 0 || now.length === 0) return [];
    const shift = shiftOf(before, now);
    return [{ what, shift, share: null, p: shift.p }];
  });
}

function _baseRate(reference: DriftSample, batch: DriftSample): Raw[] {
  if (reference.labels === null || batch.labels === null) return [];
  const count = (labels: ArrayLike<number>): { hits: number; rows: number } => {
    const known = _known(labels)!;
    return { hits: Array.from(known).reduce((a, b) => a + b, 0), rows: known.length };
  };
  const share = shareChange(count(reference.labels), count(batch.labels));
  return [{ what: '(base rate)', shift: null, share, p: share.p }];
}

function _known(values: ArrayLike<number> | null): ArrayLike<number> | null {
  return values === null ? null : Array.from(values).filter((v) => !Number.isNaN(v));
}

function _size(line: Pick<DriftLine, 'shift' | 'share'>): number {
  return line.shift?.psi ?? Math.abs((line.share?.now ?? 0) - (line.share?.before ?? 0));
}

function _isLarge(line: Pick<DriftLine, 'shift' | 'share'>, o: DriftOptions): boolean {
  return _size(line) >= (line.shift === null ? o.leastShareChange : o.leastPsi);
}
