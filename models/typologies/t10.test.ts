import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../ingest/tables/index.ts';
import { type HandRow, handDatabase, put, putSite } from './hand-tables.ts';
import { runTypologies } from './run.ts';

const ASOF = '2026-12-30T00:00:00Z';

/** Two years of a meter: 900 kWh a month with a shop's shape, `more(m)` bends month m. */
function meter(no: string, more: (m: number) => HandRow = () => ({}), all: HandRow = {}): HandRow[] {
  return Array.from({ length: 24 }, (_x, m) => {
    const month = `${2024 + Math.floor(m / 12)}-${String((m % 12) + 1).padStart(2, '0')}-01`;
    const kwh = 900 + ((m * 7) % 5) * 20;
    return {
      row_id: `m:${no}:${m}`,
      meter_no: no,
      holder_name: '某村股份经济合作社',
      address: '某镇某村8号',
      tariff: '居民',
      month,
      known_at: `${month}T00:00:00`,
      kwh,
      night_kwh: kwh * 0.2,
      max_kw: 7,
      min_kw: 0.1,
      ...all,
      ...more(m),
    };
  });
}

/** 20,000 kWh a month, least load 75 % of the mean (about 27 kW). */
const flat: HandRow = { kwh: 20_000, night_kwh: 8_400, max_kw: 36, min_kw: 20.5 };

describe('T10', () => {
  let db: Database;
  beforeEach(async () => {
    db = await handDatabase();
    await putSite(db, 'site:M', { meter_no: 'M1' }, { lon: 120.1, lat: 30.8 });
  });
  afterEach(() => db.close());

  const run = async () => {
    const report = await runTypologies(db, { asOf: ASOF, only: ['T10'] });
    const signals = await db.rows<{ rule: string; subject_id: string; row_ids: string[] }>(
      'select rule, subject_id, row_ids from signal order by "at"',
    );
    return { signals, aside: report.typologies[0]!.rules[0]!.setAside };
  };

  it('finds a home meter that turns flat and high for months, with its rows', async () => {
    await put(
      db,
      'src_pwr_meter_month',
      meter('M1', (m) => (m >= 12 && m < 16 ? flat : {})),
    );
    const { signals } = await run();
    expect(signals.every((s) => s.rule === 'flat-load' && s.subject_id === 'site:M')).toBe(true);
    expect(signals[0]!.row_ids).toEqual(['m:M1:12', 'm:M1:13']);
    expect(new Set(signals.flatMap((s) => s.row_ids))).toEqual(new Set([12, 13, 14].map((m) => `m:M1:${m}`)));
  });

  it('is quiet on one month, on a large industrial tariff, on a load that has always been so, and on an uneven load', async () => {
    await put(
      db,
      'src_pwr_meter_month',
      meter('M1', (m) => (m === 12 ? flat : {})),
    );
    for (const [n, all, more] of [
      ['M2', { tariff: '大工业' }, (m: number) => (m >= 12 ? flat : {})],
      ['M3', {}, () => flat],
      ['M4', {}, (m: number) => (m >= 12 ? { ...flat, min_kw: 2 } : {})],
    ] as const) {
      await putSite(db, `site:${n}`, { meter_no: n });
      await put(db, 'src_pwr_meter_month', meter(n, more, all));
    }
    const { signals } = await run();
    expect(signals.map((s) => s.subject_id)).toEqual(['site:M3']);
    expect(signals[0]!.row_ids).toEqual(['m:M3:0']);
  });

  it.each([
    ['cold-store', { name: '湖州某某冷链有限公司', scope: '低温仓储;冷库租赁' }],
    ['warehouse', { name: '湖州某某电子商务有限公司', scope: '互联网销售;电商仓储服务' }],
    ['charging', { name: '湖州某某新能源有限公司', scope: '电动汽车充电基础设施运营' }],
  ] as const)('is quiet on a %s, by holder or by address', async (id, firm) => {
    await put(db, 'src_mkt_entity', [{ row_id: 'e:1', address: '另一地址', status: '存续', ...firm }]);
    await put(
      db,
      'src_pwr_meter_month',
      meter('M1', (m) => (m >= 12 ? flat : {}), { holder_name: firm.name }),
    );
    const byHolder = await run();
    expect([byHolder.signals, Object.keys(byHolder.aside)]).toEqual([[], [id]]);
    await db.run(`update src_pwr_meter_month set holder_name = '某村股份经济合作社'`);
    expect((await run()).signals.length).toBeGreaterThan(0);
    await db.run(`update src_mkt_entity set address = '某镇某村8号'`);
    expect((await run()).signals).toEqual([]);
  });

  it('is quiet where a discharge permit is registered', async () => {
    await put(db, 'src_eco_permit', [{ row_id: 'p:1', permit_no: 'P1', address: '某镇某村8号' }]);
    await put(
      db,
      'src_pwr_meter_month',
      meter('M1', (m) => (m >= 12 ? flat : {})),
    );
    const r = await run();
    expect([r.signals, Object.keys(r.aside)]).toEqual([[], ['registered']]);
  });
});
