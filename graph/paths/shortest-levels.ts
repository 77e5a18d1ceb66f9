import { type Adjacency, type Graph, reversed, sidesOf } from '../csr.ts';
import { type Walk, edgesBetween } from './walk.ts';

/** Nodes at each distance from the start that lie on some shortest path, ascending; first level = start, last = goal. */
export type Levels = readonly (readonly number[])[];

/** One end's search. */
interface Reach {
  readonly sides: readonly Adjacency[];
  /** Node → distance from this end, plus 1; 0 = not reached. */
  readonly distance: Uint8Array;
  readonly layers: number[][];
}

/** The shortest paths between two nodes as levels, or null when none is within `walk.maxHops`. Breadth first from both ends, the smaller front
 *  first, whole layers at a time: in a large graph both stay small. 2 n bytes, zeroed by the system as they are touched.
 *  @param firstBan  nodes that the start may not step to (Yen's searches)
 *  Assumes checked arguments and start ≠ goal. */
export function _shortestLevels(
  graph: Graph,
  ends: { readonly start: number; readonly goal: number },
  walk: Walk,
  firstBan: ReadonlySet<number> | null = null,
): Levels | null {
  const { start, goal } = ends;
  const forward = _reachFrom(graph, start, sidesOf(graph, walk.direction));
  const backward = _reachFrom(graph, goal, sidesOf(graph, reversed(walk.direction)));
  const step = { walk, start, firstBan };
  for (let hops = 1; hops <= walk.maxHops; hops++) {
    const front = forward.layers.at(-1)!;
    const back = backward.layers.at(-1)!;
    if (front.length === 0 || back.length === 0) return null;
    const ahead = _weight(front, forward.sides) <= _weight(back, backward.sides);
    const met = ahead ? _grow(forward, backward, step) : _grow(backward, forward, step);
    if (met.length > 0) return _collect(forward, backward, met, step);
  }
  return null;
}

interface Step {
  readonly walk: Walk;
  readonly start: number;
  readonly firstBan: ReadonlySet<number> | null;
}

function _reachFrom(graph: Graph, node: number, sides: readonly Adjacency[]): Reach {
  const distance = new Uint8Array(graph.nodeCount);
  distance[node] = 1;
  return { sides, distance, layers: [[node]] };
}

/** Slots that growing a layer would scan. */
function _weight(nodes: readonly number[], sides: readonly Adjacency[]): number {
  let slots = 0;
  for (const side of sides) for (const u of nodes) slots += side.starts[u + 1]! - side.starts[u]!;
  return slots;
}

/** Adds a layer to `reach`; returns its nodes that `other` has reached as well. */
function _grow(reach: Reach, other: Reach, step: Step): number[] {
  const { walk, start, firstBan } = step;
  const layer: number[] = [];
  const met: number[] = [];
  const mark = reach.layers.length + 1;
  for (const u of reach.layers.at(-1)!) {
    for (const side of reach.sides) {
      for (let slot = side.starts[u]!, stop = side.starts[u + 1]!; slot < stop; slot++) {
        const v = side.ends[slot]!;
        if (reach.distance[v] !== 0) continue;
        if (walk.edges !== null && walk.edges[side.edges[slot]!] === 0) continue;
        if (firstBan !== null && ((u === start && firstBan.has(v)) || (v === start && firstBan.has(u)))) continue;
        const isMet = other.distance[v] !== 0;
        if (!isMet && walk.nodes !== null && walk.nodes[v] === 0) continue;
        reach.distance[v] = mark;
        layer.push(v);
        if (isMet) met.push(v);
      }
    }
  }
  reach.layers.push(layer);
  return met;
}

/** Walks back from the meeting nodes to both ends. */
function _collect(forward: Reach, backward: Reach, met: readonly number[], step: Step): Levels {
  const middle = [...met].sort((a, b) => a - b);
  const towardsStart = _trace(forward, backward.sides, middle, step);
  const towardsGoal = _trace(backward, forward.sides, middle, step);
  return [...towardsStart.reverse(), middle, ...towardsGoal];
}

/** Levels from `from` (exclusive) down to the end of `reach`, following `sides` against its growth. */
function _trace(reach: Reach, sides: readonly Adjacency[], from: readonly number[], step: Step): number[][] {
  const { walk, start, firstBan } = step;
  const levels: number[][] = [];
  let level: readonly number[] = from;
  for (let mark = reach.distance[from[0]!]! - 1; mark >= 1; mark--) {
    const found = new Set<number>();
    for (const u of level) {
      for (const side of sides) {
        for (let slot = side.starts[u]!, stop = side.starts[u + 1]!; slot < stop; slot++) {
          const v = side.ends[slot]!;
          if (reach.distance[v] !== mark || (walk.edges !== null && walk.edges[side.edges[slot]!] === 0)) continue;
          if (firstBan !== null && ((u === start && firstBan.has(v)) || (v === start && firstBan.has(u)))) continue;
          found.add(v);
        }
      }
    }
    const next = [...found].sort((a, b) => a - b);
    levels.push(next);
    level = next;
  }
  return levels;
}

/** Nodes of `level` that a step from `node` reaches, ascending: O(|level| log degree). */
export function _stepsInto(graph: Graph, node: number, level: readonly number[], walk: Walk): number[] {
  return level.filter((v) => edgesBetween(graph, node, v, walk).length > 0);
}
