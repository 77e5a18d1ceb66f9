import { InputError } from '../../base/index.ts';
import type { Comparison, Model, Patterns, Scored } from '../core/index.ts';
import { weightsOf } from '../core/index.ts';

/** A pair whose answer is known. */
export interface Label {
  readonly left: string;
  readonly right: string;
  readonly same: boolean;
}

/** Labels from rows of `id_left, id_right, same`; without `same` all are the same (a list of matches).
 *  @throws InputError `bad-labels` with every faulty row */
export function labelsFrom(rows: readonly Readonly<Record<string, string | null>>[], where: string): Label[] {
  const faults: string[] = [];
  const out = rows.flatMap((r, i): Label[] => {
    const [left, right, same] = [r['id_left'], r['id_right'], r['same'] ?? '1'];
    if (!left || !right) faults.push(`row ${i + 1}: no id_left or id_right`);
    else if (!/^(?:[01]|true|false)$/i.test(same)) faults.push(`row ${i + 1}: same "${same}" is not 1 or 0`);
    else return [{ left, right, same: same === '1' || same.toLowerCase() === 'true' }];
    return [];
  });
  if (faults.length > 0)
    throw new InputError(
      'bad-labels',
      `${where}: ${faults.slice(0, 20).join('; ')}; columns are id_left, id_right, same`,
      { where, faults },
    );
  return out;
}

/** Pseudo-counts that the unlabelled estimate of m holds against labels. */
const HELD = 30;

interface Labelled {
  readonly model: Model;
  /** Pairs of `scored` whose answer is known: 1 same, 0 different; others are not in it. */
  readonly known: ReadonlyMap<number, 0 | 1>;
}

/** The model with m moved towards the labelled true pairs: level counts beside the unlabelled estimate, which weighs as 30 pairs. u is left, since labelled
 *  different pairs are hard ones and not a sample of all. Labels about pairs that were not proposed cannot teach and are left out.  O(labels + levels) */
export function withLabels(
  comparisons: readonly Comparison[],
  patterns: Patterns,
  model: Model,
  at: ReadonlyMap<number, 0 | 1>,
): Labelled {
  const counts = model.m.map((m) => new Float64Array(m.length));
  for (const [p, same] of at) if (same === 1) patterns.levels[patterns.of[p]!]!.forEach((l, c) => counts[c]![l]!++);
  const m = model.m.map((old, c) => {
    if (comparisons[c]!.given === true) return old;
    const seen = counts[c]!.reduce((s, x, l) => (l === 0 ? s : s + x), 0);
    return Float64Array.from(old, (share, l) => (l === 0 ? share : (share * HELD + counts[c]![l]!) / (HELD + seen)));
  });
  return { model: { ...model, m, weights: weightsOf(comparisons, m, model.u, 24) }, known: at };
}

/** The weight from which on labelled pairs have the best F1, halfway to the next lower one; null without a labelled true pair or without a different one. */
export function thresholdFromLabels(
  scored: Pick<Scored, 'weight' | 'forbidden'>,
  known: ReadonlyMap<number, 0 | 1>,
): number | null {
  const list = [...known]
    .filter(([p]) => scored.forbidden[p] === 0)
    .map(([p, same]) => ({ w: scored.weight[p]!, same }));
  const all = [...known.values()].filter((s) => s === 1).length;
  if (all === 0 || all === known.size) return null;
  list.sort((a, b) => b.w - a.w);
  let right = 0;
  let best = { f1: 0, at: -1 };
  list.forEach((x, i) => {
    right += x.same;
    if (i + 1 < list.length && list[i + 1]!.w === x.w) return;
    const f1 = (2 * right) / (i + 1 + all);
    if (f1 > best.f1) best = { f1, at: i };
  });
  if (best.at < 0) return null;
  const cut = list[best.at]!.w;
  const next = list[best.at + 1]?.w;
  return next === undefined ? cut : (cut + Math.max(next, cut - 4)) / 2;
}
