import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coreNumber } from 'graphology-cores';
import { toSimple } from '../build/simple.ts';
import { toUndirectedGraphology } from '../graphology-graph.ts';
import { randomGraphs } from '../random-graphs.ts';
import { tinyGraph } from '../tiny-graph.ts';
import { coreNumbers } from './core.ts';
import { clustering, triangles } from './triangles.ts';

// Its published signature has one argument too many.
const coreNumberOf = coreNumber as unknown as (graph: object) => Record<string, number>;

// a triangle a b c with a tail d, and a node alone; one parallel link and one self-loop that must not count
const { graph } = tinyGraph(
  ['a', 'b', 'c', 'd', 'alone'],
  [
    ['a', 'b'],
    ['b', 'a'],
    ['b', 'c'],
    ['c', 'a'],
    ['c', 'd'],
    ['d', 'd'],
  ],
);
const simple = toSimple(graph, 'both');

describe('toSimple', () => {
  it('folds parallel edges, both ways, and takes self-loops out', () => {
    expect([...simple.starts]).toEqual([0, 2, 4, 7, 8, 8]);
    expect([...simple.ends]).toEqual([1, 2, 0, 2, 0, 1, 3, 2]);
    expect([...simple.weights]).toEqual([2, 1, 2, 1, 1, 1, 1, 1]);
    expect([...simple.loops]).toEqual([0, 0, 0, 1, 0]);
    expect([...toSimple(graph, 'out').ends]).toEqual([1, 0, 2, 0, 3]);
    expect([...toSimple(graph, 'out').loops]).toEqual([0, 0, 0, 1, 0]);
  });
});

describe('cores and triangles', () => {
  it('by hand', () => {
    expect([...coreNumbers(simple)]).toEqual([2, 2, 2, 1, 0]);
    expect([...triangles(simple)]).toEqual([1, 1, 1, 0, 0]);
    expect([...clustering(simple)]).toEqual([1, 1, 1 / 3, 0, 0]);
  });

  it('agree with graphology, peeling and triples tried naively', () => {
    fc.assert(
      fc.property(randomGraphs(9, 30), (r) => {
        const s = toSimple(r.graph, 'both');
        const loopless = { ...s, loops: new Float64Array(s.nodeCount) };
        const rival = coreNumberOf(toUndirectedGraphology(loopless));
        const cores = coreNumbers(s);
        const isPair = (a: number, b: number): boolean => s.ends.subarray(s.starts[a], s.starts[a + 1]).includes(b);
        const peeled = Array.from({ length: s.nodeCount }, () => 0);
        for (let k = 1; k < s.nodeCount; k++) {
          const left = new Set(peeled.keys());
          for (let shrinks = true; shrinks;) {
            shrinks = false;
            for (const u of left)
              if ([...left].filter((v) => isPair(u, v)).length < k) shrinks = left.delete(u) || shrinks;
          }
          for (const u of left) peeled[u] = k;
        }
        expect([...cores]).toEqual(peeled);
        expect([...cores]).toEqual(peeled.map((_k, u) => rival[String(u)]));
        const naive = Array.from({ length: s.nodeCount }, () => 0);
        for (let a = 0; a < s.nodeCount; a++)
          for (let b = a + 1; b < s.nodeCount; b++)
            for (let c = b + 1; c < s.nodeCount; c++)
              if (isPair(a, b) && isPair(b, c) && isPair(a, c)) for (const u of [a, b, c]) naive[u]!++;
        expect([...triangles(s)]).toEqual(naive);
      }),
    );
  });
});
