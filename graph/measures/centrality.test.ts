import fc from 'fast-check';
import type { UndirectedGraph } from 'graphology';
import { describe, expect, it } from 'vitest';
import betweennessModule from 'graphology-metrics/centrality/betweenness.js';
import closenessModule from 'graphology-metrics/centrality/closeness.js';
import { seeded } from '../../ingest/base/index.ts';
import { type SimpleGraph, toSimple } from '../build/simple.ts';
import { toUndirectedGraphology } from '../graphology-graph.ts';
import { allShortestPaths } from '../paths/index.ts';
import { randomGraphs } from '../random-graphs.ts';
import { tinyGraph } from '../tiny-graph.ts';
import { betweenness } from './betweenness.ts';
import { closeness } from './closeness.ts';

// The rival's types describe an ES module, its file is CommonJS.
type Measure = (graph: UndirectedGraph, options: object) => Record<string, number>;
const betweennessOfGraphology = betweennessModule as unknown as Measure;
const closenessOfGraphology = closenessModule as unknown as Measure;

/** Known difference: graphology lets a node be its own neighbour. */
function withoutLoops(simple: SimpleGraph): UndirectedGraph {
  return toUndirectedGraphology({ ...simple, loops: new Float64Array(simple.nodeCount) });
}

// a path a - b - c - d and a node alone
const { graph } = tinyGraph(
  ['a', 'b', 'c', 'd', 'alone'],
  [
    ['a', 'b'],
    ['c', 'b'],
    ['c', 'd'],
  ],
);

describe('betweenness', () => {
  it('by hand, both ways and along edges', () => {
    expect([...betweenness(toSimple(graph, 'both')).values]).toEqual([0, 4, 4, 0, 0]);
    expect([...betweenness(toSimple(graph, 'out')).values]).toEqual([0, 0, 0, 0, 0]);
  });

  it('agrees with counting paths, and with graphology', () => {
    fc.assert(
      fc.property(randomGraphs(7, 14), (r) => {
        const simple = toSimple(r.graph, 'both');
        const { values } = betweenness(simple);
        const rival = betweennessOfGraphology(withoutLoops(simple), { normalized: false, getEdgeWeight: null });
        const naive = Array.from({ length: r.nodeCount }, () => 0);
        for (let s = 0; s < r.nodeCount; s++) {
          for (let t = 0; t < r.nodeCount; t++) {
            const { paths, total } = allShortestPaths(r.graph, s, t, { limit: 100_000 });
            for (const path of paths) for (const v of path.nodes.slice(1, -1)) naive[v]! += 1 / total;
          }
        }
        values.forEach((value, u) => {
          expect(value).toBeCloseTo(naive[u]!, 9);
          expect(value / 2).toBeCloseTo(rival[String(u)]!, 9);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('sampled: exact when all are drawn, else right on average, with the spread that it states', () => {
    const random = seeded(3);
    const ids = Array.from({ length: 200 }, (_x, i) => `n${i}`);
    const links = ids.flatMap((id) => [0, 1].map(() => [id, ids[Math.floor(random() ** 2 * 200)]!] as const));
    const simple = toSimple(tinyGraph(ids, links).graph, 'both');
    const exact = betweenness(simple).values;
    const every = betweenness(simple, { samples: 500, random: seeded(1) });
    expect([...every.values]).toEqual([...exact]);
    const sample = betweenness(simple, { samples: 60, random: seeded(1) });
    expect(sample.starts).toBe(60);
    expect([...betweenness(simple, { samples: 60, random: seeded(1) }).values]).toEqual([...sample.values]);
    const runs = Array.from({ length: 300 }, (_x, i) => betweenness(simple, { samples: 40, random: seeded(i) }));
    const top = [...exact.keys()].sort((a, b) => exact[b]! - exact[a]!).slice(0, 10);
    for (const u of top) {
      const mean = runs.reduce((sum, r) => sum + r.values[u]!, 0) / runs.length;
      const spread = Math.sqrt(runs.reduce((sum, r) => sum + (r.values[u]! - mean) ** 2, 0) / (runs.length - 1));
      const stated = runs.reduce((sum, r) => sum + r.standardErrors[u]!, 0) / runs.length;
      expect(Math.abs(mean - exact[u]!)).toBeLessThan((4 * spread) / Math.sqrt(runs.length));
      expect(stated / spread).toBeGreaterThan(0.85);
      expect(stated / spread).toBeLessThan(1.15);
    }
    expect(() => betweenness(simple, { samples: 0, random: seeded(1) })).toThrow('samples is 0');
    expect(() => betweenness(simple, { samples: 5 })).toThrow('random is absent');
  });
});

describe('closeness', () => {
  it('by hand', () => {
    const values = closeness(toSimple(graph, 'both'));
    expect([...values]).toEqual([9 / (4 * 6), 9 / (4 * 4), 9 / (4 * 4), 9 / (4 * 6), 0]);
    expect([...closeness(toSimple(graph, 'both'), [1])]).toEqual([0, 9 / 16, 0, 0, 0]);
  });

  it('agrees with graphology', () => {
    fc.assert(
      fc.property(randomGraphs(), (r) => {
        const simple = toSimple(r.graph, 'both');
        const rival = closenessOfGraphology(withoutLoops(simple), { wassermanFaust: true });
        closeness(simple).forEach((value, u) => expect(value).toBeCloseTo(rival[String(u)]!, 9));
      }),
    );
  });
});
