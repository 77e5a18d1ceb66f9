import { type CanvasNode, type Investigation, sortedIds } from './investigation.ts';

/** What two investigations have and lack. Ids in order. */
export interface Comparison {
  readonly both: readonly string[];
  readonly onlyFirst: readonly string[];
  readonly onlySecond: readonly string[];
  readonly linksBoth: readonly string[];
  readonly linksOnlyFirst: readonly string[];
  readonly linksOnlySecond: readonly string[];
}

export function compare(first: Investigation, second: Investigation): Comparison {
  const nodes = _parted(first.nodes, second.nodes);
  const links = _parted(first.links, second.links);
  return {
    both: nodes.both,
    onlyFirst: nodes.onlyFirst,
    onlySecond: nodes.onlySecond,
    linksBoth: links.both,
    linksOnlyFirst: links.onlyFirst,
    linksOnlySecond: links.onlySecond,
  };
}

/** Everything of both; where both say something (a place, a note), the first one's is kept. Filters, folds and rules are the first one's. */
export function union(first: Investigation, second: Investigation): Investigation {
  const nodes: Record<string, CanvasNode> = { ...second.nodes };
  for (const [id, node] of Object.entries(first.nodes))
    nodes[id] = { ...node, origins: sortedIds([...node.origins, ...(second.nodes[id]?.origins ?? [])]) };
  const ids = new Set(first.notes.map((n) => n.id));
  const arrowIds = new Set(first.arrows.map((a) => a.id));
  return {
    ...first,
    nodes,
    links: { ...second.links, ...first.links },
    places: { ...second.places, ...first.places },
    pinned: sortedIds([...first.pinned, ...second.pinned]),
    expanded: { ...second.expanded, ...first.expanded },
    notes: [...first.notes, ...second.notes.filter((n) => !ids.has(n.id))],
    arrows: [...first.arrows, ...second.arrows.filter((a) => !arrowIds.has(a.id))],
  };
}

function _parted(
  first: Readonly<Record<string, unknown>>,
  second: Readonly<Record<string, unknown>>,
): { both: string[]; onlyFirst: string[]; onlySecond: string[] } {
  const has = (record: object, id: string): boolean => Object.hasOwn(record, id);
  return {
    both: sortedIds(Object.keys(first).filter((id) => has(second, id))),
    onlyFirst: sortedIds(Object.keys(first).filter((id) => !has(second, id))),
    onlySecond: sortedIds(Object.keys(second).filter((id) => !has(first, id))),
  };
}
