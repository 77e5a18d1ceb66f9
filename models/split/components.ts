import { toCsr, weakComponents } from '../../graph/index.ts';

/** Connected components of `nodes` nodes joined by pairs; parallel pairs and loops change nothing.
 *  @returns component of each node, numbered 0, 1, … by the lowest node in it       O(pairs · α) */
export function componentsOf(nodes: number, from: ArrayLike<number>, to: ArrayLike<number>): Int32Array {
  const graph = toCsr(
    { ids: Array.from({ length: nodes }, () => ''), nodeKind: new Uint8Array(nodes), nodeKinds: [''], linkKinds: [''] },
    {
      from: Uint32Array.from(from),
      to: Uint32Array.from(to),
      kind: new Uint16Array(from.length),
      validFromMs: null,
      validToMs: null,
      knownAtMs: null,
      weight: null,
    },
  );
  return Int32Array.from(weakComponents(graph).groupOf);
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
