import { type Comparison, MISSING, level } from '../core/index.ts';

/** What one comparison of two parties says: bits for (or against) their being one, null = nothing to compare, `conflict` = they cannot be one. */
export type Evidence = number | null | 'conflict';

const STEPS = [14, 12, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, -1, -2, -3, -4, -6, -8, -10, -12];
const SHARE = 0.04;

/** A comparison whose weights are known beforehand: `evidence` is rounded to the nearest of a list of steps in bits, and estimation leaves it alone.
 *  A conflict is a level that forbids the merge. */
export function evidenceComparison(
  id: string,
  fields: readonly string[],
  evidence: (left: number, right: number) => Evidence,
): Comparison {
  const levels = [
    MISSING,
    ...STEPS.map((bits) => level(`${bits > 0 ? '+' : ''}${bits} bits`, SHARE * _most1(bits), SHARE * _most1(-bits))),
    level('conflict', SHARE * 2 ** -14, SHARE, 'different'),
    level('not used', null, null),
  ];
  return {
    id,
    fields,
    levels,
    given: true,
    levelOf: (i, j) => {
      const e = evidence(i, j);
      if (e === null) return 0;
      return e === 'conflict' ? STEPS.length + 1 : 1 + nearestStep(e);
    },
  };
}

const _most1 = (bits: number): number => Math.min(1, 2 ** bits);

/** Index of the step nearest to so many bits; of two as near the smaller weight. */
export function nearestStep(bits: number): number {
  let best = 0;
  for (let k = 1; k < STEPS.length; k++) {
    const gain = Math.abs(STEPS[best]! - bits) - Math.abs(STEPS[k]! - bits);
    if (gain > 0 || (gain === 0 && Math.abs(STEPS[k]!) < Math.abs(STEPS[best]!))) best = k;
  }
  return best;
}

/** Bits of agreeing on a value that `holders` differently named parties hold: each doubling of the others takes two off. */
export function sharedBits(full: number, holders: number): number {
  return Math.max(0, full - 2 * Math.log2(Math.max(1, holders - 1)));
}
