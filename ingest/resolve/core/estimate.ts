import { withDefaults } from '../../base/index.ts';
import type { Comparison } from './compare.ts';
import type { Patterns } from './pattern.ts';

/** What estimation found: per comparison and level the chance among true pairs (m) and among the rest (u), and the prior. */
export interface Model {
  readonly m: readonly Float64Array[];
  readonly u: readonly Float64Array[];
  /** log2(m/u), bits; 0 at the level "missing". */
  readonly weights: readonly Float64Array[];
  /** Chance that a random pair of the whole space is true. */
  readonly prior: number;
  readonly iterations: number;
  readonly converged: boolean;
  /** Expected true pairs among the candidates. */
  readonly expectedMatches: number;
}

export interface EstimateOptions {
  /** Pairs of the whole space, candidates included. */
  readonly totalPairs: number;
  /** Pseudo-counts of the first guess, so that tiny tables have sane tables too. */
  readonly smoothing: number;
  readonly iterations: number;
  /** First guess of true pairs in the whole space; 0 = one per two records is left to the caller. */
  readonly expectedMatches: number;
  /** Largest |log2(m/u)| of one level, bits. */
  readonly maxWeight: number;
  /** m is not learned but kept at its first guess (nothing to learn from). */
  readonly fixedM: boolean;
  /** Per pattern: share known to be true from judgements or labels; null = unknown. */
  readonly known: ((levels: Uint8Array) => number | null) | null;
}
const DEFAULTS: EstimateOptions = Object.freeze({
  totalPairs: 0,
  smoothing: 8,
  iterations: 60,
  expectedMatches: 0,
  maxWeight: 24,
  fixedM: false,
  known: null,
});

/** EM for Fellegi–Sunter over the whole pair space: `candidates` as they are, and `background` — a random sample of pairs that
 *  blocking did not propose — standing for the rest, all taken as not the same. So u of a rare agreement is exact where it is
 *  concentrated (candidates) and right where it is thin (background), and the prior needs no correction for what blocking saw.
 *  Leavings of likely pairs are not counted into u: at a level that true pairs alone reach they would feed themselves and drown it.
 *  Levels with role `same`/`different` fix a pair's answer while learning.
 *  @source Fellegi & Sunter 1969; Winkler 1988; stratified background is ours  O(iterations · patterns · comparisons) */
export function estimate(
  comparisons: readonly Comparison[],
  candidates: Patterns,
  background: Patterns,
  options: Partial<EstimateOptions> = {},
): Model {
  const o = withDefaults('estimate', DEFAULTS, options);
  const seen = candidates.counts.reduce((s, n) => s + n, 0);
  const sampled = background.counts.reduce((s, n) => s + n, 0);
  const scale = sampled > 0 ? Math.max(0, o.totalPairs - seen) / sampled : 0;
  const guess = comparisons.map((c) => _filled(c.levels.map((l) => l.m)));
  const guessU = comparisons.map((c) => _filled(c.levels.map((l) => l.u)));
  let matches = o.expectedMatches > 0 ? o.expectedMatches : Math.max(1, seen * 0.02);
  const fixed = candidates.levels.map((l) => o.known?.(l) ?? _certain(comparisons, l));
  let m: Float64Array[] = guess.map((g) => Float64Array.from(g));
  let u: Float64Array[] = comparisons.map((_c, i) =>
    _firstU(i, { candidates, fixed, background, scale, m: guess[i]!, u: guessU[i]!, matches, smoothing: o.smoothing }),
  );
  const posterior = new Float64Array(candidates.levels.length);
  let converged = false;
  let step = 0;
  for (; step < o.iterations && !converged; step++) {
    const prior = _clamp(matches / Math.max(2, o.totalPairs), 1e-12, 0.5);
    const w = _weights(comparisons, m, u, o.maxWeight);
    let sum = 0;
    for (let k = 0; k < posterior.length; k++) {
      posterior[k] = fixed[k] ?? _posterior(candidates.levels[k]!, w, prior);
      sum += posterior[k]! * candidates.counts[k]!;
    }
    const next = _tables(comparisons, candidates, posterior, guess, guessU, {
      scale,
      background,
      smoothing: o.smoothing,
    });
    converged = Math.abs(sum - matches) <= 1e-5 * Math.max(1, sum) && step > 3;
    matches = Math.max(sum, 0.5);
    if (!o.fixedM) m = next.m;
    u = next.u;
  }
  const prior = _clamp(matches / Math.max(2, o.totalPairs), 1e-12, 0.5);
  return {
    m,
    u,
    weights: _weights(comparisons, m, u, o.maxWeight),
    prior,
    iterations: step,
    converged,
    expectedMatches: matches,
  };
}

/** Guesses filled up and summing to 1 over the levels but "missing". */
function _filled(guesses: readonly (number | null)[]): Float64Array {
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

/** Level shares among other pairs before the first step: the pairs seen, less as many as the expected true pairs would put at the level. */
function _firstU(
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
  const free = new Float64Array(f.m.length);
  const out = new Float64Array(f.m.length);
  f.candidates.levels.forEach((l, k) => {
    const at = l[index]!;
    const known = f.fixed[k];
    if (known === null || known === undefined) free[at] = free[at]! + f.candidates.counts[k]!;
    else out[at] = out[at]! + (1 - known) * f.candidates.counts[k]!;
  });
  for (let i = 1; i < out.length; i++) out[i] = out[i]! + Math.max(0, free[i]! - f.matches * f.m[i]!);
  f.background.levels.forEach((l, k) => (out[l[index]!] = out[l[index]!]! + f.background.counts[k]! * f.scale));
  return _shares(out, f.u, f.smoothing);
}

function _shares(counts: Float64Array, prior: Float64Array, strength: number): Float64Array {
  const out = new Float64Array(counts.length);
  const levels = counts.length - 1;
  let sum = 0;
  for (let i = 1; i < counts.length; i++) {
    out[i] = counts[i]! + strength * prior[i]!;
    sum += out[i]!;
  }
  for (let i = 1; i < out.length; i++) out[i] = sum > 0 ? out[i]! / sum : 1 / levels;
  return out;
}

function _tables(
  comparisons: readonly Comparison[],
  candidates: Patterns,
  posterior: Float64Array,
  guess: readonly Float64Array[],
  guessU: readonly Float64Array[],
  rest: { scale: number; background: Patterns; smoothing: number },
): { m: Float64Array[]; u: Float64Array[] } {
  const m: Float64Array[] = [];
  const u: Float64Array[] = [];
  comparisons.forEach((c, i) => {
    const yes = new Float64Array(c.levels.length);
    const no = new Float64Array(c.levels.length);
    for (let k = 0; k < posterior.length; k++) {
      const at = candidates.levels[k]![i]!;
      const n = candidates.counts[k]!;
      yes[at] = yes[at]! + posterior[k]! * n;
      if (posterior[k]! < 0.5) no[at] = no[at]! + (1 - posterior[k]!) * n;
    }
    rest.background.levels.forEach((l, k) => (no[l[i]!] = no[l[i]!]! + rest.background.counts[k]! * rest.scale));
    m.push(_shares(yes, guess[i]!, rest.smoothing));
    u.push(_shares(no, guessU[i]!, rest.smoothing));
  });
  return { m, u };
}

function _weights(
  comparisons: readonly Comparison[],
  m: readonly Float64Array[],
  u: readonly Float64Array[],
  max: number,
): Float64Array[] {
  return comparisons.map((c, i) =>
    Float64Array.from(c.levels, (_l, j) =>
      j === 0 ? 0 : _clamp(Math.log2(Math.max(m[i]![j]!, 1e-9) / Math.max(u[i]![j]!, 1e-15)), -max, max),
    ),
  );
}

function _certain(comparisons: readonly Comparison[], levels: Uint8Array): number | null {
  let same = false;
  for (let i = 0; i < comparisons.length; i++) {
    const role = comparisons[i]!.levels[levels[i]!]!.role;
    if (role === 'different') return 0;
    if (role === 'same') same = true;
  }
  return same ? 1 : null;
}

function _posterior(levels: Uint8Array, weights: readonly Float64Array[], prior: number): number {
  let w = Math.log2(prior / (1 - prior));
  for (let i = 0; i < levels.length; i++) w += weights[i]![levels[i]!]!;
  return probabilityOf(w);
}

/** Probability of a weight in bits (log2 odds). */
export function probabilityOf(bits: number): number {
  return bits > 60 ? 1 : bits < -60 ? 0 : 1 / (1 + 2 ** -bits);
}

function _clamp(x: number, low: number, high: number): number {
  return x < low ? low : x > high ? high : x;
}
