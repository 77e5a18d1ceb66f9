import { InputError } from '../../base/index.ts';
import { hasPair, patternWeight, probabilityOf, relativesDiscount, rowStarts } from '../core/index.ts';
import type { Rulings } from '../judgement/index.ts';
import type { LinkedTable } from './link-table.ts';

/** Why two rows are, or are not, one entity. */
export interface ExplainedRows {
  readonly left: string;
  readonly right: string;
  readonly together: boolean;
  readonly levels: readonly { readonly comparison: string; readonly level: string; readonly weight: number }[];
  readonly priorBits: number;
  /** Bits taken off because merely related records look like this too. */
  readonly relativesBits: number;
  /** Sum of all, bits, and as a probability. */
  readonly weight: number;
  readonly probability: number;
  readonly threshold: number;
  /** Blocking rules that proposed the pair; empty = it was never compared. */
  readonly proposedBy: readonly string[];
  readonly reasons: readonly string[];
}

interface Outcome {
  readonly ids: readonly string[];
  readonly cluster: Int32Array;
  readonly threshold: number;
  readonly rulings: Rulings;
}

/** Explains any two rows, also such as were never compared: every level with its weight, and what decided.  @throws InputError `no-such-row` */
export function explainRows(
  linked: Pick<LinkedTable, 'comparisons' | 'model' | 'candidates'>,
  outcome: Outcome,
  asked: readonly (readonly [string, string])[],
): ExplainedRows[] {
  const number = new Map(outcome.ids.map((id, i) => [id, i]));
  return asked.map((pair) => {
    const absent = pair.filter((id) => !number.has(id));
    if (absent.length > 0)
      throw new InputError(
        'no-such-row',
        `explainRows: no row ${absent.map((a) => `"${a}"`).join(' and ')} in the table`,
        { absent },
      );
    const [a, b] = [number.get(pair[0])!, number.get(pair[1])!];
    return _explained(linked, outcome, a < b ? [a, b] : [b, a], pair);
  });
}

function _explained(
  linked: Pick<LinkedTable, 'comparisons' | 'model' | 'candidates'>,
  outcome: Outcome,
  [i, j]: [number, number],
  [left, right]: readonly [string, string],
): ExplainedRows {
  const { comparisons, model } = linked;
  const at = Uint8Array.from(comparisons, (c) => c.levelOf(i, j));
  const levels = comparisons.map((c, k) => ({
    comparison: c.id,
    level: c.levels[at[k]!]!.id,
    weight: model.weights[k]![at[k]!]!,
  }));
  const weight = patternWeight(comparisons, model, at);
  const proposedBy = _proposedBy(linked, i, j);
  const together = outcome.cluster[i] === outcome.cluster[j];
  return {
    left,
    right,
    together,
    levels,
    priorBits: Math.log2(model.prior / (1 - model.prior)),
    relativesBits: relativesDiscount(comparisons, model, at),
    weight,
    probability: probabilityOf(weight),
    threshold: outcome.threshold,
    proposedBy,
    reasons: _reasons({ weight, together, proposedBy, left, right }, outcome),
  };
}

function _proposedBy({ candidates }: Pick<LinkedTable, 'candidates'>, i: number, j: number): string[] {
  const starts = rowStarts(
    candidates.left.length === 0 ? j + 1 : Math.max(j, candidates.left.at(-1)!) + 1,
    candidates.left,
  );
  if (!hasPair(starts, candidates.right, i, j)) return [];
  let p = starts[i]!;
  while (candidates.right[p] !== j) p++;
  return candidates.report.filter((_r, r) => (candidates.rules[p]! & (1 << r)) !== 0).map((r) => r.rule);
}

function _reasons(
  f: { weight: number; together: boolean; proposedBy: readonly string[]; left: string; right: string },
  { threshold, rulings }: Outcome,
): string[] {
  const about = (r: { left: string; right: string }): boolean =>
    (r.left === f.left && r.right === f.right) || (r.left === f.right && r.right === f.left);
  const out: string[] = [];
  if (rulings.same.some(about)) out.push('a person judged them the same');
  if (rulings.different.some(about)) out.push('a person judged them different');
  if (f.proposedBy.length === 0)
    out.push('no blocking rule proposes the pair, so it was never compared; the levels were worked out just now');
  const enough = f.weight >= threshold;
  out.push(
    `the weight is ${f.weight.toFixed(2)} bits, ${enough ? 'at or above' : 'below'} the threshold of ${threshold.toFixed(2)}`,
  );
  if (f.together && !enough) out.push('they are together through other records between them');
  if (!f.together && enough && f.proposedBy.length > 0)
    out.push(
      'kept apart although strong enough: joining would bring together groups that differ on the whole, or a record fits a rival as well',
    );
  return out;
}
