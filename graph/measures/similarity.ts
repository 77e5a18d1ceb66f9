import { InputError, withDefaults } from '../../ingest/base/index.ts';
import type { SimpleGraph } from '../build/simple.ts';

export interface SimilarityOptions {
  /** Shared over all, shared over the smaller set, or shared over the root of the product. */
  readonly by: 'jaccard' | 'overlap' | 'cosine';
  /** Similar nodes handed out for each; ≥ 1. */
  readonly top: number;
  /** Least similarity handed out, 0 – 1. */
  readonly least: number;
  /** Neighbours with more neighbours than this are not looked through: what everyone shares says little. */
  readonly mostShared: number;
}

export const SIMILARITY_DEFAULTS: SimilarityOptions = Object.freeze({
  by: 'jaccard',
  top: 10,
  least: 0,
  mostShared: 1000,
});

/** A node like another. */
export interface SimilarNode {
  readonly node: number;
  readonly similarity: number;
  /** Neighbours in common, those above `mostShared` left out. */
  readonly shared: number;
}

/** Nodes whose neighbours are like those of `node`, most alike first, then by number; itself excluded. Takes any simple graph; sets are its slots, weights
 *  do not count. Sets are counted whole, also the neighbours too common to be looked through. O(sum of the neighbours' degrees).
 *  @throws InputError `no-such-node`, `bad-top` */
export function similarNodes(
  graph: SimpleGraph,
  node: number,
  options: Partial<SimilarityOptions> = {},
): SimilarNode[] {
  const o = withDefaults('similarNodes', SIMILARITY_DEFAULTS, options);
  if (!(Number.isInteger(node) && node >= 0 && node < graph.nodeCount))
    throw new InputError('no-such-node', `similarNodes: there is no node ${node}`, { node });
  if (!(Number.isInteger(o.top) && o.top >= 1))
    throw new InputError('bad-top', `similarNodes: top is ${o.top}; use a whole number ≥ 1`, { top: o.top });
  const degree = (u: number): number => graph.starts[u + 1]! - graph.starts[u]!;
  const shared = new Map<number, number>();
  for (let slot = graph.starts[node]!; slot < graph.starts[node + 1]!; slot++) {
    const middle = graph.ends[slot]!;
    if (degree(middle) > o.mostShared) continue;
    for (let s = graph.starts[middle]!; s < graph.starts[middle + 1]!; s++) {
      const other = graph.ends[s]!;
      if (other !== node) shared.set(other, (shared.get(other) ?? 0) + 1);
    }
  }
  const value = (other: number, both: number): number => _similarity(o.by, both, degree(node), degree(other));
  return [...shared]
    .map(([other, both]) => ({ node: other, similarity: value(other, both), shared: both }))
    .filter((s) => s.similarity >= o.least)
    .sort((a, b) => b.similarity - a.similarity || a.node - b.node)
    .slice(0, o.top);
}

function _similarity(by: SimilarityOptions['by'], both: number, a: number, b: number): number {
  switch (by) {
    case 'jaccard':
      return both / (a + b - both);
    case 'overlap':
      return both / Math.min(a, b);
    case 'cosine':
      return both / Math.sqrt(a * b);
  }
}
