import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomGraphs } from '../random-graphs.ts';
import { tinyGraph } from '../tiny-graph.ts';
import { edgeMask } from './edge-mask.ts';
import { nodeMask } from './node-mask.ts';
import { projection } from './projection.ts';
import { edgeSubgraph, inducedSubgraph } from './subgraph.ts';

const { graph } = tinyGraph(
  ['f1:firm', 'f2:firm', 'f3:firm', 'home:address', 'hall:address', 'p:person'],
  [
    ['f1', 'home', { kind: 'located_at', knownAt: 10, validFrom: 1, validTo: 4 }],
    ['f2', 'home', { kind: 'located_at', knownAt: 20, validFrom: 5 }],
    ['home', 'f2', { kind: 'serves', validTo: 3 }],
    ['f1', 'hall', { kind: 'located_at', knownAt: 5, validFrom: 9, validTo: 2 }],
    ['f2', 'hall', { kind: 'located_at' }],
    ['f3', 'hall', { kind: 'located_at' }],
    ['p', 'f1', { kind: 'owns', knownAt: 10 }],
    ['f3', 'f3', { kind: 'owns', knownAt: 10 }],
  ],
);
/** Rows that a mask lets through. */
const rows = (mask: Uint8Array | null): number[] | null =>
  mask === null ? null : [...graph.row].filter((_row, e) => mask[e] === 1).sort((a, b) => a - b);

describe('edgeMask', () => {
  it('copies nothing when every edge passes', () => {
    expect(edgeMask(graph)).toBeNull();
    expect(edgeMask(graph, { withoutLinkKinds: ['no such kind'] })).toBeNull();
  });

  it('shows what was known by then, and nothing whose knowing is not dated', () => {
    expect(rows(edgeMask(graph, { asOfMs: 10 }))).toEqual([0, 3, 6, 7]);
    expect(rows(edgeMask(graph, { asOfMs: 4 }))).toEqual([]);
    expect(rows(edgeMask(tinyGraph(['a'], [['a', 'a']]).graph, { asOfMs: 1e15 }))).toEqual([]);
  });

  it('shows what holds at some moment of the window, open ends open, reversed times never', () => {
    expect(rows(edgeMask(graph, { window: { fromMs: 4, toMs: 4 } }))).toEqual([0, 4, 5, 6, 7]);
    expect(rows(edgeMask(graph, { window: { fromMs: 5, toMs: 9 } }))).toEqual([1, 4, 5, 6, 7]);
    expect(rows(edgeMask(graph, { window: { fromMs: -9, toMs: 0 } }))).toEqual([2, 4, 5, 6, 7]);
    expect(() => edgeMask(graph, { window: { fromMs: 2, toMs: 1 } })).toThrow('swap them');
  });

  it('takes kinds in and out', () => {
    expect(rows(edgeMask(graph, { linkKinds: ['owns', 'serves'] }))).toEqual([2, 6, 7]);
    expect(rows(edgeMask(graph, { withoutLinkKinds: ['located_at'] }))).toEqual([2, 6, 7]);
    expect(rows(edgeMask(graph, { linkKinds: ['owns'], withoutLinkKinds: ['owns'] }))).toEqual([]);
  });
});

describe('nodeMask', () => {
  it('lets kinds and nodes through, or says that all pass', () => {
    const all = { nodeKinds: null, withoutNodeKinds: [], withoutNodes: [] };
    expect(nodeMask(graph, all)).toBeNull();
    expect([...nodeMask(graph, { ...all, withoutNodeKinds: ['person'], withoutNodes: [0] })!]).toEqual([
      0, 1, 1, 1, 1, 0,
    ]);
    expect([...nodeMask(graph, { ...all, nodeKinds: ['address'] })!]).toEqual([0, 0, 0, 1, 1, 0]);
  });
});

describe('subgraphs', () => {
  it('keep ids, kinds, times and rows', () => {
    const part = inducedSubgraph(graph, [3, 0, 1]);
    expect(part.ids).toEqual(['home', 'f1', 'f2']);
    expect([...part.row]).toEqual([2, 0, 1]);
    expect([...part.source]).toEqual([0, 1, 2]);
    expect([...part.validFromMs!]).toEqual([-Infinity, 1, 5]);
    expect(edgeSubgraph(graph, null)).toBe(graph);
    const owns = edgeSubgraph(graph, edgeMask(graph, { linkKinds: ['owns'] }));
    expect([owns.nodeCount, ...owns.row]).toEqual([6, 7, 6]);
  });

  it('hold exactly the links among the chosen nodes', () => {
    fc.assert(
      fc.property(randomGraphs(), fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }), (r, chosen) => {
        const nodes = [...r.graph.ids.keys()].filter((u) => chosen[u]).reverse();
        const part = inducedSubgraph(r.graph, nodes);
        const naive = r.links.flatMap(([a, b], row) => (nodes.includes(a) && nodes.includes(b) ? [row] : []));
        expect([...part.row].sort((a, b) => a - b)).toEqual(naive);
        part.row.forEach((row, e) => {
          expect([nodes[part.source[e]!], nodes[part.out.ends[e]!]]).toEqual([...r.links[row]!]);
        });
      }),
    );
  });
});

describe('projection', () => {
  it('joins firms that share an address, by how many they share', () => {
    const { graph: firms, skippedMiddles } = projection(graph, 'firm', 'address');
    expect(firms.ids).toEqual(['f1', 'f2', 'f3']);
    expect([...firms.source].map((u, e) => [u, firms.out.ends[e], firms.weight![e]])).toEqual([
      [0, 1, 2],
      [0, 2, 1],
      [1, 2, 1],
    ]);
    expect(skippedMiddles).toEqual([]);
  });

  it('passes over middles that would join everyone, and says which', () => {
    const { graph: firms, skippedMiddles } = projection(graph, 'firm', 'address', 2);
    expect([...firms.source].map((u, e) => [u, firms.out.ends[e]])).toEqual([[0, 1]]);
    expect(skippedMiddles).toEqual([4]);
    expect(projection(graph, 'firm', 'no such kind').graph.edgeCount).toBe(0);
    expect(projection(graph, 'ship', 'address').graph.nodeCount).toBe(0);
  });
});
