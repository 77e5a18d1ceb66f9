/** A spanning forest of the nearest pairs. */
export interface NearestPairs<T> {
  readonly pairs: readonly (readonly [T, T])[];
  /** The given in groups that are joined. */
  readonly groups: readonly (readonly T[])[];
}

/** Kruskal's forest over the known distances; ties: the earlier pair in order. */
export function nearestPairs<T>(
  given: readonly T[],
  distances: readonly { readonly a: T; readonly b: T; readonly hops: number }[],
  compare: (a: T, b: T) => number,
): NearestPairs<T> {
  const sorted = [...distances].sort((x, y) => x.hops - y.hops || compare(x.a, y.a) || compare(x.b, y.b));
  const groupOf = new Map(given.map((item) => [item, [item]]));
  const pairs: (readonly [T, T])[] = [];
  for (const { a, b } of sorted) {
    const left = groupOf.get(a)!;
    const right = groupOf.get(b)!;
    if (left === right) continue;
    pairs.push([a, b]);
    left.push(...right);
    for (const item of right) groupOf.set(item, left);
  }
  return { pairs, groups: [...new Set(groupOf.values())].map((group) => group.sort(compare)) };
}
