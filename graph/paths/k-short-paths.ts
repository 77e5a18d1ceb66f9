import { InputError, withDefaults } from '../../ingest/base/index.ts';
import type { Graph } from '../csr.ts';
import { _firstOf } from './shortest-path.ts';
import { _shortestLevels } from './shortest-levels.ts';
import { type Path, WALK_DEFAULTS, type Walk, checkWalk, comparePaths, pathAlong } from './walk.ts';

export interface KShortOptions extends Walk {
  /** Paths wanted; 1 – 1000. */
  readonly k: number;
}

export const K_SHORT_DEFAULTS: KShortOptions = Object.freeze({ ...WALK_DEFAULTS, k: 5 });

/** A path found but not yet handed out; it leaves the paths before it at node `branch`. */
interface Candidate {
  readonly nodes: readonly number[];
  readonly branch: number;
}

/** The `k` paths of fewest edges that repeat no node, in order of length, then of node numbers. Fewer than `k` when there are no more
 *  within `maxHops`. Paths are told apart by their nodes: parallel edges do not multiply them. O(k · hops · m) at worst.
 *  @throws InputError `no-such-node`, `bad-max-hops`, `bad-direction`, `bad-k`, `unknown-option`
 *  @source Yen 1971, with Lawler's 1972 rule that a path is only branched at or after its own branching node */
export function kShortPaths(graph: Graph, start: number, goal: number, options: Partial<KShortOptions> = {}): Path[] {
  const o = withDefaults('kShortPaths', K_SHORT_DEFAULTS, options);
  checkWalk('kShortPaths', graph, [start, goal], o);
  if (!(Number.isInteger(o.k) && o.k >= 1 && o.k <= 1000))
    throw new InputError('bad-k', `kShortPaths: k is ${o.k}; use a whole number 1 – 1000`, { k: o.k });
  if (start === goal) return [{ nodes: [start], edges: [] }];
  const allowed = o.nodes === null ? new Uint8Array(graph.nodeCount).fill(1) : o.nodes.slice();
  const walk: Walk = { direction: o.direction, edges: o.edges, nodes: allowed, maxHops: o.maxHops };
  const found: (readonly number[])[] = [];
  const waiting: Candidate[] = [];
  _offer(waiting, _spur(graph, [start], goal, walk, new Set()), 0);
  while (found.length < o.k && waiting.length > 0) {
    const best = waiting.shift()!;
    found.push(best.nodes);
    if (found.length < o.k) _branch(graph, best, { found, waiting, walk });
  }
  return found.map((nodes) => pathAlong(graph, nodes, o));
}

/** Offers the best path through each way of leaving `path` that no found path takes. */
function _branch(
  graph: Graph,
  path: Candidate,
  state: { readonly found: readonly (readonly number[])[]; readonly waiting: Candidate[]; readonly walk: Walk },
): void {
  const goal = path.nodes.at(-1)!;
  for (let i = path.branch; i < path.nodes.length - 1; i++) {
    const root = path.nodes.slice(0, i + 1);
    const taken = new Set<number>();
    for (const other of state.found) if (_startsWith(other, root)) taken.add(other[i + 1]!);
    _offer(state.waiting, _spur(graph, root, goal, state.walk, taken), i);
  }
}

/** The first of the shortest paths that begin with `root`, do not step from its end to `taken`, and repeat no node. */
function _spur(
  graph: Graph,
  root: readonly number[],
  goal: number,
  walk: Walk,
  taken: ReadonlySet<number>,
): number[] | null {
  const start = root.at(-1)!;
  const room = walk.maxHops - (root.length - 1);
  if (room < 1) return null;
  const mask = walk.nodes!;
  const before = root.map((node) => mask[node]!);
  for (const node of root) mask[node] = 0;
  const spurWalk: Walk = { ...walk, maxHops: room };
  const levels = _shortestLevels(graph, { start, goal }, spurWalk, taken);
  const nodes = levels === null ? null : [...root.slice(0, -1), ..._firstOf(graph, levels, spurWalk)];
  root.forEach((node, i) => (mask[node] = before[i]!));
  return nodes;
}

/** Keeps `waiting` sorted and without repeats. */
function _offer(waiting: Candidate[], nodes: readonly number[] | null, branch: number): void {
  if (nodes === null) return;
  let low = 0;
  let high = waiting.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (comparePaths(waiting[middle]!.nodes, nodes) < 0) low = middle + 1;
    else high = middle;
  }
  if (low < waiting.length && comparePaths(waiting[low]!.nodes, nodes) === 0) return;
  waiting.splice(low, 0, { nodes, branch });
}

function _startsWith(nodes: readonly number[], root: readonly number[]): boolean {
  return nodes.length > root.length && root.every((node, i) => nodes[i] === node);
}
