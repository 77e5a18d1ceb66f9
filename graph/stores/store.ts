import type {
  CommonNeighbourView,
  EgoRequest,
  EgoView,
  EvidenceChoice,
  ExpandRequest,
  Expansion,
  LinkFilter,
  NeighbourCount,
  NetworkView,
  NodeView,
  PathRequest,
  PathsView,
  PathView,
  SubgraphView,
  TimePathRequest,
} from './views.ts';

/** The graph that people ask questions of, in either home (embedded, Neo4j), with the same answers: `store.contract.ts` holds them to it.
 *  Every method throws InputError `no-such-node` for an id it does not know, and StateError `store-closed` after `close`. */
export interface GraphStore {
  readonly home: 'embedded' | 'neo4j';

  /** How much there is. */
  size(): Promise<{ readonly nodes: number; readonly links: number }>;

  /** Nodes by id, in the order asked. */
  nodes(ids: readonly string[]): Promise<readonly NodeView[]>;

  /** What surrounds a node, by link kind, direction and neighbour's kind, without loading it; in that order. A self-loop counts once each way. */
  neighbourCounts(
    id: string,
    filter?: LinkFilter & Pick<ExpandRequest, 'direction'>,
  ): Promise<readonly NeighbourCount[]>;

  /** One ranked page of a node's neighbours (the node itself included among `nodes`, first), and how many remain. */
  expand(id: string, request?: ExpandRequest): Promise<Expansion>;

  /** A path of fewest links; of several, the one whose ids come first in code-point order. Null = none. */
  shortestPath(from: string, to: string, request?: PathRequest): Promise<PathView | null>;

  /** All paths of fewest links: the first `limit`, in order of ids, and how many there are. */
  allShortestPaths(from: string, to: string, request?: PathRequest & { readonly limit?: number }): Promise<PathsView>;

  /** The `k` paths of fewest links that repeat no node, in order of length, then of ids. */
  shortPaths(from: string, to: string, k: number, request?: PathRequest): Promise<readonly PathView[]>;

  /** A path on which dates advance; null = none. */
  timeRespectingPath(from: string, to: string, request?: TimePathRequest): Promise<PathView | null>;

  /** A small network that joins the nodes. */
  connect(ids: readonly string[], request?: PathRequest): Promise<NetworkView>;

  /** The nodes within `maxHops` of some nodes, nearest first, and the links among them. */
  ego(ids: readonly string[], request?: EgoRequest): Promise<EgoView>;

  /** Some nodes and the links among them. */
  among(ids: readonly string[], filter?: LinkFilter & EvidenceChoice): Promise<SubgraphView>;

  /** Nodes that at least `least` of the asked ones touch (all of them, unless said), most shared first, then by id. */
  commonNeighbours(
    ids: readonly string[],
    request?: LinkFilter & { readonly least?: number },
  ): Promise<readonly CommonNeighbourView[]>;

  /** Lets go of what it holds; not of the database it was given. */
  close(): Promise<void>;
}
