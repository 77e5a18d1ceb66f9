import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Direction } from '../csr.ts';
import { type RandomGraph, randomGraphs } from '../random-graphs.ts';
import { tinyGraph } from '../tiny-graph.ts';
import { timeRespectingPath } from './time-respecting-path.ts';

const day = (text: string): number => Date.parse(text);

describe('timeRespectingPath by hand', () => {
  // waste reaches the broker in March, but he met the dumper only in January: that way runs backwards
  const { graph } = tinyGraph(
    ['plant', 'broker', 'dumper', 'yard', 'gang'],
    [
      ['plant', 'broker', { validFrom: day('2026-03-01') }],
      ['broker', 'dumper', { validFrom: day('2026-01-10'), validTo: day('2026-01-11') }],
      ['broker', 'yard', { validFrom: day('2026-03-05') }],
      ['yard', 'gang'],
      ['gang', 'dumper', { validFrom: day('2026-04-01') }],
    ],
  );

  it('drops the backwards path and finds the way round', () => {
    const path = timeRespectingPath(graph, 0, 2)!;
    expect(path.nodes).toEqual([0, 1, 3, 4, 2]);
    expect(path.atMs).toEqual(['2026-03-01', '2026-03-05', '2026-03-05', '2026-04-01'].map(day));
    expect(timeRespectingPath(graph, 0, 2, { maxHops: 3 })).toBeNull();
    expect(timeRespectingPath(graph, 0, 2, { undated: false })).toBeNull();
    expect(timeRespectingPath(graph, 0, 2, { toMs: day('2026-03-31') })).toBeNull();
  });

  it('goes the other way, where dates advance', () => {
    expect(timeRespectingPath(graph, 2, 0)!.nodes).toEqual([2, 1, 0]);
    expect(timeRespectingPath(graph, 2, 0, { direction: 'out' })).toBeNull();
    expect(timeRespectingPath(graph, 2, 0, { direction: 'in' })!.nodes).toEqual([2, 1, 0]);
  });

  it('in mode during lets an old link that still holds follow a new one', () => {
    expect(timeRespectingPath(graph, 3, 0, { direction: 'in' })).toBeNull();
    const path = timeRespectingPath(graph, 3, 0, { direction: 'in', mode: 'during' })!;
    expect(path.atMs).toEqual([day('2026-03-05'), day('2026-03-05')]);
    expect(timeRespectingPath(graph, 0, 2, { mode: 'during' })!.nodes).toEqual([0, 1, 3, 4, 2]);
  });

  it('keeps the gap asked for', () => {
    expect(timeRespectingPath(graph, 2, 0, { minGapMs: 51 * 86_400_000 })).toBeNull();
    expect(timeRespectingPath(graph, 2, 0, { minGapMs: 50 * 86_400_000 })!.nodes).toEqual([2, 1, 0]);
  });

  it('trivial, impossible and refused', () => {
    expect(timeRespectingPath(graph, 1, 1)).toEqual({ nodes: [1], edges: [], atMs: [] });
    expect(() => timeRespectingPath(graph, 0, 1, { minGapMs: -1 })).toThrow('minGapMs is -1');
    expect(() => timeRespectingPath(graph, 0, 1, { fromMs: 2, toMs: 1 })).toThrow('toMs 1 is before fromMs 2');
  });
});

/** Naive twin: walks edge by edge, every way; edge dates as in `starts`. */
function naive(r: RandomGraph, o: { direction: Direction; maxHops: number; minGapMs: number; undated: boolean }) {
  const goal = r.nodeCount - 1;
  const found: { hops: number; atMs: number }[] = [];
  const go = (node: number, atMs: number, hops: number): void => {
    if (node === goal) {
      found.push({ hops, atMs });
      return;
    }
    if (hops === o.maxHops) return;
    r.links.forEach(([from, to], row) => {
      const at = r.atMs[row] ?? null;
      if (at === null ? !o.undated : at < atMs + o.minGapMs) return;
      const next = at ?? atMs;
      if (o.direction !== 'in' && from === node) go(to, next, hops + 1);
      if (o.direction !== 'out' && to === node) go(from, next, hops + 1);
    });
  };
  go(0, -Infinity, 0);
  return found;
}

describe('timeRespectingPath agrees with trying every walk', () => {
  it('in length, arrival and validity', () => {
    const options = fc.record({
      direction: fc.constantFrom<Direction>('out', 'in', 'both'),
      maxHops: fc.integer({ min: 1, max: 4 }),
      minGapMs: fc.constantFrom(0, 1, 2),
      undated: fc.boolean(),
    });
    fc.assert(
      fc.property(randomGraphs(6, 9), options, (r, o) => {
        const every = naive(r, o);
        const fewest = timeRespectingPath(r.graph, 0, r.nodeCount - 1, o);
        const earliest = timeRespectingPath(r.graph, 0, r.nodeCount - 1, { ...o, first: 'earliest' });
        if (every.length === 0) {
          expect([fewest, earliest]).toEqual([null, null]);
          return;
        }
        const hops = Math.min(...every.map((p) => p.hops));
        const soonest = (paths: typeof every): number => Math.min(...paths.map((p) => p.atMs));
        expect(fewest!.edges.length).toBe(hops);
        expect(fewest!.atMs.at(-1) ?? -Infinity).toBe(soonest(every.filter((p) => p.hops === hops)));
        expect(earliest!.atMs.at(-1) ?? -Infinity).toBe(soonest(every));
        let clock = -Infinity;
        fewest!.edges.forEach((edge) => {
          const at = r.atMs[r.graph.row[edge]!] ?? null;
          if (at !== null) expect(at).toBeGreaterThanOrEqual(clock + o.minGapMs);
          clock = at ?? clock;
        });
        expect(new Set(fewest!.nodes).size).toBe(fewest!.nodes.length);
      }),
      { numRuns: 800 },
    );
  });
});
