import { InputError, canonicalJson, sha256 } from '../../ingest/base/index.ts';
import type { Matches } from './match.ts';
import { type Pattern, checkPattern } from './pattern.ts';

/** A subscription to a pattern, kept as JSON: what it has told of is never told of again, though it goes away and comes back. */
export interface Watch {
  readonly version: 1;
  readonly name: string;
  readonly pattern: Pattern;
  /** Marks of the findings told of, sorted. */
  readonly seen: readonly string[];
  /** The snapshot that was looked at last. */
  readonly lastRun: string | null;
}

/** What a look found. */
export interface WatchNews {
  /** Findings not told of before, in the order of the home. */
  readonly fresh: Matches['rows'];
  /** Findings in all. */
  readonly total: number;
  /** The subscription to keep: the fresh ones are told of now. */
  readonly watch: Watch;
}

/** A subscription that has told of nothing: its first look tells everything; take a look at once and keep its answer to hear only what comes later.
 *  @throws InputError `bad-pattern`, `bad-name` */
export function newWatch(name: string, pattern: Pattern): Watch {
  if (!/^[\p{L}\p{N}][\p{L}\p{N} _.-]{0,60}$/u.test(name))
    throw new InputError('bad-name', `newWatch: "${name}" is not a name; use letters, digits, space, _, . and -`, {
      name,
    });
  return { version: 1, name, pattern: checkPattern(pattern), seen: [], lastRun: null };
}

/** Looks for what is new. A finding is new when its nodes and links, by id, were not told of together.
 *  @param found  every finding in the snapshot, from `matchPattern` or a store's `match`
 *  @throws InputError `too-many-matches` when the findings are cut: those left out would be told of later as if they were new */
export function watchNews(watch: Watch, found: Matches, runId: string): WatchNews {
  if (found.cut)
    throw new InputError(
      'too-many-matches',
      `watchNews: "${watch.name}" finds more than ${found.rows.length}; add conditions, or raise the limit`,
      { name: watch.name },
    );
  const seen = new Set(watch.seen);
  const fresh = found.rows.filter((row) => {
    const mark = _markOf(row);
    if (seen.has(mark)) return false;
    seen.add(mark);
    return true;
  });
  return { fresh, total: found.rows.length, watch: { ...watch, seen: [...seen].sort(), lastRun: runId } };
}

/** Reads a kept subscription. @throws InputError `bad-watch`, `bad-pattern` */
export function watchFromJson(text: string, where: string): Watch {
  let value: Partial<Watch> | null = null;
  try {
    value = JSON.parse(text) as Partial<Watch>;
  } catch {
    // said below
  }
  const ok =
    value !== null &&
    typeof value === 'object' &&
    value.version === 1 &&
    typeof value.name === 'string' &&
    typeof value.pattern === 'object' &&
    Array.isArray(value.seen) &&
    value.seen.every((mark) => typeof mark === 'string');
  if (!ok) throw new InputError('bad-watch', `watchFromJson: ${where} is not a subscription; add it anew`, { where });
  const watch = value as Watch;
  return { ...newWatch(watch.name, watch.pattern), seen: watch.seen, lastRun: watch.lastRun ?? null };
}

function _markOf(row: Readonly<Record<string, string>>): string {
  return sha256(canonicalJson(row)).slice(0, 32);
}
