import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../ingest/tables/index.ts';
import { type HandRow, handDatabase, put, putSite } from './hand-tables.ts';
import { runTypologies } from './run.ts';

/** Two years of a shed's meter; months of `furnace` use 15,000 kWh, mostly by night. */
function meter(furnace: readonly number[], all: HandRow = {}): HandRow[] {
  return Array.from({ length: 24 }, (_x, m) => {
    const month = `${2024 + Math.floor(m / 12)}-${String((m % 12) + 1).padStart(2, '0')}-01`;
    const kwh = furnace.includes(m) ? 15_000 : 900;
    return {
      row_id: `m:${m}`,
      meter_no: 'M1',
      holder_name: '某村股份经济合作社',
      address: '某镇某村9号',
      tariff: '居民',
      month,
      known_at: `${month}T00:00:00`,
      kwh,
      night_kwh: kwh * (furnace.includes(m) ? 0.72 : 0.2),
      max_kw: 60,
      min_kw: 1,
      ...all,
    };
  });
}

describe('T11', () => {
  let db: Database;
  beforeEach(async () => {
    db = await handDatabase();
    await putSite(db, 'site:M', { meter_no: 'M1' });
  });
  afterEach(() => db.close());

  const run = async () => {
    const report = await runTypologies(db, { asOf: '2026-12-30T00:00:00Z', only: ['T11'] });
    const signals = await db.rows<{ rule: string; row_ids: string[] }>(
      'select rule, row_ids from signal order by "at"',
    );
    return { signals, aside: report.typologies[0]!.rules[0]!.setAside };
  };

  it('finds two months of night furnace in a small meter; one is not enough', async () => {
    await put(db, 'src_pwr_meter_month', meter([12]));
    expect((await run()).signals).toEqual([]);
    await db.run('delete from src_pwr_meter_month');
    await put(db, 'src_pwr_meter_month', meter([12, 13]));
    expect((await run()).signals).toEqual([{ rule: 'night-furnace', row_ids: ['m:12', 'm:13'] }]);
  });

  it.each([
    ['charging', '电动汽车充电基础设施运营'],
    ['warehouse', '互联网销售;电商仓储服务'],
    ['cold-store', '低温仓储;冷库租赁'],
  ])('is quiet on %s', async (id, scope) => {
    await put(db, 'src_mkt_entity', [
      { row_id: 'e:1', name: '湖州某某有限公司', scope, address: '某镇某村9号', status: '存续' },
    ]);
    await put(db, 'src_pwr_meter_month', meter([12, 13]));
    const r = await run();
    expect([r.signals, Object.keys(r.aside)]).toEqual([[], [id]]);
  });

  it('is quiet under a permit and on an industrial tariff', async () => {
    await put(db, 'src_pwr_meter_month', meter([12, 13], { tariff: '大工业' }));
    expect((await run()).signals).toEqual([]);
    await db.run(`update src_pwr_meter_month set tariff = '一般工商业'`);
    await put(db, 'src_eco_permit', [{ row_id: 'p:1', permit_no: 'P1', address: '某镇某村9号' }]);
    const r = await run();
    expect([r.signals, Object.keys(r.aside)]).toEqual([[], ['registered']]);
  });
});
