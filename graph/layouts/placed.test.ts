import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toSimple } from '../build/simple.ts';
import { shortestPath } from '../paths/index.ts';
import { randomGraphs } from '../random-graphs.ts';
import { tinyGraph } from '../tiny-graph.ts';
import { timeLayout } from './by-time.ts';
import { circularLayout, gridLayout } from './circular.ts';
import { geographicLayout } from './geographic.ts';
import { hierarchicalLayout, layersOf } from './hierarchical.ts';
import type { Positions } from './positions.ts';
import { radialLayout } from './radial.ts';

const distance = (p: Positions, a: number, b: number): number => Math.hypot(p.x[a]! - p.x[b]!, p.y[a]! - p.y[b]!);
const rounded = (values: Float64Array): number[] => [...values].map((v) => Math.round(v * 1000) / 1000 + 0);

describe('circular and grid', () => {
  it('by hand', () => {
    const p = circularLayout(4, [2, 0, 1, 3]);
    expect(rounded(p.x)).toEqual([0.707, 0, 0, -0.707]);
    expect(rounded(p.y)).toEqual([0, -0.707, 0.707, 0]);
    expect(distance(p, 2, 0)).toBeCloseTo(1, 12);
    expect(circularLayout(1).x[0]).toBe(0);
    expect(circularLayout(0).x).toHaveLength(0);
    const g = gridLayout(5, [4, 3, 2, 1, 0]);
    expect([...g.x]).toEqual([1, 0, 2, 1, 0]);
    expect(rounded(g.y)).toEqual([-1, -1, 0, 0, 0]);
  });
});

describe('radial', () => {
  it('puts each node on the ring of its distance, all apart', () => {
    fc.assert(
      fc.property(randomGraphs(12, 16), (r) => {
        const p = radialLayout(toSimple(r.graph, 'both'), 0);
        const radius = new Map<number, number>();
        for (let u = 0; u < r.nodeCount; u++) {
          const hops = shortestPath(r.graph, 0, u)?.edges.length ?? Infinity;
          const own = Math.hypot(p.x[u]!, p.y[u]!);
          expect(own).toBeCloseTo(radius.get(hops) ?? own, 9);
          radius.set(hops, own);
          for (let v = 0; v < u; v++) expect(distance(p, u, v)).toBeGreaterThan(0.01);
        }
        const rings = [...radius].sort((a, b) => a[0] - b[0]).map(([, own]) => own);
        for (let k = 1; k < rings.length; k++) expect(rings[k]! - rings[k - 1]!).toBeGreaterThan(0.99);
      }),
    );
    const one = toSimple(tinyGraph(['a'], []).graph, 'both');
    expect(() => radialLayout(one, 1)).toThrow('no node 1');
  });
});

describe('hierarchical', () => {
  it('by hand: below whatever points to it, a circle in one layer, crossings undone', () => {
    const { graph } = tinyGraph(
      ['a', 'b', 'x', 'y', 'z'],
      [
        ['a', 'y'],
        ['b', 'x'],
        ['y', 'z'],
        ['z', 'y'],
      ],
    );
    expect([...layersOf(graph)]).toEqual([0, 0, 1, 1, 1]);
    const p = hierarchicalLayout(graph);
    expect(Math.sign(p.x[0]! - p.x[1]!)).toBe(Math.sign(p.x[3]! - p.x[2]!));
  });

  it('never lets an edge point up, but within a circle', () => {
    fc.assert(
      fc.property(randomGraphs(9, 14), (r) => {
        const layer = layersOf(r.graph);
        const p = hierarchicalLayout(r.graph);
        r.links.forEach(([a, b]) => {
          const back = shortestPath(r.graph, b, a, { direction: 'out' }) !== null;
          if (back) expect(layer[a]).toBe(layer[b]);
          else expect(layer[a]).toBeLessThan(layer[b]!);
        });
        const taken = [...p.x].map((x, u) => `${x} ${p.y[u]}`);
        expect(new Set(taken).size).toBe(r.nodeCount);
      }),
    );
  });
});

describe('geographic', () => {
  it('keeps distances on the ground, sets the unlocated beside their neighbours or below', () => {
    const { graph } = tinyGraph(
      ['west', 'east', 'between', 'lost'],
      [
        ['west', 'between'],
        ['between', 'east'],
      ],
    );
    const p = geographicLayout(
      toSimple(graph, 'both'),
      Float64Array.of(120, 120.1, NaN, NaN),
      Float64Array.of(31, 31, NaN, NaN),
    );
    // Mercator stretches by 1 / cos(latitude)
    expect(distance(p, 0, 1)).toBeCloseTo((6378.137 * 0.1 * Math.PI) / 180, 6);
    expect(rounded(p.x)).toEqual([-5.566, 5.566, 0, 0]);
    expect(p.y[3]).toBeLessThan(p.y[0]!);
    expect([...p.located]).toEqual([1, 1, 0, 0]);
    const nowhere = geographicLayout(toSimple(graph, 'both'), new Float64Array(4).fill(NaN), new Float64Array(4));
    expect([...nowhere.x, ...nowhere.y].every(Number.isFinite)).toBe(true);
    expect(() => geographicLayout(toSimple(graph, 'both'), new Float64Array(1), new Float64Array(4))).toThrow(
      'for 4 nodes',
    );
  });
});

describe('by time', () => {
  it('puts nodes where their first dated edge is, in lanes that do not overlap', () => {
    const day = 86_400_000;
    const { graph } = tinyGraph(
      ['a', 'b', 'c', 'never'],
      [
        ['a', 'b', { validFrom: 5 * day }],
        ['b', 'c', { validFrom: 8 * day }],
        ['c', 'never'],
      ],
    );
    const p = timeLayout(graph);
    expect([...p.x]).toEqual([0, 0, 3, -1]);
    expect(rounded(p.y)).toEqual([0, -1, 0, 0]);
    expect([...p.dated]).toEqual([1, 1, 1, 0]);
    expect([...timeLayout(tinyGraph(['a'], []).graph).x]).toEqual([-1]);
  });
});
