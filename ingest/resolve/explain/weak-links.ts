/** A scored pair inside a cluster. */
export interface ClusterPair {
  readonly left: string;
  readonly right: string;
  /** Log2 odds, prior included. */
  readonly weight: number;
}

/** A link of a cluster without which it falls into two. */
export interface WeakLink {
  /** The strongest pair between the two parts. */
  readonly left: string;
  readonly right: string;
  /** Its weight, bits. */
  readonly weight: number;
  /** Pairs between the parts that were compared, this one included, and their mean weight, bits. */
  readonly pairsAcross: number;
  readonly meanWeight: number;
  /** This pair alone holds the parts together: none of the others across reaches the threshold. */
  readonly isBridge: boolean;
  /** What the cluster would split into, each sorted; the part with the smaller first record first. */
  readonly parts: readonly [readonly string[], readonly string[]];
}

/** The weakest links of one cluster, weakest first: the edges of its maximum spanning tree, each with the two parts that it holds together.
 *  Records that no pair connects (they share an identifier) make several trees; each counts for itself.
 *  Ties break by (left, right).  O(pairs log pairs + links · (records + pairs)) */
export function weakLinks(
  records: readonly string[],
  pairs: readonly ClusterPair[],
  options: { threshold: number; most?: number },
): WeakLink[] {
  const ordered = [...pairs].sort((a, b) => b.weight - a.weight || _cmp(a.left, b.left) || _cmp(a.right, b.right));
  const tree = _spanningTree(records, ordered);
  const weakest = tree.reverse().slice(0, options.most ?? 10);
  return weakest.map((edge) => _cutAt(edge, [...tree], ordered, options.threshold));
}

function _spanningTree(records: readonly string[], ordered: readonly ClusterPair[]): ClusterPair[] {
  const group = new Map(records.map((r) => [r, r]));
  const find = (r: string): string => {
    let at = r;
    while (group.get(at) !== at) at = group.get(at)!;
    group.set(r, at);
    return at;
  };
  const out: ClusterPair[] = [];
  for (const p of ordered) {
    const [a, b] = [find(p.left), find(p.right)];
    if (a === b) continue;
    group.set(a, b);
    out.push(p);
  }
  return out;
}

function _cutAt(
  edge: ClusterPair,
  tree: readonly ClusterPair[],
  pairs: readonly ClusterPair[],
  threshold: number,
): WeakLink {
  const near = new Map<string, string[]>();
  for (const e of tree) {
    if (e === edge) continue;
    (near.get(e.left) ?? near.set(e.left, []).get(e.left)!).push(e.right);
    (near.get(e.right) ?? near.set(e.right, []).get(e.right)!).push(e.left);
  }
  const a = _reach(edge.left, near);
  const b = _reach(edge.right, near);
  const across = pairs.filter((p) => (a.has(p.left) && b.has(p.right)) || (a.has(p.right) && b.has(p.left)));
  const parts = [[...a].sort(_cmp), [...b].sort(_cmp)].sort((x, y) => _cmp(x[0]!, y[0]!));
  return {
    left: edge.left,
    right: edge.right,
    weight: edge.weight,
    pairsAcross: across.length,
    meanWeight: across.reduce((s, p) => s + p.weight, 0) / across.length,
    isBridge: across.filter((p) => p.weight >= threshold).length <= 1,
    parts: [parts[0]!, parts[1]!],
  };
}

function _reach(from: string, near: ReadonlyMap<string, readonly string[]>): Set<string> {
  const seen = new Set([from]);
  const queue = [from];
  for (const at of queue) {
    for (const next of near.get(at) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push(next);
    }
  }
  return seen;
}

const _cmp = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
