import { InputError, withDefaults } from '../../ingest/base/index.ts';
import type { Graph } from '../csr.ts';
import { allShortestPaths } from './all-shortest-paths.ts';
import { type NearestPairs, nearestPairs } from './nearest-pairs.ts';
import { shortestPath } from './shortest-path.ts';
import { type Path, WALK_DEFAULTS, type Walk, checkWalk } from './walk.ts';

export interface ConnectingOptions extends Walk {
  /** Paths of equal length shown for each joined pair. */
  readonly pathsPerPair: number;
}

export const CONNECTING_DEFAULTS: ConnectingOptions = Object.freeze({ ...WALK_DEFAULTS, maxHops: 6, pathsPerPair: 3 });

/** How some nodes hang together. */
export interface ConnectingNetwork {
  /** Paths that join them; their nodes and edges are the network. */
  readonly paths: readonly Path[];
  /** Nodes on the paths and the given ones, ascending. */
  readonly nodes: readonly number[];
  /** Edges on the paths, ascending. */
  readonly edges: readonly number[];
  /** The given nodes in groups that are joined; more than one group = not all could be joined within `maxHops`. */
  readonly groups: readonly (readonly number[])[];
}

/** The most nodes that may be joined at once: their pairs are all tried. */
export const MOST_TO_CONNECT = 50;

/** A small network that joins two or more nodes: shortest distances of all pairs, a spanning tree of the nearest pairs, and the shortest paths of
 *  the tree's pairs. With one path a pair and direction `both`, at most twice the size of the smallest such network (finding that is NP-hard). Ties: the earlier pair in order of node.
 *  @throws InputError `no-such-node`, `bad-max-hops`, `bad-direction`, `bad-count`, `unknown-option`
 *  @source Kou, Markowsky and Berman 1981 */
export function connectingNetwork(
  graph: Graph,
  nodes: readonly number[],
  options: Partial<ConnectingOptions> = {},
): ConnectingNetwork {
  const o = withDefaults('connectingNetwork', CONNECTING_DEFAULTS, options);
  const given = [...new Set(nodes)].sort((a, b) => a - b);
  checkWalk('connectingNetwork', graph, given, o);
  if (given.length < 2 || given.length > MOST_TO_CONNECT) {
    throw new InputError(
      'bad-count',
      `connectingNetwork: ${given.length} distinct nodes; give 2 – ${MOST_TO_CONNECT}`,
      { count: given.length },
    );
  }
  const { pathsPerPair, ...walk } = o;
  const tree = _nearestPairs(graph, given, walk);
  const paths = tree.pairs.flatMap(([a, b]) => allShortestPaths(graph, a, b, { ...walk, limit: pathsPerPair }).paths);
  const ascending = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b);
  return {
    paths,
    nodes: ascending([...given, ...paths.flatMap((p) => p.nodes)]),
    edges: ascending(paths.flatMap((p) => p.edges)),
    groups: tree.groups,
  };
}

/** Shortest distances of all pairs, and the forest of the nearest. */
function _nearestPairs(graph: Graph, given: readonly number[], walk: Walk): NearestPairs<number> {
  const all: { a: number; b: number; hops: number }[] = [];
  given.forEach((a, i) => {
    for (const b of given.slice(i + 1)) {
      const path = shortestPath(graph, a, b, walk);
      if (path !== null) all.push({ a, b, hops: path.edges.length });
    }
  });
  return nearestPairs(given, all, (a, b) => a - b);
}
