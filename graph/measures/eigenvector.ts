import { StateError, withDefaults } from '../../ingest/base/index.ts';
import type { SimpleGraph } from '../build/simple.ts';

export interface EigenvectorOptions {
  /** Stops when a step moves less than this in total (sum of absolute changes), per node. */
  readonly tolerance: number;
  readonly maxSteps: number;
}

export const EIGENVECTOR_DEFAULTS: EigenvectorOptions = Object.freeze({ tolerance: 1e-10, maxSteps: 5000 });

/** Importance lent by important neighbours: the leading eigenvector of the weighted adjacency, of length 1, ≥ 0. Takes `toSimple(graph, 'both')`; parallel edges
 *  add up, self-loops do not count. Each step adds the vector itself, so that two-sided graphs settle too. In a graph of several parts the part with the
 *  largest eigenvalue takes all; without edges every node has 1 / √n. O(m) a step.
 *  @throws StateError `no-convergence`  @source Bonacich 1972 */
export function eigenvector(graph: SimpleGraph, options: Partial<EigenvectorOptions> = {}): Float64Array {
  const o = withDefaults('eigenvector', EIGENVECTOR_DEFAULTS, options);
  const n = graph.nodeCount;
  let vector = new Float64Array(n).fill(1 / Math.sqrt(n));
  for (let step = 0; step < o.maxSteps; step++) {
    const next = vector.slice();
    for (let u = 0; u < n; u++) {
      for (let slot = graph.starts[u]!; slot < graph.starts[u + 1]!; slot++)
        next[u]! += graph.weights[slot]! * vector[graph.ends[slot]!]!;
    }
    const length = Math.sqrt(next.reduce((sum, x) => sum + x * x, 0));
    let moved = 0;
    for (let u = 0; u < n; u++) {
      next[u]! /= length;
      moved += Math.abs(next[u]! - vector[u]!);
    }
    vector = next;
    if (moved <= o.tolerance * n) return vector;
  }
  throw new StateError(
    'no-convergence',
    `eigenvector: still moving after ${o.maxSteps} steps; raise maxSteps or tolerance (${o.tolerance})`,
    { ...o },
  );
}
