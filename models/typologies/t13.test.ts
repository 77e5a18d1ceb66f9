import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../ingest/tables/index.ts';
import { buildTraces } from '../traces/index.ts';
import { type HandRow, handDatabase, put, putEntity, putSite, utc } from './hand-tables.ts';
import { runTypologies } from './run.ts';

const START = '2026-03-02T02:00:00';

describe('T13', () => {
  let db: Database;
  beforeEach(async () => {
    db = await handDatabase();
    await putEntity(db, { id: 'c:L', kind: 'company', keys: { uscc: '91330599FAKE0000LL' } });
    await putEntity(db, { id: 'c:C', kind: 'company', keys: { uscc: '91330599FAKE0000CC' } });
    await putSite(db, 'site:C', { permit_no: 'P1' }, { lon: 120.05, lat: 30.8 });
    await put(db, 'link', [{ link_id: 'l1', kind: 'operates', from_id: 'c:C', to_id: 'site:C' }]);
    await putEntity(db, { id: 'v:L', kind: 'vehicle', keys: { plate: '浙E00L01', plate_class: '浙E00L01|02' } });
    await put(db, 'src_trn_licence', [
      { row_id: 'lic', plate: '浙E00L01', plate_class: '02', uscc: '91330599FAKE0000LL', valid_from: '2025-01-01' },
    ]);
    await put(db, 'src_geo_element', [
      { row_id: 'geo:near', element_id: 'G1', kind: 'gate', lon: 120.06, lat: 30.8 },
      { row_id: 'geo:far', element_id: 'G2', kind: 'gate', lon: 120.35, lat: 30.95 },
    ]);
  });
  afterEach(() => db.close());

  const record = (day: number): HandRow => ({
    row_id: `i:${day}`,
    inspection_no: `${day}`,
    uscc: '91330599FAKE0000CC',
    in_at: utc(START, day * 1440),
    out_at: utc(START, day * 1440 + 60),
    known_at: utc(START, day * 1440 + 60),
    items: ['委托检测报告核查', '采样车浙E00L01'],
  });
  const pass = (day: number, gate: string): HandRow => ({
    row_id: `p:${day}`,
    gate,
    plate: '浙E00L01',
    plate_class: '02',
    pass_at: utc(START, day * 1440 + 5),
    known_at: utc(START, day * 1440 + 10),
    reliability: 95,
  });
  const run = async (records: HandRow[], passes: HandRow[]) => {
    await put(db, 'src_eco_inspection', records);
    if (passes.length > 0) await put(db, 'src_pol_gate_pass', passes);
    await buildTraces(db);
    await runTypologies(db, { asOf: '2026-06-30T00:00:00Z', only: ['T13'] });
    return db.rows<{ subject_id: string; row_ids: string[] }>(
      'select subject_id, row_ids from signal order by subject_id',
    );
  };

  it('finds a sampling car twice elsewhere, and names laboratory and car', async () => {
    expect(await run([record(0), record(9)], [pass(0, 'G2'), pass(9, 'G2')])).toEqual([
      { subject_id: 'c:L', row_ids: ['i:0', 'p:0', 'i:9', 'p:9'] },
      { subject_id: 'v:L', row_ids: ['i:0', 'p:0', 'i:9', 'p:9'] },
    ]);
  });

  it('is quiet when the car was near, when it was elsewhere but once, and without passes', async () => {
    expect(await run([record(0), record(9)], [pass(0, 'G1'), pass(9, 'G1')])).toEqual([]);
    expect(await run([record(20)], [pass(20, 'G2')])).toEqual([]);
    expect(await run([record(30), record(40)], [])).toEqual([]);
  });
});
