import type { SimpleGraph } from '../build/simple.ts';
import { type Groups, numberedGroups } from '../measures/weak-components.ts';
import { type Communities, type CommunityOptions, communityOptions } from './communities.ts';
import { type Level, folded, levelOf } from './level.ts';
import { modularity } from './modularity.ts';
import { moveNodes } from './move-nodes.ts';
import { refine } from './refine.ts';

/** Communities by modularity that are connected inside, which Louvain's need not be. Takes `toSimple(graph, 'both')`: direction is dropped and parallel
 *  edges add up; a self-loop weighs twice at its node; edges of weight 0 join nothing; an isolated node is its own group.
 *  Nearly O(m) a round, about 60 n + 24 m bytes of scratch.
 *  @throws InputError `bad-resolution`, `bad-rounds`, `unknown-option`, `not-symmetric`  @source Traag, Waltman and van Eck 2019 */
export function leiden(graph: SimpleGraph, options: Partial<CommunityOptions> = {}): Communities {
  const o = communityOptions('leiden', options);
  const first = levelOf(graph);
  let groupOf = Uint32Array.from({ length: graph.nodeCount }, (_x, u) => u);
  for (let round = 0; round < o.rounds && first.total > 0; round++) {
    const next = _round(first, groupOf, o);
    if (next === null) break;
    groupOf = next;
    o.tell(round + 1, o.rounds);
  }
  const groups = numberedGroups(groupOf);
  return { ...groups, modularity: modularity(graph, groups.groupOf, o.resolution) };
}

/** One round from given groups; null when nothing moved. */
function _round(first: Level, begin: Uint32Array, o: CommunityOptions): Uint32Array<ArrayBuffer> | null {
  let level = first;
  let groupOf = numberedGroups(begin).groupOf.slice();
  let nodeOf: Uint32Array = Uint32Array.from(begin, (_g, u) => u);
  let moved = 0;
  for (;;) {
    moved += moveNodes(level, groupOf, o.resolution, o.random);
    const groups = numberedGroups(groupOf);
    if (groups.count === level.nodeCount) break;
    const parts = _parts(level, groups, o);
    const next = new Uint32Array(parts.count);
    parts.groupOf.forEach((part, node) => (next[part] = groups.groupOf[node]!));
    level = folded(level, parts);
    nodeOf = nodeOf.map((node) => parts.groupOf[node]!);
    groupOf = next;
  }
  return moved === 0 ? null : Uint32Array.from(nodeOf, (node) => groupOf[node]!);
}

/** What the next level is folded from: the refined parts, or the groups themselves when refinement joined nothing. */
function _parts(level: Level, groups: Groups, o: CommunityOptions): Groups {
  const parts = numberedGroups(refine(level, groups, o.resolution, o.random));
  return parts.count === level.nodeCount ? groups : parts;
}
