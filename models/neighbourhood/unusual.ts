import type { Relation } from './network.ts';

/** For each link, 1 minus the share of the links of its sender (`from`) or receiver (`to`) that carry the same value: 0 when all are alike, near 1
 *  when this one stands alone. NaN where the value is unknown. */
export function rarity(relation: Relation, values: Float64Array, end: 'from' | 'to'): Float64Array {
  const nodes = relation[end];
  const byNode = new Map<number, Map<number, number>>();
  const totals = new Map<number, number>();
  values.forEach((value, link) => {
    if (value !== value) return;
    const node = nodes[link]!;
    const counts = byNode.get(node) ?? new Map<number, number>();
    byNode.set(node, counts.set(value, (counts.get(value) ?? 0) + 1));
    totals.set(node, (totals.get(node) ?? 0) + 1);
  });
  return values.map((value, link) =>
    value === value ? 1 - byNode.get(nodes[link]!)!.get(value)! / totals.get(nodes[link]!)! : NaN,
  );
}

/** How many links join the same two ends in the same direction, for each link. */
export function parallelLinks(relation: Relation): Float64Array {
  const counts = new Map<number, Map<number, number>>();
  relation.from.forEach((from, link) => {
    const to = relation.to[link]!;
    const own = counts.get(from) ?? new Map<number, number>();
    counts.set(from, own.set(to, (own.get(to) ?? 0) + 1));
  });
  return Float64Array.from(relation.from, (from, link) => counts.get(from)!.get(relation.to[link]!)!);
}

/** The links of a relation for which `keep` holds, as a relation of its own. */
export function partOf(relation: Relation, name: string, keep: (link: number) => boolean): Relation {
  const links = Int32Array.from(relation.from.keys()).filter((link) => keep(link));
  return {
    name,
    from: links.map((link) => relation.from[link]!),
    to: links.map((link) => relation.to[link]!),
    values: Object.fromEntries(
      Object.entries(relation.values).map(([value, numbers]) => [
        value,
        Float64Array.from(links, (link) => numbers[link]!),
      ]),
    ),
  };
}
