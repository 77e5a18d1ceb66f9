import { withDefaults } from '../../base/index.ts';
import { UnionFind } from './union-find.ts';

/** A set of identifiers of which one entity has one: two different values never meet in a cluster. −1 = the record has none. */
export interface ExclusiveId {
  readonly id: string;
  readonly codes: Int32Array;
}

export interface ScoredPairs {
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Log2 odds, prior included. */
  readonly weight: Float64Array;
  readonly forbidden: Uint8Array;
}

export interface ClusterOptions {
  /** Least weight of a pair that may join two clusters, bits. */
  readonly threshold: number;
  /** Two clusters join only if the mean weight over all pairs between them (pairs never compared count `unseenWeight`) reaches this, bits. */
  readonly linkage: number;
  readonly unseenWeight: number;
  readonly exclusive: readonly ExclusiveId[];
  /** Codes under which records are one entity without comparison (an identifier they share); −1 = none. */
  readonly together: readonly Int32Array[];
  /** At most one record of each side in a cluster (both tables are free of repeats). */
  readonly oneToOne: ArrayLike<number> | null;
  /** Pairs that a person judged: `must` are joined first whatever speaks against it, `cannot` never meet in a cluster. */
  readonly must: readonly (readonly [number, number])[];
  readonly cannot: readonly (readonly [number, number])[];
}
const DEFAULTS: ClusterOptions = Object.freeze({
  threshold: 0,
  linkage: -1,
  unseenWeight: -4,
  exclusive: [],
  together: [],
  oneToOne: null,
  must: [],
  cannot: [],
});

export interface Clusters {
  /** Cluster of each record, named by its smallest member. */
  readonly of: Int32Array;
  /** Members of each record's cluster. */
  readonly sizes: Int32Array;
  readonly merges: number;
  /** Joins refused by an exclusive identifier or a forbidden pair. */
  readonly cannotLinks: number;
  /** Joins refused because one pair held two otherwise unlike groups together. */
  readonly bridgesCut: number;
  /** Index of the pairs that were strong enough and still not joined. */
  readonly refused: readonly number[];
}

/** Greedy agglomeration by descending weight with cannot-link sets and average linkage over the sparse pair graph, so that a
 *  chain of weak resemblances does not join. Ties break by (left, right). Near-linear: small-to-large merging of sparse rows. */
export function clusterPairs(size: number, pairs: ScoredPairs, options: Partial<ClusterOptions> = {}): Clusters {
  const o = withDefaults('clusterPairs', DEFAULTS, options);
  const order = _strong(pairs, o.threshold);
  const sets = new UnionFind(size);
  const between = new _Between(size, pairs);
  const apart = new _Apart(o.cannot);
  const held = o.exclusive.map((e) => Int32Array.from(e.codes));
  const sides = o.oneToOne === null ? null : _sideCounts(size, o.oneToOne);
  let merges = 0;
  let cannotLinks = 0;
  let bridgesCut = 0;
  const refused: number[] = [];
  const unite = (a: number, b: number): void => {
    const root = sets.join(a, b);
    const gone = root === a ? b : a;
    between.merge(root, gone);
    apart.merge(root, gone);
    for (const h of held) if (h[root]! < 0) h[root] = h[gone]!;
    if (sides !== null) for (const s of sides) s[root]! += s[gone]!;
    merges++;
  };
  for (const [i, j] of o.must) {
    const a = sets.find(i);
    const b = sets.find(j);
    if (a === b) continue;
    if (apart.has(a, b)) cannotLinks++;
    else unite(a, b);
  }
  for (const codes of o.together) {
    for (const [i, first] of _sharing(codes)) {
      const a = sets.find(first);
      const b = sets.find(i);
      if (a === b) continue;
      if (_conflict(held, a, b) || apart.has(a, b)) cannotLinks++;
      else unite(a, b);
    }
  }
  for (const p of order) {
    const a = sets.find(pairs.left[p]!);
    const b = sets.find(pairs.right[p]!);
    if (a === b) continue;
    if (
      _conflict(held, a, b) ||
      between.forbidden(a, b) ||
      apart.has(a, b) ||
      (sides !== null && _twice(sides, a, b))
    ) {
      cannotLinks++;
      refused.push(p);
      continue;
    }
    const whole = sets.sizeOf(a) * sets.sizeOf(b);
    if (whole > 1 && between.mean(a, b, whole, o.unseenWeight) < o.linkage) {
      bridgesCut++;
      refused.push(p);
      continue;
    }
    unite(a, b);
  }
  const sizes = Int32Array.from({ length: size }, (_x, i) => sets.sizeOf(sets.find(i)));
  return { of: sets.labels(), sizes, merges, cannotLinks, bridgesCut, refused };
}

/** Clusters that a person judged apart, kept as clusters grow. */
class _Apart {
  readonly #from = new Map<number, Set<number>>();

  constructor(pairs: readonly (readonly [number, number])[]) {
    for (const [a, b] of pairs) {
      this.#of(a).add(b);
      this.#of(b).add(a);
    }
  }

  has(a: number, b: number): boolean {
    return this.#from.get(a)?.has(b) ?? false;
  }

  merge(root: number, gone: number): void {
    const others = this.#from.get(gone);
    if (others === undefined) return;
    this.#from.delete(gone);
    for (const other of others) {
      this.#of(root).add(other);
      this.#of(other).delete(gone);
      this.#of(other).add(root);
    }
  }

  #of(i: number): Set<number> {
    let set = this.#from.get(i);
    if (set === undefined) this.#from.set(i, (set = new Set<number>()));
    return set;
  }
}

/** Each record with the first record of its code. */
function* _sharing(codes: Int32Array): Generator<[number, number]> {
  const first = new Map<number, number>();
  for (let i = 0; i < codes.length; i++) {
    const c = codes[i]!;
    if (c < 0) continue;
    const f = first.get(c);
    if (f === undefined) first.set(c, i);
    else yield [i, f];
  }
}

function _strong(pairs: ScoredPairs, threshold: number): Int32Array {
  const kept: number[] = [];
  for (let p = 0; p < pairs.weight.length; p++)
    if (pairs.forbidden[p] === 0 && pairs.weight[p]! >= threshold) kept.push(p);
  return Int32Array.from(kept).sort((a, b) => pairs.weight[b]! - pairs.weight[a]! || a - b);
}

function _conflict(held: readonly Int32Array[], a: number, b: number): boolean {
  for (const h of held) if (h[a]! >= 0 && h[b]! >= 0 && h[a] !== h[b]) return true;
  return false;
}

function _sideCounts(size: number, side: ArrayLike<number>): Int32Array[] {
  const sides = new Set<number>(Array.from(side));
  return [...sides]
    .sort((a, b) => a - b)
    .map((s) => Int32Array.from({ length: size }, (_x, i) => (side[i] === s ? 1 : 0)));
}

function _twice(sides: readonly Int32Array[], a: number, b: number): boolean {
  for (const s of sides) if (s[a]! + s[b]! > 1) return true;
  return false;
}

interface Sum {
  weight: number;
  count: number;
  forbidden: boolean;
}

/** Sums of pair weights between clusters, kept as clusters grow. */
class _Between {
  readonly #rows: (Map<number, Sum> | null)[];

  constructor(size: number, pairs: ScoredPairs) {
    this.#rows = Array.from({ length: size }, () => null);
    for (let p = 0; p < pairs.left.length; p++) {
      const sum = { weight: pairs.weight[p]!, count: 1, forbidden: pairs.forbidden[p] === 1 };
      this.#row(pairs.left[p]!).set(pairs.right[p]!, sum);
      this.#row(pairs.right[p]!).set(pairs.left[p]!, sum);
    }
  }

  forbidden(a: number, b: number): boolean {
    return this.#rows[a]?.get(b)?.forbidden ?? false;
  }

  mean(a: number, b: number, whole: number, unseen: number): number {
    const sum = this.#rows[a]?.get(b);
    return sum === undefined ? unseen : (sum.weight + unseen * (whole - sum.count)) / whole;
  }

  merge(root: number, gone: number): void {
    const from = this.#rows[gone];
    const into = this.#row(root);
    into.delete(gone);
    this.#rows[gone] = null;
    if (from === null || from === undefined) return;
    for (const [other, sum] of from) {
      if (other === root) continue;
      const row = this.#row(other);
      row.delete(gone);
      const old = into.get(other);
      const next =
        old === undefined
          ? sum
          : {
              weight: old.weight + sum.weight,
              count: old.count + sum.count,
              forbidden: old.forbidden || sum.forbidden,
            };
      into.set(other, next);
      row.set(root, next);
    }
  }

  #row(i: number): Map<number, Sum> {
    return (this.#rows[i] ??= new Map<number, Sum>());
  }
}
