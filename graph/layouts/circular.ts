import type { Positions } from './positions.ts';

/** Nodes evenly on a circle, clockwise from the top, neighbours one unit apart; in the order given, e.g. sorted by community.
 *  @param order  all nodes, each once; null = by number */
export function circularLayout(nodeCount: number, order: readonly number[] | null = null): Positions {
  const x = new Float64Array(nodeCount);
  const y = new Float64Array(nodeCount);
  const radius = nodeCount < 2 ? 0 : 0.5 / Math.sin(Math.PI / nodeCount);
  for (let i = 0; i < nodeCount; i++) {
    const u = order === null ? i : order[i]!;
    const angle = (2 * Math.PI * i) / nodeCount;
    x[u] = radius * Math.sin(angle);
    y[u] = radius * Math.cos(angle);
  }
  return { x, y };
}

/** Nodes in rows one unit apart, from the top left, in the order given: as near a square as can be. */
export function gridLayout(nodeCount: number, order: readonly number[] | null = null): Positions {
  const width = Math.ceil(Math.sqrt(nodeCount));
  const x = new Float64Array(nodeCount);
  const y = new Float64Array(nodeCount);
  for (let i = 0; i < nodeCount; i++) {
    const u = order === null ? i : order[i]!;
    x[u] = i % width;
    y[u] = -Math.floor(i / width);
  }
  return { x, y };
}
