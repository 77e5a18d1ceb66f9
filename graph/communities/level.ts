import { InputError } from '../../ingest/base/index.ts';
import type { SimpleGraph } from '../build/simple.ts';
import type { Groups } from '../measures/weak-components.ts';

/** An undirected weighted graph between rounds of a community search: groups of the round before are its nodes. */
export interface Level {
  readonly nodeCount: number;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly weights: Float64Array;
  /** Node → weight inside it: its self-loops, and what was folded into it. */
  readonly loops: Float64Array;
  /** Node → weight of all its edge ends; a self-loop counts twice. */
  readonly strength: Float64Array;
  /** Sum of strengths: twice the weight of all edges. */
  readonly total: number;
}

/** The first level of a search. Takes `toSimple(graph, 'both')`. @throws InputError `not-symmetric` for a directed simple graph */
export function levelOf(graph: SimpleGraph): Level {
  const strength = graph.loops.map((loop) => 2 * loop);
  let inward = 0;
  for (let u = 0; u < graph.nodeCount; u++) {
    for (let slot = graph.starts[u]!; slot < graph.starts[u + 1]!; slot++) {
      strength[u]! += graph.weights[slot]!;
      inward += graph.ends[slot]! > u ? 1 : -1;
    }
  }
  if (inward !== 0)
    throw new InputError('not-symmetric', `levelOf: the graph is directed; take toSimple(graph, 'both')`, {});
  return { ...graph, strength, total: strength.reduce((a, b) => a + b, 0) };
}

/** Folds each group into one node. O(n + m). */
export function folded(level: Level, groups: Groups): Level {
  const members = membersByGroup(groups);
  const starts = new Uint32Array(groups.count + 1);
  const ends = new Uint32Array(level.ends.length);
  const weights = new Float64Array(level.ends.length);
  const loops = new Float64Array(groups.count);
  const strength = new Float64Array(groups.count);
  const place = new Int32Array(groups.count).fill(-1);
  let written = 0;
  for (let g = 0; g < groups.count; g++) {
    const begin = written;
    let twiceInside = 0;
    for (let i = members.starts[g]!; i < members.starts[g + 1]!; i++) {
      const u = members.nodes[i]!;
      strength[g]! += level.strength[u]!;
      twiceInside += 2 * level.loops[u]!;
      for (let slot = level.starts[u]!; slot < level.starts[u + 1]!; slot++) {
        const h = groups.groupOf[level.ends[slot]!]!;
        const w = level.weights[slot]!;
        if (h === g) twiceInside += w;
        else if (place[h]! >= begin) weights[place[h]!]! += w;
        else {
          place[h] = written;
          ends[written] = h;
          weights[written++] = w;
        }
      }
    }
    loops[g] = twiceInside / 2;
    starts[g + 1] = written;
  }
  return {
    nodeCount: groups.count,
    starts,
    ends: ends.slice(0, written),
    weights: weights.slice(0, written),
    loops,
    strength,
    total: level.total,
  };
}

/** Nodes sorted by group; those of group `g` are `nodes[starts[g]] … nodes[starts[g + 1] - 1]`, ascending. */
export function membersByGroup(groups: Groups): { readonly starts: Uint32Array; readonly nodes: Uint32Array } {
  const starts = new Uint32Array(groups.count + 1);
  for (const g of groups.groupOf) starts[g + 1]!++;
  for (let g = 0; g < groups.count; g++) starts[g + 1]! += starts[g]!;
  const next = starts.slice();
  const nodes = new Uint32Array(groups.groupOf.length);
  groups.groupOf.forEach((g, u) => (nodes[next[g]!++] = u));
  return { starts, nodes };
}
