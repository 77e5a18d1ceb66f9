import type { SimpleGraph } from '../build/simple.ts';
import { numberedGroups } from '../measures/weak-components.ts';
import { type Communities, type CommunityOptions, communityOptions } from './communities.ts';
import { folded, levelOf } from './level.ts';
import { modularity } from './modularity.ts';
import { moveNodes } from './move-nodes.ts';

/** Communities by modularity, the well-known way; a group may fall apart inside (take `leiden` where that matters). Input as for `leiden`.
 *  @throws InputError `bad-resolution`, `unknown-option`, `not-symmetric`  @source Blondel et al. 2008 */
export function louvain(graph: SimpleGraph, options: Partial<Omit<CommunityOptions, 'rounds'>> = {}): Communities {
  const o = communityOptions('louvain', options);
  let level = levelOf(graph);
  let nodeOf: Uint32Array = Uint32Array.from({ length: graph.nodeCount }, (_x, u) => u);
  while (level.total > 0) {
    const groupOf = Uint32Array.from({ length: level.nodeCount }, (_x, u) => u);
    moveNodes(level, groupOf, o.resolution, o.random);
    const groups = numberedGroups(groupOf);
    nodeOf = nodeOf.map((node) => groups.groupOf[node]!);
    if (groups.count === level.nodeCount) break;
    level = folded(level, groups);
  }
  const groups = numberedGroups(nodeOf);
  return { ...groups, modularity: modularity(graph, groups.groupOf, o.resolution) };
}
