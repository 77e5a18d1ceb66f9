import { type Drawn, type DrawnEdge, type Investigation, legendOf, lookOf, widthOf } from '../../state/index.ts';
import { edgeColor, kindColor } from './colors.ts';

export interface SceneNode {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  /** Radius, px. */
  readonly size: number;
  readonly color: string;
  readonly label: string;
  /** Stands in the circle: one or two characters. */
  readonly glyph: string;
  /** Hidden neighbours; 0 = none, null = not known. */
  readonly hidden: number | null;
  readonly badge: string | null;
  readonly isSelected: boolean;
  readonly isPinned: boolean;
  readonly isHighlighted: boolean;
  /** Entities in it. */
  readonly count: number;
}

/** One line between two nodes: all links of all kinds between them. */
export interface SceneEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly size: number;
  readonly color: string;
  readonly kind: 'line' | 'arrow' | 'dashed';
  readonly bundles: readonly DrawnEdge[];
}

export interface Scene {
  readonly nodes: readonly SceneNode[];
  readonly edges: readonly SceneEdge[];
}

export interface SceneOptions {
  readonly dark: boolean;
  readonly glyph: (kind: string) => string;
  readonly nameOf: (kind: string) => string;
  /** Node → different neighbours in the whole graph. */
  readonly totals: ReadonlyMap<string, number>;
}

/** Everything that the stage shows, from the state. Pure. */
export function sceneOf(state: Investigation, drawn: Drawn, options: SceneOptions): Scene {
  const look = lookOf(state, legendOf(state));
  const selected = new Set(state.selected);
  const pinned = new Set(state.pinned);
  const highlighted = new Set(state.highlighted);
  const neighbours = _neighbours(state);
  const nodes = drawn.nodes.map((n): SceneNode => {
    const { color, size, badge } = look(n);
    const isFold = n.members.length > 1 || n.members[0] !== n.id;
    const total = isFold ? undefined : options.totals.get(n.id);
    return {
      id: n.id,
      ...n.place,
      size: (isFold ? 9 + Math.min(12, 3 * Math.log2(n.members.length)) : 9) * size,
      color: color ?? kindColor(n.kind),
      label: isFold ? `${[n.label, options.nameOf(n.kind)].filter(Boolean).join(' · ')} ×${n.members.length}` : n.label,
      glyph: options.glyph(n.kind),
      hidden: total === undefined ? null : Math.max(0, total - (neighbours.get(n.id)?.size ?? 0)),
      badge,
      isSelected: n.members.some((id) => selected.has(id)),
      isPinned: n.members.some((id) => pinned.has(id)),
      isHighlighted: n.members.some((id) => highlighted.has(id)),
      count: n.members.length,
    };
  });
  return { nodes, edges: _sceneEdges(drawn.edges, options.dark) };
}

/** Different neighbours of each node among all that is loaded, whatever is filtered. */
function _neighbours(state: Investigation): Map<string, Set<string>> {
  const out = new Map<string, Set<string>>();
  const join = (a: string, b: string): void => {
    const set = out.get(a);
    if (set === undefined) out.set(a, new Set([b]));
    else set.add(b);
  };
  for (const { from, to } of Object.values(state.links)) {
    join(from, to);
    join(to, from);
  }
  return out;
}

function _sceneEdges(edges: readonly DrawnEdge[], dark: boolean): SceneEdge[] {
  const pairs = new Map<string, DrawnEdge[]>();
  for (const edge of edges) {
    const key =
      edge.from < edge.to ? `${edge.from.length}:${edge.from}${edge.to}` : `${edge.to.length}:${edge.to}${edge.from}`;
    const bundle = pairs.get(key);
    if (bundle === undefined) pairs.set(key, [edge]);
    else bundle.push(edge);
  }
  return [...pairs].map(([id, bundles]) => {
    const { from, to } = bundles[0]!;
    const links = bundles.flatMap((b) => b.links);
    const isOneWay = bundles.every((b) => b.from === from);
    return {
      id,
      from,
      to,
      size: Math.min(6, widthOf({ links })),
      color: edgeColor(bundles.length === 1 ? bundles[0]!.kind : null, dark),
      kind: bundles.every((b) => b.uncertain) ? 'dashed' : isOneWay ? 'arrow' : 'line',
      bundles,
    };
  });
}
