import { InputError, type Random } from '../../ingest/base/index.ts';
import type { Matrix } from '../boost/index.ts';
import { factsOf } from './overlap.ts';

/** @property score  orders rows, highest first
 *  @property rows  leads that are tested
 *  @property parts  contributions, feature after feature: lead i's begin at `i * features`
 *  @property groupOf  fact that each feature belongs to
 *  @property neutral  value of each feature that says nothing ({@link neutralValues})
 *  @property top  facts dropped, `draws` random sets of as many are dropped beside them */
export interface DeletionInput {
  readonly data: Matrix;
  readonly score: (data: Matrix) => Float64Array;
  readonly rows: readonly number[];
  readonly parts: Float64Array;
  readonly groupOf: ArrayLike<number>;
  readonly neutral: Float64Array;
  readonly random: Random;
  readonly top?: number;
  readonly draws?: number;
}

/** What dropping the named facts did, beside dropping random ones. */
export interface DeletionTest {
  readonly leads: number;
  /** Leads × draws compared: `won` + `tied` + `lost`. Won: the named facts lowered the rank more. */
  readonly compared: number;
  readonly won: number;
  readonly tied: number;
  readonly lost: number;
  /** Leads whose named facts lowered the rank more than the mean of their random sets did. */
  readonly leadsWon: number;
  /** Mean places lost. */
  readonly placesByTop: number;
  readonly placesByRandom: number;
}

/** Whether an explanation is faithful: the facts that it names first are set to the neutral value, and the lead must fall further among all rows than when
 *  as many facts drawn from all of the lead's facts are. Exact contributions can still fail it where facts stand in for each other.
 *  @throws InputError `no-leads`          O(rows × (1 + draws)) scores
 *  @source Samek et al. 2017, pixel flipping; DeYoung et al. 2020, comprehensiveness */
export function deletionTest(of: DeletionInput): DeletionTest {
  const { data, rows, top = 3, draws = 5 } = of;
  if (rows.length === 0) throw new InputError('no-leads', 'deletionTest: no leads; pass at least one row', {});
  const features = data.features.length;
  const sets = rows.flatMap((_, i) => {
    const facts = factsOf(of.parts.subarray(i * features, (i + 1) * features), of.groupOf).map((fact) => fact.group);
    return [facts.slice(0, top), ...Array.from({ length: draws }, () => _drawn(facts, top, of.random))];
  });
  const changed = _dropped(of, sets, 1 + draws);
  const all = Float64Array.from(of.score(data)).sort();
  const before = of.score(_rowsOf(data, rows));
  const after = of.score(changed);
  const places = sets.map((_, k) => _above(all, after[k]!) - _above(all, before[Math.floor(k / (1 + draws))]!));
  let [won, tied, leadsWon, byTop, byRandom] = [0, 0, 0, 0, 0];
  rows.forEach((_, i) => {
    const [own, ...random] = places.slice(i * (1 + draws), (i + 1) * (1 + draws)) as [number, ...number[]];
    const mean = random.reduce((a, b) => a + b, 0) / draws;
    won += random.filter((r) => own > r).length;
    tied += random.filter((r) => own === r).length;
    leadsWon += own > mean ? 1 : 0;
    byTop += own / rows.length;
    byRandom += mean / rows.length;
  });
  const compared = rows.length * draws;
  return {
    leads: rows.length,
    compared,
    won,
    tied,
    lost: compared - won - tied,
    leadsWon,
    placesByTop: byTop,
    placesByRandom: byRandom,
  };
}

/** Each lead's row once for each of its sets, the facts of the set made neutral. */
function _dropped(of: DeletionInput, sets: readonly (readonly number[])[], each: number): Matrix {
  const copies = _rowsOf(
    of.data,
    sets.map((_, k) => of.rows[Math.floor(k / each)]!),
  );
  const dropped = sets.map((set) => new Set(set));
  for (let f = 0; f < copies.features.length; f++)
    for (let k = 0; k < copies.rows; k++)
      if (dropped[k]!.has(of.groupOf[f]!)) copies.values[f * copies.rows + k] = of.neutral[f]!;
  return copies;
}

function _rowsOf(data: Matrix, rows: readonly number[]): Matrix {
  const values = new Float64Array(rows.length * data.features.length);
  for (let f = 0; f < data.features.length; f++)
    for (let i = 0; i < rows.length; i++) values[f * rows.length + i] = data.values[f * data.rows + rows[i]!]!;
  return { rows: rows.length, features: data.features, values };
}

function _drawn(facts: readonly number[], count: number, random: Random): number[] {
  const left = [...facts];
  return Array.from({ length: Math.min(count, left.length) }, (_, k) => {
    const j = k + Math.floor(random() * (left.length - k));
    [left[k], left[j]] = [left[j]!, left[k]!];
    return left[k]!;
  });
}

/** Scores above `score` in an ascending list. */
function _above(sorted: Float64Array, score: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= score) low = middle + 1;
    else high = middle;
  }
  return sorted.length - low;
}
