import { InputError } from '../../ingest/base/index.ts';
import { checkScored } from './ranking.ts';

/** One bin of a reliability table: what was said and what came true. */
export interface ReliabilityBin {
  /** The bin is [low, high), the last one closed. */
  readonly low: number;
  readonly high: number;
  readonly rows: number;
  /** Means over the bin; null without rows. */
  readonly meanProbability: number | null;
  readonly shareOfPositives: number | null;
}

function checkProbabilities(where: string, labels: ArrayLike<number>, probabilities: ArrayLike<number>): void {
  checkScored(where, labels, probabilities);
  for (let i = 0; i < probabilities.length; i++) {
    if (!(probabilities[i]! >= 0 && probabilities[i]! <= 1)) {
      throw new InputError('not-a-probability', `${where}: ${probabilities[i]} of row ${i} is not within 0 and 1`);
    }
  }
}

/** Mean squared error of probabilities. 0 is perfect. */
export function brier(labels: ArrayLike<number>, probabilities: ArrayLike<number>): number {
  checkProbabilities('brier', labels, probabilities);
  let sum = 0;
  for (let i = 0; i < labels.length; i++) sum += (probabilities[i]! - labels[i]!) ** 2;
  return sum / labels.length;
}

/** 1 − Brier over the Brier of always saying `base` (by default the share of positives of these rows). Above 0 beats it. */
export function brierSkill(labels: ArrayLike<number>, probabilities: ArrayLike<number>, base?: number): number {
  const score = brier(labels, probabilities);
  let share = 0;
  for (let i = 0; i < labels.length; i++) share += labels[i]! / labels.length;
  const said = base ?? share;
  const reference = share * (1 - said) ** 2 + (1 - share) * said ** 2;
  return reference > 0 ? 1 - score / reference : NaN;
}

/** Mean negative log-likelihood in nats; probabilities are held within [1e-15, 1 − 1e-15]. */
export function logLoss(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  weights: ArrayLike<number> | null = null,
): number {
  checkProbabilities('logLoss', labels, probabilities);
  let sum = 0;
  let total = 0;
  for (let i = 0; i < labels.length; i++) {
    const p = Math.min(1 - 1e-15, Math.max(1e-15, probabilities[i]!));
    const weight = weights === null ? 1 : weights[i]!;
    sum -= weight * (labels[i] === 1 ? Math.log(p) : Math.log1p(-p));
    total += weight;
  }
  return sum / total;
}

/** Equal-width bins of probability, ten by default. */
export function reliabilityTable(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  bins = 10,
): ReliabilityBin[] {
  checkProbabilities('reliabilityTable', labels, probabilities);
  const rows = new Float64Array(bins);
  const said = new Float64Array(bins);
  const came = new Float64Array(bins);
  for (let i = 0; i < labels.length; i++) {
    const bin = Math.min(bins - 1, Math.floor(probabilities[i]! * bins));
    rows[bin]! += 1;
    said[bin]! += probabilities[i]!;
    came[bin]! += labels[i]!;
  }
  return Array.from(rows, (count, bin) => ({
    low: bin / bins,
    high: (bin + 1) / bins,
    rows: count,
    meanProbability: count > 0 ? said[bin]! / count : null,
    shareOfPositives: count > 0 ? came[bin]! / count : null,
  }));
}

/** Expected calibration error: the mean gap of the reliability table, weighted by rows. 10 equal-width bins by default. */
export function ece(labels: ArrayLike<number>, probabilities: ArrayLike<number>, bins = 10): number {
  let sum = 0;
  for (const bin of reliabilityTable(labels, probabilities, bins)) {
    if (bin.rows > 0) sum += bin.rows * Math.abs(bin.meanProbability! - bin.shareOfPositives!);
  }
  return sum / labels.length;
}
