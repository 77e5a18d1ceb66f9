import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../ingest/base/index.ts';
import { toSimple } from '../build/simple.ts';
import { weakComponents } from '../measures/weak-components.ts';
import { randomGraphs } from '../random-graphs.ts';
import { tinyGraph } from '../tiny-graph.ts';
import { labelPropagation } from './label-propagation.ts';

describe('labelPropagation', () => {
  it('gives two cliques their own labels, and a node alone its own', () => {
    const ids = Array.from({ length: 11 }, (_x, i) => `n${i}`);
    const links: [string, string][] = [['n4', 'n5']];
    for (const base of [0, 5])
      for (let a = 0; a < 5; a++) for (let b = a + 1; b < 5; b++) links.push([ids[base + a]!, ids[base + b]!]);
    const found = labelPropagation(toSimple(tinyGraph(ids, links).graph, 'both'), { random: seeded(2) });
    expect([...found.groupOf]).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2]);
    expect(found.settled).toBe(true);
  });

  it('when settled, every node has a heaviest label around it; nothing apart is joined', () => {
    fc.assert(
      fc.property(randomGraphs(12, 24), (r) => {
        const graph = toSimple(r.graph, 'both');
        const found = labelPropagation(graph, { rounds: 200 });
        const parts = weakComponents(r.graph).groupOf;
        for (let u = 0; u < r.nodeCount; u++) {
          const weights = new Map<number, number>();
          for (let s = graph.starts[u]!; s < graph.starts[u + 1]!; s++) {
            const label = found.groupOf[graph.ends[s]!]!;
            weights.set(label, (weights.get(label) ?? 0) + graph.weights[s]!);
          }
          if (found.settled && weights.size > 0)
            expect(weights.get(found.groupOf[u]!)).toBe(Math.max(...weights.values()));
          for (let v = 0; v < u; v++) if (found.groupOf[u] === found.groupOf[v]) expect(parts[u]).toBe(parts[v]);
        }
      }),
    );
    const one = toSimple(tinyGraph(['a', 'b'], [['a', 'b']]).graph, 'both');
    expect(() => labelPropagation(one, { rounds: 0 })).toThrow('rounds is 0');
    expect(labelPropagation(one, { rounds: 1 }).settled).toBe(false);
  });
});
