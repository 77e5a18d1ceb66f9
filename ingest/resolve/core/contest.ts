import { hasPair, rowStarts } from './background.ts';
import type { ExclusiveId, ScoredPairs } from './cluster.ts';

/** Records that fit two rivals equally well: a short name that two firms share. They are kept apart from both.
 *  Two partners of a record are rivals when an exclusive identifier parts them or their own pair weighs below zero; the record is
 *  contested when its best partner beats the best rival of that partner by less than `margin` bits. Records that hold an exclusive
 *  identifier are never contested.  O(pairs + Σ partners²), at most 40 partners a record, the strongest first */
export function contestedRecords(
  size: number,
  pairs: ScoredPairs,
  options: { threshold: number; margin: number; exclusive: readonly ExclusiveId[] },
): Uint8Array {
  const partners = _partners(size, pairs, options.threshold);
  const weightOf = _lookup(size, pairs);
  const out = new Uint8Array(size);
  for (let i = 0; i < size; i++) {
    const list = partners[i];
    if (list === undefined || list.length < 2 || options.exclusive.some((e) => e.codes[i]! >= 0)) continue;
    const top = [...list].sort((a, b) => b.weight - a.weight || a.other - b.other).slice(0, 40);
    const best = top[0]!;
    out[i] = top.some(
      (p) =>
        p !== best &&
        best.weight - p.weight < options.margin &&
        _rivals(best.other, p.other, options.exclusive, weightOf),
    )
      ? 1
      : 0;
  }
  return out;
}

interface Partner {
  readonly other: number;
  readonly weight: number;
}

function _partners(size: number, pairs: ScoredPairs, threshold: number): (Partner[] | undefined)[] {
  const out: (Partner[] | undefined)[] = Array.from({ length: size });
  for (let p = 0; p < pairs.left.length; p++) {
    if (pairs.forbidden[p] === 1 || pairs.weight[p]! < threshold) continue;
    (out[pairs.left[p]!] ??= []).push({ other: pairs.right[p]!, weight: pairs.weight[p]! });
    (out[pairs.right[p]!] ??= []).push({ other: pairs.left[p]!, weight: pairs.weight[p]! });
  }
  return out;
}

function _lookup(size: number, pairs: ScoredPairs): (a: number, b: number) => number | null {
  const starts = rowStarts(size, pairs.left);
  return (a, b) => {
    const low = Math.min(a, b);
    const high = Math.max(a, b);
    if (!hasPair(starts, pairs.right, low, high)) return null;
    let at = starts[low]!;
    while (pairs.right[at] !== high) at++;
    return pairs.forbidden[at] === 1 ? -99 : pairs.weight[at]!;
  };
}

function _rivals(
  a: number,
  b: number,
  exclusive: readonly ExclusiveId[],
  weightOf: (a: number, b: number) => number | null,
): boolean {
  let same = false;
  for (const e of exclusive) {
    if (e.codes[a]! < 0 || e.codes[b]! < 0) continue;
    if (e.codes[a] !== e.codes[b]) return true;
    same = true;
  }
  if (same) return false;
  const weight = weightOf(a, b);
  return weight !== null && weight < 0;
}
