import type { GraphLink, GraphNode } from '../contract/index.ts';

/** An entity on the canvas, and why it is there: `search`, `expand:<id>`, `path`, … It leaves when its last origin does. */
export interface CanvasNode extends GraphNode {
  readonly origins: readonly string[];
}

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** One test of a property; a missing value meets only `missing`. Properties are those of `propertyOf`. */
export interface Condition {
  readonly property: string;
  readonly operator: '=' | '!=' | '>=' | '<=' | 'contains' | 'missing' | 'present';
  readonly value: string | number | null;
}

/** What is kept off the canvas. Nothing is deleted by it. */
export interface Filter {
  readonly hiddenNodeKinds: readonly string[];
  readonly hiddenLinkKinds: readonly string[];
  readonly hiddenNodes: readonly string[];
  /** All must hold for a node to be shown. */
  readonly conditions: readonly Condition[];
  /** Moments, ISO 8601 UTC, both included: dated links outside are hidden, and nodes whose dated links are all outside. */
  readonly window: { readonly from: string; readonly to: string } | null;
  /** West, south, east, north in degrees WGS 84: nodes with a place outside are hidden. */
  readonly area: readonly [number, number, number, number] | null;
}

/** Nodes that are drawn as one while `folded`. */
export interface Group {
  readonly id: string;
  readonly label: string;
  readonly members: readonly string[];
  readonly folded: boolean;
}

/** How much the canvas folds by itself: 0 nothing · 1 nodes of one kind that touch the same nodes · 2 of one kind and town · 3 of one kind. */
export type FoldLevel = 0 | 1 | 2 | 3;

/** How something looks because of what it is. Later rules win. */
export interface StyleRule {
  readonly id: string;
  readonly target: 'node' | 'link';
  /** Null = all. */
  readonly when: Condition | null;
  /** `color`: a colour `#rrggbb`, or `by` a property · `size`: a number, or `by` a property · `badge`: one or two characters. */
  readonly set: 'color' | 'size' | 'badge';
  readonly value: string | number | null;
  /** Property whose value decides (a scale for numbers, a palette for texts); null = `value` does. */
  readonly by: string | null;
}

export interface Note {
  readonly id: string;
  readonly text: string;
  readonly author: string;
  /** ISO 8601 UTC */
  readonly at: string;
  /** Node it is about; null = it stands at `place`. */
  readonly node: string | null;
  readonly place: Place | null;
}

/** An arrow that the analyst drew: not a fact, and never among the links. */
export interface Arrow {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly author: string;
  readonly at: string;
}

/** Everything that is on the screen of one investigation; plain JSON. Lists of ids are sorted, so that equal states are equal texts. */
export interface Investigation {
  readonly version: 1;
  readonly nodes: Readonly<Record<string, CanvasNode>>;
  readonly links: Readonly<Record<string, GraphLink>>;
  readonly places: Readonly<Record<string, Place>>;
  readonly pinned: readonly string[];
  readonly selected: readonly string[];
  /** Node → neighbours that a ranked page has brought so far. */
  readonly expanded: Readonly<Record<string, number>>;
  readonly highlighted: readonly string[];
  readonly filter: Filter;
  readonly groups: readonly Group[];
  readonly fold: FoldLevel;
  readonly rules: readonly StyleRule[];
  /** Measure → node → value. */
  readonly measures: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly notes: readonly Note[];
  readonly arrows: readonly Arrow[];
  readonly layout: string;
}

export const NO_FILTER: Filter = Object.freeze({
  hiddenNodeKinds: [],
  hiddenLinkKinds: [],
  hiddenNodes: [],
  conditions: [],
  window: null,
  area: null,
});

/** An empty canvas. */
export const EMPTY: Investigation = Object.freeze({
  version: 1,
  nodes: {},
  links: {},
  places: {},
  pinned: [],
  selected: [],
  expanded: {},
  highlighted: [],
  filter: NO_FILTER,
  groups: [],
  fold: 0,
  rules: [],
  measures: {},
  notes: [],
  arrows: [],
  layout: 'force',
});

/** Distinct ids in code-point order. */
export function sortedIds(ids: Iterable<string>): string[] {
  return [...new Set(ids)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** The value of a property of a node, for filters and rules: `kind`, `label`, `town`, `mentions`, `firstKnownAt`, or `measure:<id>`; null = missing. */
export function propertyOf(state: Investigation, node: CanvasNode, property: string): string | number | null {
  if (property.startsWith('measure:')) return state.measures[property.slice(8)]?.[node.id] ?? null;
  switch (property) {
    case 'kind':
    case 'label':
    case 'town':
    case 'mentions':
    case 'firstKnownAt':
      return node[property];
    default:
      return null;
  }
}

/** Whether a value meets a condition. Numbers compare as numbers; moments, being ISO texts, by their order. */
export function meets(value: string | number | null, condition: Condition): boolean {
  const { operator, value: wanted } = condition;
  if (operator === 'missing') return value === null;
  if (operator === 'present') return value !== null;
  if (value === null || wanted === null) return false;
  if (operator === 'contains') return String(value).includes(String(wanted));
  const compared = typeof value === 'number' ? value - Number(wanted) : value < wanted ? -1 : value > wanted ? 1 : 0;
  if (operator === '=') return compared === 0;
  if (operator === '!=') return compared !== 0;
  return operator === '>=' ? compared >= 0 : compared <= 0;
}
