import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectedComponents, stronglyConnectedComponents } from 'graphology-components';
import { toGraphology } from '../graphology-graph.ts';
import { randomGraphs } from '../random-graphs.ts';
import { tinyGraph } from '../tiny-graph.ts';
import { strongComponents } from './strong-components.ts';
import { type Groups, groupSizes, weakComponents } from './weak-components.ts';

const { graph } = tinyGraph(
  ['a', 'b', 'c', 'd', 'alone'],
  [
    ['b', 'a'],
    ['a', 'c'],
    ['c', 'b'],
    ['c', 'd'],
  ],
);

function sets(groups: Groups): string[] {
  const members = Array.from({ length: groups.count }, () => [] as number[]);
  groups.groupOf.forEach((g, u) => members[g]!.push(u));
  return members.map((m) => m.join(' '));
}
const sorted = (groups: string[][]): string[] =>
  groups
    .map((g) =>
      g
        .map(Number)
        .sort((a, b) => a - b)
        .join(' '),
    )
    .sort();

describe('components', () => {
  it('by hand, numbered by lowest node', () => {
    expect([...weakComponents(graph).groupOf]).toEqual([0, 0, 0, 0, 1]);
    expect([...strongComponents(graph).groupOf]).toEqual([0, 0, 0, 1, 2]);
    expect([...groupSizes(strongComponents(graph))]).toEqual([3, 1, 1]);
    expect(weakComponents(graph, new Uint8Array(4)).count).toBe(5);
  });

  it('agree with graphology', () => {
    fc.assert(
      fc.property(randomGraphs(), (r) => {
        const rival = toGraphology(r.graph);
        expect(sets(weakComponents(r.graph)).sort()).toEqual(sorted(connectedComponents(rival)));
        expect(sets(strongComponents(r.graph)).sort()).toEqual(sorted(stronglyConnectedComponents(rival)));
      }),
    );
  });

  it('strong ones agree with reaching each other, tried naively, and chains of 100,000 do not overflow', () => {
    fc.assert(
      fc.property(randomGraphs(7, 14), (r) => {
        const reach = Array.from({ length: r.nodeCount }, (_x, u) => new Set([u]));
        for (let i = 0; i < r.nodeCount; i++)
          for (const [a, b] of r.links) for (const set of reach) if (set.has(a)) set.add(b);
        const { groupOf } = strongComponents(r.graph);
        for (let u = 0; u < r.nodeCount; u++)
          for (let v = 0; v < r.nodeCount; v++)
            expect(groupOf[u] === groupOf[v]).toBe(reach[u]!.has(v) && reach[v]!.has(u));
      }),
    );
    const ids = Array.from({ length: 100_000 }, (_x, i) => `n${i}`);
    const chain = tinyGraph(
      ids,
      ids.slice(1).map((id, i) => [ids[i]!, id] as const),
    ).graph;
    expect(strongComponents(chain).count).toBe(100_000);
    expect(weakComponents(chain).count).toBe(1);
  });
});
