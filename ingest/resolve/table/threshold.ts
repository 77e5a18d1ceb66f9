import type { Scored } from '../core/index.ts';

/** The least weight of a merge, in bits, with the reason. A probability asked for decides; a precision asked for can
 *  only raise what the engine takes by itself, since pairs below that chain and clusters are worse than their pairs; else likelier than not between two clean tables,
 *  and four to one inside one table, where one wrong pair can join two clusters. */
export function thresholdFor(
  scored: Scored,
  o: { probability: number; precision: number; oneToOne: boolean },
): { bits: number; because: string } {
  if (o.probability > 0) return { bits: Math.log2(o.probability / (1 - o.probability)), because: 'asked for' };
  const own = _own(o.oneToOne);
  if (o.precision === 0) return own;
  const asked = _forPrecision(scored, o.precision);
  return asked > own.bits ? { bits: asked, because: `expected precision ${o.precision}` } : own;
}

function _own(oneToOne: boolean): { bits: number; because: string } {
  return oneToOne
    ? { bits: 0, because: 'likelier than not; one partner at most' }
    : { bits: 2, because: 'four to one, since wrong pairs chain' };
}

/** The least weight at which the pairs above are expected to be right with the given share. */
function _forPrecision(scored: Scored, precision: number): number {
  const order = Int32Array.from(scored.weight, (_w, p) => p).sort(
    (a, b) => scored.weight[b]! - scored.weight[a]! || a - b,
  );
  let right = 0;
  let best = Infinity;
  order.forEach((p, k) => {
    right += scored.probability[p]!;
    if (right / (k + 1) >= precision) best = scored.weight[p]!;
  });
  return best;
}
