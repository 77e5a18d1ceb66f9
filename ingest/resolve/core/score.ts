import type { Comparison } from './compare.ts';
import { type Model, probabilityOf, showsLead, showsPlace } from './estimate.ts';
import type { Patterns } from './pattern.ts';

/** Scores of pairs in the order given: weight in bits (log2 odds, prior included), probability, and whether a level forbids the merge. */
export interface Scored {
  readonly weight: Float64Array;
  readonly probability: Float64Array;
  /** 1 where an exclusive identifier says "not the same". */
  readonly forbidden: Uint8Array;
}

/** Weight of one pattern, prior included: the sum of its levels' weights, less what relatives would show as well. */
export function patternWeight(comparisons: readonly Comparison[], model: Model, levels: Uint8Array): number {
  let w = Math.log2(model.prior / (1 - model.prior));
  for (let i = 0; i < levels.length; i++) w += model.weights[i]![levels[i]!]!;
  return w - relativesDiscount(comparisons, model, levels);
}

/** Bits to take off because pairs that are merely related, or branches of one chain, look like this too; 0 where none are. */
export function relativesDiscount(comparisons: readonly Comparison[], model: Model, levels: Uint8Array): number {
  const kin =
    model.related !== null && showsLead(comparisons, levels) ? _oddsBits(model, model.related, levels) : -Infinity;
  const chains = model.chains ?? null;
  const branch = chains !== null && showsPlace(comparisons, levels) ? _oddsBits(model, chains, levels) : -Infinity;
  const most = Math.max(kin, branch);
  return most > 200 ? most : Math.log2(1 + 2 ** kin + 2 ** branch);
}

/** log2 odds of a class of non-matches against the unrelated. */
function _oddsBits(
  model: Model,
  of: { readonly r: readonly Float64Array[]; readonly share: number },
  levels: Uint8Array,
): number {
  let bits = Math.log2(Math.max(of.share, 1e-12));
  for (let i = 0; i < levels.length; i++) {
    const at = levels[i]!;
    if (at > 0) bits += Math.log2(Math.max(of.r[i]![at]!, 1e-9) / Math.max(model.u[i]![at]!, 1e-15));
  }
  return bits;
}

/** Scores all pairs through their patterns; a level with role `same` makes certain, one with role `different` forbids. */
export function scorePatterns(comparisons: readonly Comparison[], model: Model, patterns: Patterns): Scored {
  const weights = Float64Array.from(patterns.levels, (l) => patternWeight(comparisons, model, l));
  const forbids = Uint8Array.from(patterns.levels, (l) => (_has(comparisons, l, 'different') ? 1 : 0));
  const certain = Uint8Array.from(patterns.levels, (l, k) =>
    forbids[k] === 0 && _has(comparisons, l, 'same') ? 1 : 0,
  );
  const n = patterns.of.length;
  const out = { weight: new Float64Array(n), probability: new Float64Array(n), forbidden: new Uint8Array(n) };
  for (let p = 0; p < n; p++) {
    const k = patterns.of[p]!;
    out.forbidden[p] = forbids[k]!;
    out.weight[p] = certain[k] === 1 ? Math.max(weights[k]!, CERTAIN_BITS) : weights[k]!;
    out.probability[p] = forbids[k] === 1 ? 0 : certain[k] === 1 ? 1 : probabilityOf(weights[k]!);
  }
  return out;
}

/** Weight of a pair that an identifier makes certain, bits. */
export const CERTAIN_BITS = 40;

function _has(comparisons: readonly Comparison[], levels: Uint8Array, role: 'same' | 'different'): boolean {
  for (let i = 0; i < levels.length; i++) if (comparisons[i]!.levels[levels[i]!]!.role === role) return true;
  return false;
}
