import { InputError, StateError, withDefaults } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import type { Pattern } from './pattern.ts';
import { type PatternQueryOptions, patternSql } from './to-sql.ts';

export interface MatchOptions extends PatternQueryOptions {
  /** Longest that the search may take, ms. */
  readonly timeoutMs: number;
}

export const MATCH_DEFAULTS: MatchOptions = Object.freeze({ asOf: null, limit: 1000, timeoutMs: 30_000 });

/** Where a pattern was found. */
export interface Matches {
  /** One record a finding: name → node id or link id. Sorted. */
  readonly rows: readonly Readonly<Record<string, string>>[];
  /** True = there are more than `limit`. */
  readonly cut: boolean;
}

/** Finds a pattern in a warehouse. The engine itself is stopped when time is up.
 *  @throws InputError `bad-pattern`, `bad-limit` · StateError `out-of-time` · ExternalError `sql-failed` */
export async function matchPattern(
  db: Database,
  pattern: Pattern,
  options: Partial<MatchOptions> = {},
): Promise<Matches> {
  const o = checkMatchOptions('matchPattern', options);
  const { sql, params } = patternSql(pattern, o);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    db.interrupt();
  }, o.timeoutMs);
  try {
    return matchesOf(await db.rows<Record<string, string>>(sql, params), o.limit);
  } catch (error) {
    if (!late) throw error;
    throw outOfTime('matchPattern', o.timeoutMs);
  } finally {
    clearTimeout(timer);
  }
}

/** The options, filled in. @throws InputError `bad-limit`, `unknown-option` */
export function checkMatchOptions(where: string, options: Partial<MatchOptions>): MatchOptions {
  const o = withDefaults(where, MATCH_DEFAULTS, options);
  if (!(Number.isInteger(o.limit) && o.limit >= 1 && o.limit <= 1_000_000 && o.timeoutMs > 0)) {
    throw new InputError(
      'bad-limit',
      `${where}: limit is ${o.limit}, timeoutMs ${o.timeoutMs}; use 1 – 1000000 rows and a time > 0`,
      { limit: o.limit, timeoutMs: o.timeoutMs },
    );
  }
  return o;
}

export function matchesOf(rows: readonly Record<string, string>[], limit: number): Matches {
  return { rows: rows.slice(0, limit), cut: rows.length > limit };
}

export function outOfTime(where: string, timeoutMs: number): StateError {
  return new StateError(
    'out-of-time',
    `${where}: stopped after ${timeoutMs} ms; name kinds, add conditions or raise timeoutMs`,
    { timeoutMs },
  );
}
