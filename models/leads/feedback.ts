import { InputError, type Random } from '../../ingest/base/index.ts';
import { quantileOfSorted } from '../evaluate/index.ts';

/** A subject that came back from the field: how likely it was to be listed at all, and what was found. */
export interface CheckedLead {
  /** Chance of being checked, 0 < chance ≤ 1. */
  readonly chance: number;
  readonly found: boolean;
}

/** A share with its 95 % bootstrap interval. */
export interface ShareEstimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Share of all subjects that a check would confirm, from checks that were chosen by score: each counts for 1 ÷ its chance (Hájek), so the
 *  exploration picks speak for those nobody would have visited. The naive share of the same checks stands beside it.
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
  const share = (list: readonly CheckedLead[], weight: (c: CheckedLead) => number): number => {
    let sum = 0;
    let found = 0;
    for (const c of list) {
      sum += weight(c);
      found += c.found ? weight(c) : 0;
    }
    return found / sum;
  };
  const estimate = (weight: (c: CheckedLead) => number): ShareEstimate => {
    const values = Array.from({ length: o.draws ?? 500 }, () =>
      share(
        checks.map(() => checks[Math.floor(o.random() * checks.length)]!),
        weight,
      ),
    ).sort((a, b) => a - b);
    return {
      value: share(checks, weight),
      low: quantileOfSorted(values, 0.025),
      high: quantileOfSorted(values, 0.975),
    };
  };
  return { corrected: estimate((c) => 1 / c.chance), naive: estimate(() => 1) };
}
