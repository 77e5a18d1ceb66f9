import { describe, expect, it } from 'vitest';
import { tinyGraph, tinyLinks, tinyNodes } from '../tiny-graph.ts';
import { graphFromColumns } from './from-columns.ts';

describe('graphFromColumns', () => {
  it('sets dangling links aside and counts what it kept', () => {
    const { graph, report } = tinyGraph(
      ['a', '乙', 'c'],
      [
        ['a', '乙'],
        ['a', '乙'],
        ['a', 'nobody'],
        ['c', 'c'],
        ['nobody', 'nothing'],
        ['乙', 'a', { validFrom: 9, validTo: 3 }],
      ],
    );
    expect(report).toEqual({
      nodes: 3,
      read: 6,
      kept: 4,
      dangling: 2,
      outside: 0,
      danglingExamples: ['a → nobody', 'nobody → nothing'],
      selfLoops: 1,
      parallel: 1,
      reversedTimes: 1,
    });
    expect([...graph.row]).toEqual([0, 1, 5, 3]);
  });

  it('takes a missing end as dangling', () => {
    const links = tinyLinks([['a', 'a']]);
    const { report } = graphFromColumns(tinyNodes(['a']), {
      ...links,
      data: { ...links.data, to_id: { kind: 'text', values: [null] } },
    });
    expect(report.dangling).toBe(1);
    expect(report.danglingExamples).toEqual(['a → null']);
  });

  it('refuses ids that are missing or repeated, bad weights, texts for numbers, absent columns', () => {
    const code = (run: () => unknown): unknown => {
      try {
        run();
      } catch (error) {
        return (error as { code: string }).code;
      }
      return null;
    };
    const nodes = tinyNodes(['a']);
    const links = tinyLinks([]);
    const withIds = (values: (string | null)[]): unknown =>
      code(() =>
        graphFromColumns(
          {
            rows: values.length,
            data: { entity_id: { kind: 'text', values }, kind: { kind: 'text', values: values.map(() => 'x') } },
          },
          links,
        ),
      );
    expect(withIds(['a', 'a'])).toBe('repeated-id');
    expect(withIds([null])).toBe('missing-id');
    expect(code(() => tinyGraph(['a'], [['a', 'a', { weight: -1 }]]))).toBe('bad-weight');
    expect(code(() => tinyGraph(['a'], [['a', 'a', { weight: NaN }]]))).toBe('bad-weight');
    const text = { ...links.data, weight: { kind: 'text', values: ['heavy'] } } as const;
    expect(code(() => graphFromColumns(nodes, { rows: 1, data: text }))).toBe('no-such-column');
    expect(code(() => graphFromColumns(nodes, nodes))).toBe('no-such-column');
    const many = Array.from({ length: 257 }, (_x, i) => `n${i}:kind${i}`);
    expect(code(() => tinyGraph(many, []))).toBe('too-many-kinds');
  });
});
