import { InputError } from '../../ingest/base/index.ts';
import { auroc } from './auroc.ts';
import { averagePrecision } from './average-precision.ts';
import { ece } from './probabilities.ts';
import { rankOrder } from './ranking.ts';

/** How the scores do on one part of the rows, and how much of a common budget that part gets. */
export interface Slice {
  readonly slice: string;
  readonly rows: number;
  readonly positives: number;
  readonly base: number;
  readonly meanProbability: number;
  /** Null where the slice has one class only. */
  readonly auroc: number | null;
  readonly auprc: number | null;
  readonly ece: number;
  /** Mean probability minus share of positives. */
  readonly gap: number;
  /** Share of the slice's rows within the budget, and of its positives. Ties at the cut: lowest row number first. */
  readonly selectedShare: number;
  readonly recallAtBudget: number | null;
}

/** One line for each value of `slices`, by name; a null value is the slice `(missing)`.
 *  @param options.budget  rows that can be looked at, over all slices together */
export function slicesTable(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  options: { readonly slices: readonly (string | null)[]; readonly budget: number },
): Slice[] {
  if (options.slices.length !== labels.length) {
    throw new InputError('slice-length', `slicesTable: ${options.slices.length} slices for ${labels.length} rows`);
  }
  const selected = new Uint8Array(labels.length);
  for (const row of rankOrder(probabilities).subarray(0, options.budget)) selected[row] = 1;
  const members = new Map<string, number[]>();
  options.slices.forEach((name, row) => {
    const list = members.get(name ?? '(missing)');
    if (list === undefined) members.set(name ?? '(missing)', [row]);
    else list.push(row);
  });
  return [...members.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([slice, rows]) => sliceOf(slice, rows, { labels, probabilities, selected }));
}

function sliceOf(
  slice: string,
  rows: readonly number[],
  of: { labels: ArrayLike<number>; probabilities: ArrayLike<number>; selected: Uint8Array },
): Slice {
  const labels = rows.map((row) => of.labels[row]!);
  const probabilities = rows.map((row) => of.probabilities[row]!);
  const positives = labels.reduce((a, b) => a + b, 0);
  const picked = rows.reduce((sum, row) => sum + of.selected[row]!, 0);
  const hits = rows.reduce((sum, row) => sum + of.selected[row]! * of.labels[row]!, 0);
  const both = positives > 0 && positives < rows.length;
  const mean = probabilities.reduce((a, b) => a + b, 0) / rows.length;
  return {
    slice,
    rows: rows.length,
    positives,
    base: positives / rows.length,
    meanProbability: mean,
    auroc: both ? auroc(labels, probabilities) : null,
    auprc: positives > 0 ? averagePrecision(labels, probabilities) : null,
    ece: ece(labels, probabilities),
    gap: mean - positives / rows.length,
    selectedShare: picked / rows.length,
    recallAtBudget: positives > 0 ? hits / positives : null,
  };
}
