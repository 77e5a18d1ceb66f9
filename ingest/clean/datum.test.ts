import { expect, test } from 'vitest';
import fc from 'fast-check';
import { seeded } from '../base/index.ts';
import { type LonLat, fromWgs84, inferDatum, inferPointDatum, offsetMetres, toWgs84 } from './index.ts';

const VECTORS = [
  { wgs: [120.086, 30.894], gcj: [120.090871, 30.891955], bd: [120.097375, 30.897974], shifts: [518, 1173] },
  { wgs: [120.28, 30.9], gcj: [120.284525, 30.897796], bd: [120.291091, 30.903548], shifts: [497, 1130] },
] as const;

test('the vectors, both ways, to a hand’s breadth', () => {
  for (const { wgs, gcj, bd, shifts } of VECTORS) {
    for (const [datum, sent] of [
      ['gcj02', gcj],
      ['bd09', bd],
    ] as const) {
      const forward = fromWgs84(wgs, datum);
      expect(Math.abs(forward[0] - sent[0])).toBeLessThan(6e-7);
      expect(Math.abs(forward[1] - sent[1])).toBeLessThan(6e-7);
      const back = toWgs84(sent, datum);
      expect(Math.abs(back[0] - wgs[0])).toBeLessThan(1e-6);
      expect(Math.abs(back[1] - wgs[1])).toBeLessThan(1e-6);
      const metres = Math.hypot(...offsetMetres(wgs, sent));
      expect(Math.abs(metres - shifts[datum === 'gcj02' ? 0 : 1])).toBeLessThan(3);
    }
  }
});

test('the inverse undoes the forward conversion below 1e-7° all over China', () => {
  const point = fc.tuple(fc.double({ min: 75, max: 134, noNaN: true }), fc.double({ min: 18.5, max: 53, noNaN: true }));
  fc.assert(
    fc.property(point, fc.constantFrom('gcj02' as const, 'bd09' as const), (wgs, datum) => {
      const [lon, lat] = toWgs84(fromWgs84(wgs, datum), datum);
      expect(Math.abs(lon - wgs[0])).toBeLessThan(1e-7);
      expect(Math.abs(lat - wgs[1])).toBeLessThan(1e-7);
    }),
  );
  expect(toWgs84([120, 30], 'cgcs2000')).toEqual([120, 30]);
});

test('a source’s datum is found by its median offset, 60 m of noise and a fifth of outliers notwithstanding', () => {
  const random = seeded(3);
  const known = Array.from({ length: 60 }, (): LonLat => [119.85 + random() * 0.5, 30.6 + random() * 0.4]);
  for (const datum of ['wgs84', 'gcj02', 'bd09'] as const) {
    const points = known.map((k, i) => {
      const [lon, lat] = fromWgs84(k, datum);
      const far = i % 5 === 0 ? 0.02 : 0.0006;
      return { known: k, sent: [lon + (random() - 0.5) * far, lat + (random() - 0.5) * far] as LonLat };
    });
    expect(inferDatum(points)).toMatchObject({ datum, points: 60 });
    expect(inferDatum(points).confidence).toBeGreaterThan(0.7);
  }
  const raw = inferDatum(known.map((k) => ({ known: k, sent: fromWgs84(k, 'gcj02') })));
  expect(raw.medianEast).toBeGreaterThan(400);
  expect(raw.medianNorth).toBeLessThan(-150);
});

test('too few points, or points of nowhere, say nothing', () => {
  expect(inferDatum([]).datum).toBeNull();
  const k: LonLat = [120.1, 30.9];
  expect(inferDatum([{ known: k, sent: k }]).datum).toBeNull();
  expect(inferDatum(Array.from({ length: 9 }, () => ({ known: k, sent: [121, 31.5] as LonLat })))).toMatchObject({
    datum: null,
    confidence: 0,
  });
  expect(inferPointDatum({ known: k, sent: fromWgs84(k, 'bd09') })).toBe('bd09');
  expect(inferPointDatum({ known: k, sent: [120.102, 30.899] })).toBeNull();
});
