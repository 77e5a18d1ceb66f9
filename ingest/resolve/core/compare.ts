/** What a level says before any estimation. `certain` levels fix the answer of a pair while estimating, and bind the clustering. */
export type LevelRole = 'missing' | 'evidence' | 'same' | 'different';

export interface Level {
  readonly id: string;
  readonly role: LevelRole;
  /** First guess of the share of true pairs at this level, among pairs where the comparison is not missing; null = spread evenly. */
  readonly m: number | null;
  /** First guess of the share of other pairs at this level; null = spread what the others leave. */
  readonly u: number | null;
  /** Each side says something that the other does not. */
  readonly crossed?: boolean;
}

/** One comparison of two records: a level number, 0 always meaning "missing on a side" (no evidence). */
export interface Comparison {
  readonly id: string;
  /** Columns it reads, for reports. */
  readonly fields: readonly string[];
  readonly levels: readonly Level[];
  /** How firmly the first guess of m is held beside what is learned; absent = the call's. */
  readonly hold?: number;
  /** m and u are known beforehand (how plates are misread) and stay at the guesses. */
  readonly given?: boolean;
  /** Tells one entity from its relatives (a name, not a shared phone or address): estimation then looks for pairs that agree on the rest only. */
  readonly lead?: boolean;
  /** Tells where (a street address, a phone): branches of a chain share the name and not this. */
  readonly place?: boolean;
  readonly levelOf: (left: number, right: number) => number;
}

export const MISSING: Level = Object.freeze({ id: 'missing', role: 'missing', m: null, u: null });

/** A level with its first guesses of m and u. */
export function level(
  id: string,
  m: number | null = null,
  u: number | null = null,
  role: LevelRole = 'evidence',
): Level {
  return Object.freeze({ id, role, m, u });
}

/** Values of a column as small integers: equal texts share one, null is −1; numbers are in order of first appearance. */
export interface Coded {
  readonly codes: Int32Array;
  readonly values: readonly string[];
}

/** Dictionary-encodes a column. O(n) */
export function coded(column: readonly (string | null)[]): Coded {
  const seen = new Map<string, number>();
  const values: string[] = [];
  const codes = Int32Array.from(column, (v) => {
    if (v === null || v === '') return -1;
    let code = seen.get(v);
    if (code === undefined) {
      code = values.length;
      seen.set(v, code);
      values.push(v);
    }
    return code;
  });
  return { codes, values };
}

/** A comparison worked out once for each pair of distinct values: `levelOfValues` sees texts that differ.
 *  `equal` is the level of equal codes, which may depend on the value (how common it is). */
export function valueComparison(
  id: string,
  column: Coded,
  levels: readonly Level[],
  ask: { equal: (code: number) => number; differ: (left: number, right: number) => number },
): Comparison {
  const memo = new Map<number, number>();
  const count = column.values.length;
  const levelOf = (i: number, j: number): number => {
    const a = column.codes[i]!;
    const b = column.codes[j]!;
    if (a < 0 || b < 0) return 0;
    if (a === b) return ask.equal(a);
    const low = a < b ? a : b;
    const high = a < b ? b : a;
    const key = low * count + high;
    let found = memo.get(key);
    if (found === undefined) {
      found = ask.differ(low, high);
      if (memo.size < 4_000_000) memo.set(key, found);
    }
    return found;
  };
  return { id, fields: [id], levels, levelOf };
}

/** Levels of every pair under every comparison: `levels[c][p]`. */
export function compareAll(
  comparisons: readonly Comparison[],
  left: ArrayLike<number>,
  right: ArrayLike<number>,
): Uint8Array[] {
  return comparisons.map((c) => {
    const out = new Uint8Array(left.length);
    for (let p = 0; p < left.length; p++) out[p] = c.levelOf(left[p]!, right[p]!);
    return out;
  });
}
