/** Connected components of `nodes` nodes joined by pairs, by union–find with path halving; parallel pairs and loops change nothing.
 *  @returns component of each node, numbered 0, 1, … by the lowest node in it       O(pairs · α) */
export function componentsOf(nodes: number, from: ArrayLike<number>, to: ArrayLike<number>): Int32Array {
  const parent = Int32Array.from({ length: nodes }, (_, i) => i);
  const root = (node: number): number => {
    let at = node;
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!;
    return at;
  };
  for (let i = 0; i < from.length; i++) {
    const a = root(from[i]!);
    const b = root(to[i]!);
    // The lower root wins, so that numbering does not depend on the order of pairs.
    if (a < b) parent[b] = a;
    else parent[a] = b;
  }
  const out = new Int32Array(nodes);
  const number = new Map<number, number>();
  for (let i = 0; i < nodes; i++) {
    const r = root(i);
    let n = number.get(r);
    if (n === undefined) number.set(r, (n = number.size));
    out[i] = n;
  }
  return out;
}

/** Share of all nodes that lie in the largest component; 0 without nodes. */
export function largestShare(component: Int32Array): number {
  if (component.length === 0) return 0;
  const sizes = new Map<number, number>();
  let largest = 0;
  for (const c of component) {
    const size = (sizes.get(c) ?? 0) + 1;
    sizes.set(c, size);
    if (size > largest) largest = size;
  }
  return largest / component.length;
}
