import { type WeakLink, weakLinks } from '../explain/index.ts';
import type { TableResolution } from '../table/index.ts';

/** The single pairs that hold clusters of three or more together, over all clusters, weakest first; at most `most`.  O(pairs + Σ cluster pairs) */
export function weakestOf(
  r: Pick<TableResolution, 'ids' | 'cluster' | 'left' | 'right' | 'weight'>,
  threshold: number,
  most = 1000,
): WeakLink[] {
  const members = new Map<number, number[]>();
  r.cluster.forEach((c, i) => {
    const list = members.get(c);
    if (list === undefined) members.set(c, [i]);
    else list.push(i);
  });
  const inside = new Map<number, number[]>();
  for (let p = 0; p < r.left.length; p++) {
    const c = r.cluster[r.left[p]!]!;
    if (c !== r.cluster[r.right[p]!] || members.get(c)!.length < 3) continue;
    const list = inside.get(c);
    if (list === undefined) inside.set(c, [p]);
    else list.push(p);
  }
  const out: WeakLink[] = [];
  for (const [c, pairs] of inside) {
    const named = pairs.map((p) => ({ left: r.ids[r.left[p]!]!, right: r.ids[r.right[p]!]!, weight: r.weight[p]! }));
    const links = weakLinks(
      members.get(c)!.map((i) => r.ids[i]!),
      named,
      { threshold, most: 3 },
    );
    out.push(...links.filter((l) => l.isBridge));
  }
  return out.sort((a, b) => a.weight - b.weight || (a.left < b.left ? -1 : 1)).slice(0, most);
}
