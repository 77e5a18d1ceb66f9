/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Clock = () => number;

/** The machine's clock; the one place where `Date.now` is read. */
export const systemClock: Clock = () => Date.now();

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
/** China standard time, UTC+8, no daylight saving after 1991. */
export const CHINA_OFFSET_MS = 8 * HOUR_MS;

/** `2026-03-15` in China standard time. */
export function chinaDate(ms: number): string {
  return new Date(ms + CHINA_OFFSET_MS).toISOString().slice(0, 10);
}

/** `2026-03-15 02:15:30` in China standard time. */
export function chinaTime(ms: number): string {
  return new Date(ms + CHINA_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}
