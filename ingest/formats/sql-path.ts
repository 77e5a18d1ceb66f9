import { quoteText } from '../tables/index.ts';

/** A path as a literal of DuckDB's readers, with its glob characters taken literally. */
export function quotePath(path: string): string {
  return quoteText(path.replace(/[[*?]/g, (c) => `[${c}]`));
}
