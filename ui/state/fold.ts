import type { GraphLink } from '../contract/index.ts';
import { type CanvasNode, type FoldLevel, type Investigation, sortedIds } from './investigation.ts';

/** Several entities that are drawn as one. */
export interface Folded {
  readonly id: string;
  readonly kind: string;
  /** A group's name; for an automatic fold its town, or empty. */
  readonly label: string;
  readonly members: readonly string[];
}

/** Fewest entities worth folding by themselves. */
const _LEAST = 3;

/** The folds of what is shown: the analyst's folded groups first, then by the fold level what is left. Pinned entities are never folded by the level.
 *  In order of id. */
export function foldsOf(
  state: Investigation,
  nodes: readonly CanvasNode[],
  links: readonly GraphLink[],
): readonly Folded[] {
  const shown = new Map(nodes.map((n) => [n.id, n]));
  const folds: Folded[] = [];
  const taken = new Set<string>(state.pinned);
  for (const group of state.groups) {
    const members = group.members.filter((id) => shown.has(id));
    if (!group.folded || members.length === 0) {
      for (const id of group.members) taken.add(id);
      continue;
    }
    for (const id of members) taken.add(id);
    folds.push({ id: group.id, kind: _oneKind(members.map((id) => shown.get(id)!)), label: group.label, members });
  }
  if (state.fold !== 0)
    folds.push(
      ..._byLevel(
        state.fold,
        nodes.filter((n) => !taken.has(n.id)),
        links,
      ),
    );
  return folds.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function _byLevel(level: FoldLevel, nodes: readonly CanvasNode[], links: readonly GraphLink[]): Folded[] {
  const neighbours = level === 1 ? _neighboursOf(links) : null;
  const parts = new Map<string, CanvasNode[]>();
  for (const node of nodes) {
    const touched = neighbours?.get(node.id);
    if (neighbours !== null && touched === undefined) continue;
    const key = JSON.stringify([node.kind, level === 2 ? (node.town ?? '') : '', touched ?? []]);
    const part = parts.get(key);
    if (part === undefined) parts.set(key, [node]);
    else part.push(node);
  }
  return [...parts]
    .filter(([, part]) => part.length >= _LEAST)
    .map(([key, part]) => ({
      id: `fold:${level}:${key}`,
      kind: part[0]!.kind,
      label: level === 2 ? (part[0]!.town ?? '') : '',
      members: sortedIds(part.map((n) => n.id)),
    }));
}

function _neighboursOf(links: readonly GraphLink[]): Map<string, string[]> {
  const sets = new Map<string, Set<string>>();
  const join = (a: string, b: string): void => {
    const set = sets.get(a);
    if (set === undefined) sets.set(a, new Set([b]));
    else set.add(b);
  };
  for (const { from, to } of links) {
    join(from, to);
    join(to, from);
  }
  return new Map([...sets].map(([id, set]) => [id, sortedIds(set)]));
}

function _oneKind(nodes: readonly CanvasNode[]): string {
  const kinds = new Set(nodes.map((n) => n.kind));
  return kinds.size === 1 ? nodes[0]!.kind : 'group';
}
