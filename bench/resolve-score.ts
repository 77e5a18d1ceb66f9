import { type TableResolution, evaluateClusters } from '../ingest/resolve/index.ts';

export interface SetScore {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly b3: { readonly precision: number; readonly recall: number; readonly f1: number };
}

/** Pairwise and B-cubed agreement after clustering; between two tables only pairs across count. */
export function scoreClusters(
  r: Pick<TableResolution, 'ids' | 'side'>,
  cluster: Int32Array,
  pairs: readonly (readonly [string, string])[],
): SetScore {
  const truth = trueClusters(r.ids, pairs);
  const predicted = new Map(r.ids.map((id, i) => [id, String(cluster[i]!)]));
  const s = evaluateClusters(predicted, truth);
  if (r.side === null) return { precision: s.precision, recall: s.recall, f1: s.f1, b3: s.b3 };
  return { ..._across(r.ids, r.side, cluster, pairs), b3: s.b3 };
}

/** Items with their true cluster, the closure of the true pairs. */
export function trueClusters(
  ids: readonly string[],
  pairs: readonly (readonly [string, string])[],
): Map<string, string> {
  const parent = new Map(ids.map((id) => [id, id]));
  const find = (id: string): string => {
    let at = id;
    while (parent.get(at) !== at) at = parent.get(at)!;
    for (let x = id; x !== at;) {
      const next = parent.get(x)!;
      parent.set(x, at);
      x = next;
    }
    return at;
  };
  for (const [a, b] of pairs) if (parent.has(a) && parent.has(b)) parent.set(find(a), find(b));
  return new Map(ids.map((id) => [id, find(id)]));
}

function _across(
  ids: readonly string[],
  side: Int32Array,
  cluster: Int32Array,
  pairs: readonly (readonly [string, string])[],
): { precision: number; recall: number; f1: number } {
  const members = new Map<number, number[]>();
  cluster.forEach((c, i) => {
    const list = members.get(c);
    if (list === undefined) members.set(c, [i]);
    else list.push(i);
  });
  const truth = new Set(pairs.map(([a, b]) => `${a}\u0001${b}`));
  let predicted = 0;
  let right = 0;
  for (const list of members.values()) {
    for (let x = 0; x < list.length; x++) {
      for (let y = x + 1; y < list.length; y++) {
        if (side[list[x]!] === side[list[y]!]) continue;
        predicted++;
        const [a, b] = [ids[list[x]!]!, ids[list[y]!]!].sort() as [string, string];
        if (truth.has(`${a}\u0001${b}`)) right++;
      }
    }
  }
  const precision = predicted === 0 ? 1 : right / predicted;
  const recall = pairs.length === 0 ? 1 : right / pairs.length;
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}

/** Expected calibration error of the candidate pairs' probabilities over ten equal bins: the mean gap between stated and true share, weighted by pairs. */
export function calibrationError(probability: Float64Array, isTrue: Uint8Array): number {
  const n = new Float64Array(10);
  const stated = new Float64Array(10);
  const right = new Float64Array(10);
  for (let p = 0; p < probability.length; p++) {
    const bin = Math.min(9, Math.floor(probability[p]! * 10));
    n[bin]!++;
    stated[bin]! += probability[p]!;
    right[bin]! += isTrue[p]!;
  }
  let gap = 0;
  for (let b = 0; b < 10; b++) gap += Math.abs(stated[b]! - right[b]!);
  return probability.length === 0 ? 0 : gap / probability.length;
}
