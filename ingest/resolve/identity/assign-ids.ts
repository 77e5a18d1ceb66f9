/** Overlap of an entity of the run before with one of this run: how many mentions they share. */
export interface Overlap {
  readonly kind: string;
  readonly before: string;
  /** The id this run would give by itself (from a key, or from the records). */
  readonly now: string;
  readonly mentions: number;
}

/** Which id each entity of this run bears. Entities keep their id as long as they can:
 *  first, one whose own id is a key (not `kind:~hash`) and the id of an entity before that it shares mentions with keeps it (a credit code stays
 *  with its firm);
 *  then the pairs with most shared mentions first (ties: id before, then id now) hand the old id on, each to one heir.
 *  All others bear their own id, made distinct from every id of the run before when it was another's.
 *  @param taken  ids of the run before, which may not name something else now  O(overlaps log overlaps) */
export function assignIds(
  overlaps: readonly Overlap[],
  now: readonly string[],
  taken: ReadonlySet<string>,
): Map<string, string> {
  const of = new Map<string, string>();
  const heirs = new Set<string>();
  const give = (o: Overlap): void => {
    if (of.has(o.now) || heirs.has(o.before)) return;
    of.set(o.now, o.before);
    heirs.add(o.before);
  };
  for (const o of overlaps) if (o.now === o.before && !o.now.includes(':~')) give(o);
  const ordered = [...overlaps].sort(
    (a, b) => b.mentions - a.mentions || _cmp(a.before, b.before) || _cmp(a.now, b.now),
  );
  for (const o of ordered) give(o);
  const used = new Set([...taken, ...of.values()]);
  for (const id of [...now].sort(_cmp)) {
    if (of.has(id)) continue;
    let own = id;
    for (let n = 2; used.has(own); n++) own = `${id}~${n}`;
    used.add(own);
    of.set(id, own);
  }
  return of;
}

const _cmp = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
