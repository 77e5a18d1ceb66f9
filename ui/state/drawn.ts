import type { GraphLink } from '../contract/index.ts';
import { foldsOf } from './fold.ts';
import { type CanvasNode, type Investigation, type Place, meets, propertyOf } from './investigation.ts';

/** A node as it is drawn: one entity, or several folded into one. */
export interface DrawnNode {
  readonly id: string;
  readonly kind: string;
  readonly label: string;
  readonly place: Place;
  /** Entities in it; one = itself. */
  readonly members: readonly string[];
}

/** Links of one kind and direction between two drawn nodes, drawn as one. */
export interface DrawnEdge {
  readonly id: string;
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  /** Link ids, in order. */
  readonly links: readonly string[];
  /** The most certain link's; null = recorded. */
  readonly probability: number | null;
  /** Derived or possibly the same: drawn dashed. */
  readonly uncertain: boolean;
  readonly weight: number;
}

export interface Drawn {
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
  /** Entities and links that the filters keep off. */
  readonly hiddenNodes: number;
  readonly hiddenLinks: number;
}

/** Entities and links that pass the filters: no link lacks an end. In the state's order. O(n + m). */
export function passing(state: Investigation): { readonly nodes: CanvasNode[]; readonly links: GraphLink[] } {
  const { filter } = state;
  const kinds = new Set(filter.hiddenNodeKinds);
  const linkKinds = new Set(filter.hiddenLinkKinds);
  const hidden = new Set(filter.hiddenNodes);
  const shown = new Map<string, CanvasNode>();
  for (const node of Object.values(state.nodes))
    if (!kinds.has(node.kind) && !hidden.has(node.id) && _passes(state, node)) shown.set(node.id, node);
  const between = Object.values(state.links).filter(
    (l) => !linkKinds.has(l.kind) && shown.has(l.from) && shown.has(l.to),
  );
  if (filter.window === null) return { nodes: [...shown.values()], links: between };
  return _inWindow(state, filter.window, [...shown.values()], between);
}

/** What is drawn: filters first, then groups and folds, then links of one kind between the same two nodes as one edge. */
export function drawnOf(state: Investigation): Drawn {
  const { nodes, links } = passing(state);
  const folds = foldsOf(state, nodes, links);
  const drawn: DrawnNode[] = [];
  const inFold = new Map<string, string>();
  for (const fold of folds) {
    for (const member of fold.members) inFold.set(member, fold.id);
    drawn.push({ ...fold, place: state.places[fold.id] ?? _middle(state, fold.members) });
  }
  for (const node of nodes)
    if (!inFold.has(node.id))
      drawn.push({
        id: node.id,
        kind: node.kind,
        label: node.label,
        place: state.places[node.id] ?? _ORIGIN,
        members: [node.id],
      });
  return {
    nodes: drawn,
    edges: _edges(links, (id) => inFold.get(id) ?? id),
    hiddenNodes: Object.keys(state.nodes).length - nodes.length,
    hiddenLinks: Object.keys(state.links).length - links.length,
  };
}

const _ORIGIN: Place = Object.freeze({ x: 0, y: 0 });

function _passes(state: Investigation, node: CanvasNode): boolean {
  const { conditions, area } = state.filter;
  if (area !== null && node.lon !== null && node.lat !== null) {
    const [west, south, east, north] = area;
    if (node.lon < west || node.lon > east || node.lat < south || node.lat > north) return false;
  }
  return conditions.every((c) => meets(propertyOf(state, node, c.property), c));
}

/** Whether a link holds at some moment of the window; one without a date always does. */
export function holdsIn(link: GraphLink, window: { readonly from: string; readonly to: string }): boolean {
  if (link.validFrom === null) return true;
  return link.validFrom <= window.to && (link.validTo ?? link.validFrom) >= window.from;
}

function _inWindow(
  state: Investigation,
  window: { readonly from: string; readonly to: string },
  nodes: readonly CanvasNode[],
  links: readonly GraphLink[],
): { nodes: CanvasNode[]; links: GraphLink[] } {
  const inside = links.filter((l) => holdsIn(l, window));
  const dated = new Set<string>();
  for (const l of Object.values(state.links))
    if (l.validFrom !== null) for (const end of [l.from, l.to]) dated.add(end);
  const touched = new Set<string>();
  for (const l of inside) for (const end of [l.from, l.to]) touched.add(end);
  const kept = nodes.filter((n) => touched.has(n.id) || !dated.has(n.id));
  const there = new Set(kept.map((n) => n.id));
  return { nodes: kept, links: inside.filter((l) => there.has(l.from) && there.has(l.to)) };
}

function _middle(state: Investigation, members: readonly string[]): Place {
  const places = members.flatMap((id) => state.places[id] ?? []);
  if (places.length === 0) return _ORIGIN;
  const mean = (of: (p: Place) => number): number => places.reduce((sum, p) => sum + of(p), 0) / places.length;
  return { x: mean((p) => p.x), y: mean((p) => p.y) };
}

/** Origins that are facts; everything else is a conclusion, and drawn as one. */
const _CERTAIN = new Set(['recorded', 'judged']);

function _edges(links: readonly GraphLink[], at: (id: string) => string): DrawnEdge[] {
  const bundles = new Map<string, GraphLink[]>();
  for (const link of links) {
    const [from, to] = [at(link.from), at(link.to)];
    if (from === to) continue;
    const key = JSON.stringify([from, to, link.kind]);
    const bundle = bundles.get(key);
    if (bundle === undefined) bundles.set(key, [link]);
    else bundle.push(link);
  }
  return [...bundles].map(([id, bundle]) => {
    const [from, to, kind] = JSON.parse(id) as [string, string, string];
    const known = bundle.flatMap((l) => l.probability ?? []);
    const certain = bundle.some((l) => _CERTAIN.has(l.origin ?? 'recorded') && l.kind !== 'possibly_same');
    return {
      id,
      kind,
      from,
      to,
      links: bundle.map((l) => l.id),
      probability: certain || known.length === 0 ? null : Math.max(...known),
      uncertain: !certain,
      weight: bundle.reduce((sum, l) => sum + (l.weight ?? 1), 0),
    };
  });
}
