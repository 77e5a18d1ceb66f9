import { InputError, type Random, seeded, withDefaults } from '../../ingest/base/index.ts';
import type { SimpleGraph } from '../build/simple.ts';
import type { Positions } from './positions.ts';
import { type Quadtree, quadtree } from './quadtree.ts';

export interface ForceOptions {
  /** Where to begin; null = at random. NaN in it = a node without a place yet: it begins beside a placed neighbour. */
  readonly start: Positions | null;
  /** 1 = stays exactly where `start` puts it. */
  readonly pinned: Uint8Array | null;
  readonly steps: number;
  /** Draws starting places; same seed, same picture. */
  readonly random: Random;
  /** How strongly everything is drawn to the middle, so that unconnected parts stay in sight. */
  readonly gravity: number;
  /** Above this many nodes, far groups push as one (Barnes–Hut). */
  readonly exactUpTo: number;
}

/** As documented; `random` is `seeded(1)`. */
export const FORCE_DEFAULTS: Readonly<Omit<ForceOptions, 'random'>> = Object.freeze({
  start: null,
  pinned: null,
  steps: 300,
  gravity: 0.05,
  exactUpTo: 600,
});

/** Edges pull, nodes push, heavier for nodes of many edges, so that hubs stand apart; movement cools down over the steps. Takes `toSimple(graph, 'both')`;
 *  weights do not count. Only + − × ÷ and roots are used: the same picture on every machine. O(n²) or O(n log n) a step.
 *  @throws InputError `bad-start`, `bad-steps`  @source Fruchterman and Reingold 1991; the weighing by degree is ForceAtlas2's, Jacomy et al. 2014 */
export function forceLayout(graph: SimpleGraph, options: Partial<ForceOptions> = {}): Positions {
  const o = withDefaults<ForceOptions>('forceLayout', { ...FORCE_DEFAULTS, random: seeded(1) }, options);
  _check(graph, o);
  const { x, y } = _startingPlaces(graph, o);
  const n = graph.nodeCount;
  const mass = Float64Array.from({ length: n }, (_x, u) => 1 + Math.sqrt(graph.starts[u + 1]! - graph.starts[u]!));
  const forceX = new Float64Array(n);
  const forceY = new Float64Array(n);
  const bodies: Bodies = { x, y, mass, forceX, forceY };
  const hottest = 0.3 * Math.sqrt(n) + 0.3;
  for (let step = 0; step < o.steps; step++) {
    forceX.fill(0);
    forceY.fill(0);
    if (n <= o.exactUpTo) _pushAll(bodies);
    else _pushByTree(bodies, quadtree(x, y, mass));
    _pull(graph, bodies, o.gravity);
    _move(bodies, o.pinned, hottest * (1 - step / o.steps) ** 2 + 0.001);
  }
  return { x, y };
}

interface Bodies {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly mass: Float64Array;
  readonly forceX: Float64Array;
  readonly forceY: Float64Array;
}

/** Nodes in one place are pushed apart as if a hair's breadth lay between them, the later one to the right and up. */
const _HAIR = 1e-4;

function _pushAll(b: Bodies): void {
  const n = b.x.length;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const dx = b.x[j]! - b.x[i]! || _HAIR;
      const dy = b.y[j]! - b.y[i]! || _HAIR;
      const push = (b.mass[i]! * b.mass[j]!) / (dx * dx + dy * dy) / 4;
      b.forceX[i]! -= dx * push;
      b.forceY[i]! -= dy * push;
      b.forceX[j]! += dx * push;
      b.forceY[j]! += dy * push;
    }
  }
}

/** A square counts as one body when its side is less than this share of its distance. */
const _OPENING = 0.8;

function _pushByTree(b: Bodies, tree: Quadtree): void {
  const stack: number[] = [];
  for (let i = 0; i < b.x.length; i++) {
    stack.push(0);
    while (stack.length > 0) {
      const cell = stack.pop()!;
      if (tree.mass[cell] === 0) continue;
      const dx = tree.x[cell]! - b.x[i]!;
      const dy = tree.y[cell]! - b.y[i]!;
      const d2 = dx * dx + dy * dy;
      if (tree.child[cell] !== 0) {
        if (tree.side[cell]! * tree.side[cell]! < _OPENING * _OPENING * d2) _push(b, i, dx, dy, tree.mass[cell]!);
        else for (let q = 0; q < 4; q++) stack.push(tree.child[cell]! + q);
        continue;
      }
      for (let j = tree.point[cell]!; j !== -1; j = tree.next[j]!) {
        if (j !== i)
          _push(
            b,
            i,
            b.x[j]! - b.x[i]! || (j > i ? _HAIR : -_HAIR),
            b.y[j]! - b.y[i]! || (j > i ? _HAIR : -_HAIR),
            b.mass[j]!,
          );
      }
    }
  }
}

function _push(b: Bodies, i: number, dx: number, dy: number, mass: number): void {
  const push = (b.mass[i]! * mass) / (dx * dx + dy * dy) / 4;
  b.forceX[i]! -= dx * push;
  b.forceY[i]! -= dy * push;
}

function _pull(graph: SimpleGraph, b: Bodies, gravity: number): void {
  for (let u = 0; u < graph.nodeCount; u++) {
    b.forceX[u]! -= gravity * b.mass[u]! * b.x[u]!;
    b.forceY[u]! -= gravity * b.mass[u]! * b.y[u]!;
    for (let slot = graph.starts[u]!; slot < graph.starts[u + 1]!; slot++) {
      const v = graph.ends[slot]!;
      const dx = b.x[v]! - b.x[u]!;
      const dy = b.y[v]! - b.y[u]!;
      const distance = Math.sqrt(dx * dx + dy * dy);
      b.forceX[u]! += dx * distance;
      b.forceY[u]! += dy * distance;
    }
  }
}

/** Moves each node along its force divided by its mass, at most `heat` far. */
function _move(b: Bodies, pinned: Uint8Array | null, heat: number): void {
  for (let u = 0; u < b.x.length; u++) {
    if (pinned !== null && pinned[u] === 1) continue;
    const fx = b.forceX[u]! / b.mass[u]!;
    const fy = b.forceY[u]! / b.mass[u]!;
    const length = Math.sqrt(fx * fx + fy * fy);
    const step = length === 0 ? 0 : Math.min(0.2 * length, heat) / length;
    b.x[u]! += fx * step;
    b.y[u]! += fy * step;
  }
}

function _startingPlaces(graph: SimpleGraph, o: ForceOptions): Positions {
  const n = graph.nodeCount;
  const side = Math.sqrt(n);
  const x = new Float64Array(n);
  const y = new Float64Array(n);
  for (let u = 0; u < n; u++) {
    const jitter = [o.random(), o.random()] as const;
    const given = o.start !== null && !Number.isNaN(o.start.x[u]!);
    const beside = given ? u : _placedNeighbour(graph, u, o.start);
    if (o.start === null || beside === null) {
      x[u] = (jitter[0] - 0.5) * side;
      y[u] = (jitter[1] - 0.5) * side;
    } else {
      x[u] = o.start.x[beside]! + (given ? 0 : jitter[0] - 0.5);
      y[u] = o.start.y[beside]! + (given ? 0 : jitter[1] - 0.5);
    }
  }
  return { x, y };
}

function _placedNeighbour(graph: SimpleGraph, u: number, start: Positions | null): number | null {
  if (start === null) return null;
  for (let slot = graph.starts[u]!; slot < graph.starts[u + 1]!; slot++)
    if (!Number.isNaN(start.x[graph.ends[slot]!]!)) return graph.ends[slot]!;
  return null;
}

function _check(graph: SimpleGraph, o: ForceOptions): void {
  const n = graph.nodeCount;
  const { start, pinned } = o;
  const isBad = (values: ArrayLike<number>): boolean => values.length !== n;
  if ((start !== null && (isBad(start.x) || isBad(start.y))) || (pinned !== null && isBad(pinned)))
    throw new InputError('bad-start', `forceLayout: start and pinned need one entry for each of the ${n} nodes`, { n });
  if (pinned?.some((p, u) => p === 1 && !Number.isFinite((start?.x[u] ?? NaN) + (start?.y[u] ?? NaN))))
    throw new InputError('bad-start', 'forceLayout: a pinned node has no place in start; give it one', {});
  if (!(Number.isInteger(o.steps) && o.steps >= 0))
    throw new InputError('bad-steps', `forceLayout: steps is ${o.steps}; use a whole number ≥ 0`, { steps: o.steps });
}
