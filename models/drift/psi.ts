import { InputError } from '../../ingest/base/index.ts';
import { chiSquareTail } from './chi-square.ts';

/** How far a batch's values of one feature have moved from the reference's. */
export interface FeatureShift {
  /** Population stability index over the bins: 0 the same, by convention 0.1 worth a look, 0.25 large. */
  readonly psi: number;
  /** Chance of bins at least this different if both came from one population (two-sample chi-square). */
  readonly p: number;
  readonly bins: number;
  readonly missingBefore: number;
  readonly missingNow: number;
  readonly medianBefore: number | null;
  readonly medianNow: number | null;
}

/** Bins at most, by quantiles of the reference. */
const BINS = 10;

/** A bin expected to hold fewer than this, in either sample, is joined with its neighbour: the chi-square law needs it. */
const LEAST_EXPECTED = 5;

/** Compares two samples of one feature. Missing (NaN) is a bin of its own; heavy values (most of a feature is 0) fall into one bin.
 *  @throws InputError `empty-sample` */
export function shiftOf(reference: ArrayLike<number>, batch: ArrayLike<number>): FeatureShift {
  if (reference.length === 0 || batch.length === 0)
    throw new InputError('empty-sample', 'shiftOf: a sample without rows has no distribution; pass both', {});
  const before = _present(reference);
  const now = _present(batch);
  const edges = _edges(before.length > 0 ? before : now);
  const counts = _joined(
    [_counts(before, edges), _counts(now, edges)],
    [reference.length - before.length, batch.length - now.length],
  );
  const totals = [reference.length, batch.length] as const;
  let psi = 0;
  let statistic = 0;
  for (const [a, b] of counts) {
    // Half a row in an empty bin keeps the logarithm finite.
    const p = (a + 0.5) / (totals[0] + 0.5 * counts.length);
    const q = (b + 0.5) / (totals[1] + 0.5 * counts.length);
    psi += (q - p) * Math.log(q / p);
    const root = Math.sqrt(totals[1] / totals[0]);
    statistic += a + b === 0 ? 0 : (a * root - b / root) ** 2 / (a + b);
  }
  return {
    psi,
    p: counts.length < 2 ? 1 : chiSquareTail(statistic, counts.length - 1),
    bins: counts.length,
    missingBefore: 1 - before.length / reference.length,
    missingNow: 1 - now.length / batch.length,
    medianBefore: _median(before),
    medianNow: _median(now),
  };
}

/** Present values in order. */
function _present(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values)
    .filter((v) => !Number.isNaN(v))
    .sort();
}

/** Upper edges of the bins but the last: distinct quantiles of the sorted reference. */
function _edges(sorted: Float64Array): number[] {
  if (sorted.length === 0) return [];
  const edges = Array.from({ length: BINS - 1 }, (_, k) => sorted[Math.floor(((k + 1) * (sorted.length - 1)) / BINS)]!);
  return [...new Set(edges)];
}

/** Values v with edges[k - 1] < v ≤ edges[k], and a last bin for those above. */
function _counts(sorted: Float64Array, edges: readonly number[]): number[] {
  const counts = Array.from({ length: edges.length + 1 }, () => 0);
  let bin = 0;
  for (const v of sorted) {
    while (bin < edges.length && v > edges[bin]!) bin++;
    counts[bin]! += 1;
  }
  return counts;
}

/** Pairs of counts, thin neighbours joined; the missing stand last and join nobody unless they are too few themselves. */
function _joined(
  [before, now]: readonly [readonly number[], readonly number[]],
  [missingBefore, missingNow]: readonly [number, number],
): [number, number][] {
  const total = [before.reduce((a, b) => a + b, missingBefore), now.reduce((a, b) => a + b, missingNow)] as const;
  const thin = (a: number, b: number): boolean =>
    ((a + b) * Math.min(total[0], total[1])) / (total[0] + total[1]) < LEAST_EXPECTED;
  const bins: [number, number][] = [];
  let open: [number, number] | null = null;
  before.forEach((count, k) => {
    open = open === null ? [count, now[k]!] : [open[0] + count, open[1] + now[k]!];
    if (!thin(...open)) {
      bins.push(open);
      open = null;
    }
  });
  const rest: [number, number] = open ?? [0, 0];
  const missing: [number, number] = [missingBefore, missingNow];
  const last = bins.at(-1);
  for (const bin of [rest, missing]) {
    if (bin[0] + bin[1] === 0) continue;
    if (thin(...bin) && last !== undefined) {
      last[0] += bin[0];
      last[1] += bin[1];
    } else bins.push(bin);
  }
  return bins;
}

function _median(sorted: Float64Array): number | null {
  if (sorted.length === 0) return null;
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
