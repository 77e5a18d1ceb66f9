import { describe, expect, test } from 'vitest';
import { seeded } from '../base/index.ts';
import { type Datum, type LonLat, fromWgs84 } from '../clean/index.ts';
import type { SourceDescription } from '../schema/index.ts';
import { Database } from '../tables/index.ts';
import { inferDatums } from './datum.ts';
import { type DatumGroup, type DatumUnit, datumsOf } from './datum-mixture.ts';
import { BASE, table } from './hand-tables.ts';

/** `n` things of two points each, true places 60 m apart at most, each point written in `odd` with chance `share`; of every tenth thing the place is known. */
function planted(n: number, odd: Datum, share: number) {
  const random = seeded(`datum ${odd}`);
  const units: DatumUnit[] = [];
  const groups: DatumGroup[] = [];
  const truth: Datum[] = [];
  const known: [number, LonLat][] = [];
  for (let i = 0; i < n; i++) {
    const site: LonLat = [119.9 + 0.4 * random(), 30.65 + 0.3 * random()];
    for (let j = 0; j < 2; j++) {
      const datum = random() < share ? odd : 'wgs84';
      truth.push(datum);
      const at: LonLat = [site[0] + 0.0004 * random(), site[1] + 0.0004 * random()];
      units.push({ source: 'permit', at: fromWgs84(at, datum), isKnown: false });
    }
    groups.push({ members: [2 * i, 2 * i + 1], sigmaMetres: 60 });
    if (i % 10 === 0) known.push([i, site]);
  }
  for (const [i, at] of known) {
    const witness = units.push({ source: 'map', at, isKnown: true }) - 1;
    groups[i] = { members: [...groups[i]!.members, witness], sigmaMetres: 60 };
  }
  return { units, groups, truth };
}

const rightShare = (truth: readonly Datum[], got: readonly { datum: string }[]): number =>
  truth.filter((t, i) => got[i]!.datum === t).length / truth.length;

describe('datumsOf', () => {
  test('points that should coincide tell which of them is BD-09, and the shares decide the rest', () => {
    const { units, groups, truth } = planted(150, 'bd09', 0.3);
    const got = datumsOf(units, groups);
    const wrong = truth.map((t, i) => ({ ...got[i]!, isMixed: t !== truth[i ^ 1], isRight: got[i]!.datum === t }));
    expect(wrong.filter((g) => g.isMixed && !g.isRight)).toEqual([]);
    // Two BD-09 points of one thing look like two WGS-84 ones: 0.3² of the things are out of reach, and their points know it.
    expect(rightShare(truth, got)).toBeGreaterThan(0.88);
    expect(wrong.filter((g) => !g.isRight && g.confidence > 0.95)).toEqual([]);
  });

  test('a known place settles a source that is wholly in GCJ-02', () => {
    const known: DatumUnit = { source: 'map', at: [120.086, 30.894], isKnown: true };
    const at = fromWgs84([120.0862, 30.8941], 'gcj02');
    const units = [
      known,
      { source: 's', at, isKnown: false },
      { source: 's', at: [120.2, 30.8] as LonLat, isKnown: false },
    ];
    const got = datumsOf(units, [{ members: [0, 1], sigmaMetres: 150 }]);
    expect(got.map((g) => g.datum)).toEqual(['wgs84', 'gcj02', 'gcj02']);
    expect(got[1]!.confidence).toBeGreaterThan(0.9);
    expect(got[2]!.confidence).toBeLessThan(got[1]!.confidence);
  });

  test('points that nothing speaks for stay undecided', () => {
    expect(datumsOf([{ source: 's', at: [120, 30.8], isKnown: false }], [])).toEqual([
      { datum: 'wgs84', confidence: 0.5 },
    ]);
    expect(datumsOf([], [])).toEqual([]);
  });

  test('one member far off does not turn the others', () => {
    const true_: LonLat = [120.1, 30.8];
    const units: DatumUnit[] = [0, 1, 2, 3].map((i) => ({
      source: 'map',
      at: [true_[0] + i * 1e-4, true_[1]],
      isKnown: true,
    }));
    units.push(
      { source: 's', at: [120.4, 30.9], isKnown: false },
      { source: 's', at: fromWgs84(true_, 'bd09'), isKnown: false },
    );
    const got = datumsOf(units, [{ members: [0, 1, 2, 3, 4, 5], sigmaMetres: 100 }]);
    expect(got[5]).toMatchObject({ datum: 'bd09' });
    expect(got[5]!.confidence).toBeGreaterThan(0.95);
  });

  test('the same problem gives the same answer, whatever the order of the groups', () => {
    const { units, groups } = planted(30, 'gcj02', 0.4);
    expect(datumsOf(units, groups.toReversed()).map((g) => g.datum)).toEqual(
      datumsOf(units, groups).map((g) => g.datum),
    );
  });
});

describe('inferDatums', () => {
  const place = [
    { name: 'lon', kind: 'lon' },
    { name: 'lat', kind: 'lat' },
    { name: 'lon_raw', kind: 'number' },
    { name: 'lat_raw', kind: 'number' },
    { name: 'datum', kind: 'text' },
    { name: 'datum_confidence', kind: 'number' },
  ] as const;
  const TRACK: SourceDescription = {
    ...BASE,
    id: 'track',
    columns: [{ name: 'terminal', kind: 'text' }, { name: 'moment', kind: 'timestamp' }, ...place],
    key: ['terminal', 'moment'],
    datum: 'infer',
    mentions: [{ role: 'terminal', kind: 'device', distinct: true, fields: { key: 'terminal' } }],
  };
  const FARM: SourceDescription = {
    ...BASE,
    id: 'farm',
    columns: [{ name: 'no', kind: 'text' }, { name: 'address', kind: 'address' }, ...place],
    key: ['no'],
    datum: 'infer',
    mentions: [{ role: 'farm', kind: 'site', fields: { key: 'no', address: 'address', lon: 'lon', lat: 'lat' } }],
  };

  test('a ping that jumps off its track and is on it as GCJ-02 is put back; a true turn is not', async () => {
    const db = await Database.open(':memory:');
    const jump = fromWgs84([120.1 + 5 * 0.002, 30.8], 'gcj02');
    const rows = Array.from({ length: 10 }, (_x, i) => {
      const at: LonLat = i === 5 ? jump : i === 9 ? [120.118, 30.81] : [120.1 + i * 0.002, 30.8];
      const t = new Date(Date.UTC(2026, 0, 1, 0, i)).toISOString();
      return `'track:a:${i}', '${t}', '${t}', 'T', '${t}', ${at[0]}, ${at[1]}, ${at[0]}, ${at[1]}, null, null`;
    });
    await table(db, TRACK, rows);
    const [report] = await inferDatums(db, [TRACK]);
    expect(report).toMatchObject({ source: 'track', rows: 10, datums: { gcj02: 1, wgs84: 9 } });
    const [moved] = await db.rows<{ row_id: string; lon: number; lat: number }>(
      `select row_id, lon, lat from src_track where datum = 'gcj02'`,
    );
    expect(moved!.row_id).toBe('track:a:5');
    expect(moved!.lon).toBeCloseTo(120.11, 6);
    expect(moved!.lat).toBeCloseTo(30.8, 6);
    db.close();
  });

  test('a terminal that is shifted as a whole runs beside the others, and is put back; a lone road is not', async () => {
    const db = await Database.open(':memory:');
    const rows: string[] = [];
    for (const [terminal, datum, lat0] of [
      ['A', 'wgs84', 30.8],
      ['B', 'wgs84', 30.8],
      ['C', 'gcj02', 30.8],
      ['D', 'wgs84', 30.9],
    ] as const)
      for (let i = 0; i < 40; i++) {
        const [lon, lat] = fromWgs84([120.1005 + i * 0.002, lat0 + 0.0005 + 0.001 * (i % 3)], datum);
        const t = new Date(Date.UTC(2026, 0, 1, 0, i * 20)).toISOString();
        rows.push(
          `'track:a:${terminal}${i}', '${t}', '${t}', '${terminal}', '${t}', ${lon}, ${lat}, ${lon}, ${lat}, null, null`,
        );
      }
    await table(db, TRACK, rows);
    await inferDatums(db, [TRACK]);
    const got = await db.rows('select terminal, datum, count(*) as n from src_track group by all order by terminal');
    expect(got).toEqual([
      { terminal: 'A', datum: 'wgs84', n: 40 },
      { terminal: 'B', datum: 'wgs84', n: 40 },
      { terminal: 'C', datum: 'gcj02', n: 40 },
      { terminal: 'D', datum: 'wgs84', n: 40 },
    ]);
    const [c] = await db.rows<{ lat: number }>(`select lat from src_track where row_id = 'track:a:C0'`);
    expect(c!.lat).toBeCloseTo(30.8005, 6);
    db.close();
  });

  test('rows of one door, in two datums, come to one place, and what was sent stays', async () => {
    const db = await Database.open(':memory:');
    const at: LonLat = [120.086, 30.894];
    const rows = (['wgs84', 'wgs84', 'bd09'] as const).map((datum, i) => {
      const [lon, lat] = fromWgs84(at, datum);
      return `'farm:a:${i}', '2026-01-01', '2026-01-01', 'f${i}', '湖州市吴兴区织里镇富民路8号', ${lon}, ${lat}, ${lon}, ${lat}, null, null`;
    });
    await table(db, FARM, rows);
    await inferDatums(db, [FARM]);
    const got = await db.rows<{ lon: number; lat: number; lon_raw: number; datum: string }>(
      'select lon, lat, lon_raw, datum from src_farm order by row_id',
    );
    expect(got.map((g) => g.datum)).toEqual(['wgs84', 'wgs84', 'bd09']);
    for (const g of got) {
      expect(g.lon).toBeCloseTo(at[0], 5);
      expect(g.lat).toBeCloseTo(at[1], 5);
    }
    expect(got[2]!.lon_raw).toBeCloseTo(120.097375, 5);
    db.close();
  });
});
