import { InputError, type Random } from '../../ingest/base/index.ts';
import { type Interval, quantileOfSorted } from '../evaluate/index.ts';

/** Rows judged week by week: each as-of date is a list of its own. */
export interface WeeklyRows {
  /** As-of of each row, ms UTC. */
  readonly asOf: ArrayLike<number>;
  /** 1 a finding, 0 none. */
  readonly label: ArrayLike<number>;
  /** Rows that a row stands for. */
  readonly weight: ArrayLike<number>;
  /** Rows of one component are drawn together. */
  readonly component: ArrayLike<number>;
}

/** Rows of each date by falling score; ties stay together in `score`. */
export interface WeeklyOrder {
  readonly rows: readonly Int32Array[];
  readonly scores: ArrayLike<number>;
}

/** Orders every week once, so that thousands of resamples only walk the tops. NaN ranks last: a scorer without an opinion. */
export function weeklyOrder(asOf: ArrayLike<number>, scores: ArrayLike<number>): WeeklyOrder {
  const filled = Float64Array.from(scores, (s) => (Number.isNaN(s) ? Number.NEGATIVE_INFINITY : s));
  const byDate = new Map<number, number[]>();
  for (let i = 0; i < filled.length; i++) {
    const list = byDate.get(asOf[i]!);
    if (list === undefined) byDate.set(asOf[i]!, [i]);
    else list.push(i);
  }
  const rows = [...byDate]
    .sort(([a], [b]) => a - b)
    .map(([, list]) => Int32Array.from(list).sort((a, b) => filled[b]! - filled[a]! || a - b));
  return { rows, scores: filled };
}

/** Findings among the first `capacity` of each week; a group of ties that the cut divides counts by the share that fits.
 *  @param times  how often each component is drawn; null = once */
export function weeklyFinds(
  of: WeeklyRows,
  order: WeeklyOrder,
  { capacity, times }: { capacity: number; times: Float64Array | null },
): { found: number; listed: number } {
  let found = 0;
  let listed = 0;
  for (const rows of order.rows) {
    let left = capacity;
    for (let at = 0; at < rows.length && left > 0;) {
      const score = order.scores[rows[at]!]!;
      let size = 0;
      let hits = 0;
      for (; at < rows.length && order.scores[rows[at]!] === score; at++) {
        const row = rows[at]!;
        const weight = of.weight[row]! * (times === null ? 1 : times[of.component[row]!]!);
        size += weight;
        hits += weight * of.label[row]!;
      }
      if (size === 0) continue;
      const taken = Math.min(left, size);
      found += (hits * taken) / size;
      listed += taken;
      left -= taken;
    }
  }
  return { found, listed };
}

/** Precision at the weekly capacity over all weeks. NaN without rows. */
export function weeklyPrecision(of: WeeklyRows, order: WeeklyOrder, capacity: number): number {
  const { found, listed } = weeklyFinds(of, order, { capacity, times: null });
  return listed > 0 ? found / listed : Number.NaN;
}

/** Precision at the weekly capacity of several scorers, and how much the first is above each other, with intervals from the same draws of whole components.
 *  @throws InputError `no-scorers` */
export function compareWeekly(
  of: WeeklyRows,
  orders: Readonly<Record<string, WeeklyOrder>>,
  o: { readonly capacity: number; readonly draws: number; readonly random: Random; readonly level?: number },
): { readonly precision: Readonly<Record<string, Interval>>; readonly aboveFirst: Readonly<Record<string, Interval>> } {
  const names = Object.keys(orders);
  const first = names[0];
  if (first === undefined)
    throw new InputError('no-scorers', 'compareWeekly: no scorer to compare; pass at least one', {});
  const components = 1 + Array.from(of.component).reduce((most, c) => Math.max(most, c), -1);
  const present = new Uint8Array(components);
  for (let i = 0; i < of.component.length; i++) present[of.component[i]!] = 1;
  const ids = Array.from(present, (p, c) => (p === 1 ? c : -1)).filter((c) => c >= 0);
  const draws: Record<string, number[]> = Object.fromEntries(names.map((n) => [n, []]));
  for (let d = 0; d < o.draws; d++) {
    const times = new Float64Array(components);
    for (let i = 0; i < ids.length; i++) times[ids[Math.floor(o.random() * ids.length)]!]! += 1;
    for (const name of names) {
      const { found, listed } = weeklyFinds(of, orders[name]!, { capacity: o.capacity, times });
      draws[name]!.push(listed > 0 ? found / listed : Number.NaN);
    }
  }
  const level = o.level ?? 0.95;
  const value = Object.fromEntries(names.map((n) => [n, weeklyPrecision(of, orders[n]!, o.capacity)]));
  return {
    precision: Object.fromEntries(names.map((n) => [n, _interval(value[n]!, draws[n]!, level)])),
    aboveFirst: Object.fromEntries(
      names.slice(1).map((n) => [
        n,
        _interval(
          value[first]! - value[n]!,
          draws[first]!.map((v, i) => v - draws[n]![i]!),
          level,
        ),
      ]),
    ),
  };
}

function _interval(value: number, draws: readonly number[], level: number): Interval {
  const sorted = Float64Array.from(draws.filter((v) => !Number.isNaN(v))).sort();
  if (sorted.length === 0) return { value, low: Number.NaN, high: Number.NaN };
  const tail = (1 - level) / 2;
  return { value, low: quantileOfSorted(sorted, tail), high: quantileOfSorted(sorted, 1 - tail) };
}
