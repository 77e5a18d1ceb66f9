import { InputError } from '../../ingest/base/index.ts';

/** A fault of the command line itself: exit code 2. */
export function usageError(message: string): InputError {
  return new InputError('usage', message);
}

/** A whole number in a range, from an option's text. @throws InputError `usage` */
export function wholeNumber(name: string, text: string, low: number, high: number): number {
  const n = Number(text);
  if (!/^-?\d+$/.test(text.trim()) || n < low || n > high)
    throw usageError(`${name}: "${text}" is not a whole number from ${low} to ${high}`);
  return n;
}

/** `2026-06-30` as the end of that day in China (ms since 1970 UTC). @throws InputError `usage` */
export function endOfChinaDay(name: string, text: string): number {
  const ms = Date.parse(`${text}T23:59:59.999+08:00`);
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(ms))
    throw usageError(`${name}: "${text}" is not a date like 2026-06-30`);
  return ms;
}

/** `2026-06-30` as the start of that day in China (ms since 1970 UTC). @throws InputError `usage` */
export function startOfChinaDay(name: string, text: string): number {
  return endOfChinaDay(name, text) + 1 - 86_400_000;
}
