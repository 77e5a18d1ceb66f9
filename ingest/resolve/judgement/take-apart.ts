import { InputError } from '../../base/index.ts';
import type { Judgement } from './judgement.ts';

/** Who takes a cluster apart, when and why. */
export interface TakenApart {
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly why: string;
  /** Judgement ids are `<prefix>-<number from 1>`; the caller makes the prefix unique. */
  readonly prefix: string;
}

/** The judgements that take a cluster apart into these groups of records, and keep each group whole: "same" along each group, "different" between the
 *  first records of every two groups. Appended like any other; undoing them puts the cluster together again.
 *  @throws InputError `bad-groups` for fewer than two groups, an empty one, or a record in two  O(groups² + records) */
export function takeApart(groups: readonly (readonly string[])[], o: TakenApart): Judgement[] {
  const all = groups.flat();
  if (groups.length < 2 || groups.some((g) => g.length === 0) || new Set(all).size !== all.length)
    throw new InputError(
      'bad-groups',
      `takeApart: ${groups.length} groups of ${groups.map((g) => g.length).join(', ') || 'nothing'}; give two or more, none empty, no record twice`,
      { groups },
    );
  const pairs: [string, string, 'same' | 'different'][] = [];
  for (const g of groups) for (let i = 1; i < g.length; i++) pairs.push([g[i - 1]!, g[i]!, 'same']);
  groups.forEach((g, i) => groups.slice(i + 1).forEach((h) => pairs.push([g[0]!, h[0]!, 'different'])));
  return pairs.map(([left, right, verdict], i) => ({
    id: `${o.prefix}-${i + 1}`,
    left,
    right,
    verdict,
    by: o.by,
    at: o.at,
    why: o.why,
  }));
}
