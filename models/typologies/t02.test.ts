import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../ingest/tables/index.ts';
import { buildTraces } from '../traces/index.ts';
import { type HandRow, handDatabase, put, putEntity, utc } from './hand-tables.ts';
import { runTypologies } from './run.ts';

const ORIGIN = { lon: 120.05, lat: 30.8 };
const RECEIVER = { lon: 120.25, lat: 30.85 };
const PIT = { lon: 120.0, lat: 30.7 };
const ASOF = '2026-06-30T00:00:00Z';
type Spot = { lon: number; lat: number };

/** Day `n`, 09:00 local. */
const day = (n: number) => utc('2026-03-01T01:00:00', n * 1440);

interface Way {
  /** Where the truck goes between; default straight to the receiver. */
  readonly via?: readonly Spot[];
  readonly to?: Spot;
  readonly plate?: string;
}

/** GPS of one trip that leaves the origin at `start`: 20 min there, 60 min of way by `via`, 30 min at the end. */
function track(n: number, start: string, { via = [], to = RECEIVER, plate = '浙E00001' }: Way = {}): HandRow[] {
  const places: [number, Spot, number, number][] = [];
  for (let m = -20; m <= 0; m += 5) places.push([m, ORIGIN, 0, 3]);
  const legs = [ORIGIN, ...via, to];
  for (let m = 5; m < 60; m += 5) {
    const share = (m / 60) * (legs.length - 1);
    const a = legs[Math.floor(share)]!;
    const b = legs[Math.floor(share) + 1]!;
    const s = share - Math.floor(share);
    places.push([m, { lon: a.lon + s * (b.lon - a.lon), lat: a.lat + s * (b.lat - a.lat) }, 35, 3]);
  }
  for (let m = 60; m <= 90; m += 5) places.push([m, to, 0, 0]);
  return places.map(([m, p, speed, load], i) => ({
    row_id: `g:${plate}:${n}:${String(i).padStart(2, '0')}`,
    terminal: `T${plate}`,
    plate,
    at: utc(start, m),
    known_at: utc(start, m + 1),
    ...p,
    speed_kmh: speed,
    load,
    alarm: 0,
  }));
}

function manifest(n: number, more: HandRow = {}): HandRow {
  const start = day(n);
  return {
    row_id: `m:${n}`,
    manifest_no: `2026330500${n}`,
    origin_uscc: '91330599FAKE00001A',
    carrier_uscc: '91330599FAKE00002B',
    receiver_uscc: '91330599FAKE00003C',
    plate: '浙E00001',
    waste_code: '336-064-17',
    sent_t: 10 + ((n * 7) % 13) / 10,
    accepted_t: 10 + ((n * 7) % 13) / 10 - 0.05,
    created_at: utc(start, -120),
    departed_at: start,
    arrived_at: utc(start, 60),
    accepted_at: utc(start, 150 + n),
    known_at: utc(start, 150 + n),
    state: '已办结',
    ...more,
  };
}

describe('T02', () => {
  let db: Database;
  beforeEach(async () => {
    db = await handDatabase();
    for (const [id, uscc] of [
      ['c:O', '91330599FAKE00001A'],
      ['c:C', '91330599FAKE00002B'],
      ['c:R', '91330599FAKE00003C'],
      ['c:X', '91320599FAKE00009X'],
    ] as const)
      await putEntity(db, { id, kind: 'company', keys: { uscc } });
    await putEntity(db, { id: 'v:1', kind: 'vehicle', keys: { plate: '浙E00001', plate_class: '浙E00001|01' } });
    await putEntity(db, { id: 'v:2', kind: 'vehicle', keys: { plate: '浙E00002', plate_class: '浙E00002|01' } });
    await put(db, 'src_trn_licence', [
      {
        row_id: 'lic:1',
        plate: '浙E00001',
        plate_class: '01',
        rated_t: 15,
        terminal: 'T浙E00001',
        valid_from: '2025-01-01',
      },
    ]);
    await put(db, 'src_geo_element', [
      { row_id: 'geo:pit', element_id: 'pit-1', kind: 'pit', ...PIT },
      { row_id: 'geo:gate', element_id: 'gate-1', kind: 'gate', lon: 119.86, lat: 30.9 },
    ]);
  });
  afterEach(() => db.close());

  const honest = (count = 8) => Array.from({ length: count }, (_x, n) => n);
  const run = async () => {
    await buildTraces(db);
    const report = await runTypologies(db, { asOf: ASOF, only: ['T02'] });
    const signals = await db.rows<{ rule: string; subject_id: string; row_ids: string[] }>(
      'select rule, subject_id, row_ids from signal order by rule, subject_id',
    );
    const verdicts = await db.rows<{ row_id: string; verdicts: string[]; explained: string[] }>(
      'select row_id, verdicts, explained from trip_verdict',
    );
    return {
      signals,
      aside: (rule: string) => report.typologies[0]!.rules.find((r) => r.rule === rule)!.setAside,
      verdictOf: (id: string) => verdicts.find((v) => v.row_id === id)!,
    };
  };
  const put8 = async (
    more: Readonly<Record<number, HandRow>> = {},
    tracks: Readonly<Record<number, HandRow[]>> = {},
  ) => {
    await put(
      db,
      'src_eco_hw_manifest',
      honest().map((n) => manifest(n, more[n])),
    );
    await put(
      db,
      'src_trn_gps',
      honest().flatMap((n) => tracks[n] ?? track(n, day(n))),
    );
  };

  it('finds nothing on honest trips, and calls them consistent', async () => {
    await put8();
    const r = await run();
    expect(r.signals).toEqual([]);
    expect(honest().map((n) => r.verdictOf(`m:${n}`).verdicts)).toEqual(honest().map(() => ['consistent']));
  });

  it('finds the truck that never came near the receiver, and its stop at the pit', async () => {
    await put8({}, { 5: track(5, day(5), { to: PIT }) });
    const r = await run();
    expect(r.verdictOf('m:5').verdicts).toEqual(['never-near-receiver', 'stop-on-the-way']);
    expect(r.signals.map((s) => [s.rule, s.subject_id])).toEqual([
      ['never-near-receiver', 'c:O'],
      ['never-near-receiver', 'v:1'],
      ['stop-on-the-way', 'c:O'],
      ['stop-on-the-way', 'v:1'],
    ]);
    expect(r.signals[0]!.row_ids[0]).toBe('m:5');
    expect(r.signals[0]!.row_ids.slice(1).every((id) => id.startsWith('g:浙E00001:5:'))).toBe(true);
  });

  it('is quiet when another tractor of the fleet made the trip', async () => {
    const elsewhere = track(5, day(5), { to: PIT }).map((p) => ({ ...p, lon: 119.9, lat: 30.95, speed_kmh: 20 }));
    await put8({}, { 5: [...elsewhere, ...track(5, day(5), { plate: '浙E00002' })] });
    const r = await run();
    expect(r.signals).toEqual([]);
    expect(r.verdictOf('m:5')).toMatchObject({ verdicts: ['consistent'], explained: ['never-near-receiver'] });
    expect(r.aside('never-near-receiver')).toEqual({ 'tractor-swap': 2 });
  });

  it.each([
    ['too-fast', { arrived_at: utc(day(5), 12) }, ['c:O', 'v:1']],
    ['over-rated', { sent_t: 18, accepted_t: 18 }, ['c:O', 'v:1']],
    ['departed-before-creation', { created_at: utc(day(5), 300) }, ['c:O']],
    ['accepted-late', { accepted_at: utc(day(5), 10 * 1440) }, ['c:O']],
    ['no-approval', { receiver_uscc: '91320599FAKE00009X' }, ['c:O']],
  ] as const)('finds %s', async (rule, more, subjects) => {
    await put8({ 5: more });
    const r = await run();
    expect(r.verdictOf('m:5').verdicts).toContain(rule);
    expect(r.signals.filter((s) => s.rule === rule).map((s) => s.subject_id)).toEqual([...subjects]);
    expect(r.signals.find((s) => s.rule === rule)!.row_ids).toContain('m:5');
    for (const n of honest().filter((k) => k !== 5)) expect(r.verdictOf(`m:${n}`).verdicts).toEqual(['consistent']);
  });

  it('finds equal weights on five trips, not when the receiver’s scale tells them apart', async () => {
    const same = (accepted: (n: number) => number) =>
      Object.fromEntries([2, 3, 4, 5, 6].map((n) => [n, { sent_t: 12.4, accepted_t: accepted(n) }]));
    await put8(same(() => 12.4));
    const r = await run();
    expect(r.signals.map((s) => s.rule)).toEqual(['weight-constant']);
    expect(r.signals[0]!.row_ids).toEqual(['m:2', 'm:3', 'm:4', 'm:5', 'm:6']);
    await db.run('delete from src_eco_hw_manifest');
    await db.run('delete from src_trn_gps');
    await put8(same((n) => 12.4 - n / 50));
    const tank = await run();
    expect(tank.signals).toEqual([]);
    expect(tank.aside('weight-constant')).toEqual({ 'fixed-tank': 5 });
  });

  it('is quiet on a paper form entered days later', async () => {
    await put8({ 5: { created_at: utc(day(5), 6 * 1440) } });
    const r = await run();
    expect(r.signals).toEqual([]);
    expect(r.aside('departed-before-creation')).toEqual({ 'late-entry': 1 });
  });

  it('finds acceptance of three manifests at one minute, a pass that is off the way, and a trip left open', async () => {
    const minute = utc(day(7), 400);
    await put8({
      1: { accepted_at: minute },
      2: { accepted_at: minute },
      3: { accepted_at: minute },
      6: { accepted_at: null, arrived_at: null, state: '在途' },
    });
    await put(db, 'src_pol_gate_pass', [
      {
        row_id: 'p:1',
        gate: 'gate-1',
        plate: '浙E00001',
        plate_class: '01',
        pass_at: utc(day(4), 10),
        known_at: utc(day(4), 15),
      },
      {
        row_id: 'p:2',
        gate: 'gate-1',
        plate: '浙E00001',
        plate_class: '01',
        pass_at: utc(day(4), 9),
        known_at: utc(day(4), 17),
      },
    ]);
    const r = await run();
    expect(new Set(r.signals.map((s) => s.rule))).toEqual(
      new Set(['accepted-in-batch', 'plate-elsewhere', 'unclosed']),
    );
    expect(r.signals.find((s) => s.rule === 'accepted-in-batch')!.row_ids).toEqual(['m:1', 'm:2', 'm:3']);
    expect(r.signals.find((s) => s.rule === 'plate-elsewhere')!.row_ids).toEqual(['m:4', 'p:1', 'p:2']);
    expect(r.signals.find((s) => s.rule === 'unclosed')!.row_ids).toEqual(['m:6']);
  });

  it('does not call a trip without positions false', async () => {
    await put8({}, { 5: [] });
    expect((await run()).verdictOf('m:5').verdicts).toEqual(['not-checkable']);
  });
});
