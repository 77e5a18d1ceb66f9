import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RandomGraph, randomGraphs } from '../random-graphs.ts';
import { tinyGraph } from '../tiny-graph.ts';
import { scatterGathers } from './scatter-gather.ts';
import { temporalCycles } from './temporal-cycles.ts';

const at = (validFrom: number): { validFrom: number } => ({ validFrom });

describe('temporalCycles', () => {
  const { graph } = tinyGraph(
    ['a', 'b', 'c', 'd'],
    [
      ['a', 'b', at(1)],
      ['b', 'c', at(2)],
      ['c', 'a', at(3)],
      ['c', 'd', at(1)],
      ['d', 'a', at(9)],
      ['a', 'a', at(4)],
      ['b', 'a'],
    ],
  );

  it('by hand: goes round once, in time, within the window', () => {
    const rows = (o: object): number[][] => temporalCycles(graph, o).cycles.map((c) => c.map((e) => graph.row[e]!));
    expect(rows({ windowMs: 100 })).toEqual([[0, 1, 2]]);
    expect(rows({ windowMs: 1 })).toEqual([]);
    expect(rows({ windowMs: 100, maxLength: 2 })).toEqual([]);
    expect(temporalCycles(graph, { windowMs: 100, limit: 1 })).toMatchObject({ complete: false });
    expect(temporalCycles(graph, { windowMs: 100, maxSteps: 1 }).complete).toBe(false);
    expect(() => temporalCycles(graph, { maxLength: 7 })).toThrow('maxLength is 7');
    expect(() => temporalCycles(graph, { windowMs: 0 })).toThrow('windowMs is 0');
  });

  it('agrees with trying every sequence of links', () => {
    fc.assert(
      fc.property(
        randomGraphs(5, 10),
        fc.integer({ min: 2, max: 5 }),
        fc.integer({ min: 1, max: 6 }),
        (r, maxLength, windowMs) => {
          const { cycles, complete } = temporalCycles(r.graph, { maxLength, windowMs });
          expect(complete).toBe(true);
          const ours = cycles.map((c) => c.map((e) => r.graph.row[e]!).join(' ')).sort();
          expect(ours).toEqual(naiveCycles(r, maxLength, windowMs).sort());
        },
      ),
    );
  });
});

function naiveCycles(r: RandomGraph, maxLength: number, windowMs: number): string[] {
  const found: string[] = [];
  const go = (rows: number[]): void => {
    const [s] = r.links[rows[0]!]!;
    const last = rows.at(-1)!;
    const [, u] = r.links[last]!;
    if (u === s) {
      if (rows.length > 1) found.push(rows.join(' '));
      return;
    }
    if (rows.length === maxLength) return;
    r.links.forEach(([a, b], row) => {
      const t = r.atMs[row];
      if (a !== u || t === null || t === undefined || t <= r.atMs[last]! || t > r.atMs[rows[0]!]! + windowMs) return;
      if (b !== s && rows.some((x) => r.links[x]![1] === b)) return;
      go([...rows, row]);
    });
  };
  r.links.forEach(([a, b], row) => {
    if (r.atMs[row] !== null && a !== b) go([row]);
  });
  return found;
}

describe('scatterGathers', () => {
  it('by hand: one spreads to three, who pass it on to one', () => {
    const { graph } = tinyGraph(
      ['s', 'm1', 'm2', 'm3', 'late', 'sink'],
      [
        ['s', 'm1', at(1)],
        ['s', 'm2', at(1)],
        ['s', 'm3', at(2)],
        ['s', 'late', at(9)],
        ['m1', 'sink', at(3)],
        ['m2', 'sink', at(3)],
        ['m3', 'sink', at(4)],
        ['late', 'sink', at(8)],
      ],
    );
    expect(scatterGathers(graph, { windowMs: 5 }).found).toEqual([{ source: 0, sink: 5, middles: [1, 2, 3] }]);
    expect(scatterGathers(graph, { windowMs: 1 }).found).toEqual([]);
    expect(scatterGathers(graph, { windowMs: 5, mostOut: 0 })).toEqual({ found: [], skippedMiddles: 4 });
    expect(() => scatterGathers(graph, { leastMiddles: 1 })).toThrow('leastMiddles is 1');
    expect(() => scatterGathers(graph, { windowMs: -1 })).toThrow('windowMs is -1');
  });

  it('agrees with trying every pair of links', () => {
    fc.assert(
      fc.property(randomGraphs(6, 18), fc.integer({ min: 1, max: 6 }), (r, windowMs) => {
        const middles = new Map<string, Set<number>>();
        r.links.forEach(([s, m], i) =>
          r.links.forEach(([m2, t], j) => {
            const [t1, t2] = [r.atMs[i] ?? null, r.atMs[j] ?? null];
            if (m !== m2 || new Set([s, m, t]).size < 3 || t1 === null || t2 === null) return;
            if (t2 <= t1 || t2 > t1 + windowMs) return;
            const key = `${s} ${t}`;
            middles.set(key, (middles.get(key) ?? new Set()).add(m));
          }),
        );
        const naive = [...middles].flatMap(([key, set]) =>
          set.size < 2 ? [] : [`${key}: ${[...set].sort((a, b) => a - b).join(' ')}`],
        );
        const ours = scatterGathers(r.graph, { leastMiddles: 2, windowMs }).found;
        expect(ours.map((f) => `${f.source} ${f.sink}: ${f.middles.join(' ')}`)).toEqual(naive.sort());
      }),
    );
  });
});
