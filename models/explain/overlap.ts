import { InputError } from '../../ingest/base/index.ts';

/** Features that stand for one fact, told together: contributions of a row added up by group, strongest upward first, ties by group number. */
export function factsOf(parts: ArrayLike<number>, groupOf: ArrayLike<number>): { group: number; sum: number }[] {
  const sums = new Map<number, number>();
  for (let f = 0; f < groupOf.length; f++) sums.set(groupOf[f]!, (sums.get(groupOf[f]!) ?? 0) + parts[f]!);
  return [...sums].map(([group, sum]) => ({ group, sum })).sort((a, b) => b.sum - a.sum || a.group - b.group);
}

/** Mean over all pairs of lists of the share of entries they have in common: 1 = all explanations name the same facts, in any order.
 *  @param lists  two at least, equally long, without repeats
 *  @throws InputError `no-lists` */
export function overlapOf(lists: readonly (readonly (number | string)[])[]): number {
  const size = lists[0]?.length ?? 0;
  if (lists.length < 2 || size === 0 || lists.some((l) => l.length !== size))
    throw new InputError(
      'no-lists',
      `overlapOf: lists of ${lists.map((l) => l.length).join(', ')} entries; pass two or more of one length`,
      {},
    );
  let shared = 0;
  let pairs = 0;
  for (let a = 0; a < lists.length; a++)
    for (let b = a + 1; b < lists.length; b++) {
      const own = new Set(lists[a]);
      shared += lists[b]!.filter((x) => own.has(x)).length / size;
      pairs++;
    }
  return shared / pairs;
}
