import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../ingest/tables/index.ts';
import { type HandRow, handDatabase, put, putEntity, utc } from './hand-tables.ts';
import { runTypologies } from './run.ts';

const START = '2026-03-10T14:00:00';
const BEND = { lon: 120.05, lat: 30.8 };
const WHARF = { lon: 120.2, lat: 30.85 };

describe('T12', () => {
  let db: Database;
  beforeEach(async () => {
    db = await handDatabase();
    await putEntity(db, { id: 's:1', kind: 'ship', keys: { mmsi: '413990001' } });
    await put(db, 'src_geo_element', [{ row_id: 'geo:w', element_id: 'W', kind: 'wharf', ...WHARF }]);
  });
  afterEach(() => db.close());

  const ship = (at: { lon: number; lat: number }): HandRow[] =>
    [-12, 0, 8, 20].map((m, i) => ({
      row_id: `a:${i}`,
      mmsi: '413990001',
      at: utc(START, m),
      known_at: utc(START, m + 10),
      lon: at.lon + (m < 0 ? -0.02 : m > 8 ? 0.02 : 0),
      lat: at.lat,
      sog_kn: m < 0 || m > 8 ? 6 : 0.2,
    }));
  const ticket = (hours: number, at = BEND, text = '河面有大片油污'): HandRow => ({
    row_id: `t:${hours}`,
    ticket_no: `${hours}`,
    at: utc(START, hours * 60),
    known_at: utc(START, hours * 60),
    class: '生态环境>水',
    text,
    ...at,
  });
  const run = async () => {
    const report = await runTypologies(db, { asOf: '2026-06-30T00:00:00Z', only: ['T12'] });
    const signals = await db.rows<{ rule: string; subject_id: string; row_ids: string[] }>(
      'select rule, subject_id, row_ids from signal',
    );
    return { signals, aside: report.typologies[0]!.rules[0]!.setAside };
  };

  it('finds oil reported eight hours after a short stop, with the positions and the ticket', async () => {
    await put(db, 'src_ship_ais', ship(BEND));
    await put(db, 'src_hot_ticket', [ticket(8)]);
    expect((await run()).signals).toEqual([
      { rule: 'oil-after-stop', subject_id: 's:1', row_ids: ['a:1', 'a:2', 't:8'] },
    ]);
  });

  it('is quiet before the stop, two days after, on another complaint, and far away', async () => {
    await put(db, 'src_ship_ais', ship(BEND));
    await put(db, 'src_hot_ticket', [
      ticket(-3),
      ticket(50),
      ticket(6, BEND, '河水发黑有异味'),
      ticket(7, { lon: 120.1, lat: 30.8 }),
    ]);
    expect((await run()).signals).toEqual([]);
  });

  it('sets a berth aside', async () => {
    await put(db, 'src_ship_ais', ship(WHARF));
    await put(db, 'src_hot_ticket', [ticket(8, WHARF)]);
    const r = await run();
    expect([r.signals, r.aside]).toEqual([[], { berth: 1 }]);
  });
});
