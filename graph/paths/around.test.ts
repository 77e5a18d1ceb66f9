import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sidesOf } from '../csr.ts';
import { randomGraphs } from '../random-graphs.ts';
import { tinyGraph } from '../tiny-graph.ts';
import { commonNeighbours } from './common-neighbours.ts';
import { connectingNetwork } from './connecting-network.ts';
import { ego } from './ego.ts';
import { shortestPath } from './shortest-path.ts';

const { graph } = tinyGraph(
  ['a', 'b', 'c', 'hub', 'x', 'y', 'far'],
  [
    ['a', 'hub'],
    ['b', 'hub'],
    ['hub', 'c'],
    ['a', 'x'],
    ['x', 'y'],
    ['y', 'b'],
  ],
);

describe('ego', () => {
  it('gives nodes by distance and says how many there are', () => {
    expect(ego(graph, [0], { maxHops: 2 })).toEqual({ nodes: [0, 3, 4, 1, 2, 5], hops: [0, 1, 1, 2, 2, 2], total: 6 });
    expect(ego(graph, [0], { maxHops: 2, limit: 2 })).toEqual({ nodes: [0, 3], hops: [0, 1], total: 6 });
    expect(ego(graph, [0], { maxHops: 9, direction: 'in' }).nodes).toEqual([0]);
    expect(() => ego(graph, [0], { limit: 0 })).toThrow('limit is 0');
  });

  it('has each node at its shortest distance', () => {
    fc.assert(
      fc.property(randomGraphs(), fc.integer({ min: 1, max: 4 }), (r, maxHops) => {
        const around = ego(r.graph, [0], { maxHops });
        const expected: number[] = [];
        for (let v = 0; v < r.nodeCount; v++) if (shortestPath(r.graph, 0, v, { maxHops }) !== null) expected.push(v);
        expect([...around.nodes].sort((a, b) => a - b)).toEqual(expected);
        around.nodes.forEach((v, i) => {
          expect(shortestPath(r.graph, 0, v, { maxHops })!.edges.length).toBe(around.hops[i]);
        });
      }),
    );
  });
});

describe('commonNeighbours', () => {
  it('finds who touches them all, or enough of them', () => {
    expect(commonNeighbours(graph, [0, 1, 2])).toEqual([{ node: 3, shared: 3 }]);
    expect(commonNeighbours(graph, [0, 5], { least: 1 })).toEqual([
      { node: 4, shared: 2 },
      { node: 1, shared: 1 },
      { node: 3, shared: 1 },
    ]);
    expect(commonNeighbours(graph, [0, 1, 2], { direction: 'out' })).toEqual([]);
    expect(() => commonNeighbours(graph, [0, 0])).toThrow('1 distinct nodes');
    expect(() => commonNeighbours(graph, [0, 1], { least: 3 })).toThrow('least is 3');
  });

  it('agrees with intersecting sets', () => {
    fc.assert(
      fc.property(randomGraphs(), (r) => {
        const sets = [0, 1].map((u) => {
          const around = new Set<number>();
          for (const side of sidesOf(r.graph, 'both'))
            for (let s = side.starts[u]!; s < side.starts[u + 1]!; s++) around.add(side.ends[s]!);
          return around;
        });
        const naive = [...sets[0]!].filter((v) => sets[1]!.has(v) && v > 1).sort((a, b) => a - b);
        expect(commonNeighbours(r.graph, [0, 1]).map((c) => c.node)).toEqual(naive);
      }),
    );
  });
});

describe('connectingNetwork', () => {
  it('joins three by their hub and leaves the fourth, which nothing reaches, in its own group', () => {
    const network = connectingNetwork(graph, [0, 1, 2, 6]);
    expect(network.nodes).toEqual([0, 1, 2, 3, 6]);
    expect(network.groups).toEqual([[0, 1, 2], [6]]);
    expect(network.edges.map((e) => [graph.source[e], graph.out.ends[e]])).toEqual([
      [0, 3],
      [1, 3],
      [3, 2],
    ]);
  });

  it('joins exactly those that a path joins', () => {
    fc.assert(
      fc.property(randomGraphs(), (r) => {
        const given = r.nodeCount > 2 ? [0, 1, 2] : [0, 1];
        const { groups } = connectingNetwork(r.graph, given, { maxHops: 20 });
        for (const a of given) {
          for (const b of given) {
            const together = groups.some((g) => g.includes(a) && g.includes(b));
            expect(together).toBe(shortestPath(r.graph, a, b, { maxHops: 20 }) !== null);
          }
        }
      }),
    );
  });

  it('refuses one node and too many', () => {
    expect(() => connectingNetwork(graph, [0, 0])).toThrow('1 distinct nodes; give 2 – 50');
  });
});
