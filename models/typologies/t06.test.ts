import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../ingest/tables/index.ts';
import { buildTraces } from '../traces/index.ts';
import { type HandRow, handDatabase, put, putEntity, utc } from './hand-tables.ts';
import { runTypologies } from './run.ts';

const START = '2026-03-10T14:00:00'; // 22:00 local
const ASOF = '2026-06-30T00:00:00Z';
const WHARF = { lon: 120.1, lat: 30.85 };
const BANK = { lon: 120.2, lat: 30.75 };

describe('T06', () => {
  let db: Database;
  beforeEach(async () => {
    db = await handDatabase();
    await putEntity(db, { id: 'v:S', kind: 'vehicle', keys: { plate: '苏E00001', plate_class: '苏E00001|01' } });
    await putEntity(db, { id: 'v:Z', kind: 'vehicle', keys: { plate: '浙E00001', plate_class: '浙E00001|01' } });
    await putEntity(db, { id: 's:1', kind: 'ship', keys: { mmsi: '413990001' } });
    await put(db, 'src_geo_element', [
      { row_id: 'geo:b1', element_id: 'B1', kind: 'gate', lon: 120.33, lat: 30.9, props: '{"border":true}' },
      { row_id: 'geo:b2', element_id: 'B2', kind: 'gate', lon: 119.86, lat: 30.8, props: '{"border":true}' },
      { row_id: 'geo:g1', element_id: 'G1', kind: 'gate', lon: 120.1, lat: 30.8, props: '{"border":false}' },
      { row_id: 'geo:w', element_id: 'W1', kind: 'wharf', ...WHARF },
    ]);
  });
  afterEach(() => db.close());

  let serial = 0;
  const pass = (gate: string, minute: number, direction: string, plate = '苏E00001'): HandRow => ({
    row_id: `p:${String(++serial).padStart(3, '0')}`,
    gate,
    plate,
    plate_class: '01',
    direction,
    pass_at: utc(START, minute),
    known_at: utc(START, minute + 5),
    reliability: 90,
  });
  const loop = (day: number, out = 'B1', plate = '苏E00001') => [
    pass('B1', day * 1440, 'in', plate),
    pass('G1', day * 1440 + 30, 'in', plate),
    pass(out, day * 1440 + 120, 'out', plate),
  ];
  const run = async () => {
    await buildTraces(db);
    const report = await runTypologies(db, { asOf: ASOF, only: ['T06'] });
    const signals = await db.rows<{ rule: string; subject_id: string; row_ids: string[]; known_at: string }>(
      'select rule, subject_id, row_ids, known_at from signal',
    );
    return { signals, aside: (rule: string) => report.typologies[0]!.rules.find((r) => r.rule === rule)!.setAside };
  };

  it('finds two loops through one border gate in a week, known with the second, with all their passes', async () => {
    serial = 0;
    await put(db, 'src_pol_gate_pass', [...loop(0), ...loop(3)]);
    const { signals } = await run();
    expect(signals.map((s) => [s.rule, s.subject_id, s.row_ids])).toEqual([
      ['border-loop', 'v:S', ['p:001', 'p:002', 'p:003', 'p:004', 'p:005', 'p:006']],
    ]);
    expect(signals[0]!.known_at.slice(0, 19)).toBe(utc(START, 3 * 1440 + 125));
  });

  it('is quiet on one loop, on two a month apart, and on a local truck', async () => {
    await put(db, 'src_pol_gate_pass', [
      ...loop(0),
      ...loop(31),
      ...loop(0, 'B1', '浙E00001'),
      ...loop(3, 'B1', '浙E00001'),
    ]);
    expect((await run()).signals).toEqual([]);
  });

  it('sets transit aside', async () => {
    await put(db, 'src_pol_gate_pass', [...loop(0, 'B2'), ...loop(2, 'B2'), ...loop(4, 'B2')]);
    const r = await run();
    expect(r.signals).toEqual([]);
    expect(r.aside('border-loop')).toEqual({ transit: 3 });
  });

  const ship = (at: { lon: number; lat: number }, after: number): HandRow[] =>
    [
      [0, 2.4],
      [12, 2.4],
      [24, 2.4],
      [130, after],
      [142, after],
    ].map(([m, draught], i) => ({
      row_id: `a:${i}`,
      mmsi: '413990001',
      at: utc(START, m),
      known_at: utc(START, m! + 10),
      lon: at.lon + i / 10_000,
      lat: at.lat,
      sog_kn: 0.2,
      draught_m: draught!,
    }));

  it('finds a ship that grows light by a bank, and counts its silence', async () => {
    await put(db, 'src_ship_ais', ship(BANK, 1.1));
    const { signals } = await run();
    expect(signals.map((s) => [s.rule, s.subject_id, s.row_ids])).toEqual([
      ['lighter-at-no-wharf', 's:1', ['a:2', 'a:3']],
    ]);
    expect(await db.rows('select strength from signal')).toEqual([{ strength: 2 / 3 }]);
  });

  it('is quiet at a wharf, and on a silent wait', async () => {
    await put(db, 'src_ship_ais', ship(WHARF, 1.1));
    const wharf = await run();
    expect(wharf.signals).toEqual([]);
    expect(wharf.aside('lighter-at-no-wharf')).toEqual({ wharf: 1 });
    await db.run('delete from src_ship_ais');
    await put(db, 'src_ship_ais', ship(BANK, 2.4));
    const wait = await run();
    expect(wait.signals).toEqual([]);
    expect(wait.aside('ais-silence')).toEqual({ 'silent-wait': 1 });
  });
});
