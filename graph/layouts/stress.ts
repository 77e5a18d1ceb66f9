import { InputError, type Random, seeded, withDefaults } from '../../ingest/base/index.ts';
import type { SimpleGraph } from '../build/simple.ts';
import type { Positions } from './positions.ts';

export interface StressOptions {
  readonly random: Random;
  readonly steps: number;
}

/** The most nodes it is meant for: it holds n² distances. */
export const MOST_STRESS_NODES = 2000;

/** Places nodes so that distances on paper are as near as can be to distances in edges: the clearest pictures of small graphs, such as a report's
 *  excerpt. Unconnected parts stand side by side, the largest first. Takes `toSimple(graph, 'both')`; weights do not count.
 *  Only + − × ÷ and roots: the same picture on every machine. O(n²) a step.
 *  @throws InputError `too-many-nodes`  @source Gansner, Koren and North 2004 (majorisation, one node at a time) */
export function stressLayout(graph: SimpleGraph, options: Partial<StressOptions> = {}): Positions {
  const o = withDefaults<StressOptions>('stressLayout', { random: seeded(1), steps: 150 }, options);
  const n = graph.nodeCount;
  if (n > MOST_STRESS_NODES)
    throw new InputError('too-many-nodes', `stressLayout: ${n} nodes; above ${MOST_STRESS_NODES} take forceLayout`, {
      n,
    });
  const x = Float64Array.from({ length: n }, () => o.random() * Math.sqrt(n));
  const y = Float64Array.from({ length: n }, () => o.random() * Math.sqrt(n));
  const parts = _parts(graph);
  for (const part of parts) {
    const hops = part.map((u) => _hopsFrom(graph, u));
    for (let step = 0; step < o.steps; step++)
      for (const [i, u] of part.entries()) _settle(part, hops[i]!, u, { x, y });
  }
  _sideBySide(parts, { x, y });
  return { x, y };
}

/** Moves one node to where its distances to the others of its part are best kept, the others standing still. */
function _settle(part: readonly number[], hops: Int32Array, u: number, at: Positions): void {
  let sumX = 0;
  let sumY = 0;
  let sum = 0;
  for (const v of part) {
    if (v === u) continue;
    const dx = at.x[u]! - at.x[v]!;
    const dy = at.y[u]! - at.y[v]!;
    const distance = Math.sqrt(dx * dx + dy * dy);
    const wanted = hops[v]!;
    const weight = 1 / (wanted * wanted);
    const ratio = distance < 1e-9 ? 0 : wanted / distance;
    sumX += weight * (at.x[v]! + dx * ratio);
    sumY += weight * (at.y[v]! + dy * ratio);
    sum += weight;
  }
  if (sum === 0) return;
  at.x[u] = sumX / sum;
  at.y[u] = sumY / sum;
}

/** Connected parts, the largest first, then by lowest node. */
function _parts(graph: SimpleGraph): number[][] {
  const seen = new Uint8Array(graph.nodeCount);
  const parts: number[][] = [];
  for (let s = 0; s < graph.nodeCount; s++) {
    if (seen[s] === 1) continue;
    const hops = _hopsFrom(graph, s);
    const part = [...hops.keys()].filter((u) => hops[u]! >= 0);
    for (const u of part) seen[u] = 1;
    parts.push(part);
  }
  return parts.sort((a, b) => b.length - a.length || a[0]! - b[0]!);
}

/** Edges from `s` to each node; −1 = not reached. */
function _hopsFrom(graph: SimpleGraph, s: number): Int32Array {
  const hops = new Int32Array(graph.nodeCount).fill(-1);
  hops[s] = 0;
  const queue = [s];
  for (const u of queue) {
    for (let slot = graph.starts[u]!; slot < graph.starts[u + 1]!; slot++) {
      const v = graph.ends[slot]!;
      if (hops[v] !== -1) continue;
      hops[v] = hops[u]! + 1;
      queue.push(v);
    }
  }
  return hops;
}

/** Rows of parts, as wide as the first part or the square root of all the room, one unit apart. */
function _sideBySide(parts: readonly (readonly number[])[], at: Positions): void {
  const boxes = parts.map((part) => {
    let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const u of part) {
      left = Math.min(left, at.x[u]!);
      right = Math.max(right, at.x[u]!);
      bottom = Math.min(bottom, at.y[u]!);
      top = Math.max(top, at.y[u]!);
    }
    return { part, left, bottom, width: right - left + 1, height: top - bottom + 1 };
  });
  const room = boxes.reduce((sum, b) => sum + b.width * b.height, 0);
  const rowWidth = Math.max(boxes[0]?.width ?? 0, 1.5 * Math.sqrt(room));
  let x = 0;
  let y = 0;
  let rowHeight = 0;
  for (const box of boxes) {
    if (x > 0 && x + box.width > rowWidth) {
      x = 0;
      y -= rowHeight;
      rowHeight = 0;
    }
    for (const u of box.part) {
      at.x[u]! += x - box.left;
      at.y[u]! += y - box.height + 1 - box.bottom;
    }
    x += box.width;
    rowHeight = Math.max(rowHeight, box.height);
  }
}
