import fc from 'fast-check';
import eigenvectorModule from 'graphology-metrics/centrality/eigenvector.js';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../ingest/base/index.ts';
import { type SimpleGraph, toSimple } from '../build/simple.ts';
import { toUndirectedGraphology } from '../graphology-graph.ts';
import { randomGraphs } from '../random-graphs.ts';
import { tinyGraph } from '../tiny-graph.ts';
import { cutPoints } from './bridges.ts';
import { eigenvector } from './eigenvector.ts';
import { fastRp, randomVectors } from './fast-rp.ts';
import { similarNodes } from './similarity.ts';
import { weakComponents } from './weak-components.ts';

// The rival's types describe an ES module, its file is CommonJS.
const eigenvectorOfGraphology = eigenvectorModule as unknown as (g: object, o: object) => Record<string, number>;

const neighbours = (graph: SimpleGraph, u: number): number[] => [
  ...graph.ends.subarray(graph.starts[u], graph.starts[u + 1]),
];

describe('cutPoints', () => {
  it('by hand: two triangles on a stick', () => {
    const { graph } = tinyGraph(
      ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
      [
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'a'],
        ['c', 'd'],
        ['d', 'c'],
        ['d', 'e'],
        ['e', 'f'],
        ['f', 'd'],
      ],
    );
    const simple = toSimple(graph, 'both');
    expect(cutPoints(simple)).toEqual({ bridges: [[2, 3]], articulations: [2, 3] });
  });

  it('agrees with taking each edge and each node out', () => {
    fc.assert(
      fc.property(randomGraphs(9, 14), (r) => {
        const simple = toSimple(r.graph, 'both');
        const parts = (keep: (a: number, b: number) => boolean): number =>
          weakComponents(
            r.graph,
            Uint8Array.from(r.graph.source, (a, e) => (keep(a, r.graph.out.ends[e]!) ? 1 : 0)),
          ).count;
        const whole = parts(() => true);
        const bridges: [number, number][] = [];
        for (let u = 0; u < r.nodeCount; u++)
          for (const v of neighbours(simple, u))
            if (v > u && parts((a, b) => Math.min(a, b) !== u || Math.max(a, b) !== v) > whole) bridges.push([u, v]);
        const articulations = [...r.graph.ids.keys()].filter(
          (u) => parts((a, b) => a !== u && b !== u) - 1 > whole - (neighbours(simple, u).length === 0 ? 1 : 0),
        );
        expect(cutPoints(simple)).toEqual({ bridges, articulations });
      }),
    );
  });
});

describe('eigenvector', () => {
  it('by hand: a star, whose middle has √3 times its points', () => {
    const star = tinyGraph(
      ['m', 'a', 'b', 'c'],
      [
        ['m', 'a'],
        ['m', 'b'],
        ['c', 'm'],
      ],
    ).graph;
    const values = eigenvector(toSimple(star, 'both'));
    expect(values[0]! / values[1]!).toBeCloseTo(Math.sqrt(3), 6);
    expect(values.reduce((s, x) => s + x * x, 0)).toBeCloseTo(1, 12);
    expect([...eigenvector(toSimple(tinyGraph(['a', 'b'], []).graph, 'both'))]).toEqual([Math.SQRT1_2, Math.SQRT1_2]);
    expect(() => eigenvector(toSimple(star, 'both'), { maxSteps: 1 })).toThrow('still moving after 1 steps');
  });

  it('agrees with graphology on connected graphs', () => {
    fc.assert(
      fc.property(randomGraphs(8, 20), (r) => {
        fc.pre(weakComponents(r.graph).count === 1);
        const simple = { ...toSimple(r.graph, 'both'), loops: new Float64Array(r.nodeCount) };
        const options = { maxIterations: 20_000, tolerance: 1e-10, getEdgeWeight: 'weight' };
        const rival = eigenvectorOfGraphology(toUndirectedGraphology(simple), options);
        eigenvector(simple, { maxSteps: 20_000, tolerance: 1e-12 }).forEach((value, u) =>
          expect(value).toBeCloseTo(rival[String(u)]!, 5),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('similarNodes', () => {
  it('by hand and against sets', () => {
    fc.assert(
      fc.property(randomGraphs(9, 24), fc.constantFrom('jaccard', 'overlap', 'cosine'), (r, by) => {
        const graph = toSimple(r.graph, 'both');
        const mine = new Set(neighbours(graph, 0));
        const naive = [...r.graph.ids.keys()].slice(1).flatMap((v) => {
          const theirs = new Set(neighbours(graph, v));
          const shared = [...mine].filter((w) => theirs.has(w)).length;
          if (shared === 0) return [];
          const over = {
            jaccard: new Set([...mine, ...theirs]).size,
            overlap: Math.min(mine.size, theirs.size),
            cosine: Math.sqrt(mine.size * theirs.size),
          };
          return [{ node: v, similarity: shared / over[by], shared }];
        });
        naive.sort((a, b) => b.similarity - a.similarity || a.node - b.node);
        expect(similarNodes(graph, 0, { by, top: 4 })).toEqual(naive.slice(0, 4));
        expect(similarNodes(graph, 0, { by, least: 0.5, top: 99 })).toEqual(naive.filter((s) => s.similarity >= 0.5));
        expect(similarNodes(graph, 0, { mostShared: 0 })).toEqual([]);
      }),
    );
    const graph = toSimple(tinyGraph(['a'], []).graph, 'both');
    expect(() => similarNodes(graph, 1)).toThrow('no node 1');
    expect(() => similarNodes(graph, 0, { top: 0 })).toThrow('top is 0');
  });
});

describe('fastRp', () => {
  it('agrees with matrices, multiplied out', () => {
    fc.assert(
      fc.property(randomGraphs(7, 14), (r) => {
        const graph = toSimple(r.graph, 'both');
        const d = 5;
        const o = { random: seeded(3), degreeExponent: -0.5 };
        const first = randomVectors(graph, d, o);
        let rows = [...r.graph.ids.keys()].map((u) => [...first.subarray(u * d, u * d + d)]);
        const sum = rows.map((row) => row.map(() => 0));
        for (const weight of [0.5, 2]) {
          rows = rows.map((_row, u) => {
            const total = Array.from({ length: d }, (_x, i) =>
              neighbours(graph, u).reduce((s, v, k) => s + graph.weights[graph.starts[u]! + k]! * rows[v]![i]!, 0),
            );
            const length = Math.hypot(...total);
            const weight = graph.weights.subarray(graph.starts[u], graph.starts[u + 1]).reduce((a, b) => a + b, 0);
            return length <= 1e-6 * weight ? total.map(() => 0) : total.map((x) => x / length);
          });
          rows.forEach((row, u) => row.forEach((x, i) => (sum[u]![i]! += weight * x)));
        }
        const ours = fastRp(graph, { dimensions: d, stepWeights: [0.5, 2], random: seeded(3) });
        sum.flat().forEach((x, i) => expect(ours[i]).toBeCloseTo(x, 4));
      }),
      { numRuns: 600 },
    );
  });

  it('puts nodes of one clique nearer than those of another', () => {
    const ids = Array.from({ length: 20 }, (_x, i) => `n${i}`);
    const links: [string, string][] = [['n0', 'n10']];
    for (const base of [0, 10])
      for (let a = 0; a < 10; a++) for (let b = a + 1; b < 10; b++) links.push([ids[base + a]!, ids[base + b]!]);
    const e = fastRp(toSimple(tinyGraph(ids, links).graph, 'both'));
    const cosine = (u: number, v: number): number => {
      let [dot, a, b] = [0, 0, 0];
      for (let i = 0; i < 64; i++) {
        dot += e[u * 64 + i]! * e[v * 64 + i]!;
        a += e[u * 64 + i]! ** 2;
        b += e[v * 64 + i]! ** 2;
      }
      return dot / Math.sqrt(a * b);
    };
    expect(cosine(2, 3)).toBeGreaterThan(0.9);
    expect(cosine(2, 13)).toBeLessThan(0.5);
    const graph = toSimple(tinyGraph(['a'], []).graph, 'both');
    expect([...fastRp(graph, { dimensions: 2 })]).toEqual([0, 0]);
    expect(() => fastRp(graph, { dimensions: 0 })).toThrow('dimensions is 0');
    expect(() => fastRp(graph, { stepWeights: [] })).toThrow('stepWeights is []');
  });
});
