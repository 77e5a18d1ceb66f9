import { InputError, type Random, shuffled } from '../../ingest/base/index.ts';

/** Who put a subject on the list. Both may have. */
export interface ListedBy {
  readonly subjectId: string;
  readonly a: boolean;
  readonly b: boolean;
}

/** One week's blind list: in random order, without saying which model wanted whom. */
export interface BlindList {
  /** First places of each model that went in: the same number of both, so that their hit rates are hit rates of their own tops. */
  readonly depth: number;
  readonly listed: readonly ListedBy[];
}

/** The first places of two rankings together, as deep as the capacity allows, shuffled. Nobody appears twice; a subject that both want costs one check
 *  and counts for both, so the difference is decided by those whom only one of them wants.
 *  @param rankings  subject ids, best first · @throws InputError `bad-capacity`, `repeated-subject` */
export function blindList(
  rankings: { readonly a: readonly string[]; readonly b: readonly string[] },
  o: { readonly capacity: number; readonly random: Random },
): BlindList {
  if (!Number.isInteger(o.capacity) || o.capacity < 2)
    throw new InputError(
      'bad-capacity',
      `blindList: a capacity of ${o.capacity}; two models need a whole number from 2`,
      {},
    );
  for (const [name, list] of Object.entries(rankings))
    if (new Set(list).size !== list.length)
      throw new InputError('repeated-subject', `blindList: ranking ${name} names a subject twice`, {});
  const union = new Map<string, { a: boolean; b: boolean }>();
  let depth = 0;
  for (; depth < Math.min(rankings.a.length, rankings.b.length); depth++) {
    const next = new Set([rankings.a[depth]!, rankings.b[depth]!].filter((s) => !union.has(s)));
    if (union.size + next.size > o.capacity) break;
    for (const arm of ['a', 'b'] as const) {
      const subject = rankings[arm][depth]!;
      union.set(subject, { ...(union.get(subject) ?? { a: false, b: false }), [arm]: true });
    }
  }
  const listed = [...union].map(([subjectId, by]) => ({ subjectId, ...by }));
  // Sorted first: the order of the draw must not betray who came from where.
  listed.sort((x, y) => (x.subjectId < y.subjectId ? -1 : 1));
  return { depth, listed: shuffled(o.random, listed) };
}
