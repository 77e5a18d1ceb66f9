import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../ingest/base/index.ts';
import { type SimpleGraph, toSimple } from '../build/simple.ts';
import { randomGraphs } from '../random-graphs.ts';
import { tinyGraph } from '../tiny-graph.ts';
import { forceLayout } from './force.ts';
import { type Positions, boundsOf, fitInBox } from './positions.ts';
import { quadtree } from './quadtree.ts';
import { stressLayout } from './stress.ts';

const simpleOf = (nodes: number, links: readonly (readonly [number, number])[]): SimpleGraph => {
  const ids = Array.from({ length: nodes }, (_x, i) => `n${i}`);
  return toSimple(
    tinyGraph(
      ids,
      links.map(([a, b]) => [ids[a]!, ids[b]!] as const),
    ).graph,
    'both',
  );
};
const grid = (side: number): SimpleGraph => {
  const links: [number, number][] = [];
  for (let r = 0; r < side; r++)
    for (let c = 0; c < side; c++) {
      if (c + 1 < side) links.push([r * side + c, r * side + c + 1]);
      if (r + 1 < side) links.push([r * side + c, (r + 1) * side + c]);
    }
  return simpleOf(side * side, links);
};
const distance = (p: Positions, a: number, b: number): number => Math.hypot(p.x[a]! - p.x[b]!, p.y[a]! - p.y[b]!);

/** Mean distance of joined nodes over the mean of all pairs. */
function closeness(graph: SimpleGraph, p: Positions): number {
  let joined = 0;
  let all = 0;
  for (let u = 0; u < graph.nodeCount; u++) {
    for (let v = 0; v < graph.nodeCount; v++) all += distance(p, u, v);
    for (let s = graph.starts[u]!; s < graph.starts[u + 1]!; s++) joined += distance(p, u, graph.ends[s]!);
  }
  return joined / graph.ends.length / (all / (graph.nodeCount * (graph.nodeCount - 1)));
}

describe.each([
  ['force', forceLayout],
  ['stress', stressLayout],
] as const)('%s layout', (_name, layout) => {
  it('is finite, apart, and the same for the same seed', () => {
    fc.assert(
      fc.property(randomGraphs(12, 20), (r) => {
        const graph = toSimple(r.graph, 'both');
        const p = layout(graph, { random: seeded(3) });
        expect([...p.x, ...p.y].every(Number.isFinite)).toBe(true);
        expect(layout(graph, { random: seeded(3) })).toEqual(p);
        for (let u = 0; u < r.nodeCount; u++)
          for (let v = 0; v < u; v++) expect(distance(p, u, v)).toBeGreaterThan(0.01);
      }),
      { numRuns: 40 },
    );
  });

  it('puts joined nodes near each other: a grid unfolds', () => {
    expect(closeness(grid(6), layout(grid(6)))).toBeLessThan(0.42);
  });

  it('stands on nothing and on one node', () => {
    expect(layout(simpleOf(0, [])).x).toHaveLength(0);
    expect(layout(simpleOf(1, [])).x).toHaveLength(1);
  });
});

describe('stress layout', () => {
  it('by hand: a path is a straight line with edges of length 1', () => {
    const p = stressLayout(
      simpleOf(4, [
        [0, 1],
        [1, 2],
        [2, 3],
      ]),
    );
    expect(distance(p, 0, 1)).toBeCloseTo(1, 2);
    expect(distance(p, 0, 3)).toBeCloseTo(3, 1);
  });

  it('sets unconnected parts side by side without overlap', () => {
    const p = stressLayout(
      simpleOf(8, [
        [0, 1],
        [1, 2],
        [2, 0],
        [4, 5],
        [5, 6],
      ]),
    );
    for (const a of [0, 1, 2]) for (const b of [3, 4, 5, 6, 7]) expect(distance(p, a, b)).toBeGreaterThan(0.9);
  });

  it('refuses what it has no room for', () => {
    expect(() => stressLayout(simpleOf(2001, []))).toThrow('2001 nodes; above 2000 take forceLayout');
  });
});

describe('force layout', () => {
  it('leaves pinned nodes where they are, and new ones come in beside their neighbours', () => {
    const before = forceLayout(grid(4));
    const links = Array.from({ length: 50 }, (_x, i) => [i % 16, 16 + i] as const);
    const more = simpleOf(66, [...links, [0, 1]]);
    const start = {
      x: Float64Array.from({ length: 66 }, (_x, u) => before.x[u] ?? NaN),
      y: Float64Array.from({ length: 66 }, (_x, u) => before.y[u] ?? NaN),
    };
    const pinned = Uint8Array.from({ length: 66 }, (_x, u) => (u < 3 ? 1 : 0));
    const after = forceLayout(more, { start, pinned });
    for (const u of [0, 1, 2]) expect([after.x[u], after.y[u]]).toEqual([before.x[u], before.y[u]]);
    expect([...after.x].every(Number.isFinite)).toBe(true);
    const placed = forceLayout(more, { start, steps: 0 });
    for (const [a, b] of links) expect(distance(placed, a, b)).toBeLessThan(1);
  });

  it('by the tree gives a picture as good as by all pairs', () => {
    const graph = grid(14);
    const exact = closeness(graph, forceLayout(graph, { exactUpTo: 1000 }));
    const byTree = closeness(graph, forceLayout(graph, { exactUpTo: 10 }));
    expect(byTree).toBeLessThan(exact * 1.15);
  });

  it('refuses starts that do not fit', () => {
    const graph = simpleOf(2, [[0, 1]]);
    expect(() => forceLayout(graph, { start: { x: new Float64Array(1), y: new Float64Array(2) } })).toThrow(
      'each of the 2',
    );
    expect(() => forceLayout(graph, { pinned: Uint8Array.of(1, 0) })).toThrow('has no place in start');
    expect(() => forceLayout(graph, { steps: -1 })).toThrow('steps is -1');
  });
});

describe('quadtree', () => {
  it('holds every point once, with its mass, however they crowd', () => {
    const place = fc.double({ min: -5, max: 5, noNaN: true });
    const points = fc.array(fc.tuple(place, place), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(points, fc.boolean(), (ps, crowd) => {
        const all = crowd ? [...ps, ...ps.map(() => ps[0]!)] : ps;
        const x = Float64Array.from(all, (p) => p[0]);
        const y = Float64Array.from(all, (p) => p[1]);
        const tree = quadtree(x, y, new Float64Array(all.length).fill(2));
        const seen: number[] = [];
        tree.point.forEach((first) => {
          for (let i = first; i !== -1; i = tree.next[i]!) seen.push(i);
        });
        expect(seen.sort((a, b) => a - b)).toEqual(all.map((_p, i) => i));
        expect(tree.mass[0]).toBe(2 * all.length);
        expect(tree.x[0]).toBeCloseTo(x.reduce((a, b) => a + b, 0) / all.length, 9);
      }),
    );
  });
});

describe('fitInBox', () => {
  it('fills the box with its margin, without distortion, y downwards', () => {
    const p = fitInBox({ x: Float64Array.of(0, 4), y: Float64Array.of(0, 1) }, { width: 100, height: 60, margin: 10 });
    expect([...p.x]).toEqual([10, 90]);
    expect([...p.y]).toEqual([40, 20]);
    const one = fitInBox({ x: Float64Array.of(7), y: Float64Array.of(9) }, { width: 100, height: 60, margin: 10 });
    expect([one.x[0], one.y[0]]).toEqual([50, 30]);
    expect(boundsOf({ x: new Float64Array(0), y: new Float64Array(0) }).left).toBe(0);
    expect(() => fitInBox(one, { width: 20, height: 60, margin: 10 })).toThrow('no room');
  });
});
