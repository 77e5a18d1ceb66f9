import { UnionFind, clusterPairs } from '../core/index.ts';
import type { PairTable } from './pair-table.ts';

export interface ReclusterInput {
  readonly size: number;
  readonly pairs: PairTable;
  /** Records whose clusters may have changed. */
  readonly dirty: Uint8Array;
  /** Cluster of each record before; −1 = it is new. */
  readonly before: Int32Array;
  readonly threshold: number;
  readonly linkage: number;
  /** Pairs that a person judged. */
  readonly must: readonly (readonly [number, number])[];
  readonly cannot: readonly (readonly [number, number])[];
  /** Order of records that ties break by; never the order of arrival. */
  readonly compare: (a: number, b: number) => number;
}

/** Clusters again what may have changed. A join needs a strong pair or a judgement, so that clusters never reach beyond a connected part of those;
 *  parts without a dirty record keep what they had. Clusters are named by their first record in the order that ties break by.
 *  @returns the cluster of each record, and 1 where it was formed again
 *  O(pairs) to find the parts, then as `clusterPairs` on the dirty ones only */
export function recluster(o: ReclusterInput): { cluster: Int32Array; formed: Uint8Array } {
  const part = _parts(o);
  const isDirty = new Uint8Array(o.size);
  for (let i = 0; i < o.size; i++) if (o.dirty[i] === 1) isDirty[part[i]!] = 1;
  const members = new Map<number, number[]>();
  const out = new Int32Array(o.size);
  const formed = Uint8Array.from(part, (p) => isDirty[p]!);
  for (let i = 0; i < o.size; i++) {
    if (formed[i] === 0) {
      out[i] = o.before[i]!;
      continue;
    }
    const list = members.get(part[i]!);
    if (list === undefined) members.set(part[i]!, [i]);
    else list.push(i);
  }
  const inside = _pairsInside(o, part, members);
  const judged = (list: ReclusterInput['must']): Map<number, (readonly [number, number])[]> => {
    const of = new Map<number, (readonly [number, number])[]>();
    for (const p of list) if (part[p[0]] === part[p[1]]) of.set(part[p[0]]!, [...(of.get(part[p[0]]!) ?? []), p]);
    return of;
  };
  const [must, cannot] = [judged(o.must), judged(o.cannot)];
  for (const [p, list] of members)
    _clusterPart(list, inside.get(p) ?? [], { must: must.get(p) ?? [], cannot: cannot.get(p) ?? [] }, o, out);
  return { cluster: out, formed };
}

function _parts(o: ReclusterInput): Int32Array {
  const sets = new UnionFind(o.size);
  const { left, right, weight, forbidden } = o.pairs;
  for (let p = 0; p < left.length; p++)
    if (weight[p]! >= o.threshold && forbidden[p] === 0) sets.join(sets.find(left[p]!), sets.find(right[p]!));
  for (const [a, b] of o.must) sets.join(sets.find(a), sets.find(b));
  return Int32Array.from({ length: o.size }, (_x, i) => sets.find(i));
}

/** Pairs of each dirty part, strong and weak. */
function _pairsInside(
  o: ReclusterInput,
  part: Int32Array,
  members: ReadonlyMap<number, readonly number[]>,
): Map<number, number[]> {
  const out = new Map<number, number[]>();
  const { left, right } = o.pairs;
  for (let p = 0; p < left.length; p++) {
    const at = part[left[p]!]!;
    if (at !== part[right[p]!] || !members.has(at)) continue;
    const list = out.get(at);
    if (list === undefined) out.set(at, [p]);
    else list.push(p);
  }
  return out;
}

function _clusterPart(
  records: readonly number[],
  inside: readonly number[],
  judged: { must: readonly (readonly [number, number])[]; cannot: readonly (readonly [number, number])[] },
  o: ReclusterInput,
  out: Int32Array,
): void {
  if (records.length === 1) {
    out[records[0]!] = records[0]!;
    return;
  }
  const order = [...records].sort(o.compare);
  const local = new Map(order.map((r, i) => [r, i]));
  const pairs = inside
    .map((p) => {
      const a = local.get(o.pairs.left[p]!)!;
      const b = local.get(o.pairs.right[p]!)!;
      return { p, a: Math.min(a, b), b: Math.max(a, b) };
    })
    .sort((x, y) => x.a - y.a || x.b - y.b);
  const here = (list: readonly (readonly [number, number])[]): [number, number][] =>
    list.map(([a, b]) => [local.get(a)!, local.get(b)!]);
  const clusters = clusterPairs(
    order.length,
    {
      left: Int32Array.from(pairs, (x) => x.a),
      right: Int32Array.from(pairs, (x) => x.b),
      weight: Float64Array.from(pairs, (x) => o.pairs.weight[x.p]!),
      forbidden: Uint8Array.from(pairs, (x) => o.pairs.forbidden[x.p]!),
    },
    {
      threshold: o.threshold,
      linkage: o.linkage,
      unseenWeight: -3,
      must: here(judged.must),
      cannot: here(judged.cannot),
    },
  );
  order.forEach((r, i) => (out[r] = order[clusters.of[i]!]!));
}
