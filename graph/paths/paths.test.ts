import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Direction, Graph } from '../csr.ts';
import { type RandomGraph, randomGraphs } from '../random-graphs.ts';
import { tinyGraph } from '../tiny-graph.ts';
import { allShortestPaths } from './all-shortest-paths.ts';
import { kShortPaths } from './k-short-paths.ts';
import { shortestPath } from './shortest-path.ts';
import { comparePaths, edgesBetween } from './walk.ts';

const walks = fc.record({
  direction: fc.constantFrom<Direction>('out', 'in', 'both'),
  maxHops: fc.integer({ min: 1, max: 6 }),
  bannedNode: fc.option(fc.integer({ min: 0, max: 8 })),
  bannedRow: fc.option(fc.integer({ min: 0, max: 17 })),
});

/** Naive twin: every simple path by depth-first search, sorted. */
function everyPath(
  r: RandomGraph,
  ends: readonly [number, number],
  walk: { direction: Direction; maxHops: number; edges: Uint8Array | null; nodes: Uint8Array | null },
): number[][] {
  const found: number[][] = [];
  const isStep = (a: number, b: number): boolean =>
    r.links.some(([from, to], row) => {
      const edge = r.graph.row.indexOf(row);
      if (walk.edges?.[edge] === 0) return false;
      return (
        (walk.direction !== 'in' && from === a && to === b) || (walk.direction !== 'out' && from === b && to === a)
      );
    });
  const go = (path: number[]): void => {
    const last = path.at(-1)!;
    if (last === ends[1]) found.push([...path]);
    else if (path.length <= walk.maxHops) {
      for (let v = 0; v < r.nodeCount; v++) {
        if (path.includes(v) || !isStep(last, v)) continue;
        if (v !== ends[1] && walk.nodes?.[v] === 0) continue;
        go([...path, v]);
      }
    }
  };
  go([ends[0]]);
  return found.sort(comparePaths);
}

function masked(graph: Graph, w: { bannedNode: number | null; bannedRow: number | null }) {
  const edges = w.bannedRow === null ? null : graph.row.map((row) => (row === w.bannedRow ? 0 : 1));
  const nodes =
    w.bannedNode === null ? null : Uint8Array.from(graph.ids, (_id, node) => (node === w.bannedNode ? 0 : 1));
  return { edges: edges === null ? null : Uint8Array.from(edges), nodes };
}

describe('paths agree with every simple path, listed naively', () => {
  it('shortest, all shortest and k short', () => {
    fc.assert(
      fc.property(randomGraphs(), walks, fc.integer({ min: 1, max: 8 }), (r, w, k) => {
        const walk = { direction: w.direction, maxHops: w.maxHops, ...masked(r.graph, w) };
        const [a, b] = [0, r.nodeCount - 1];
        const naive = everyPath(r, [a, b], walk);
        const shortest = naive.filter((p) => p.length === naive[0]!.length);
        expect(shortestPath(r.graph, a, b, walk)?.nodes ?? null).toEqual(naive[0] ?? null);
        const all = allShortestPaths(r.graph, a, b, { ...walk, limit: 3 });
        expect(all.paths.map((p) => p.nodes)).toEqual(shortest.slice(0, 3));
        expect(all.total).toBe(shortest.length);
        expect(kShortPaths(r.graph, a, b, { ...walk, k }).map((p) => p.nodes)).toEqual(naive.slice(0, k));
      }),
      { numRuns: 1500 },
    );
  });

  it('steps along edges that are there', () => {
    fc.assert(
      fc.property(randomGraphs(), (r) => {
        for (const path of kShortPaths(r.graph, 0, r.nodeCount - 1, { k: 4 })) {
          path.edges.forEach((edge, i) => {
            const ends = [r.graph.source[edge]!, r.graph.out.ends[edge]!].sort((x, y) => x - y);
            expect(ends).toEqual([path.nodes[i]!, path.nodes[i + 1]!].sort((x, y) => x - y));
          });
        }
      }),
    );
  });
});

describe('paths by hand', () => {
  // a - b - d and a - c - d, a parallel a - b, and the long way a - e - f - d
  const { graph } = tinyGraph(
    ['a', 'b', 'c', 'd', 'e', 'f', 'alone'],
    [
      ['a', 'b'],
      ['b', 'a'],
      ['d', 'b'],
      ['a', 'c'],
      ['c', 'd'],
      ['a', 'e'],
      ['e', 'f'],
      ['f', 'd'],
    ],
  );

  it('takes the path whose nodes come first, and counts the others', () => {
    expect(shortestPath(graph, 0, 3)!.nodes).toEqual([0, 1, 3]);
    expect(shortestPath(graph, 0, 3, { direction: 'out' })!.nodes).toEqual([0, 2, 3]);
    expect(allShortestPaths(graph, 0, 3).total).toBe(2);
    expect(kShortPaths(graph, 0, 3).map((p) => p.nodes.length)).toEqual([3, 3, 4]);
  });

  it('names the lowest of parallel edges, and all of them on request', () => {
    expect(edgesBetween(graph, 0, 1, { direction: 'both', edges: null })).toEqual([0, 3]);
    expect(edgesBetween(graph, 0, 1, { direction: 'in', edges: null })).toEqual([3]);
    expect(shortestPath(graph, 0, 1)!.edges).toEqual([0]);
  });

  it('finds nothing where there is nothing, and the empty path to itself', () => {
    expect(shortestPath(graph, 0, 6)).toBeNull();
    expect(allShortestPaths(graph, 0, 6)).toEqual({ paths: [], total: 0 });
    expect(kShortPaths(graph, 0, 6)).toEqual([]);
    expect(shortestPath(graph, 6, 6)).toEqual({ nodes: [6], edges: [] });
    expect(allShortestPaths(graph, 6, 6).total).toBe(1);
    expect(kShortPaths(graph, 6, 6)).toHaveLength(1);
    expect(shortestPath(graph, 0, 3, { maxHops: 1 })).toBeNull();
  });

  it('refuses what it cannot do', () => {
    expect(() => shortestPath(graph, 0, 7)).toThrow('shortestPath: there is no node 7; nodes are 0 – 6');
    expect(() => shortestPath(graph, 0, 3, { maxHops: 0 })).toThrow('maxHops is 0');
    expect(() => shortestPath(graph, 0, 3, { maxHops: 251 })).toThrow('maxHops is 251');
    expect(() => shortestPath(graph, 0, 3, { direction: 'up' as Direction })).toThrow('direction is "up"');
    expect(() => shortestPath(graph, 0, 3, { hops: 2 } as object)).toThrow('unknown option "hops"');
    expect(() => allShortestPaths(graph, 0, 3, { limit: 0 })).toThrow('limit is 0');
    expect(() => kShortPaths(graph, 0, 3, { k: 0 })).toThrow('k is 0');
  });
});
