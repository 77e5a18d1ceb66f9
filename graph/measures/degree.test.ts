import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toGraphology } from '../graphology-graph.ts';
import { randomGraphs } from '../random-graphs.ts';
import { tinyGraph } from '../tiny-graph.ts';
import { degrees, weightedDegrees } from './degree.ts';
import { fanIn, fanOut } from './fan.ts';

const { graph } = tinyGraph(
  ['a', 'b', 'c'],
  [
    ['a', 'b', { weight: 2, kind: 'pays' }],
    ['a', 'b', { kind: 'calls' }],
    ['b', 'b', { weight: 5 }],
    ['c', 'b', { weight: 0.5, kind: 'pays' }],
  ],
);

it('counts edge ends, a self-loop once a direction', () => {
  expect([...degrees(graph, 'out')]).toEqual([2, 1, 1]);
  expect([...degrees(graph, 'in')]).toEqual([0, 4, 0]);
  expect([...degrees(graph, 'both')]).toEqual([2, 5, 1]);
  expect([...weightedDegrees(graph, 'in')]).toEqual([0, 8.5, 0]);
  expect([...weightedDegrees(tinyGraph(['a', 'b'], [['a', 'b']]).graph, 'out')]).toEqual([1, 0]);
});

it('counts different others once, by kind', () => {
  expect([...fanIn(graph)]).toEqual([0, 2, 0]);
  expect([...fanOut(graph)]).toEqual([1, 0, 1]);
  expect([...fanIn(graph, 'calls')]).toEqual([0, 1, 0]);
  expect([...fanIn(graph, 'no such kind')]).toEqual([0, 0, 0]);
});

it('agrees with graphology, and fan with sets', () => {
  fc.assert(
    fc.property(randomGraphs(), (r) => {
      const rival = toGraphology(r.graph);
      for (let u = 0; u < r.nodeCount; u++) {
        expect(degrees(r.graph, 'in')[u]).toBe(rival.inDegree(u));
        expect(degrees(r.graph, 'out')[u]).toBe(rival.outDegree(u));
        expect(fanIn(r.graph)[u]).toBe(new Set(r.links.filter((l) => l[1] === u && l[0] !== u).map((l) => l[0])).size);
        expect(fanOut(r.graph)[u]).toBe(new Set(r.links.filter((l) => l[0] === u && l[1] !== u).map((l) => l[1])).size);
      }
    }),
  );
});
