import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Adjacency, emptyGraph, firstSlot, reversed, sidesOf } from './csr.ts';
import { randomGraphs } from './random-graphs.ts';
import { tinyGraph } from './tiny-graph.ts';

describe('toCsr', () => {
  const { graph } = tinyGraph(
    ['c', 'a', 'b'],
    [
      ['a', 'b', { kind: 'x', weight: 2 }],
      ['c', 'a', { kind: 'y' }],
      ['a', 'a', { kind: 'x' }],
      ['a', 'b', { kind: 'y', validFrom: 5 }],
    ],
  );

  it('sorts edges by source, target and row, both ways', () => {
    expect([...graph.source]).toEqual([0, 1, 1, 1]);
    expect([...graph.out.ends]).toEqual([1, 1, 2, 2]);
    expect([...graph.row]).toEqual([1, 2, 0, 3]);
    expect([...graph.out.starts]).toEqual([0, 1, 4, 4]);
    expect([...graph.in.starts]).toEqual([0, 0, 2, 4]);
    expect([...graph.in.ends]).toEqual([0, 1, 1, 1]);
    expect([...graph.in.edges]).toEqual([0, 1, 2, 3]);
  });

  it('keeps attributes with their edge, and missing ones apart', () => {
    expect(graph.linkKinds).toEqual(['x', 'y']);
    expect([...graph.kind]).toEqual([1, 0, 0, 1]);
    expect([...graph.weight!]).toEqual([1, 1, 2, 1]);
    expect([...graph.validFromMs!]).toEqual([-Infinity, -Infinity, -Infinity, 5]);
    expect(graph.validToMs).toBeNull();
    expect(graph.knownAtMs).toBeNull();
  });

  it('is empty without nodes', () => {
    const empty = emptyGraph();
    expect([empty.nodeCount, empty.edgeCount, ...empty.out.starts, ...empty.in.starts]).toEqual([0, 0, 0, 0]);
  });

  it('holds every link once in each direction, sorted, with starts[n] the count written', () => {
    fc.assert(
      fc.property(randomGraphs(), ({ graph: g, links }) => {
        expect(g.edgeCount).toBe(links.length);
        for (let e = 0; e < g.edgeCount; e++) {
          expect([g.source[e], g.out.ends[e]]).toEqual([...links[g.row[e]!]!]);
        }
        for (const side of [g.out, g.in]) {
          expect(side.starts[g.nodeCount]).toBe(links.length);
          expect([...side.edges].sort((a, b) => a - b)).toEqual(links.map((_l, i) => i));
          for (let u = 0; u < g.nodeCount; u++) expectSorted(side, u);
        }
        for (let v = 0; v < g.nodeCount; v++) {
          for (let slot = g.in.starts[v]!; slot < g.in.starts[v + 1]!; slot++) {
            expect(g.out.ends[g.in.edges[slot]!]).toBe(v);
            expect(g.source[g.in.edges[slot]!]).toBe(g.in.ends[slot]);
          }
        }
      }),
    );
  });
});

function expectSorted(side: Adjacency, u: number): void {
  for (let slot = side.starts[u]! + 1; slot < side.starts[u + 1]!; slot++) {
    const before = [side.ends[slot - 1]!, side.edges[slot - 1]!] as const;
    const here = [side.ends[slot]!, side.edges[slot]!] as const;
    expect(before[0] < here[0] || (before[0] === here[0] && before[1] < here[1])).toBe(true);
  }
}

describe('directions', () => {
  it('finds the first slot of an end, or where it would stand', () => {
    const { graph } = tinyGraph(
      ['a', 'b', 'c', 'd'],
      [
        ['a', 'b'],
        ['a', 'd'],
        ['a', 'd'],
      ],
    );
    expect([0, 1, 2, 3].map((end) => firstSlot(graph.out, 0, end))).toEqual([0, 0, 1, 1]);
    expect(firstSlot(graph.out, 1, 0)).toBe(3);
    expect(sidesOf(graph, 'both')).toEqual([graph.out, graph.in]);
    expect((['out', 'in', 'both'] as const).map(reversed)).toEqual(['in', 'out', 'both']);
  });
});
