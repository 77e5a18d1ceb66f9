import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../ingest/tables/index.ts';
import { type HandRow, handDatabase, put, putSite, utc } from './hand-tables.ts';
import { runTypologies } from './run.ts';

const DAYS = 40;
const START = '2026-03-01T22:00:00'; // 06:00 local on 2 March: the start of day 0
const ASOF = '2026-06-30T00:00:00Z';

/** 15-minute rows of one line and its treatment; `treat(day, localHour)` is the treatment's kW. */
function power(code: string, treat: (day: number, hour: number) => number): HandRow[] {
  const rows: HandRow[] = [];
  for (let slot = 0; slot < DAYS * 96; slot++) {
    const at = utc(START, slot * 15);
    const hour = (6 + Math.floor((slot % 96) / 4)) % 24;
    const day = Math.floor(slot / 96);
    const row = { site_code: code, at, event_at: at, known_at: utc(START, slot * 15 + 60), online: true };
    rows.push({ ...row, row_id: `p:${code}:${slot}`, point: 'P1', role: 'produce', device: '染缸', kw: 100 });
    rows.push({
      ...row,
      row_id: `t:${code}:${slot}`,
      point: 'T1',
      role: 'treat',
      device: '曝气风机A',
      kw: treat(day, hour),
    });
  }
  return rows.map((r) => (r['point'] === 'T1' ? { ...r, device: '提升泵' } : r));
}

const off = (hour: number) => hour >= 23 || hour < 2;
const planted = (day: number) => day === 20 || day === 23 || day === 26;

describe('T03', () => {
  let db: Database;
  beforeEach(async () => {
    db = await handDatabase();
    await putSite(db, 'site:A', { site_code: 'A', permit_no: 'PA' });
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

  it('finds three nights in fourteen with the exact rows, known only when the third night is', async () => {
    await put(
      db,
      'src_pwr_point_15m',
      power('A', (d, h) => (planted(d) && off(h) ? 0.2 : 12)),
    );
    const report = await runTypologies(db, { asOf: ASOF, only: ['T03'] });
    const signals = await db.rows<{
      subject_id: string;
      rule: string;
      row_ids: string[];
      known_at: string;
      at: string;
      strength: number;
    }>('select * from signal');
    expect(report.signals).toBe(1);
    expect(signals).toHaveLength(1);
    const s = signals[0]!;
    expect([s.subject_id, s.rule]).toEqual(['site:A', 'night-treatment-off']);
    const slots = (d: number) => Array.from({ length: 12 }, (_x, i) => d * 96 + 17 * 4 + i); // 23:00 is 17 h after 06:00
    const expected = [20, 23, 26].flatMap((d) => slots(d).flatMap((n) => [`p:A:${n}`, `t:A:${n}`]));
    expect([...s.row_ids].sort()).toEqual([...expected, 'pair:A'].sort());
    expect(s.known_at.slice(0, 19)).toBe(utc(START, (26 * 96 + 17 * 4 + 11) * 15 + 60));
    expect(s.at.slice(0, 10)).toBe('2026-03-22');
    expect(s.strength).toBeGreaterThan(0);
  });

  it('says nothing as of the second night, and is the same signal as of any later day', async () => {
    await put(
      db,
      'src_pwr_point_15m',
      power('A', (d, h) => (planted(d) && off(h) ? 0.2 : 12)),
    );
    await runTypologies(db, { asOf: '2026-03-26T00:00:00Z', only: ['T03'] });
    expect(await db.rows('select 1 from signal')).toHaveLength(0);
  });

  it('stays quiet when the water is treated the next day', async () => {
    await put(
      db,
      'src_pwr_point_15m',
      power('A', (d, h) => (planted(d) ? (off(h) ? 0.2 : 13.6) : 12)),
    );
    const report = await runTypologies(db, { asOf: ASOF, only: ['T03'] });
    expect(report.signals).toBe(0);
    expect(report.typologies[0]!.rules[0]!.setAside).toEqual({ 'treated-later': 3 });
    expect(await db.rows('select distinct reason from signal_aside')).toEqual([{ reason: 'treated-later' }]);
  });

  it('stays quiet when the monitor is flagged for maintenance in those hours', async () => {
    await put(
      db,
      'src_pwr_point_15m',
      power('A', (d, h) => (planted(d) && off(h) ? 0.2 : 12)),
    );
    const hours: HandRow[] = [];
    for (let h = 0; h < DAYS * 24; h++) {
      const flagged = planted(Math.floor(h / 24)) && off((6 + (h % 24)) % 24);
      hours.push({
        row_id: `c:${h}`,
        mn: 'MN1',
        cn: 2061,
        factor: 'w01018',
        data_time: utc(START, h * 60),
        known_at: utc(START, h * 60 + 65),
        avg_value: 30 + ((h * 7) % 11),
        flag: flagged ? 'M' : 'N',
        crc_ok: true,
      });
    }
    await put(db, 'src_eco_cems_hour', hours);
    const report = await runTypologies(db, { asOf: ASOF, only: ['T03'] });
    expect(report.signals).toBe(0);
    expect(report.typologies[0]!.rules[0]!.setAside).toEqual({ maintenance: 3 });
  });

  it('stays quiet when the pair never went together', async () => {
    await put(
      db,
      'src_pwr_point_15m',
      power('A', (d) => (d % 2 === 0 ? 12 : 0.1)),
    );
    const report = await runTypologies(db, { asOf: ASOF, only: ['T03'] });
    expect(report.signals).toBe(0);
    expect(Object.keys(report.typologies[0]!.rules[0]!.setAside)).toEqual(['wrong-pair']);
  });

  it('is skipped by name when a table is absent', async () => {
    await db.run('drop table src_pwr_pair');
    const report = await runTypologies(db, { asOf: ASOF, only: ['T03'] });
    expect(report.typologies[0]!.skipped).toBe('no table src_pwr_pair');
  });

  it('refuses figures out of bounds, all at once', async () => {
    const run = runTypologies(db, { asOf: ASOF, only: ['T03'], parameters: { T03: { nights: 99, moon: 1 } } });
    await expect(run).rejects.toThrow(/"nights" = 99 is outside 1..14.*"moon" is not a parameter/);
  });
});
