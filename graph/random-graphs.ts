import fc from 'fast-check';
import type { Graph } from './csr.ts';
import { tinyGraph } from './tiny-graph.ts';

/** A random multigraph as fast-check shrinks it; self-loops, parallel links and isolated nodes included. For tests. */
export interface RandomGraph {
  readonly graph: Graph;
  readonly nodeCount: number;
  /** Links by row. */
  readonly links: readonly (readonly [number, number])[];
  /** Moment of each link, or null. */
  readonly atMs: readonly (number | null)[];
}

/** Graphs of up to `mostNodes` nodes and `mostLinks` links; ids are `n0`, `n1` … in order of node. */
export function randomGraphs(mostNodes = 9, mostLinks = 18): fc.Arbitrary<RandomGraph> {
  return fc.integer({ min: 2, max: mostNodes }).chain((nodeCount) => {
    const node = fc.integer({ min: 0, max: nodeCount - 1 });
    const link = fc.tuple(node, node, fc.option(fc.integer({ min: 0, max: 6 }), { freq: 4 }));
    return fc.array(link, { maxLength: mostLinks }).map((rows) => {
      const ids = Array.from({ length: nodeCount }, (_x, i) => `n${i}`);
      const { graph } = tinyGraph(
        ids,
        rows.map(([a, b, at]) => [`n${a}`, `n${b}`, { validFrom: at, validTo: at }]),
      );
      return { graph, nodeCount, links: rows.map(([a, b]) => [a, b] as const), atMs: rows.map((r) => r[2]) };
    });
  });
}
