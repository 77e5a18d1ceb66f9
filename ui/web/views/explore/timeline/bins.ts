import type { GraphLink } from '../../../../contract/index.ts';

/** One bar of a histogram. */
export interface Bin {
  /** ms UTC; ends before the next one's. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Kind → number. */
  readonly counts: Readonly<Record<string, number>>;
  readonly total: number;
}

export type Unit = 'hour' | 'day' | 'week' | 'month';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const CHINA = 8 * HOUR;
const LENGTHS = { hour: HOUR, day: DAY, week: 7 * DAY, month: 30.4 * DAY } as const;

/** Something with a date and a kind. */
export interface Dated {
  readonly ms: number;
  readonly kind: string;
}

/** The dated links, by when they begin. */
export function datedOf(links: readonly GraphLink[]): Dated[] {
  return links.flatMap(({ validFrom, kind }) => (validFrom === null ? [] : [{ ms: Date.parse(validFrom), kind }]));
}

/** The finest unit that makes at most `most` bars of a span. */
export function unitFor(spanMs: number, most = 160): Unit {
  return (['hour', 'day', 'week', 'month'] as const).find((u) => spanMs / LENGTHS[u] <= most) ?? 'month';
}

/** The beginning of the hour, day, week (Monday) or month in China time that a moment lies in, ms UTC. */
export function floorTo(unit: Unit, ms: number): number {
  const local = ms + CHINA;
  if (unit === 'hour') return Math.floor(local / HOUR) * HOUR - CHINA;
  if (unit === 'day') return Math.floor(local / DAY) * DAY - CHINA;
  // 1970-01-01 was a Thursday.
  if (unit === 'week') return (Math.floor((local / DAY + 3) / 7) * 7 - 3) * DAY - CHINA;
  const date = new Date(local);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) - CHINA;
}

function _next(unit: Unit, ms: number): number {
  if (unit !== 'month') return ms + LENGTHS[unit];
  const date = new Date(ms + CHINA);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) - CHINA;
}

/** Bars without gaps from the first to the last; each thing is in exactly one. */
export function binsOf(items: readonly Dated[], unit: Unit): Bin[] {
  if (items.length === 0) return [];
  const counts = new Map<number, Record<string, number>>();
  for (const { ms, kind } of items) {
    const at = floorTo(unit, ms);
    const bin = counts.get(at) ?? {};
    bin[kind] = (bin[kind] ?? 0) + 1;
    counts.set(at, bin);
  }
  const starts = [...counts.keys()];
  const last = starts.reduce((a, b) => Math.max(a, b));
  const bins: Bin[] = [];
  for (let at = starts.reduce((a, b) => Math.min(a, b)); at <= last; at = _next(unit, at)) {
    const own = counts.get(at) ?? {};
    const total = Object.values(own).reduce((a, b) => a + b, 0);
    bins.push({ fromMs: at, toMs: _next(unit, at), counts: own, total });
  }
  return bins;
}
