import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../ingest/tables/index.ts';
import { type HandRow, handDatabase, put, putEntity, putSite, utc } from './hand-tables.ts';
import { runTypologies } from './run.ts';

const START = '2026-03-01T22:00:00'; // 06:00 local
const ASOF = '2026-12-30T00:00:00Z';
const DAYS = 36;

/** Hourly power of a coating line; `bend(day, hour)` gives the treatment's kW, and may name another line or level. */
function power(bend: (day: number, hour: number) => { treat?: number; kw?: number; device?: string }): HandRow[] {
  return Array.from({ length: DAYS * 24 }, (_x, h) => {
    const hour = (6 + h) % 24;
    const {
      kw = hour >= 6 && hour < 21 ? 100 : 4,
      treat = kw * 0.12,
      device = '喷涂线1#',
    } = bend(Math.floor(h / 24), hour);
    const row = { site_code: 'A', at: utc(START, h * 60), known_at: utc(START, h * 60 + 60), online: true };
    return [
      { ...row, row_id: `p:${h}`, point: 'P1', role: 'produce', device, kw, kwh: kw },
      { ...row, row_id: `t:${h}`, point: 'T1', role: 'treat', device: '风机/RTO', kw: treat, kwh: treat },
    ];
  }).flat();
}

const days = (d: number) => d === 20 || d === 22 || d === 24;
const shift = (h: number) => h >= 9 && h < 18;

describe('T14', () => {
  let db: Database;
  beforeEach(async () => {
    db = await handDatabase();
    await putSite(db, 'site:A', { site_code: 'A', permit_no: 'PA' });
    await putEntity(db, { id: 'c:A', kind: 'company', keys: { uscc: '91330599FAKE00001A' } });
    await put(db, 'src_pwr_pair', [
      {
        row_id: 'pair:A',
        site_code: 'A',
        permit_no: 'PA',
        produce_point: 'P1',
        treat_point: 'T1',
        mn: 'MN1',
        updated: '2026-01-01',
      },
    ]);
  });
  afterEach(() => db.close());

  const run = async () => {
    const report = await runTypologies(db, { asOf: ASOF, only: ['T14', 'T03'] });
    const signals = await db.rows<{ typology: string; rule: string; subject_id: string; row_ids: string[] }>(
      'select typology, rule, subject_id, row_ids from signal order by rule',
    );
    const rules = report.typologies.find((t) => t.id === 'T14')!.rules;
    return { signals, aside: (rule: string) => rules.find((r) => r.rule === rule)!.setAside };
  };

  it('finds three days in fourteen with exactly their rows, and no night discharge of a gas site', async () => {
    await put(
      db,
      'src_pwr_point_15m',
      power((d, h) => (days(d) && shift(h) ? { treat: 0.3 } : {})),
    );
    const { signals } = await run();
    expect(signals.map((s) => [s.typology, s.rule, s.subject_id])).toEqual([['T14', 'treatment-off', 'site:A']]);
    const hours = [20, 22, 24].flatMap((d) => Array.from({ length: 9 }, (_x, i) => d * 24 + 3 + i));
    expect(new Set(signals[0]!.row_ids)).toEqual(new Set(['pair:A', ...hours.flatMap((h) => [`p:${h}`, `t:${h}`])]));
  });

  it('is quiet on two days', async () => {
    await put(
      db,
      'src_pwr_point_15m',
      power((d, h) => ((d === 20 || d === 22) && shift(h) ? { treat: 0.3 } : {})),
    );
    expect((await run()).signals).toEqual([]);
  });

  it.each([
    ['water-paint', { device: '水性漆喷涂线1#' }],
    ['non-voc', { device: '打磨组装线1#' }],
    ['non-voc', { kw: 40 }],
  ] as const)('is quiet on %s', async (id, more) => {
    const weeks = (d: number) => d >= 20 && d < 30;
    await put(
      db,
      'src_pwr_point_15m',
      power((d, h) => (weeks(d) ? { treat: 0.3, ...('kw' in more && !(h >= 6 && h < 21) ? {} : more) } : {})),
    );
    const r = await run();
    expect(r.signals).toEqual([]);
    if (!('kw' in more)) expect(Object.keys(r.aside('treatment-off'))).toEqual([id]);
  });

  it('is quiet on a pair that never went together', async () => {
    await put(
      db,
      'src_pwr_point_15m',
      power((d, h) => ({ treat: (h + d * 7) % 10 < 6 ? 12 : 0.3 })),
    );
    const r = await run();
    expect(r.signals).toEqual([]);
    expect(Object.keys(r.aside('treatment-off'))).toEqual(['wrong-pair']);
  });

  it('finds too little spent carbon, not when solvent waste fell too', async () => {
    const rows = (code: string, low: number): HandRow[] =>
      Array.from({ length: 24 }, (_x, m) => ({
        row_id: `l:${code}:${m}`,
        uscc: '91330599FAKE00001A',
        month: `${2024 + Math.floor(m / 12)}-${String((m % 12) + 1).padStart(2, '0')}-01`,
        waste_code: code,
        product_t: 100,
        generated_t: (2 + ((m * 7) % 5) / 50) * (m >= 18 && m < 21 ? low : 1),
        sent_t: 0,
        known_at: '2026-01-01T00:00:00',
      }));
    await put(
      db,
      'src_pwr_point_15m',
      power(() => ({})),
    );
    await put(db, 'src_eco_hw_ledger', [...rows('900-039-49', 0.2), ...rows('900-252-12', 1)]);
    const first = await run();
    expect(new Set(first.signals.map((s) => s.rule))).toEqual(new Set(['carbon-not-replaced']));
    expect(first.signals.flatMap((s) => s.row_ids)).toContain('l:900-039-49:19');
    await db.run(`delete from src_eco_hw_ledger where waste_code = '900-252-12'`);
    await put(db, 'src_eco_hw_ledger', rows('900-252-12', 0.2));
    const second = await run();
    expect(second.signals).toEqual([]);
    expect(second.aside('carbon-not-replaced')['water-paint']).toBeGreaterThan(0);
  });
});
