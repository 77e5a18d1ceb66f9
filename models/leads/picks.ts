import { InputError, type Random } from '../../ingest/base/index.ts';

/** A place on the list. `chance`: how likely the subject was to be listed; 1 for the ranked, whose place is certain. */
export interface Pick {
  readonly row: number;
  readonly pick: 'ranked' | 'exploration' | 'reserve';
  readonly chance: number;
}

/** Fills a weekly list: the best by score, an exact share drawn at random from all others, and a reserve in order of score behind it.
 *  @param order  candidate rows, best first, one a subject
 *  @returns ranked, exploration (by score), then reserve: `capacity` places and up to `reserve` more
 *  @throws InputError `bad-capacity`, `bad-share` */
export function picksOf(
  order: ArrayLike<number>,
  o: {
    readonly capacity: number;
    readonly explorationShare: number;
    readonly reserve: number;
    readonly random: Random;
  },
): Pick[] {
  if (!Number.isInteger(o.capacity) || o.capacity < 1)
    throw new InputError('bad-capacity', `rankLeads: a capacity of ${o.capacity}; pass a whole number from 1`, {});
  if (!(o.explorationShare >= 0 && o.explorationShare <= 0.5))
    throw new InputError('bad-share', `rankLeads: an exploration share of ${o.explorationShare}; pass 0 to 0.5`, {});
  const places = Math.min(o.capacity, order.length);
  const random = Math.min(
    Math.round(o.capacity * o.explorationShare),
    Math.max(0, order.length - (places - Math.round(o.capacity * o.explorationShare))),
  );
  const ranked = places - random;
  const others = Array.from({ length: order.length - ranked }, (_, i) => ranked + i);
  const drawn = new Set<number>();
  for (let k = 0; k < random; k++) {
    // Partial Fisher–Yates: every subset of this size is equally likely.
    const j = k + Math.floor(o.random() * (others.length - k));
    [others[k], others[j]] = [others[j]!, others[k]!];
    drawn.add(others[k]!);
  }
  const chance = others.length === 0 ? 1 : random / others.length;
  const out: Pick[] = [];
  for (let i = 0; i < ranked; i++) out.push({ row: order[i]!, pick: 'ranked', chance: 1 });
  for (const i of [...drawn].sort((a, b) => a - b)) out.push({ row: order[i]!, pick: 'exploration', chance });
  for (let i = ranked, n = 0; i < order.length && n < o.reserve; i++)
    if (!drawn.has(i)) {
      out.push({ row: order[i]!, pick: 'reserve', chance: 0 });
      n++;
    }
  return out;
}
