import { type Candidates, hasPair, rowStarts } from '../core/index.ts';
import type { LinkedTable } from '../table/index.ts';

/** A rule that was worth its cost, with the share of likely pairs that it and those before it find. */
export interface UsefulRule {
  readonly rule: number;
  readonly found: number;
}

/** Rules stop being added when the best of the rest finds less than this share of the likely pairs. */
const LEAST_GAIN = 0.002;
const MOST_RULES = 12;
/** Pairs a record that one rule, and all together, may cost at full size. */
const MOST_OF_ONE = 20;
const MOST_OF_ALL = 40;

/** Picks blocking rules greedily: always the one that finds most of the likely pairs that those before it miss, while the pairs they cost at full size
 *  stay affordable. Ties break by the order of the rules.
 *  @param narrow  candidates under keys no wider than they may be at full size  @param o.grow  pairs at full size for one of the sample
 *  O(rules² · pairs) */
export function usefulRules(
  linked: Pick<LinkedTable, 'candidates' | 'scored' | 'schema'>,
  narrow: Candidates,
  o: { grow: number; records: number },
): UsefulRule[] {
  const chance = _chances(linked, narrow);
  const cost = narrow.report.map((r) => r.pairs * o.grow);
  const all = chance.reduce((s, p) => s + p, 0);
  const out: UsefulRule[] = [];
  const taken = new Set<number>();
  let covered = 0;
  let found = 0;
  let paid = 0;
  while (out.length < MOST_RULES && all > 0) {
    const gains = _gains(narrow, chance, covered);
    let best = -1;
    gains.forEach((g, r) => {
      const affordable = cost[r]! <= MOST_OF_ONE * o.records && paid + cost[r]! <= MOST_OF_ALL * o.records;
      if (!taken.has(r) && affordable && (best < 0 || g > gains[best]!)) best = r;
    });
    if (best < 0 || gains[best]! < LEAST_GAIN * all) break;
    taken.add(best);
    covered |= 1 << best;
    paid += cost[best]!;
    found += gains[best]!;
    out.push({ rule: best, found: found / all });
  }
  return out.length > 0 ? out : narrow.report.slice(0, MOST_RULES).map((_r, rule) => ({ rule, found: 0 }));
}

/** Probability of each narrow pair, as scored among the wide ones. */
function _chances(linked: Pick<LinkedTable, 'candidates' | 'scored' | 'schema'>, narrow: Candidates): Float64Array {
  const { left, right } = linked.candidates;
  const starts = rowStarts(linked.schema.size, left);
  return Float64Array.from(narrow.left, (l, p) => {
    const r = narrow.right[p]!;
    if (!hasPair(starts, right, l, r)) return 0;
    let at = starts[l]!;
    while (right[at] !== r) at++;
    return linked.scored.probability[at]!;
  });
}

/** Likely pairs that each rule would add to those covered. */
function _gains(narrow: Candidates, chance: Float64Array, covered: number): Float64Array {
  const out = new Float64Array(narrow.report.length);
  for (let p = 0; p < chance.length; p++) {
    const bits = narrow.rules[p]!;
    if ((bits & covered) !== 0 || chance[p] === 0) continue;
    for (let r = 0; r < out.length; r++) if ((bits & (1 << r)) !== 0) out[r]! += chance[p]!;
  }
  return out;
}
