import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../ingest/tables/index.ts';
import { type HandRow, handDatabase, put, putEntity, utc } from './hand-tables.ts';
import { runTypologies } from './run.ts';

const LAKE = { lon: 120.05, lat: 30.97 };

describe('T08', () => {
  let db: Database;
  beforeEach(async () => {
    db = await handDatabase();
    await putEntity(db, { id: 's:B', kind: 'ship', keys: { mmsi: '413990001', ship_name: '浙湖州渔0001' } });
    await put(db, 'src_geo_element', [
      {
        row_id: 'geo:z',
        element_id: 'Z',
        kind: 'zone_nofish',
        lon: 120.05,
        lat: 30.97,
        min_lon: 119.9,
        min_lat: 30.95,
        max_lon: 120.3,
        max_lat: 31,
      },
    ]);
  });
  afterEach(() => db.close());

  /** 48 minutes on the lake on each of the days, from `hour` UTC. */
  const nights = (days: readonly number[], hour: number, at = LAKE): HandRow[] =>
    days.flatMap((d) =>
      Array.from({ length: 5 }, (_x, i) => ({
        row_id: `a:${d}:${i}`,
        mmsi: '413990001',
        ship_type: '30',
        at: utc('2026-03-01T00:00:00', d * 1440 + hour * 60 + i * 12),
        known_at: utc('2026-03-01T00:00:00', d * 1440 + hour * 60 + i * 12 + 10),
        ...at,
        sog_kn: 1.5,
      })),
    );
  const run = async () => {
    const report = await runTypologies(db, { asOf: '2026-06-30T00:00:00Z', only: ['T08'] });
    const signals = await db.rows<{ rule: string; subject_id: string; row_ids: string[] }>(
      'select rule, subject_id, row_ids from signal',
    );
    return { signals, aside: report.typologies[0]!.rules[0]!.setAside };
  };

  it('finds three nights in thirty, with all their positions; two are not enough', async () => {
    await put(db, 'src_ship_ais', nights([1, 8], 16));
    expect((await run()).signals).toEqual([]);
    await put(db, 'src_ship_ais', nights([20], 16));
    const { signals } = await run();
    expect(signals.map((s) => [s.rule, s.subject_id])).toEqual([['nights-in-closed-zone', 's:B']]);
    expect(signals[0]!.row_ids).toEqual([1, 8, 20].flatMap((d) => [0, 1, 2, 3, 4].map((i) => `a:${d}:${i}`)));
  });

  it('is quiet by day, outside the zone, and on a research boat', async () => {
    await put(db, 'src_ship_ais', nights([1, 8, 20], 1));
    const day = await run();
    expect([day.signals, day.aside]).toEqual([[], { 'day-use': 3 }]);
    await db.run('delete from src_ship_ais');
    await put(db, 'src_ship_ais', nights([1, 8, 20], 16, { lon: 120.05, lat: 30.9 }));
    expect((await run()).signals).toEqual([]);
    await db.run('delete from src_ship_ais');
    await put(db, 'src_ship_ais', nights([1, 8, 20], 16));
    await put(db, 'src_agr_boat', [{ row_id: 'b:1', boat_no: 'B1', ship_name: '浙湖州渔0001', status: '科研调查' }]);
    const research = await run();
    expect([research.signals, research.aside]).toEqual([[], { research: 3 }]);
  });
});
