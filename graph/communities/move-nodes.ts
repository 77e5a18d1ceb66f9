import type { Random } from '../../ingest/base/index.ts';
import type { Level } from './level.ts';

/** A gain below this share of a node's strength is rounding, not a reason to move. */
const _ROUNDING = 1e-10;

/** Moves single nodes to the neighbouring group (or an empty one) that gains most modularity, until no move gains; a queue visits a node again only
 *  when a neighbour has left. Changes `groupOf` in place and returns the number of moves. Ties: stay, then the group met first.
 *  @param groupOf  node → group below n  @source Blondel et al. 2008; the queue is from Traag et al. 2019 */
export function moveNodes(level: Level, groupOf: Uint32Array, resolution: number, random: Random): number {
  const n = level.nodeCount;
  const { starts, ends, weights, strength } = level;
  const all = new Float64Array(n);
  const size = new Uint32Array(n);
  for (let u = 0; u < n; u++) {
    all[groupOf[u]!]! += strength[u]!;
    size[groupOf[u]!]!++;
  }
  const empty: number[] = [];
  for (let g = n - 1; g >= 0; g--) if (size[g] === 0) empty.push(g);
  const share = resolution / level.total;
  const weightTo = new Float64Array(n);
  const touched = new Uint32Array(n);
  const queue = shuffledNodes(n, random);
  const queued = new Uint8Array(n).fill(1);
  let moves = 0;
  for (let head = 0, waiting = n; waiting > 0; waiting--) {
    const u = queue[head]!;
    head = head + 1 === n ? 0 : head + 1;
    queued[u] = 0;
    let count = 0;
    for (let slot = starts[u]!, stop = starts[u + 1]!; slot < stop; slot++) {
      const w = weights[slot]!;
      const g = groupOf[ends[slot]!]!;
      if (w > 0 && weightTo[g] === 0) touched[count++] = g;
      weightTo[g]! += w;
    }
    const own = groupOf[u]!;
    const k = strength[u]!;
    all[own]! -= k;
    size[own]!--;
    let best = own;
    let bestGain = weightTo[own]! - k * all[own]! * share + k * _ROUNDING;
    for (let i = 0; i < count; i++) {
      const g = touched[i]!;
      const gain = weightTo[g]! - k * all[g]! * share;
      if (g !== own && gain > bestGain) {
        best = g;
        bestGain = gain;
      }
      weightTo[g] = 0;
    }
    if (bestGain < 0 && size[own]! > 0) best = empty.pop()!;
    all[best]! += k;
    size[best]!++;
    if (best === own) continue;
    if (size[own] === 0) empty.push(own);
    groupOf[u] = best;
    moves++;
    for (let slot = starts[u]!, stop = starts[u + 1]!; slot < stop; slot++) {
      const v = ends[slot]!;
      if (queued[v] === 1 || groupOf[v] === best) continue;
      queued[v] = 1;
      const tail = head + waiting - 1;
      queue[tail >= n ? tail - n : tail] = v;
      waiting++;
    }
  }
  return moves;
}

/** 0 … n − 1 in random order. */
export function shuffledNodes(n: number, random: Random): Uint32Array {
  const nodes = Uint32Array.from({ length: n }, (_x, u) => u);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const held = nodes[i]!;
    nodes[i] = nodes[j]!;
    nodes[j] = held;
  }
  return nodes;
}
