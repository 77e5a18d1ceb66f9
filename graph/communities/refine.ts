import type { Random } from '../../ingest/base/index.ts';
import type { Groups } from '../measures/weak-components.ts';
import { type Level, membersByGroup } from './level.ts';
import { shuffledNodes } from './move-nodes.ts';

/** Randomness of the refinement; as igraph and leidenalg. */
const _THETA = 0.01;

/** Splits each group into well-connected parts: from single nodes, a node joins, at random but the better the likelier, a part of its own group that
 *  it does not make worse, and only parts that are well connected to their group take part. Returns node → part, labelled by a node of the part.
 *  @source Traag, Waltman and van Eck 2019, algorithm A.2, MERGENODESSUBSET */
export function refine(level: Level, groups: Groups, resolution: number, random: Random): Uint32Array {
  const n = level.nodeCount;
  const state: Parts = {
    partOf: Uint32Array.from({ length: n }, (_x, u) => u),
    all: level.strength.slice(),
    size: new Uint32Array(n).fill(1),
    outward: new Float64Array(n),
    weightTo: new Float64Array(n),
    touched: [],
    gains: new Float64Array(_mostNeighbours(level)),
  };
  for (let u = 0; u < n; u++) {
    for (let slot = level.starts[u]!; slot < level.starts[u + 1]!; slot++)
      if (groups.groupOf[level.ends[slot]!] === groups.groupOf[u]) state.outward[u]! += level.weights[slot]!;
  }
  const members = membersByGroup(groups);
  const share = resolution / level.total;
  for (let g = 0; g < groups.count; g++) {
    const begin = members.starts[g]!;
    const nodes = members.nodes.subarray(begin, members.starts[g + 1]!);
    const groupStrength = nodes.reduce((sum, u) => sum + level.strength[u]!, 0);
    for (const i of shuffledNodes(nodes.length, random))
      _visit(level, groups, state, { u: nodes[i]!, groupStrength, share, random });
  }
  return state.partOf;
}

interface Parts {
  readonly partOf: Uint32Array;
  /** Part → summed strength. */
  readonly all: Float64Array;
  readonly size: Uint32Array;
  /** Part → weight of its edges to the rest of its group. */
  readonly outward: Float64Array;
  /** Scratch: part → weight from the node under visit. */
  readonly weightTo: Float64Array;
  readonly touched: number[];
  readonly gains: Float64Array;
}

function _mostNeighbours(level: Level): number {
  let most = 0;
  for (let u = 0; u < level.nodeCount; u++) most = Math.max(most, level.starts[u + 1]! - level.starts[u]!);
  return most;
}

interface Visit {
  readonly u: number;
  readonly groupStrength: number;
  readonly share: number;
  readonly random: Random;
}

function _visit(level: Level, groups: Groups, state: Parts, visit: Visit): void {
  const { u, share } = visit;
  const { partOf, all, size, outward, weightTo, touched } = state;
  if (size[partOf[u]!] !== 1 || !_isWellConnected(state, u, visit)) return;
  touched.length = 0;
  for (let slot = level.starts[u]!; slot < level.starts[u + 1]!; slot++) {
    const v = level.ends[slot]!;
    const w = level.weights[slot]!;
    if (groups.groupOf[v] !== groups.groupOf[u] || w === 0) continue;
    const part = partOf[v]!;
    if (weightTo[part] === 0) touched.push(part);
    weightTo[part]! += w;
  }
  const { gains } = state;
  for (let i = 0; i < touched.length; i++) {
    const part = touched[i]!;
    gains[i] = _isWellConnected(state, part, visit) ? weightTo[part]! - share * level.strength[u]! * all[part]! : -1;
  }
  const chosen = _draw(gains, touched.length, visit.random);
  if (chosen >= 0) {
    const part = touched[chosen]!;
    partOf[u] = part;
    all[part]! += all[u]!;
    size[part]!++;
    size[u]!--;
    outward[part]! += outward[u]! - 2 * weightTo[part]!;
  }
  for (const part of touched) weightTo[part] = 0;
}

function _isWellConnected(state: Parts, part: number, visit: Visit): boolean {
  const strength = state.all[part]!;
  const expected = visit.share * strength * (visit.groupStrength - strength);
  return state.outward[part]! >= expected - 1e-12 * visit.groupStrength;
}

/** One of the first `count` gains that are ≥ 0, with chance ∝ exp(gain / θ); −1 = stay alone, which gains 0. Worked from the largest, so that
 *  nothing overflows. */
function _draw(gains: Float64Array, count: number, random: Random): number {
  let most = 0;
  for (let i = 0; i < count; i++) if (gains[i]! > most) most = gains[i]!;
  const stay = Math.exp(-most / _THETA);
  let sum = stay;
  for (let i = 0; i < count; i++) if (gains[i]! >= 0) sum += Math.exp((gains[i]! - most) / _THETA);
  let left = random() * sum - stay;
  if (left < 0) return -1;
  let last = -1;
  for (let i = 0; i < count; i++) {
    if (gains[i]! < 0) continue;
    last = i;
    left -= Math.exp((gains[i]! - most) / _THETA);
    if (left < 0) break;
  }
  return last;
}
