import { InputError, withDefaults } from '../../ingest/base/index.ts';
import type { Graph } from '../csr.ts';
import { type Levels, _shortestLevels, _stepsInto } from './shortest-levels.ts';
import { type Path, WALK_DEFAULTS, type Walk, checkWalk, pathAlong } from './walk.ts';

export interface AllShortestOptions extends Walk {
  /** Paths handed out at most; the count is of all. */
  readonly limit: number;
}

export const ALL_SHORTEST_DEFAULTS: AllShortestOptions = Object.freeze({ ...WALK_DEFAULTS, limit: 100 });

/** Paths of fewest edges, and how many there are. */
export interface ShortestPaths {
  /** The first `limit`, in order of node numbers. */
  readonly paths: readonly Path[];
  /** All of them (exact up to 2^53), as sequences of nodes: parallel edges do not multiply paths. */
  readonly total: number;
}

/** Every path of fewest edges between two nodes. None within `maxHops`: no paths, total 0.
 *  @throws InputError `no-such-node`, `bad-max-hops`, `bad-direction`, `bad-limit`, `unknown-option` */
export function allShortestPaths(
  graph: Graph,
  start: number,
  goal: number,
  options: Partial<AllShortestOptions> = {},
): ShortestPaths {
  const o = withDefaults('allShortestPaths', ALL_SHORTEST_DEFAULTS, options);
  checkWalk('allShortestPaths', graph, [start, goal], o);
  if (!(Number.isInteger(o.limit) && o.limit >= 1))
    throw new InputError('bad-limit', `allShortestPaths: limit is ${o.limit}; use a whole number ≥ 1`, {
      limit: o.limit,
    });
  if (start === goal) return { paths: [{ nodes: [start], edges: [] }], total: 1 };
  const levels = _shortestLevels(graph, { start, goal }, o);
  if (levels === null) return { paths: [], total: 0 };
  const steps = _steps(graph, levels, o);
  const found: number[][] = [];
  _enumerate(steps, [start], o.limit, found);
  return { paths: found.map((nodes) => pathAlong(graph, nodes, o)), total: _count(steps, levels) };
}

/** For each level, each node's steps into the next. */
type Steps = readonly ReadonlyMap<number, readonly number[]>[];

function _steps(graph: Graph, levels: Levels, walk: Walk): Steps {
  return levels
    .slice(0, -1)
    .map((level, i) => new Map(level.map((u) => [u, _stepsInto(graph, u, levels[i + 1]!, walk)])));
}

function _enumerate(steps: Steps, prefix: number[], limit: number, found: number[][]): void {
  const depth = prefix.length - 1;
  if (depth === steps.length) {
    found.push([...prefix]);
    return;
  }
  for (const v of steps[depth]!.get(prefix[depth]!)!) {
    if (found.length >= limit) return;
    prefix.push(v);
    _enumerate(steps, prefix, limit, found);
    prefix.pop();
  }
}

function _count(steps: Steps, levels: Levels): number {
  let ways = new Map<number, number>([[levels.at(-1)![0]!, 1]]);
  for (let i = steps.length - 1; i >= 0; i--) {
    const before = new Map<number, number>();
    for (const [u, next] of steps[i]!)
      before.set(
        u,
        next.reduce((sum, v) => sum + ways.get(v)!, 0),
      );
    ways = before;
  }
  return ways.get(levels[0]![0]!)!;
}
