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
}

interface Visit {
  readonly u: number;
  readonly groupStrength: number;
  readonly share: number;
  readonly random: Random;
}

function _visit(level: Level, groups: Groups, state: Parts, visit: Visit): void {
  const { u, groupStrength, share } = visit;
  const { partOf, all, size, outward, weightTo, touched } = state;
  const isWellConnected = (part: number): boolean =>
    outward[part]! >= share * all[part]! * (groupStrength - all[part]!) - 1e-12 * groupStrength;
  if (size[partOf[u]!] !== 1 || !isWellConnected(u)) return;
  touched.length = 0;
  for (let slot = level.starts[u]!; slot < level.starts[u + 1]!; slot++) {
    const v = level.ends[slot]!;
    const w = level.weights[slot]!;
    if (groups.groupOf[v] !== groups.groupOf[u] || w === 0) continue;
    const part = partOf[v]!;
    if (weightTo[part] === 0) touched.push(part);
    weightTo[part]! += w;
  }
  const gains = touched.map((part) =>
    isWellConnected(part) ? weightTo[part]! - share * level.strength[u]! * all[part]! : -1,
  );
  const chosen = _draw(gains, visit.random);
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

/** One of the gains ≥ 0, with chance ∝ exp(gain / θ); −1 = stay alone, which gains 0. Worked from the largest, so that nothing overflows. */
function _draw(gains: readonly number[], random: Random): number {
  const most = Math.max(0, ...gains);
  const chance = (gain: number): number => (gain < 0 ? 0 : Math.exp((gain - most) / _THETA));
  const sum = gains.reduce((s, gain) => s + chance(gain), chance(0));
  let left = random() * sum - chance(0);
  if (left < 0) return -1;
  for (let i = 0; i < gains.length; i++) {
    left -= chance(gains[i]!);
    if (left < 0 && gains[i]! >= 0) return i;
  }
  return gains.findLastIndex((gain) => gain === most);
}
