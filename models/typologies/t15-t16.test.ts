import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../ingest/tables/index.ts';
import { buildTraces } from '../traces/index.ts';
import { type HandRow, handDatabase, put, putEntity, putSite, utc } from './hand-tables.ts';
import { runTypologies } from './run.ts';

type Spot = { lon: number; lat: number };
const WORKS: Spot = { lon: 120.05, lat: 30.8 };
const FIELD: Spot = { lon: 120.2, lat: 30.75 };
const FILED: Spot = { lon: 120.25, lat: 30.7 };
const POND: Spot = { lon: 120.1, lat: 30.9 };
const TIP: Spot = { lon: 120.3, lat: 30.9 };

/** A truck fills up at `from` and empties at `to` on day `n`. */
function trip(n: number, from: Spot, to: Spot): HandRow[] {
  const mid = { lon: (from.lon + to.lon) / 2, lat: (from.lat + to.lat) / 2 };
  const points: [number, Spot, number, number][] = [
    [0, mid, 40, 0],
    [10, from, 0, 3],
    [15, from, 0, 3],
    [20, from, 0, 3],
    [35, mid, 40, 3],
    [50, to, 0, 0],
    [55, to, 0, 0],
    [60, to, 0, 0],
    [80, mid, 40, 0],
  ];
  return points.map(([m, at, speed, load], i) => ({
    row_id: `g:${n}:${i}`,
    terminal: 'T1',
    plate: '浙E00001',
    at: utc('2026-03-01T01:00:00', n * 1440 + m),
    known_at: utc('2026-03-01T01:00:00', n * 1440 + m + 1),
    ...at,
    speed_kmh: speed,
    load,
    alarm: 0,
  }));
}
const rowsOf = (...days: number[]) => days.flatMap((d) => [1, 2, 3, 5, 6, 7].map((i) => `g:${d}:${i}`));

let db: Database;
beforeEach(async () => {
  db = await handDatabase();
  await putSite(db, 'site:W', { permit_no: 'P1' }, WORKS);
  await putEntity(db, { id: 'v:1', kind: 'vehicle', keys: { plate: '浙E00001', plate_class: '浙E00001|01' } });
  await put(db, 'src_geo_element', [
    { row_id: 'geo:f', element_id: 'farm-1', kind: 'farmland', ...FIELD },
    { row_id: 'geo:g', element_id: 'farm-2', kind: 'farmland', ...FILED, props: '{"approved":"污泥土地利用备案"}' },
    {
      row_id: 'geo:h',
      element_id: 'farm-3',
      kind: 'farmland',
      lon: 120.15,
      lat: 30.65,
      props: '{"approved":"土地整治项目"}',
    },
    { row_id: 'geo:p', element_id: 'pit-1', kind: 'pit', ...POND },
    { row_id: 'geo:t', element_id: 'muck-1', kind: 'muck_site', ...TIP },
  ]);
});
afterEach(() => db.close());

const run = async (only: string) => {
  await buildTraces(db);
  const report = await runTypologies(db, { asOf: '2026-06-30T00:00:00Z', only: [only] });
  const signals = await db.rows<{ rule: string; subject_id: string; row_ids: string[] }>(
    'select rule, subject_id, row_ids from signal order by rule',
  );
  return { signals, aside: report.typologies[0]!.rules[0]!.setAside };
};

describe('T15', () => {
  it('finds two trips from a works to a field, for the works and the truck; one is not enough', async () => {
    await put(db, 'src_trn_gps', trip(0, WORKS, FIELD));
    expect((await run('T15')).signals).toEqual([]);
    await put(db, 'src_trn_gps', trip(9, WORKS, FIELD));
    expect((await run('T15')).signals).toEqual([
      { rule: 'vehicle-works-to-field', subject_id: 'v:1', row_ids: rowsOf(0, 9) },
      { rule: 'works-to-field', subject_id: 'site:W', row_ids: rowsOf(0, 9) },
    ]);
  });

  it('is quiet on a filed use of sludge, on a licensed tip, and on soil from elsewhere', async () => {
    await put(db, 'src_trn_gps', [
      ...trip(0, WORKS, FILED),
      ...trip(3, WORKS, FILED),
      ...trip(6, WORKS, TIP),
      ...trip(9, WORKS, TIP),
      ...trip(12, POND, FIELD),
      ...trip(15, POND, FIELD),
    ]);
    const r = await run('T15');
    expect([r.signals, r.aside]).toEqual([[], { 'approved-use': 2 }]);
  });
});

describe('T16', () => {
  it('finds two trips that take soil from one plot', async () => {
    await put(db, 'src_trn_gps', trip(0, FIELD, POND));
    expect((await run('T16')).signals).toEqual([]);
    await put(db, 'src_trn_gps', trip(9, FIELD, POND));
    expect((await run('T16')).signals).toEqual([
      { rule: 'soil-from-farmland', subject_id: 'v:1', row_ids: rowsOf(0, 9) },
    ]);
  });

  it('is quiet under an approved consolidation; a filing of sludge use is none', async () => {
    const consolidated = { lon: 120.15, lat: 30.65 };
    await put(db, 'src_trn_gps', [...trip(0, consolidated, TIP), ...trip(9, consolidated, TIP)]);
    const r = await run('T16');
    expect([r.signals, r.aside]).toEqual([[], { 'land-consolidation': 2 }]);
    await put(db, 'src_trn_gps', [...trip(20, FILED, POND), ...trip(22, FILED, POND)]);
    expect((await run('T16')).signals).toHaveLength(1);
  });
});
