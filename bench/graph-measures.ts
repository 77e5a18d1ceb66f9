import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import louvainModule from 'graphology-communities-louvain';
import pagerankModule from 'graphology-metrics/centrality/pagerank.js';
import { connectedComponents } from 'graphology-components';
import {
  type Graph,
  betweenness,
  coreNumbers,
  leiden,
  pagerank,
  strongComponents,
  toCsr,
  toGraphology,
  toSimple,
  toUndirectedGraphology,
  weakComponents,
} from '../graph/index.ts';
import { seeded } from '../ingest/base/index.ts';

interface MeasureBench {
  readonly nodes: number;
  readonly links: number;
  readonly samples: number;
  readonly python: string;
}

/** Seconds of one measure, wall and CPU: on a busy machine the second is the fairer. */
interface Taken {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

/** Nodes at which graphology, too, answers in a while. */
const SMALL = { nodes: 100_000, links: 500_000 };

// The rivals' types describe ES modules, their files are CommonJS.
const pagerankOfGraphology = pagerankModule as unknown as (graph: object, options: object) => object;
const louvainOfGraphology = louvainModule as unknown as {
  detailed(graph: object, options: object): { modularity: number };
};

/** Measures on a made-up graph, beside igraph on the same edges and graphology on a smaller one. Ratios are our CPU seconds over theirs. */
export function measureGraph(folder: string, o: MeasureBench): object {
  const edges = _edges(o.nodes, o.links);
  const ours = _ours(_graphOf(o.nodes, edges), o.samples);
  const igraph = _igraph(folder, edges, o);
  const ratio = (name: string): number | null =>
    igraph === null ? null : _round(ours[name]!.cpuSeconds / (igraph[name] as Taken).cpuSeconds);
  const names = ['pagerank', 'weakComponents', 'strongComponents', 'leiden', 'cores', 'betweenness'];
  return {
    measureNodes: o.nodes,
    measureLinks: o.links,
    pagerankSeconds: ours['pagerank']!.seconds,
    leidenSeconds: ours['leiden']!.seconds,
    ours,
    igraph,
    igraphRatios: igraph === null ? null : Object.fromEntries(names.map((name) => [name, ratio(name)])),
    graphologyRatios: _graphologyRatios(),
  };
}

function _ours(graph: Graph, samples: number): Record<string, Taken & { modularity?: number | null; count?: number }> {
  const simple = toSimple(graph, 'both');
  let modularity: number | null = null;
  const weak = _taken(() => weakComponents(graph));
  return {
    pagerank: _taken(() => pagerank(graph, { maxSteps: 20, tolerance: 0, mustConverge: false })),
    weakComponents: weak,
    strongComponents: _taken(() => strongComponents(graph)),
    cores: _taken(() => coreNumbers(simple)),
    leiden: {
      ..._taken(() => {
        modularity = leiden(simple, { random: seeded(1), rounds: 2 }).modularity;
      }),
      modularity,
    },
    betweenness: _taken(() => betweenness(simple, { samples, random: seeded(1) })),
  };
}

function _graphologyRatios(): object {
  const graph = _graphOf(SMALL.nodes, _edges(SMALL.nodes, SMALL.links));
  const simple = toSimple(graph, 'both');
  const theirs = toGraphology(graph);
  const theirsUndirected = toUndirectedGraphology(simple);
  const ratio = (ours: () => unknown, rival: () => unknown): number =>
    _round(_taken(rival).cpuSeconds / _taken(ours).cpuSeconds);
  return {
    ...SMALL,
    pagerank: ratio(
      () => pagerank(graph, { tolerance: 1e-6 * SMALL.nodes, maxSteps: 100 }),
      () => pagerankOfGraphology(theirs, { tolerance: 1e-6, maxIterations: 100, getEdgeWeight: null }),
    ),
    weakComponents: ratio(
      () => weakComponents(graph),
      () => connectedComponents(theirs),
    ),
    leidenOverLouvain: ratio(
      () => leiden(simple, { random: seeded(1), rounds: 1 }),
      () => louvainOfGraphology.detailed(theirsUndirected, { rng: seeded(1) }),
    ),
  };
}

function _igraph(folder: string, edges: Edges, o: MeasureBench): Record<string, unknown> | null {
  const path = join(folder, 'edges.u32');
  const flat = new Uint32Array(2 * edges.from.length);
  edges.from.forEach((u, i) => {
    flat[2 * i] = u;
    flat[2 * i + 1] = edges.to[i]!;
  });
  writeFileSync(path, flat);
  const script = fileURLToPath(new URL('./peers/graph_igraph.py', import.meta.url));
  const child = spawnSync(o.python, [script, path, String(o.nodes), String(o.samples)], { encoding: 'utf8' });
  if (child.status !== 0) {
    process.stderr.write(
      `igraph: not measured (${o.python}: ${(child.stderr || child.error?.message || '').trim().split('\n').at(-1)})\n`,
    );
    return null;
  }
  return JSON.parse(child.stdout) as Record<string, unknown>;
}

interface Edges {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
}

/** 70 % of links inside blocks of 200 nodes, the rest to anyone, low numbers likelier. */
function _edges(nodes: number, links: number): Edges {
  const random = seeded(1);
  const from = new Uint32Array(links);
  const to = new Uint32Array(links);
  for (let i = 0; i < links; i++) {
    const u = Math.floor(random() * nodes);
    from[i] = u;
    const near = Math.min(nodes - 1, Math.floor(u / 200) * 200 + Math.floor(random() * 200));
    to[i] = random() < 0.7 ? near : Math.floor(nodes * random() ** 2);
  }
  return { from, to };
}

function _graphOf(nodes: number, edges: Edges): Graph {
  const empty = { validFromMs: null, validToMs: null, knownAtMs: null, weight: null };
  return toCsr(
    {
      ids: Array.from({ length: nodes }, (_x, i) => String(i)),
      nodeKind: new Uint8Array(nodes),
      nodeKinds: ['thing'],
      linkKinds: ['linked'],
    },
    { ...edges, kind: new Uint16Array(edges.from.length), ...empty },
  );
}

function _taken(work: () => unknown): Taken {
  const start = performance.now();
  const cpu = process.cpuUsage();
  work();
  const used = process.cpuUsage(cpu);
  return { seconds: _round((performance.now() - start) / 1000), cpuSeconds: _round((used.user + used.system) / 1e6) };
}

function _round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
