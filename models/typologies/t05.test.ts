import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../ingest/tables/index.ts';
import { buildTraces } from '../traces/index.ts';
import { type HandRow, handDatabase, put, putEntity, utc } from './hand-tables.ts';
import { runTypologies } from './run.ts';

const NIGHT = '2026-03-10T17:30:00'; // 01:30 local
const ASOF = '2026-06-30T00:00:00Z';
const TIP = { lon: 120.1, lat: 30.8 };
const BANK = { lon: 120.2, lat: 30.75 };
const FILL = { lon: 120.15, lat: 30.7 };

describe('T05', () => {
  let db: Database;
  beforeEach(async () => {
    db = await handDatabase();
    await putEntity(db, { id: 'c:H', kind: 'company', keys: { name: '甲运输' } });
    for (const n of [1, 2, 3, 4])
      await putEntity(db, {
        id: `v:${n}`,
        kind: 'vehicle',
        keys: { plate: `浙E0000${n}`, plate_class: `浙E0000${n}|01` },
      });
    await putEntity(db, { id: 'v:car', kind: 'vehicle', keys: { plate: '浙E0C0C0', plate_class: '浙E0C0C0|02' } });
    await put(db, 'src_geo_element', [
      { row_id: 'geo:tip', element_id: 'muck-1', kind: 'muck_site', ...TIP },
      { row_id: 'geo:far', element_id: 'muck-2', kind: 'muck_site', lon: 120.3, lat: 30.9 },
      { row_id: 'geo:farm', element_id: 'farm-1', kind: 'farmland', ...FILL, props: '{"approved":"整治〔2026〕1号"}' },
    ]);
    await put(db, 'src_muck_permit', [
      {
        row_id: 'mp:1',
        permit_no: 'K1',
        hauler_name: '甲运输',
        trucks: ['浙E00001', '浙E00002', '浙E00003'],
        disposal_site: 'muck-1',
        m3: 100,
        valid_from: '2026-03-01',
        valid_to: '2026-03-31',
        known_at: '2026-03-01T00:00:00',
      },
    ]);
  });
  afterEach(() => db.close());

  const haul = (to: { lon: number; lat: number }, plate = '浙E00001', minute = 0): HandRow[] =>
    [
      [0, 40, 3, -0.02],
      [10, 40, 3, -0.01],
      [20, 0, 0, 0],
      [24, 0, 0, 0],
      [28, 0, 0, 0],
      [30, 40, 0, 0.01],
      [40, 40, 0, 0.02],
    ].map(([m, speed, load, d], i) => ({
      row_id: `g:${plate}:${minute}:${i}`,
      terminal: `T${plate}`,
      plate,
      at: utc(NIGHT, minute + m!),
      known_at: utc(NIGHT, minute + m! + 1),
      lon: to.lon + d!,
      lat: to.lat,
      speed_kmh: speed!,
      load: load!,
      alarm: 0,
    }));
  const trip = (n: number, more: HandRow = {}): HandRow => ({
    row_id: `t:${n}`,
    trip_no: `${n}`,
    permit_no: 'K1',
    plate: '浙E00001',
    load_at: utc(NIGHT, -10),
    unload_at: utc(NIGHT, 28),
    known_at: utc(NIGHT, 29),
    site: 'muck-1',
    m3: 80,
    ...more,
  });
  const run = async () => {
    await buildTraces(db);
    const report = await runTypologies(db, { asOf: ASOF, only: ['T05'] });
    const signals = await db.rows<{ rule: string; subject_id: string; row_ids: string[] }>(
      'select rule, subject_id, row_ids from signal order by rule, subject_id',
    );
    return { signals, aside: (rule: string) => report.typologies[0]!.rules.find((r) => r.rule === rule)!.setAside };
  };

  it('is quiet on a legal haul at night', async () => {
    await put(db, 'src_trn_gps', haul(TIP));
    await put(db, 'src_muck_trip', [trip(1)]);
    expect((await run()).signals).toEqual([]);
  });

  it('finds a load tipped on a bank, and the paper that says otherwise, with the rows', async () => {
    await put(db, 'src_trn_gps', haul(BANK));
    await put(db, 'src_muck_trip', [trip(1)]);
    const { signals } = await run();
    const stop = ['g:浙E00001:0:2', 'g:浙E00001:0:3', 'g:浙E00001:0:4'];
    expect(signals).toEqual([
      { rule: 'trip-off-the-tip', subject_id: 'v:1', row_ids: ['t:1', ...stop] },
      { rule: 'unload-off-site', subject_id: 'v:1', row_ids: stop },
    ]);
  });

  it('is quiet where filling is approved, and sets aside another licensed tip', async () => {
    await put(db, 'src_trn_gps', [...haul(FILL), ...haul({ lon: 120.3, lat: 30.9 }, '浙E00002')]);
    await put(db, 'src_muck_trip', [trip(1, { plate: '浙E00002' })]);
    const r = await run();
    expect(r.signals).toEqual([]);
    expect(r.aside('unload-off-site')).toEqual({ 'approved-fill': 1 });
    expect(r.aside('trip-off-the-tip')).toEqual({ 'legal-tip': 1 });
  });

  const convoy = (trucks: readonly number[], gates: readonly string[]): HandRow[] =>
    gates.flatMap((gate, g) =>
      ['浙E0C0C0', ...trucks.map((n) => `浙E0000${n}`)].map((plate, i) => ({
        row_id: `p:${gate}:${i}`,
        gate,
        plate,
        plate_class: i === 0 ? '02' : '01',
        pass_at: utc(NIGHT, g * 20 + i / 3),
        known_at: utc(NIGHT, g * 20 + 5 + i / 3),
        reliability: 90,
      })),
    );

  it('finds three trucks behind one car at three gates, not two trucks or two gates', async () => {
    await put(db, 'src_pol_gate_pass', convoy([1, 2, 3], ['G1', 'G2', 'G3']));
    const { signals } = await run();
    expect(signals.map((s) => [s.rule, s.subject_id, s.row_ids.length])).toEqual([
      ['convoy', 'v:1', 12],
      ['convoy', 'v:2', 12],
      ['convoy', 'v:3', 12],
    ]);
    await db.run('delete from src_pol_gate_pass');
    await put(db, 'src_pol_gate_pass', convoy([1, 2], ['G1', 'G2', 'G3']));
    expect((await run()).signals).toEqual([]);
    await db.run('delete from src_pol_gate_pass');
    await put(db, 'src_pol_gate_pass', convoy([1, 2, 3], ['G1', 'G2']));
    expect((await run()).signals).toEqual([]);
  });

  it('is quiet on a convoy whose permitted trips are on paper', async () => {
    await put(db, 'src_pol_gate_pass', convoy([1, 2, 3], ['G1', 'G2', 'G3']));
    await put(
      db,
      'src_muck_trip',
      [1, 2, 3].map((n) => trip(n, { plate: `浙E0000${n}`, load_at: utc(NIGHT, -10), unload_at: utc(NIGHT, 50) })),
    );
    const r = await run();
    expect(r.signals).toEqual([]);
    expect(r.aside('convoy')).toEqual({ 'legal-haul': 3 });
  });

  it('finds a terminal that lost power on the way, and a permit with too few trips', async () => {
    const rows = haul(TIP);
    await put(db, 'src_trn_gps', [{ ...rows[0]!, alarm: 256 }, ...rows.slice(1)]);
    await put(db, 'src_muck_trip', [trip(1, { m3: 30 })]);
    const { signals } = await run();
    expect(signals.map((s) => [s.rule, s.subject_id, s.row_ids])).toEqual([
      ['terminal-power-cut', 'v:1', ['g:浙E00001:0:0', 'g:浙E00001:0:1']],
    ]);
    const report = await runTypologies(db, { asOf: ASOF, only: ['T05'] });
    expect(report.typologies[0]!.rules.find((r) => r.rule === 'trips-missing')).toMatchObject({ hits: 1, signals: 0 });
  });

  it('counts a burst of unread plates only as support', async () => {
    const unread = (n: number): HandRow => ({
      row_id: `u:${n}`,
      gate: 'G1',
      plate: null,
      pass_at: utc(NIGHT, 20 + n),
      known_at: utc(NIGHT, 25),
      reliability: 0,
    });
    const read: HandRow = {
      row_id: 'p:1',
      gate: 'G1',
      plate: '浙E00001',
      plate_class: '01',
      pass_at: utc(NIGHT, 21),
      known_at: utc(NIGHT, 26),
      reliability: 90,
    };
    await put(db, 'src_pol_gate_pass', [unread(0), unread(1), unread(2), read]);
    expect((await run()).signals).toEqual([]);
    await put(db, 'src_trn_gps', haul(BANK));
    await run();
    const strengths = await db.rows<{ rule: string; strength: number }>('select rule, strength from signal');
    expect(strengths).toEqual([{ rule: 'unload-off-site', strength: 2 / 6 }]);
  });
});
