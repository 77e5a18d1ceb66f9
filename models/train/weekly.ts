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
  return _finds(_flat(of, order), { capacity, times });
}

/** An order as typed arrays in the order they are walked: a bootstrap walks them hundreds of times. */
interface FlatOrder {
  /** Position after the last row of each week. */
  readonly weekEnds: Int32Array;
  /** Position after the last row of each row's group of ties. */
  readonly tieEnd: Int32Array;
  readonly weight: Float64Array;
  readonly hits: Float64Array;
  readonly component: Int32Array;
}

function _flat(of: WeeklyRows, order: WeeklyOrder): FlatOrder {
  const rows = Int32Array.from(order.rows.flatMap((list) => [...list]));
  const weekEnds = new Int32Array(order.rows.length);
  order.rows.forEach((list, w) => (weekEnds[w] = (weekEnds[w - 1] ?? 0) + list.length));
  const tieEnd = new Int32Array(rows.length);
  for (let w = 0; w < weekEnds.length; w++) {
    const end = weekEnds[w]!;
    for (let at = end - 1; at >= (weekEnds[w - 1] ?? 0); at--) {
      const isTied = at + 1 < end && order.scores[rows[at]!] === order.scores[rows[at + 1]!];
      tieEnd[at] = isTied ? tieEnd[at + 1]! : at + 1;
    }
  }
  return {
    weekEnds,
    tieEnd,
    weight: Float64Array.from(rows, (i) => of.weight[i]!),
    hits: Float64Array.from(rows, (i) => of.weight[i]! * of.label[i]!),
    component: Int32Array.from(rows, (i) => of.component[i]!),
  };
}

function _finds(
  of: FlatOrder,
  { capacity, times }: { capacity: number; times: Float64Array | null },
): { found: number; listed: number } {
  const { weekEnds, tieEnd, weight, component } = of;
  let found = 0;
  let listed = 0;
  let at = 0;
  for (let w = 0; w < weekEnds.length; w++) {
    let left = capacity;
    while (at < weekEnds[w]! && left > 0) {
      const end = tieEnd[at]!;
      let size = 0;
      let hits = 0;
      for (; at < end; at++) {
        const drawn = times === null ? 1 : times[component[at]!]!;
        size += weight[at]! * drawn;
        hits += of.hits[at]! * drawn;
      }
      if (size === 0) continue;
      const taken = Math.min(left, size);
      found += (hits * taken) / size;
      listed += taken;
      left -= taken;
    }
    at = weekEnds[w]!;
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
  const flat = Object.fromEntries(names.map((n) => [n, _flat(of, orders[n]!)]));
  for (let d = 0; d < o.draws; d++) {
    const times = new Float64Array(components);
    for (let i = 0; i < ids.length; i++) times[ids[Math.floor(o.random() * ids.length)]!]! += 1;
    for (const name of names) {
      const { found, listed } = _finds(flat[name]!, { capacity: o.capacity, times });
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
