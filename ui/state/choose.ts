import type { DrawnNode } from './drawn.ts';
import { passing } from './drawn.ts';
import type { Investigation, Place } from './investigation.ts';

/** Ids to select, worked out from what is shown; apply them with the action `select`. */

export function allShown(state: Investigation): string[] {
  return passing(state).nodes.map((n) => n.id);
}

export function ofKind(state: Investigation, kind: string): string[] {
  return passing(state)
    .nodes.filter((n) => n.kind === kind)
    .map((n) => n.id);
}

export function inverted(state: Investigation): string[] {
  const chosen = new Set(state.selected);
  return allShown(state).filter((id) => !chosen.has(id));
}

/** The selected ones and everything shown that a shown link joins to them. */
export function withNeighbours(state: Investigation): string[] {
  const chosen = new Set(state.selected);
  const out = new Set(state.selected);
  for (const { from, to } of passing(state).links) {
    if (chosen.has(from)) out.add(to);
    if (chosen.has(to)) out.add(from);
  }
  return [...out];
}

/** The entities whose drawn place lies inside an outline (even–odd rule). A box is an outline of four corners. */
export function insideOutline(nodes: readonly DrawnNode[], outline: readonly Place[]): string[] {
  return nodes.filter((n) => isInside(n.place, outline)).flatMap((n) => n.members);
}

export function isInside({ x, y }: Place, outline: readonly Place[]): boolean {
  let inside = false;
  outline.forEach((a, i) => {
    const b = outline[(i + 1) % outline.length]!;
    if (a.y > y !== b.y > y && x < a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x)) inside = !inside;
  });
  return inside;
}
