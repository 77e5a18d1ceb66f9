import { quoteText } from '../tables/index.ts';

/** `('a', 'b')` for an `in`, or null when there is nothing to list. */
export function inList(values: readonly string[]): string | null {
  return values.length === 0 ? null : `(${values.map(quoteText).join(', ')})`;
}
