import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seeded } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import { buildTraces } from '../traces/index.ts';
import { type HandRow, handDatabase, put, putEntity, putSite, utc } from './hand-tables.ts';
import { runTypologies } from './run.ts';

const ASOF = '2026-06-30T00:00:00Z';
const USCC = '91330599FAKE00001A';
const SITE = { lon: 120.05, lat: 30.8 };
const PIT = { lon: 120.2, lat: 30.75 };
const PLANT = { lon: 120.3, lat: 30.9 };

/** 30 months of a ledger from January 2024: 400 t of product a month at 0.025 t waste a ton, ± `noise`; `more(m)` bends month m. */
function ledger(code: string, more: (m: number) => HandRow & { share?: number } = () => ({}), noise = 0.05): HandRow[] {
  const random = seeded(code);
  let stock = 5;
  return Array.from({ length: 30 }, (_x, m) => {
    const { share = 1, ...rest } = more(m);
    const product = 400 * (0.8 + 0.4 * random());
    const generated = Number((product * 0.025 * (1 - noise + 2 * noise * random()) * share).toFixed(3));
    const opening = stock;
    stock = 5;
    const month = `${2024 + Math.floor(m / 12)}-${String((m % 12) + 1).padStart(2, '0')}-01`;
    return {
      row_id: `l:${code}:${m}`,
      uscc: USCC,
      month,
      waste_code: code,
      opening_t: opening,
      generated_t: generated,
      self_t: 0,
      sent_t: Number((opening + generated - stock).toFixed(3)),
      closing_t: stock,
      unit_sent: '吨',
      product_t: product,
      known_at: `${month}T00:00:00`,
      ...rest,
    };
  });
}

describe('T01', () => {
  let db: Database;
  beforeEach(async () => {
    db = await handDatabase();
    await putEntity(db, { id: 'c:P', kind: 'company', keys: { uscc: USCC } });
    await putSite(db, 'site:P', { permit_no: 'P1' }, SITE);
    await put(db, 'link', [{ link_id: 'l1', kind: 'operates', from_id: 'c:P', to_id: 'site:P' }]);
    await putEntity(db, { id: 'v:1', kind: 'vehicle', keys: { plate: '浙E00001', plate_class: '浙E00001|01' } });
    await put(db, 'src_trn_licence', [
      { row_id: 'lic:1', plate: '浙E00001', plate_class: '01', terminal: 'T1', valid_from: '2025-01-01', rated_t: 10 },
    ]);
    await put(db, 'src_geo_element', [
      { row_id: 'geo:pit', element_id: 'pit-1', kind: 'pit', ...PIT },
      { row_id: 'geo:plant', element_id: 'plant-1', kind: 'disposal_plant', ...PLANT },
    ]);
  });
  afterEach(() => db.close());

  const run = async () => {
    await buildTraces(db);
    const report = await runTypologies(db, { asOf: ASOF, only: ['T01'] });
    const signals = await db.rows<{ rule: string; subject_id: string; row_ids: string[]; at: string }>(
      'select rule, subject_id, row_ids, "at" from signal order by rule, subject_id, "at"',
    );
    return { signals, aside: (rule: string) => report.typologies[0]!.rules.find((r) => r.rule === rule)!.setAside };
  };

  it.each(['336-064-17', '336-054-17', '900-249-08', '900-300-34', '384-004-31', '772-002-18'])(
    'is quiet on ±5 % noise (%s)',
    async (code) => {
      await put(db, 'src_eco_hw_ledger', ledger(code));
      expect((await run()).signals).toEqual([]);
    },
  );

  it.each(['336-064-17', '336-054-17', '900-249-08', '900-300-34', '384-004-31', '772-002-18'])(
    'flags 20 %% under-reporting (%s)',
    async (code) => {
      await put(
        db,
        'src_eco_hw_ledger',
        ledger(code, (m) => (m >= 20 && m < 24 ? { share: 0.8 } : {})),
      );
      const { signals } = await run();
      expect(signals.length).toBeGreaterThan(0);
      expect(new Set(signals.map((s) => s.rule))).toEqual(new Set(['waste-under-reported']));
      const rows = signals.flatMap((s) => s.row_ids);
      expect(rows).toContain(`l:${code}:21`);
      expect(rows.every((id) => Number(id.split(':')[2]) >= 19 && Number(id.split(':')[2]) <= 24)).toBe(true);
    },
  );

  it('is quiet when output falls, and sets aside one waste of two that falls alone', async () => {
    await put(
      db,
      'src_eco_hw_ledger',
      ledger('336-064-17', (m) => (m >= 20 && m < 24 ? { product_t: 100, generated_t: 2.5, sent_t: 2.5 } : {})),
    );
    expect((await run()).signals).toEqual([]);
    await put(
      db,
      'src_eco_hw_ledger',
      ledger('900-252-12', (m) => (m >= 20 && m < 24 ? { share: 0.2 } : {})),
    );
    const r = await run();
    expect(r.signals).toEqual([]);
    expect(r.aside('waste-under-reported')['material-switch']).toBeGreaterThan(0);
  });

  it('finds stock that falls without a manifest, not a row in kilograms', async () => {
    const kg = (row: HandRow): HandRow =>
      Object.fromEntries(
        Object.entries(row).map(([k, v]) => [k, typeof v === 'number' && k !== 'product_t' ? v * 1000 : v]),
      );
    const rows = ledger('336-064-17', (m) => (m === 22 ? { closing_t: 1 } : {}));
    await put(
      db,
      'src_eco_hw_ledger',
      rows.map((r, m) => (m === 10 ? kg(r) : r)),
    );
    const { signals } = await run();
    expect(signals.map((s) => [s.rule, s.row_ids])).toEqual([['balance-gap', ['l:336-064-17:22']]]);
  });

  const drive = (n: number, to: { lon: number; lat: number }): HandRow[] => {
    const start = utc('2026-03-01T14:00:00', n * 1440);
    const leg = (m: number, p: { lon: number; lat: number }, speed: number, load: number): HandRow => ({
      row_id: `g:${n}:${String(m).padStart(3, '0')}`,
      terminal: 'T1',
      plate: '浙E00001',
      at: utc(start, m),
      known_at: utc(start, m + 1),
      ...p,
      speed_kmh: speed,
      load,
      alarm: 0,
    });
    const mid = { lon: (SITE.lon + to.lon) / 2, lat: (SITE.lat + to.lat) / 2 };
    return [
      leg(0, { lon: 120.0, lat: 30.85 }, 40, 0),
      leg(10, SITE, 0, 3),
      leg(15, SITE, 0, 3),
      leg(20, SITE, 0, 3),
      leg(35, mid, 40, 3),
      leg(50, to, 0, 0),
      leg(55, to, 0, 0),
      leg(60, to, 0, 0),
      leg(80, mid, 40, 0),
    ];
  };

  it('finds a truck without certificate that goes twice from the producer to a pit; once is not enough', async () => {
    await put(db, 'src_eco_hw_ledger', ledger('336-064-17'));
    await put(db, 'src_trn_gps', drive(0, PIT));
    expect((await run()).signals).toEqual([]);
    await put(db, 'src_trn_gps', drive(9, PIT));
    const { signals } = await run();
    expect(signals.map((s) => [s.rule, s.subject_id, s.row_ids.length])).toEqual([
      ['run-to-no-site', 'c:P', 12],
      ['vehicle-run-to-no-site', 'v:1', 12],
    ]);
  });

  it('is quiet on general waste to a licensed place, and on a vehicle with certificate', async () => {
    await put(db, 'src_eco_hw_ledger', ledger('336-064-17'));
    await put(
      db,
      'src_trn_gps',
      [0, 3, 6].flatMap((n) => drive(n, PLANT)),
    );
    const r = await run();
    expect(r.signals).toEqual([]);
    expect(r.aside('run-to-no-site')).toEqual({ 'general-waste': 3 });
    await db.run('delete from src_trn_gps');
    await put(
      db,
      'src_trn_gps',
      [0, 3, 6].flatMap((n) => drive(n, PIT)),
    );
    await db.run(`update src_trn_licence set hazmat_class = '9类'`);
    expect((await run()).signals).toEqual([]);
  });
});
