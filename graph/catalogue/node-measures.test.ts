import { describe, expect, it } from 'vitest';
import { seeded } from '../../ingest/base/index.ts';
import { emptyGraph } from '../csr.ts';
import { tinyGraph } from '../tiny-graph.ts';
import { NODE_MEASURES, nodeMeasure } from './node-measures.ts';
import { pagerank } from '../measures/pagerank.ts';

const { graph } = tinyGraph(
  ['a', 'b', 'c', 'd', 'alone'],
  [
    ['a', 'b'],
    ['b', 'c'],
    ['c', 'a'],
    ['c', 'd'],
    ['d', 'd'],
  ],
);

describe('the catalogue of measures', () => {
  it.each(NODE_MEASURES.map((m) => [m.id, m] as const))(
    '%s gives one finite number a node, the same again, none for no nodes',
    (id, m) => {
      const values = Array.from(nodeMeasure(graph, id, {}, { random: seeded(4) }));
      expect(values).toHaveLength(5);
      expect(values.every(Number.isFinite)).toBe(true);
      expect(Array.from(nodeMeasure(graph, id, {}, { random: seeded(4) }))).toEqual(values);
      expect(nodeMeasure(emptyGraph(), id)).toHaveLength(0);
      expect(m.label.zh).not.toBe('');
      if (m.gives === 'group') expect(values.every((v) => Number.isInteger(v) && v >= 0)).toBe(true);
    },
  );

  it('hands settings on', () => {
    expect(nodeMeasure(graph, 'pagerank', { damping: 0.5 })).toEqual(pagerank(graph, { damping: 0.5 }));
    expect(Array.from(nodeMeasure(graph, 'degree', { direction: 'out' }))).toEqual([1, 1, 2, 1, 0]);
    expect(Array.from(nodeMeasure(graph, 'cut-point'))).toEqual([0, 0, 1, 0, 0]);
    expect(Array.from(nodeMeasure(graph, 'betweenness', { samples: 5 }))).toEqual(
      Array.from(nodeMeasure(graph, 'betweenness')),
    );
  });

  it('refuses what it does not know, all at once', () => {
    expect(() => nodeMeasure(graph, 'luck')).toThrow('no measure "luck"');
    expect(() => nodeMeasure(graph, 'degree', { direction: 'up', size: 3 })).toThrow(
      'no setting "size"; direction is up; use both, in, out',
    );
    expect(() => nodeMeasure(graph, 'betweenness', { samples: 1.5 })).toThrow('samples is 1.5; use 0 – 1000000');
    expect(() => nodeMeasure(graph, 'pagerank', { damping: 1 })).toThrow('damping is 1; use 0 – 0.99');
  });
});
