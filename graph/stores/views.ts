import type { Direction } from '../csr.ts';

/** A node as any home hands it out: plain data, fit for JSON. Persons appear by pseudonym; no name or personal value of theirs is ever in a view. */
export interface NodeView {
  readonly id: string;
  readonly kind: string;
  /** What to write beside it; a person's pseudonym. */
  readonly label: string;
  readonly mentions: number | null;
  readonly firstKnownAt: string | null;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly town: string | null;
}

/** A link as any home hands it out; moments are ISO 8601 UTC. */
export interface LinkView {
  readonly id: string;
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly knownAt: string | null;
  readonly origin: string | null;
  readonly probability: number | null;
  readonly weight: number | null;
  /** Source rows that say so; null = not asked for (see `evidence`). */
  readonly rowIds: readonly string[] | null;
}

/** A part of the graph. Every end of a link is among the nodes. */
export interface SubgraphView {
  readonly nodes: readonly NodeView[];
  readonly links: readonly LinkView[];
}

/** Which links count, for any question. */
export interface LinkFilter {
  readonly linkKinds?: readonly string[] | null;
  readonly withoutLinkKinds?: readonly string[];
  /** ISO 8601 moment: only what was known by then. */
  readonly asOf?: string | null;
  /** ISO 8601 moments: only links that hold at some moment between, both included. */
  readonly window?: { readonly from: string; readonly to: string } | null;
}

/** Whether links come with the source rows that say so: a look-up in the warehouse for each. Paths bring it unless refused, areas when asked. */
export interface EvidenceChoice {
  readonly evidence?: boolean;
}

/** A question about the surroundings of a node. */
export interface ExpandRequest extends LinkFilter, EvidenceChoice {
  readonly direction?: Direction;
  /** Kinds of neighbours; null = all. */
  readonly nodeKinds?: readonly string[] | null;
  /** Neighbours on a page. */
  readonly limit?: number;
  /** Neighbours already shown. */
  readonly offset?: number;
  /** Order of neighbours: summed link weight, latest `valid_from`, or number of their own links (all falling); ties by id. */
  readonly rank?: 'weight' | 'recent' | 'degree';
}

/** What a node's neighbours are, before any is loaded. */
export interface NeighbourCount {
  readonly linkKind: string;
  readonly direction: 'out' | 'in';
  /** Kind of the neighbours. */
  readonly nodeKind: string;
  readonly links: number;
  /** Different neighbours. */
  readonly neighbours: number;
}

/** One page of a node's neighbours, with the links to them. */
export interface Expansion extends SubgraphView {
  /** Neighbours that the request asks for. */
  readonly total: number;
  readonly shown: number;
  /** Neighbours after this page: `offset + shown + remaining = total`. */
  readonly remaining: number;
}

/** How a path may go. */
export interface PathRequest extends LinkFilter, EvidenceChoice {
  readonly direction?: Direction;
  readonly maxHops?: number;
  /** Kinds of nodes a path may not pass through (its ends may be of them). */
  readonly withoutNodeKinds?: readonly string[];
  /** Nodes a path may not pass through. */
  readonly withoutNodes?: readonly string[];
}

/** A path whose dates advance. */
export interface TimePathRequest extends PathRequest {
  readonly mode?: 'starts' | 'during';
  readonly minGapHours?: number;
  readonly from?: string | null;
  readonly to?: string | null;
  readonly undated?: boolean;
  readonly first?: 'fewest-edges' | 'earliest';
}

/** A path: `steps[i]` joins `nodes[i]` and `nodes[i + 1]` by all the links there are between them. */
export interface PathView {
  readonly nodes: readonly NodeView[];
  readonly steps: readonly PathStep[];
}

export interface PathStep {
  /** All links between the two nodes that the request allows, by link id; at least one. In a timed path: the one link used. */
  readonly links: readonly LinkView[];
  /** Moment of the step in a timed path; null elsewhere, or for an undated link before any dated one. */
  readonly at: string | null;
}

export interface PathsView {
  readonly paths: readonly PathView[];
  /** How many there are, handed out or not. */
  readonly total: number;
}

/** How several nodes hang together; more than one group = not all could be joined. */
export interface NetworkView extends SubgraphView {
  readonly groups: readonly (readonly string[])[];
}

export interface EgoRequest extends PathRequest {
  readonly limit?: number;
}

export interface EgoView extends SubgraphView {
  /** Nodes within reach, handed out or not. */
  readonly total: number;
}

/** A node that several of the asked ones touch. */
export interface CommonNeighbourView {
  readonly node: NodeView;
  /** How many of the asked nodes it touches. */
  readonly shared: number;
}
