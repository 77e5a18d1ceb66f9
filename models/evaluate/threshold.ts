import { checkScored, scoreGroups } from './ranking.ts';

/** Counts and F scores of "score ≥ threshold". */
export interface Cut {
  readonly threshold: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
  /** F1 of the positive class; 0 when nothing was right. */
  readonly f1: number;
  /** Mean of the F1 of both classes. */
  readonly macroF1: number;
  readonly accuracy: number;
}

/** The confusion counts at one threshold. */
export function cutAt(labels: ArrayLike<number>, scores: ArrayLike<number>, threshold: number): Cut {
  checkScored('cutAt', labels, scores);
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < labels.length; i++) counts[2 * labels[i]! + (scores[i]! >= threshold ? 1 : 0)]! += 1;
  const [tn, fp, fn, tp] = counts as [number, number, number, number];
  return cutFrom(threshold, tp, fp, fn, tn);
}

/** The threshold with the best F1, or macro-F1, on these rows (ties: the highest threshold). Choose it on validation rows. */
export function bestThreshold(labels: ArrayLike<number>, scores: ArrayLike<number>, by: 'f1' | 'macroF1' = 'f1'): Cut {
  checkScored('bestThreshold', labels, scores);
  const groups = scoreGroups(labels, scores);
  let positives = 0;
  for (const p of groups.positives) positives += p;
  let tp = 0;
  let fp = 0;
  let best: Cut | null = null;
  for (let g = 0; g < groups.sizes.length; g++) {
    tp += groups.positives[g]!;
    fp += groups.sizes[g]! - groups.positives[g]!;
    const next = groups.scores[g + 1];
    const threshold = next === undefined ? groups.scores[g]! : between(next, groups.scores[g]!);
    const cut = cutFrom(threshold, tp, fp, positives - tp, labels.length - positives - fp);
    if (best === null || cut[by] > best[by]) best = cut;
  }
  return best ?? cutFrom(NaN, 0, 0, 0, 0);
}

/** A number in (low, high]: their middle where floating point has one. */
function between(low: number, high: number): number {
  const middle = (low + high) / 2;
  return middle > low ? middle : high;
}

function cutFrom(threshold: number, tp: number, fp: number, fn: number, tn: number): Cut {
  const f1 = f(tp, fp, fn);
  return {
    threshold,
    truePositives: tp,
    falsePositives: fp,
    falseNegatives: fn,
    trueNegatives: tn,
    f1,
    macroF1: (f1 + f(tn, fn, fp)) / 2,
    accuracy: (tp + tn) / (tp + fp + fn + tn),
  };
}

function f(right: number, wrong: number, missed: number): number {
  return right === 0 ? 0 : (2 * right) / (2 * right + wrong + missed);
}
