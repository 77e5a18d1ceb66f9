import { withDefaults } from '../../base/index.ts';
import type { Comparison } from './compare.ts';
import { certainOf, filledGuesses, firstShares, levelShares, withCounts } from './level-shares.ts';
import type { Patterns } from './pattern.ts';

/** What estimation found: per comparison and level the chance among true pairs (m), among the rest (u), and the prior. */
export interface Model {
  readonly m: readonly Float64Array[];
  readonly u: readonly Float64Array[];
  /** log2(m/u), bits; 0 at the level "missing". */
  readonly weights: readonly Float64Array[];
  /** Pairs that are merely related (one household, one building, one series): their level shares and their share of the pair space; null = not looked for. */
  readonly related: { readonly r: readonly Float64Array[]; readonly share: number } | null;
  /** Pairs that share the name but not the place (branches of a chain), told likewise; absent = not looked for. */
  readonly chains?: { readonly r: readonly Float64Array[]; readonly share: number } | null;
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
  /** Weight of the first guess of m beside what is learned, 0–1: keeps the class of true pairs from drifting to the merely similar. */
  readonly hold: number;
  readonly iterations: number;
  /** First guess of true pairs in the whole space; 0 = one in fifty candidates. */
  readonly expectedMatches: number;
  /** Most true pairs there can be (between two tables free of repeats, the smaller one's rows); 0 = no bound. */
  readonly mostMatches: number;
  /** Largest |log2(m/u)| of one level, bits. */
  readonly maxWeight: number;
  /** Look for branches of a chain where a comparison leads and another tells the place. */
  readonly chains: boolean;
  /** m and the prior stay at their first guess (nothing to learn from). */
  readonly fixed: boolean;
  /** Per pattern: share known to be true from judgements or labels; null = unknown. */
  readonly known: ((levels: Uint8Array) => number | null) | null;
}
const DEFAULTS: EstimateOptions = Object.freeze({
  totalPairs: 0,
  smoothing: 8,
  hold: 1,
  iterations: 60,
  expectedMatches: 0,
  mostMatches: 0,
  maxWeight: 24,
  chains: false,
  fixed: false,
  known: null,
});

/** EM for Fellegi–Sunter over the whole pair space: `candidates` as they are, and `background` — a random sample of pairs that
 *  blocking did not propose — standing for the rest, all taken as not the same. So u of a rare agreement is exact where it is
 *  concentrated (candidates) and right where it is thin (background), and the prior needs no correction for what blocking saw.
 *  Leavings of likely pairs are not counted into u: at a level that true pairs alone reach they would feed themselves and drown it.
 *  Where a comparison leads, the rest is a mixture of the unrelated and of relatives, who agree on the rest while their leads are as
 *  different as any two; where another tells the place, also of branches, who agree on all but that.
 *  Levels with role `same`/`different` fix a pair's answer while learning.
 *  @source Fellegi & Sunter 1969; Winkler 1988; latent classes for dependence: Larsen & Rubin 2001; the stratified background is ours
 *  O(iterations · patterns · comparisons) */
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
  const fixed = candidates.levels.map((l) => o.known?.(l) ?? certainOf(comparisons, l));
  const state = _start(comparisons, { candidates, background, fixed, scale }, o, seen);
  let converged = false;
  let step = 0;
  for (; step < o.iterations && !converged; step++) {
    const before = state.matches;
    _expect(comparisons, candidates, fixed, state, o);
    _maximise(comparisons, candidates, background, state, { ...o, scale });
    converged = Math.abs(state.matches - before) <= 1e-5 * Math.max(1, before) && step > 3;
  }
  const prior = priorOf(state.matches, o.totalPairs);
  return {
    m: state.m,
    u: state.u,
    weights: weightsOf(comparisons, state.m, state.u, o.maxWeight),
    related: state.r === null ? null : { r: state.r, share: state.relatives / Math.max(2, o.totalPairs) },
    chains: state.c === null ? null : { r: state.c, share: state.branches / Math.max(2, o.totalPairs) },
    prior,
    iterations: step,
    converged,
    expectedMatches: state.matches,
  };
}

/** Tables in the making. `match`, `kin` and `branch` are each pattern's chance to be true, related, or of one chain. */
interface State {
  m: Float64Array[];
  u: Float64Array[];
  r: Float64Array[] | null;
  c: Float64Array[] | null;
  matches: number;
  relatives: number;
  branches: number;
  readonly match: Float64Array;
  readonly kin: Float64Array;
  readonly branch: Float64Array;
  readonly guessM: readonly Float64Array[];
  readonly guessU: readonly Float64Array[];
}

interface Seen {
  readonly candidates: Patterns;
  readonly background: Patterns;
  readonly fixed: readonly (number | null)[];
  readonly scale: number;
}

function _start(comparisons: readonly Comparison[], s: Seen, o: EstimateOptions, seen: number): State {
  const guessM = comparisons.map((c) => filledGuesses(c.levels.map((l) => l.m)));
  const guessU = comparisons.map((c) => filledGuesses(c.levels.map((l) => l.u)));
  const matches = o.expectedMatches > 0 ? o.expectedMatches : Math.max(1, seen * 0.02);
  const u = comparisons.map((c, i) =>
    c.given === true
      ? Float64Array.from(guessU[i]!)
      : firstShares(i, { ...s, m: guessM[i]!, u: guessU[i]!, matches, smoothing: o.smoothing }),
  );
  const looks = comparisons.some((c) => c.lead === true) && comparisons.length >= 3;
  return {
    m: guessM.map((g) => Float64Array.from(g)),
    u,
    r: looks ? comparisons.map((c, i) => Float64Array.from(c.lead === true ? u[i]! : guessM[i]!)) : null,
    c:
      looks && o.chains && comparisons.some((c) => c.place === true)
        ? comparisons.map((c, i) => Float64Array.from(c.place === true ? u[i]! : guessM[i]!))
        : null,
    matches,
    relatives: matches,
    branches: matches,
    match: new Float64Array(s.candidates.levels.length),
    kin: new Float64Array(s.candidates.levels.length),
    branch: new Float64Array(s.candidates.levels.length),
    guessM,
    guessU,
  };
}

function _expect(
  comparisons: readonly Comparison[],
  candidates: Patterns,
  fixed: readonly (number | null)[],
  state: State,
  o: EstimateOptions,
): void {
  const total = Math.max(2, o.totalPairs);
  const prior = priorOf(state.matches, total);
  const w = weightsOf(comparisons, state.m, state.u, o.maxWeight);
  const k = state.r === null ? null : weightsOf(comparisons, state.r, state.u, o.maxWeight);
  const kinPrior = _clamp(state.relatives / total, 1e-12, 0.5);
  const b = state.c === null ? null : weightsOf(comparisons, state.c, state.u, o.maxWeight);
  const branchPrior = _clamp(state.branches / total, 1e-12, 0.5);
  candidates.levels.forEach((levels, p) => {
    const match = 2 ** _sum(levels, w) * prior;
    const kin = k === null || !showsLead(comparisons, levels) ? 0 : 2 ** _sum(levels, k) * kinPrior;
    const branch = b === null || !showsPlace(comparisons, levels) ? 0 : 2 ** _sum(levels, b) * branchPrior;
    const known = fixed[p];
    state.match[p] = known ?? match / (match + kin + branch + 1);
    const rest = known === 1 ? 0 : (1 - state.match[p]!) / (kin + branch + 1);
    state.kin[p] = kin * rest;
    state.branch[p] = branch * rest;
  });
  if (o.mostMatches > 0) _bound(candidates.counts, state.match, fixed, o.mostMatches);
}

function _maximise(
  comparisons: readonly Comparison[],
  candidates: Patterns,
  background: Patterns,
  state: State,
  o: EstimateOptions & { scale: number },
): void {
  const { counts } = candidates;
  const matches = Math.max(0.5, _total(counts, state.match));
  comparisons.forEach((c, i) => {
    if (c.given === true) return;
    const yes = withCounts(candidates, i, c.levels.length, (p) => state.match[p]!);
    const no = withCounts(candidates, i, c.levels.length, (p) =>
      state.match[p]! < 0.5 ? 1 - state.match[p]! - state.kin[p]! - state.branch[p]! : 0,
    );
    background.levels.forEach((l, p) => (no[l[i]!] = no[l[i]!]! + background.counts[p]! * o.scale));
    const hold = o.smoothing + (c.hold ?? o.hold) * yes.reduce((s, n, j) => (j === 0 ? s : s + n), 0);
    if (!o.fixed) state.m[i] = levelShares(yes, state.guessM[i]!, hold);
    state.u[i] = levelShares(no, state.guessU[i]!, o.smoothing);
    const learnt = (share: Float64Array): Float64Array => {
      const counts = withCounts(candidates, i, c.levels.length, (p) => share[p]!);
      return levelShares(
        counts,
        state.guessM[i]!,
        o.smoothing + 0.25 * counts.reduce((s, n, j) => (j === 0 ? s : s + n), 0),
      );
    };
    if (state.r !== null) state.r[i] = c.lead === true ? state.u[i]! : learnt(state.kin);
    if (state.c !== null) state.c[i] = c.place === true ? state.u[i]! : learnt(state.branch);
  });
  if (!o.fixed) state.matches = matches;
  state.relatives = Math.max(0.5, _total(counts, state.kin));
  state.branches = Math.max(0.5, _total(counts, state.branch));
}

/** Lowers the odds of all open patterns by one factor until no more than `most` true pairs are expected. */
function _bound(counts: Float64Array, match: Float64Array, fixed: readonly (number | null)[], most: number): void {
  if (_total(counts, match) <= most) return;
  const odds = Float64Array.from(match, (x) => x / Math.max(1e-300, 1 - x));
  const at = (bits: number, p: number): number => fixed[p] ?? 1 - 1 / (1 + odds[p]! * 2 ** -bits);
  let low = 0;
  let high = 80;
  for (let step = 0; step < 40; step++) {
    const bits = (low + high) / 2;
    let sum = 0;
    for (let p = 0; p < counts.length; p++) sum += counts[p]! * at(bits, p);
    if (sum > most) low = bits;
    else high = bits;
  }
  for (let p = 0; p < match.length; p++) match[p] = at(high, p);
}

/** Whether any leading comparison of a pattern is not missing; without one, relatives cannot be told from true pairs. */
export function showsLead(comparisons: readonly Comparison[], levels: Uint8Array): boolean {
  return comparisons.some((c, i) => c.lead === true && levels[i]! > 0);
}

/** Whether a pattern compares a name and a place; without both, branches of a chain cannot be told from true pairs. */
export function showsPlace(comparisons: readonly Comparison[], levels: Uint8Array): boolean {
  return showsLead(comparisons, levels) && comparisons.some((c, i) => c.place === true && levels[i]! > 0);
}

function _total(counts: Float64Array, share: Float64Array): number {
  let sum = 0;
  for (let p = 0; p < counts.length; p++) sum += counts[p]! * share[p]!;
  return sum;
}

function _sum(levels: Uint8Array, weights: readonly Float64Array[]): number {
  let w = 0;
  for (let i = 0; i < levels.length; i++) w += weights[i]![levels[i]!]!;
  return _clamp(w, -200, 200);
}

/** log2(a/b) per comparison and level, within ±max; 0 at "missing". */
export function weightsOf(
  comparisons: readonly Comparison[],
  a: readonly Float64Array[],
  b: readonly Float64Array[],
  max: number,
): Float64Array[] {
  return comparisons.map((c, i) =>
    Float64Array.from(c.levels, (_l, j) =>
      j === 0 ? 0 : _clamp(Math.log2(Math.max(a[i]![j]!, 1e-9) / Math.max(b[i]![j]!, 1e-15)), -max, max),
    ),
  );
}

/** Chance of a true pair, kept off 0 and 1/2. */
export function priorOf(matches: number, totalPairs: number): number {
  return _clamp(matches / Math.max(2, totalPairs), 1e-12, 0.5);
}

/** Probability of a weight in bits (log2 odds). */
export function probabilityOf(bits: number): number {
  return bits > 60 ? 1 : bits < -60 ? 0 : 1 / (1 + 2 ** -bits);
}

function _clamp(x: number, low: number, high: number): number {
  return x < low ? low : x > high ? high : x;
}
