import type { Relation } from './network.ts';

/** Relations two links long: from a row through what it belongs to, to what that belongs to in turn (inspection → licence → address).
 *  One for each pair of relations where the first one's ends begin links of the second.
 *  @param isRow  1 for nodes that paths may begin at        O(links of the result) */
export function composedRelations(relations: readonly Relation[], isRow: Uint8Array): Relation[] {
  const out: Relation[] = [];
  for (const first of relations) {
    const middles = new Set<number>();
    for (let link = 0; link < first.from.length; link++) {
      if (isRow[first.from[link]!] === 1 && isRow[first.to[link]!] === 0) middles.add(first.to[link]!);
    }
    if (middles.size === 0) continue;
    for (const second of relations) {
      const next = new Map<number, number[]>();
      for (let link = 0; link < second.from.length; link++) {
        const middle = second.from[link]!;
        if (!middles.has(middle)) continue;
        const list = next.get(middle);
        if (list === undefined) next.set(middle, [second.to[link]!]);
        else list.push(second.to[link]!);
      }
      if (next.size > 0) out.push(composed(first, second.name, next, isRow));
    }
  }
  return out;
}

function composed(
  first: Relation,
  name: string,
  next: ReadonlyMap<number, readonly number[]>,
  isRow: Uint8Array,
): Relation {
  const from: number[] = [];
  const to: number[] = [];
  for (let link = 0; link < first.from.length; link++) {
    const row = first.from[link]!;
    if (isRow[row] !== 1) continue;
    for (const end of next.get(first.to[link]!) ?? []) {
      from.push(row);
      to.push(end);
    }
  }
  return { name: `${first.name}/${name}`, from: Int32Array.from(from), to: Int32Array.from(to), values: {} };
}
