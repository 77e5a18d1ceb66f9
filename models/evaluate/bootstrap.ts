import { InputError, type Random } from '../../ingest/base/index.ts';

/** A figure with the interval that holds it. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** @property draws  resamples; those on which the figure is not a number (one class only) are left out
 *  @property level  share of draws inside the interval
 *  @property groups  with it whole groups are drawn (cluster bootstrap), for rows that hang together: one inspector, one component */
export interface BootstrapOptions {
  readonly random: Random;
  readonly draws?: number;
  readonly level?: number;
  readonly groups?: ArrayLike<number | string> | null;
}

/** Percentile bootstrap of a figure of some rows.
 *  @param figure  from row numbers (with repeats) to the figure
 *  @throws InputError `bootstrap-empty` without rows, or if no draw has a value */
export function bootstrap(
  rows: number,
  figure: (rows: Int32Array) => number,
  options: BootstrapOptions,
): Interval & { readonly draws: number } {
  if (rows < 1) throw new InputError('bootstrap-empty', 'bootstrap: no rows; pass at least one');
  const members = options.groups ? membersOf(rows, options.groups) : null;
  const all = Int32Array.from({ length: rows }, (_, i) => i);
  const values: number[] = [];
  for (let draw = 0; draw < (options.draws ?? 1000); draw++) {
    const value = figure(members === null ? drawRows(all, options.random) : drawGroups(members, options.random));
    if (!Number.isNaN(value)) values.push(value);
  }
  if (values.length === 0) throw new InputError('bootstrap-empty', 'bootstrap: the figure has no value on any draw');
  const sorted = Float64Array.from(values).sort();
  const tail = (1 - (options.level ?? 0.95)) / 2;
  return {
    value: figure(all),
    low: quantileOfSorted(sorted, tail),
    high: quantileOfSorted(sorted, 1 - tail),
    draws: values.length,
  };
}

/** Paired bootstrap of the difference of one metric between two scorers on the same rows: `first − second`.
 *  "Better than" may be said when `low > 0`. */
export function pairedDifference(
  labels: ArrayLike<number>,
  scores: readonly [ArrayLike<number>, ArrayLike<number>],
  options: BootstrapOptions & { readonly metric: (labels: ArrayLike<number>, scores: ArrayLike<number>) => number },
): Interval & { readonly draws: number } {
  return bootstrap(
    labels.length,
    (rows) => {
      const drawn = gather(labels, rows);
      return options.metric(drawn, gather(scores[0], rows)) - options.metric(drawn, gather(scores[1], rows));
    },
    options,
  );
}

/** Linear quantile (type 7) of sorted numbers. */
export function quantileOfSorted(sorted: ArrayLike<number>, share: number): number {
  const at = (sorted.length - 1) * share;
  const low = Math.floor(at);
  const high = Math.min(sorted.length - 1, low + 1);
  return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
}

/** `values` at `rows`. */
export function gather(values: ArrayLike<number>, rows: Int32Array): Float64Array {
  const out = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) out[i] = values[rows[i]!]!;
  return out;
}

function membersOf(rows: number, groups: ArrayLike<number | string>): Int32Array[] {
  if (groups.length !== rows) {
    throw new InputError('bootstrap-groups', `bootstrap: ${groups.length} group names for ${rows} rows`);
  }
  const members = new Map<number | string, number[]>();
  for (let i = 0; i < rows; i++) {
    const list = members.get(groups[i]!);
    if (list === undefined) members.set(groups[i]!, [i]);
    else list.push(i);
  }
  return [...members.values()].map((list) => Int32Array.from(list));
}

function drawRows(all: Int32Array, random: Random): Int32Array {
  const rows = new Int32Array(all.length);
  for (let i = 0; i < rows.length; i++) rows[i] = Math.floor(random() * rows.length);
  return rows;
}

function drawGroups(members: readonly Int32Array[], random: Random): Int32Array {
  const chosen = members.map(() => members[Math.floor(random() * members.length)]!);
  const rows = new Int32Array(chosen.reduce((sum, list) => sum + list.length, 0));
  let at = 0;
  for (const list of chosen) {
    rows.set(list, at);
    at += list.length;
  }
  return rows;
}
