import { InputError, type Random, seeded, withDefaults } from '../../ingest/base/index.ts';
import type { Tell } from '../measures/tell.ts';
import type { Groups } from '../measures/weak-components.ts';

export interface CommunityOptions {
  /** 1 = modularity as usual; higher gives smaller groups. > 0. */
  readonly resolution: number;
  /** Order of visits and draws; same seed, same groups. */
  readonly random: Random;
  /** Rounds over the whole graph, each beginning from the groups of the last; 1 – 100. Ends early when nothing moves. */
  readonly rounds: number;
  /** Told the rounds done, of `rounds`. */
  readonly tell: Tell;
}

/** Groups found, numbered in order of their lowest node. */
export interface Communities extends Groups {
  /** Null for a graph without weight: each node is its own group there. */
  readonly modularity: number | null;
}

/** @throws InputError `bad-resolution`, `bad-rounds`, `unknown-option` */
export function communityOptions(where: string, given: Partial<CommunityOptions>): CommunityOptions {
  const o = withDefaults<CommunityOptions>(
    where,
    { resolution: 1, random: seeded(1), rounds: 2, tell: () => {} },
    given,
  );
  if (!(o.resolution > 0 && o.resolution < Infinity))
    throw new InputError('bad-resolution', `${where}: resolution is ${o.resolution}; use a number > 0`, {});
  if (!(Number.isInteger(o.rounds) && o.rounds >= 1 && o.rounds <= 100))
    throw new InputError('bad-rounds', `${where}: rounds is ${o.rounds}; use a whole number 1 – 100`, {});
  return o;
}
