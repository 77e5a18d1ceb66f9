import fc from 'fast-check';
import louvainModule from 'graphology-communities-louvain';
import { describe, expect, it } from 'vitest';
import { type Random, seeded } from '../../ingest/base/index.ts';
import { type SimpleGraph, toSimple } from '../build/simple.ts';
import { toUndirectedGraphology } from '../graphology-graph.ts';
import { weakComponents } from '../measures/weak-components.ts';
import { randomGraphs } from '../random-graphs.ts';
import { tinyGraph } from '../tiny-graph.ts';
import { folded, levelOf } from './level.ts';
import { leiden } from './leiden.ts';
import { louvain } from './louvain.ts';
import { modularity } from './modularity.ts';
import { moveNodes } from './move-nodes.ts';

// The rival's types describe an ES module, its file is CommonJS.
const rival = louvainModule as unknown as {
  detailed(graph: object, options: object): { modularity: number; communities: Record<string, number> };
};

const simpleOf = (nodes: readonly string[], links: Parameters<typeof tinyGraph>[1]): SimpleGraph =>
  toSimple(tinyGraph(nodes, links).graph, 'both');

// two triangles joined by one edge
const twoTriangles = simpleOf(
  ['a', 'b', 'c', 'd', 'e', 'f', 'alone'],
  [
    ['a', 'b'],
    ['b', 'c'],
    ['c', 'a'],
    ['d', 'e'],
    ['e', 'f'],
    ['f', 'd'],
    ['c', 'd'],
  ],
);

/** Groups of `size` nodes: links inside with chance `inside`, across with chance `across`. */
function planted(o: { groups: number; size: number; inside: number; across: number }, random: Random): SimpleGraph {
  const n = o.groups * o.size;
  const ids = Array.from({ length: n }, (_x, i) => `n${i}`);
  const links: [string, string][] = [];
  for (let a = 0; a < n; a++)
    for (let b = a + 1; b < n; b++)
      if (random() < (a % o.groups === b % o.groups ? o.inside : o.across)) links.push([ids[a]!, ids[b]!]);
  return simpleOf(ids, links);
}

describe('modularity', () => {
  it('by hand: two triangles and a bridge', () => {
    // 7 edges; each triangle: 6/14 inside, 7/14 of the ends
    expect(modularity(twoTriangles, Uint32Array.of(0, 0, 0, 1, 1, 1, 2))).toBeCloseTo(2 * (6 / 14 - 1 / 4), 12);
    expect(modularity(twoTriangles, new Uint32Array(7))).toBeCloseTo(0, 12);
    expect(modularity(twoTriangles, Uint32Array.of(0, 0, 0, 1, 1, 1, 2), 2)).toBeCloseTo(2 * (6 / 14 - 2 / 4), 12);
    expect(modularity(simpleOf(['a'], []), Uint32Array.of(0))).toBeNull();
    expect(modularity(simpleOf(['a', 'b'], [['a', 'a']]), Uint32Array.of(0, 1))).toBeCloseTo(0, 12);
  });

  it('does not change when groups are folded into nodes', () => {
    fc.assert(
      fc.property(randomGraphs(), fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 9, maxLength: 9 }), (r, g) => {
        const simple = toSimple(r.graph, 'both');
        const groupOf = Uint32Array.from({ length: r.nodeCount }, (_x, u) => g[u]!);
        const level = folded(levelOf(simple), { groupOf, count: 3 });
        const before = modularity(simple, groupOf);
        const after = modularity(level, Uint32Array.of(0, 1, 2));
        if (before === null) expect(after).toBeNull();
        else expect(after).toBeCloseTo(before, 10);
      }),
    );
  });

  it('refuses a directed simple graph', () => {
    const directed = toSimple(tinyGraph(['a', 'b'], [['a', 'b']]).graph, 'out');
    expect(() => levelOf(directed)).toThrow('the graph is directed');
  });
});

describe.each([
  ['leiden', leiden],
  ['louvain', louvain],
] as const)('%s', (_name, find) => {
  it('by hand: the two triangles, and a node alone by itself', () => {
    expect([...find(twoTriangles).groupOf]).toEqual([0, 0, 0, 1, 1, 1, 2]);
    expect(find(twoTriangles).count).toBe(3);
    expect(find(simpleOf(['a', 'b'], []))).toMatchObject({ count: 2, modularity: null });
    expect(find(simpleOf([], []))).toMatchObject({ count: 0, modularity: null });
  });

  it('recovers planted groups, with the same seed the same ones', () => {
    const graph = planted({ groups: 8, size: 25, inside: 0.5, across: 0.01 }, seeded(5));
    const found = find(graph, { random: seeded(2) });
    expect([...found.groupOf]).toEqual(Array.from({ length: 200 }, (_x, u) => u % 8));
    expect([...find(graph, { random: seeded(2) }).groupOf]).toEqual([...found.groupOf]);
  });

  it('makes smaller groups at a higher resolution', () => {
    const graph = planted({ groups: 4, size: 20, inside: 0.3, across: 0.05 }, seeded(6));
    expect(find(graph, { resolution: 4 }).count).toBeGreaterThan(find(graph).count);
    expect(() => find(graph, { resolution: 0 })).toThrow('resolution is 0');
  });

  it('is as good as graphology, within what its own seeds differ by', () => {
    for (let seed = 1; seed <= 5; seed++) {
      const graph = planted({ groups: 12, size: 20, inside: 0.25, across: 0.02 }, seeded(seed));
      const theirs = rival.detailed(toUndirectedGraphology(graph), { rng: seeded(seed), getEdgeWeight: 'weight' });
      expect(find(graph, { random: seeded(seed) }).modularity!).toBeGreaterThan(theirs.modularity - 0.01);
    }
  });

  it('never joins what is apart', () => {
    fc.assert(
      fc.property(randomGraphs(12, 16), (r) => {
        const { groupOf } = find(toSimple(r.graph, 'both'));
        const parts = weakComponents(r.graph).groupOf;
        for (let u = 0; u < r.nodeCount; u++)
          for (let v = 0; v < r.nodeCount; v++) if (groupOf[u] === groupOf[v]) expect(parts[u]).toBe(parts[v]);
      }),
    );
  });
});

describe('moveNodes', () => {
  it('never loses modularity, from any groups', () => {
    fc.assert(
      fc.property(randomGraphs(9, 24), fc.array(fc.nat(1), { minLength: 9, maxLength: 9 }), (r, g) => {
        const graph = toSimple(r.graph, 'both');
        const groupOf = Uint32Array.from({ length: r.nodeCount }, (_x, u) => g[u]!);
        const before = modularity(graph, groupOf);
        if (before === null) return;
        const moves = moveNodes(levelOf(graph), groupOf, 1, seeded(4));
        const after = modularity(graph, groupOf)!;
        if (moves === 0) expect(after).toBe(before);
        else expect(after).toBeGreaterThan(before);
      }),
    );
  });

  it('leaves, when a round moves nothing, no node that would gain by moving alone or elsewhere', () => {
    fc.assert(
      fc.property(randomGraphs(9, 24), (r) => {
        const graph = toSimple(r.graph, 'both');
        const { groupOf, modularity: reached } = leiden(graph, { rounds: 100 });
        if (reached === null) return;
        const unused = Uint32Array.from({ length: r.nodeCount }, (_x, g) => g).find((g) => !groupOf.includes(g));
        for (let u = 0; u < r.nodeCount; u++) {
          for (const g of new Set([...groupOf, ...(unused === undefined ? [] : [unused])])) {
            const moved = groupOf.slice();
            moved[u] = g;
            expect(modularity(graph, moved)!).toBeLessThanOrEqual(reached + 1e-9);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('leiden', () => {
  it('gives groups that are connected inside', () => {
    fc.assert(
      fc.property(randomGraphs(30, 60), fc.integer({ min: 1, max: 1000 }), (r, seed) => {
        const { groupOf } = leiden(toSimple(r.graph, 'both'), { random: seeded(seed) });
        const inside = Uint8Array.from({ length: r.graph.edgeCount }, (_x, e) =>
          groupOf[r.graph.source[e]!] === groupOf[r.graph.out.ends[e]!] ? 1 : 0,
        );
        const pieces = weakComponents(r.graph, inside);
        expect(pieces.count).toBe(new Set(groupOf).size);
      }),
      { numRuns: 400 },
    );
  });

  it('finds the best grouping of small graphs, tried exhaustively, or comes near', () => {
    const gaps: number[] = [];
    fc.assert(
      fc.property(randomGraphs(7, 12), (r) => {
        const graph = toSimple(r.graph, 'both');
        const found = leiden(graph, { rounds: 10 });
        if (found.modularity === null) return;
        const best = _bestModularity(graph);
        expect(found.modularity).toBeLessThanOrEqual(best + 1e-9);
        gaps.push(best - found.modularity);
      }),
      { numRuns: 150, seed: 11 },
    );
    expect(gaps.reduce((a, b) => a + b, 0) / gaps.length).toBeLessThan(0.005);
  });

  it('refuses bad rounds', () => {
    expect(() => leiden(twoTriangles, { rounds: 0 })).toThrow('rounds is 0');
  });
});

function _bestModularity(graph: SimpleGraph): number {
  let best = -Infinity;
  const groupOf = new Uint32Array(graph.nodeCount);
  const go = (u: number, groups: number): void => {
    if (u === graph.nodeCount) {
      best = Math.max(best, modularity(graph, groupOf)!);
      return;
    }
    for (let g = 0; g <= groups; g++) {
      groupOf[u] = g;
      go(u + 1, Math.max(groups, g + 1));
    }
  };
  go(0, 0);
  return best;
}
