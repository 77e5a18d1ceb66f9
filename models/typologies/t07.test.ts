import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../ingest/tables/index.ts';
import { buildTraces } from '../traces/index.ts';
import { type HandRow, handDatabase, put, putEntity, utc } from './hand-tables.ts';
import { runTypologies } from './run.ts';

const NIGHT = '2026-03-10T15:00:00'; // 23:00 local
const DAY = '2026-03-10T01:00:00'; // 09:00 local
const INSIDE = { lon: 120.05, lat: 30.97 };
const OUTSIDE = { lon: 119.9, lat: 30.97 };

describe('T07', () => {
  let db: Database;
  beforeEach(async () => {
    db = await handDatabase();
    await putEntity(db, { id: 's:D', kind: 'ship', keys: { mmsi: '413990001' } });
    await putEntity(db, { id: 's:F', kind: 'ship', keys: { mmsi: '413990002' } });
    await put(db, 'src_geo_element', [
      {
        row_id: 'geo:z',
        element_id: 'Z',
        kind: 'zone_nodredge',
        lon: 120.05,
        lat: 30.97,
        min_lon: 120,
        min_lat: 30.95,
        max_lon: 120.2,
        max_lat: 31,
      },
      { row_id: 'geo:w', element_id: 'W', kind: 'wharf', lon: 120.1, lat: 30.96 },
    ]);
  });
  afterEach(() => db.close());

  const ais = (mmsi: string, type: string, start: string, at: { lon: number; lat: number }, minutes = 60): HandRow[] =>
    Array.from({ length: minutes / 6 + 1 }, (_x, i) => ({
      row_id: `a:${mmsi}:${String(i).padStart(2, '0')}`,
      mmsi,
      ship_type: type,
      at: utc(start, i * 6),
      known_at: utc(start, i * 6 + 10),
      ...at,
      sog_kn: 0.6,
      draught_m: 1.2,
    }));
  const run = async () => {
    await buildTraces(db);
    const report = await runTypologies(db, { asOf: '2026-06-30T00:00:00Z', only: ['T07'] });
    const signals = await db.rows<{ rule: string; subject_id: string; row_ids: string[] }>(
      'select rule, subject_id, row_ids from signal order by rule, subject_id',
    );
    return {
      signals,
      aside: Object.assign({}, ...report.typologies[0]!.rules.map((r) => r.setAside)) as Record<string, number>,
    };
  };

  it('finds a dredger slow for an hour by night in the zone, with exactly its positions', async () => {
    await put(db, 'src_ship_ais', ais('413990001', '33', NIGHT, INSIDE));
    expect((await run()).signals).toEqual([
      {
        rule: 'slow-in-closed-zone',
        subject_id: 's:D',
        row_ids: Array.from({ length: 11 }, (_x, i) => `a:413990001:${String(i).padStart(2, '0')}`),
      },
    ]);
  });

  it('finds two ships side by side there', async () => {
    await put(db, 'src_ship_ais', [
      ...ais('413990001', '70', NIGHT, INSIDE),
      ...ais('413990002', '70', NIGHT, { lon: INSIDE.lon + 0.0003, lat: INSIDE.lat }),
    ]);
    expect((await run()).signals.map((s) => [s.rule, s.subject_id, s.row_ids.length])).toEqual([
      ['side-by-side', 's:D', 22],
      ['side-by-side', 's:F', 22],
    ]);
  });

  it.each([
    ['licensed', '33', DAY, INSIDE],
    ['lock-wait', '33', NIGHT, { lon: 120.1, lat: 30.9605 }],
  ] as const)('sets %s aside', async (id, type, start, at) => {
    await put(db, 'src_ship_ais', ais('413990001', type, start, at));
    const r = await run();
    expect([r.signals, r.aside]).toEqual([[], { [id]: 1 }]);
  });

  it('is quiet outside the zone, on a freighter, and on a short pass', async () => {
    await put(db, 'src_ship_ais', [
      ...ais('413990001', '33', NIGHT, OUTSIDE),
      ...ais('413990002', '70', NIGHT, { lon: 120.15, lat: 30.97 }),
    ]);
    expect((await run()).signals).toEqual([]);
    await db.run('delete from src_ship_ais');
    await put(db, 'src_ship_ais', ais('413990001', '33', NIGHT, INSIDE, 18));
    expect((await run()).signals).toEqual([]);
  });
});
