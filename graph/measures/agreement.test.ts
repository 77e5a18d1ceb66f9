import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../ingest/base/index.ts';
import { toSimple } from '../build/simple.ts';
import { leiden } from '../communities/leiden.ts';
import { type Graph, toCsr } from '../csr.ts';
import { betweenness } from './betweenness.ts';
import { cutPoints } from './bridges.ts';
import { closeness } from './closeness.ts';
import { coreNumbers } from './core.ts';
import { degrees } from './degree.ts';
import { eigenvector } from './eigenvector.ts';
import { pagerank } from './pagerank.ts';
import { strongComponents } from './strong-components.ts';
import { clustering, triangles } from './triangles.ts';
import { weakComponents } from './weak-components.ts';

/** What networkx and igraph say of ten published graphs; `bench/peers/graph_facts.py` wrote it. */
interface Facts {
  readonly source: string;
  readonly nodes: number;
  readonly edges: readonly (readonly [number, number])[];
  readonly [measure: string]: unknown;
}
const { graphs } = JSON.parse(readFileSync(new URL('./agreement.json', import.meta.url), 'utf8')) as {
  readonly graphs: Readonly<Record<string, Facts>>;
};

function _graphOf({ nodes, edges }: Facts): Graph {
  const empty = { validFromMs: null, validToMs: null, knownAtMs: null, weight: null };
  const ids = Array.from({ length: nodes }, (_x, i) => `n${String(i).padStart(3, '0')}`);
  return toCsr(
    { ids, nodeKind: new Uint8Array(nodes), nodeKinds: ['thing'], linkKinds: ['linked'] },
    {
      from: Uint32Array.from(edges, (e) => e[0]),
      to: Uint32Array.from(edges, (e) => e[1]),
      kind: new Uint16Array(edges.length),
      ...empty,
    },
  );
}

/** Largest difference, value by value. */
function _apart(ours: ArrayLike<number>, theirs: unknown): number {
  const values = theirs as readonly number[];
  expect(ours.length).toBe(values.length);
  return values.reduce((most, value, i) => Math.max(most, Math.abs(ours[i]! - value)), 0);
}

it('holds ten graphs', () => {
  expect(Object.keys(graphs)).toHaveLength(10);
});

describe.each(Object.entries(graphs))('agreement on %s', (_name, facts) => {
  const graph = _graphOf(facts);
  const simple = toSimple(graph, 'both');

  it('counts: degree, triangles, clustering, cores, components', () => {
    expect(_apart(degrees(graph, 'both'), facts['degree'])).toBe(0);
    expect(_apart(triangles(simple), facts['triangles'])).toBe(0);
    expect(_apart(clustering(simple), facts['clustering'])).toBeLessThan(1e-9);
    expect(_apart(coreNumbers(simple), facts['core'])).toBe(0);
    expect(_apart(coreNumbers(simple), facts['coreIgraph'])).toBe(0);
    expect(Array.from(weakComponents(graph).groupOf)).toEqual(facts['weakComponent']);
    expect(strongComponents(graph).count).toBe(facts['strongComponents']);
  });

  it('PageRank, along the edges as listed: networkx and igraph alike', () => {
    const ranks = pagerank(graph, { tolerance: 1e-14, maxSteps: 10_000 });
    expect(_apart(ranks, facts['pagerank'])).toBeLessThan(1e-9);
    expect(_apart(ranks, facts['pagerankIgraph'])).toBeLessThan(1e-8);
  });

  it('betweenness: ours counts ordered pairs, theirs unordered ones, hence twice as much', () => {
    const ours = betweenness(simple).values.map((value) => value / 2);
    expect(_apart(ours, facts['betweenness'])).toBeLessThan(1e-8);
    expect(_apart(ours, facts['betweennessIgraph'])).toBeLessThan(1e-8);
  });

  it('closeness, as networkx improves it for several parts (Wasserman and Faust)', () => {
    expect(_apart(closeness(simple), facts['closeness'])).toBeLessThan(1e-9);
  });

  it('eigenvector centrality: of length 1, and positive', () => {
    const sign = (facts['eigenvector'] as number[]).reduce((sum, x) => sum + x, 0) < 0 ? -1 : 1;
    const theirs = (facts['eigenvector'] as number[]).map((x) => sign * x);
    expect(_apart(eigenvector(simple, { tolerance: 1e-13 }), theirs)).toBeLessThan(1e-6);
  });

  it('bridges and articulation points', () => {
    const { bridges, articulations } = cutPoints(simple);
    expect([...articulations]).toEqual(facts['articulations']);
    expect(bridges.map((b) => [...b])).toEqual(facts['bridges']);
  });

  it("Leiden: the groups may differ, the modularity is not below 98 % of igraph's best of twenty runs", () => {
    const best = Math.max(
      ...Array.from({ length: 5 }, (_x, i) => leiden(simple, { random: seeded(i), rounds: 10 }).modularity ?? 0),
    );
    expect(best).toBeGreaterThanOrEqual(0.98 * (facts['leidenModularity'] as number));
  });
});
