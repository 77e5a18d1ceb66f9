import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import pagerankModule from 'graphology-metrics/centrality/pagerank.js';
import { emptyGraph } from '../csr.ts';
import { toGraphology } from '../graphology-graph.ts';
import { randomGraphs } from '../random-graphs.ts';
import { tinyGraph } from '../tiny-graph.ts';
import { pagerank, personalisedPagerank } from './pagerank.ts';

// The rival's types describe an ES module, its file is CommonJS.
const pagerankOfGraphology = pagerankModule as unknown as (graph: object, options: object) => Record<string, number>;

/** Naive twin: the matrix of the walk, squared until it stands still. */
function naive(links: readonly (readonly [number, number])[], n: number, damping: number): number[] {
  const chance = Array.from({ length: n }, (_x, u) => {
    const out = links.filter((l) => l[0] === u);
    return Array.from({ length: n }, (_y, v) => {
      const step = out.length === 0 ? 1 / n : out.filter((l) => l[1] === v).length / out.length;
      return damping * step + (1 - damping) / n;
    });
  });
  let power = chance;
  for (let i = 0; i < 12; i++)
    power = power.map((row) =>
      Array.from({ length: n }, (_x, v) => row.reduce((sum, p, k) => sum + p * power[k]![v]!, 0)),
    );
  return power[0]!;
}

describe('pagerank', () => {
  it('by hand: a ring is even; two dead ends share what the one source gives', () => {
    const ring = tinyGraph(
      ['a', 'b', 'c'],
      [
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'a'],
      ],
    ).graph;
    for (const r of pagerank(ring)) expect(r).toBeCloseTo(1 / 3, 12);
    const fork = tinyGraph(
      ['a', 'b', 'c'],
      [
        ['a', 'b', { weight: 3 }],
        ['a', 'c', { weight: 1 }],
      ],
    ).graph;
    const [a, b, c] = pagerank(fork, { damping: 0.5 });
    // everyone gets the same base x (restarts and stranded walks): a = x, b = x + 3a/8, c = x + a/8; they sum to 1, so a = 2/7
    expect(a).toBeCloseTo(2 / 7, 9);
    expect(b! - c!).toBeCloseTo((2 / 7) * 0.25, 9);
    expect(a! + b! + c!).toBeCloseTo(1, 12);
  });

  it('agrees with the matrix of the walk', () => {
    fc.assert(
      fc.property(randomGraphs(), (r) => {
        const expected = naive(r.links, r.nodeCount, 0.85);
        pagerank(r.graph).forEach((value, u) => expect(value).toBeCloseTo(expected[u]!, 8));
      }),
    );
  });

  it('agrees with graphology', () => {
    fc.assert(
      fc.property(randomGraphs(), (r) => {
        const rival = pagerankOfGraphology(toGraphology(r.graph), {
          alpha: 0.85,
          tolerance: 1e-12,
          maxIterations: 2000,
        });
        pagerank(r.graph).forEach((value, u) => expect(value).toBeCloseTo(rival[String(u)]!, 8));
      }),
    );
  });

  it('personalised: stays near its start, which restarts weigh', () => {
    const { graph } = tinyGraph(
      ['a', 'b', 'far'],
      [
        ['a', 'b'],
        ['b', 'a'],
        ['far', 'a'],
      ],
    );
    const near = personalisedPagerank(graph, [0]);
    expect(near[2]).toBe(0);
    expect(near[0]).toBeCloseTo(1 / 1.85, 9);
    const mixed = pagerank(graph, { restart: Float64Array.of(1, 0, 3) });
    expect(mixed[2]).toBeCloseTo(0.15 * 0.75, 9);
    expect(mixed.reduce((x, y) => x + y, 0)).toBeCloseTo(1, 12);
  });

  it('of nothing is nothing', () => {
    expect(pagerank(emptyGraph())).toHaveLength(0);
  });

  it('refuses bad options and says when it does not settle', () => {
    const { graph } = tinyGraph(['a', 'b'], [['a', 'b']]);
    expect(() => pagerank(graph, { damping: 1 })).toThrow('damping is 1');
    expect(() => pagerank(graph, { restart: new Float64Array(2) })).toThrow('restart has 2 values with sum 0');
    expect(() => pagerank(graph, { restart: Float64Array.of(1, -1) })).toThrow('restart has 2 values');
    expect(() => personalisedPagerank(graph, [2])).toThrow('no node 2');
    expect(() => pagerank(graph, { maxSteps: 1, tolerance: 0 })).toThrow('still moving after 1 steps');
    expect(pagerank(graph, { maxSteps: 1, tolerance: 0, mustConverge: false })).toHaveLength(2);
  });
});
