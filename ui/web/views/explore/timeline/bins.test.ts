import fc from 'fast-check';
import { expect, it } from 'vitest';
import { binsOf, floorTo, unitFor } from './bins.ts';

const at = (iso: string): number => Date.parse(iso);

it('units begin in China time: day at 16:00 UTC, week on Monday, month on the first', () => {
  const ms = at('2026-03-04T18:30:00Z'); // Thursday 02:30 in China
  expect(new Date(floorTo('hour', ms)).toISOString()).toBe('2026-03-04T18:00:00.000Z');
  expect(new Date(floorTo('day', ms)).toISOString()).toBe('2026-03-04T16:00:00.000Z');
  expect(new Date(floorTo('week', ms)).toISOString()).toBe('2026-03-01T16:00:00.000Z');
  expect(new Date(floorTo('month', ms)).toISOString()).toBe('2026-02-28T16:00:00.000Z');
});

it('bars have no gaps, lose nothing and hold each thing once', () => {
  const items = fc.array(
    fc.record({ ms: fc.integer({ min: at('2023-01-01'), max: at('2024-12-31') }), kind: fc.constantFrom('a', 'b') }),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(items, fc.constantFrom('day' as const, 'week' as const, 'month' as const), (list, unit) => {
      const bins = binsOf(list, unit);
      expect(bins.reduce((sum, b) => sum + b.total, 0)).toBe(list.length);
      bins.slice(1).forEach((b, i) => expect(b.fromMs).toBe(bins[i]!.toMs));
      for (const { ms } of list) expect(bins.filter((b) => ms >= b.fromMs && ms < b.toMs)).toHaveLength(1);
    }),
  );
});

it('a longer span takes a coarser unit', () => {
  const day = 86_400_000;
  expect([3 * day, 100 * day, 800 * day, 3000 * day].map((span) => unitFor(span))).toEqual([
    'hour',
    'day',
    'week',
    'month',
  ]);
});
