import { InputError, type Random } from '../../ingest/base/index.ts';
import { quantileOfSorted } from '../evaluate/index.ts';

/** A subject that came back from the field: how likely it was to be listed at all, and what was found. */
export interface CheckedLead {
  /** Chance of being checked, 0 < chance ≤ 1. */
  readonly chance: number;
  readonly found: boolean;
}

/** A share with its 95 % interval. */
export interface ShareEstimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Share of all subjects that a check would confirm, from checks that were chosen by score: each counts for 1 ÷ its chance (Hájek), so the
 *  exploration picks speak for those nobody would have visited. Its interval holds with few exploration picks too, none of which found anything
 *  (a bootstrap would say "exactly so"). The naive share of the same checks stands beside it, with a bootstrap interval.
 *  Needs that every subject had some chance; a strict ranking without exploration cannot be corrected, and throws.
 *  @throws InputError `no-checks`, `bad-chance`
 *  @source Horvitz & Thompson 1952; Hájek 1971 */
export function foundShare(
  checks: readonly CheckedLead[],
  o: { readonly random: Random; readonly draws?: number },
): { readonly corrected: ShareEstimate; readonly naive: ShareEstimate } {
  if (checks.length === 0)
    throw new InputError('no-checks', 'foundShare: no checks; pass the leads that came back', {});
  const bad = checks.findIndex((c) => !(c.chance > 0 && c.chance <= 1));
  if (bad >= 0)
    throw new InputError(
      'bad-chance',
      `foundShare: check ${bad} has a chance of ${checks[bad]!.chance}; it must lie above 0 and at most 1`,
      { bad },
    );
  const value = (weight: (c: CheckedLead) => number): number => {
    let sum = 0;
    let found = 0;
    for (const c of checks) {
      sum += weight(c);
      found += c.found ? weight(c) : 0;
    }
    return found / sum;
  };
  const naive = Array.from({ length: o.draws ?? 500 }, () => {
    let found = 0;
    for (let i = 0; i < checks.length; i++) found += checks[Math.floor(o.random() * checks.length)]!.found ? 1 : 0;
    return found / checks.length;
  }).sort((a, b) => a - b);
  return {
    corrected: { value: value((c) => 1 / c.chance), ..._bounds(checks) },
    naive: { value: value(() => 1), low: quantileOfSorted(naive, 0.025), high: quantileOfSorted(naive, 0.975) },
  };
}

/** Standard normal quantile of 0.975. */
const Z = 1.959963984540054;

/** Bounds of a sum over strata of equal chance. Who was certain to be checked adds no error; of a stratum drawn at random the bounds are Wilson's, with as
 *  many checks as they are worth when part of the stratum is known already; the strata's distances add up as squares.
 *  @source Wilson 1927; Zou & Donner 2008 (recovering variances from bounds) */
function _bounds(checks: readonly CheckedLead[]): { low: number; high: number } {
  const strata = new Map<number, { n: number; found: number }>();
  for (const c of checks) {
    const own = strata.get(c.chance) ?? { n: 0, found: 0 };
    strata.set(c.chance, { n: own.n + 1, found: own.found + (c.found ? 1 : 0) });
  }
  const all = [...strata].map(([chance, { n, found }]) => ({ chance, n, size: n / chance, share: found / n }));
  const size = all.reduce((sum, s) => sum + s.size, 0);
  let [middle, below, above] = [0, 0, 0];
  for (const { chance, n, size: own, share } of all) {
    const weight = own / size;
    const { low, high } = chance === 1 ? { low: share, high: share } : _wilson(share, n / (1 - chance));
    middle += weight * share;
    below += (weight * (share - low)) ** 2;
    above += (weight * (high - share)) ** 2;
  }
  return { low: Math.max(0, middle - Math.sqrt(below)), high: Math.min(1, middle + Math.sqrt(above)) };
}

function _wilson(share: number, n: number): { low: number; high: number } {
  const centre = (share + (Z * Z) / (2 * n)) / (1 + (Z * Z) / n);
  const half = (Z / (1 + (Z * Z) / n)) * Math.sqrt((share * (1 - share)) / n + (Z * Z) / (4 * n * n));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
