import type { Comparison } from './compare.ts';
import type { Patterns } from './pattern.ts';

/** Guesses filled up and summing to 1 over the levels but "missing". */
export function filledGuesses(guesses: readonly (number | null)[]): Float64Array {
  const out = new Float64Array(guesses.length);
  let given = 0;
  let open = 0;
  for (let i = 1; i < guesses.length; i++) {
    if (guesses[i] === null) open++;
    else given += guesses[i]!;
  }
  const rest = open === 0 ? 0 : Math.max(0.02, 1 - given) / open;
  let sum = 0;
  for (let i = 1; i < guesses.length; i++) sum += out[i] = guesses[i] ?? rest;
  for (let i = 1; i < out.length; i++) out[i] = out[i]! / sum;
  return out;
}

/** Settled pairs at a level from which on they tell how the open ones fall. */
const ENOUGH_KNOWN = 20;

/** Level shares among other pairs before the first step: the pairs seen, less those that are true as often as settled pairs of the level are,
 *  or, where few are settled, less as many as the expected true pairs would put there. */
export function firstShares(
  index: number,
  f: {
    candidates: Patterns;
    fixed: readonly (number | null)[];
    background: Patterns;
    scale: number;
    m: Float64Array;
    u: Float64Array;
    matches: number;
    smoothing: number;
  },
): Float64Array {
  const free = withCounts(f.candidates, index, f.m.length, (k) => (f.fixed[k] === null ? 1 : 0));
  const yes = withCounts(f.candidates, index, f.m.length, (k) => f.fixed[k] ?? 0);
  const out = withCounts(f.candidates, index, f.m.length, (k) => (f.fixed[k] === null ? 0 : 1 - f.fixed[k]!));
  for (let i = 1; i < out.length; i++) {
    const known = yes[i]! + out[i]!;
    const others = known >= ENOUGH_KNOWN ? (free[i]! * out[i]!) / known : Math.max(0, free[i]! - f.matches * f.m[i]!);
    out[i] = out[i]! + others;
  }
  f.background.levels.forEach((l, k) => (out[l[index]!] = out[l[index]!]! + f.background.counts[k]! * f.scale));
  return levelShares(out, f.u, f.smoothing);
}

/** Counts of a comparison's levels over patterns, each pattern counted by `share`. */
export function withCounts(
  patterns: Patterns,
  index: number,
  levels: number,
  share: (pattern: number) => number,
): Float64Array {
  const out = new Float64Array(levels);
  patterns.levels.forEach((l, k) => (out[l[index]!] = out[l[index]!]! + patterns.counts[k]! * share(k)));
  return out;
}

/** Counts with `strength` pseudo-counts of `guess`, as shares that sum to 1 over the levels but "missing". */
export function levelShares(counts: Float64Array, guess: Float64Array, strength: number): Float64Array {
  const out = new Float64Array(counts.length);
  const levels = counts.length - 1;
  let sum = 0;
  for (let i = 1; i < counts.length; i++) {
    out[i] = counts[i]! + strength * guess[i]!;
    sum += out[i]!;
  }
  for (let i = 1; i < out.length; i++) out[i] = sum > 0 ? out[i]! / sum : 1 / levels;
  return out;
}

/** 1 or 0 where a level's role settles the pair (different before same), else null. */
export function certainOf(comparisons: readonly Comparison[], levels: Uint8Array): number | null {
  let same = false;
  for (let i = 0; i < comparisons.length; i++) {
    const role = comparisons[i]!.levels[levels[i]!]!.role;
    if (role === 'different') return 0;
    if (role === 'same') same = true;
  }
  return same ? 1 : null;
}
