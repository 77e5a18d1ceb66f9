import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../ingest/tables/index.ts';
import { type HandRow, handDatabase, put, putSite, utc } from './hand-tables.ts';
import { runTypologies } from './run.ts';

const START = '2026-01-01T00:00:00';

describe('T09', () => {
  let db: Database;
  beforeEach(async () => {
    db = await handDatabase();
    await putSite(db, 'site:F', { farm_no: 'F1' });
    await put(db, 'src_agr_farm', [
      {
        row_id: 'f:1',
        farm_no: 'F1',
        lon: 120.05,
        lat: 30.8,
        heads: 900,
        land_mu: 100,
        updated: '2025-12-01',
        known_at: '2025-12-01T00:00:00',
      },
    ]);
    await put(db, 'src_geo_element', [
      { row_id: 'geo:s', element_id: 'S1', kind: 'section', lon: 120.06, lat: 30.82 },
      { row_id: 'geo:t', element_id: 'S2', kind: 'section', lon: 120.3, lat: 30.9 },
    ]);
  });
  afterEach(() => db.close());

  /** Sixty days of ammonia every four hours, and the day's rain; `peaks` are days with three times the ammonia. */
  const water = (section: string, peaks: readonly number[], wet: readonly number[]): HandRow[] =>
    Array.from({ length: 60 }, (_x, d) => d).flatMap((d) => [
      ...[0, 4, 8, 12].map((h) => ({
        row_id: `w:${section}:${d}:${h}`,
        section,
        factor: 'w21003',
        flag: 'N',
        value: (0.5 + ((d * 7 + h) % 5) / 50) * (peaks.includes(d) && h >= 4 ? 3 : 1),
        at: utc(START, d * 1440 + h * 60),
        known_at: utc(START, d * 1440 + h * 60 + 60),
      })),
      {
        row_id: `r:${section}:${d}`,
        section,
        factor: 'rain_mm',
        flag: 'N',
        value: wet.includes(d) ? 18 : 0,
        at: utc(START, d * 1440 - 480),
        known_at: utc(START, d * 1440),
      },
    ]);
  const run = async () => {
    const report = await runTypologies(db, { asOf: '2026-06-30T00:00:00Z', only: ['T09'] });
    const signals = await db.rows<{ rule: string; subject_id: string; row_ids: string[]; strength: number }>(
      'select rule, subject_id, row_ids, strength from signal',
    );
    return { signals, aside: report.typologies[0]!.rules[0]!.setAside };
  };

  it('finds two pulses after rain, with the readings and the rain; more heads than land adds strength', async () => {
    await put(db, 'src_wat_section', water('S1', [20, 40], [20, 40, 50]));
    const { signals } = await run();
    expect(signals.map((s) => [s.rule, s.subject_id, s.strength])).toEqual([['pulse-after-rain', 'site:F', 1]]);
    const rows = [20, 40].flatMap((d) => [`w:S1:${d}:4`, `w:S1:${d}:8`, `w:S1:${d}:12`, `r:S1:${d}`]);
    expect(new Set(signals[0]!.row_ids.filter((id) => !/^r:S1:(19|39)$/.test(id)))).toEqual(new Set(rows));
  });

  it('is quiet on one pulse, on pulses without rain, and at a section far away', async () => {
    await put(db, 'src_wat_section', water('S1', [20], [20]));
    expect((await run()).signals).toEqual([]);
    await db.run('delete from src_wat_section');
    await put(db, 'src_wat_section', water('S1', [20, 40], []));
    const dry = await run();
    expect([dry.signals, dry.aside]).toEqual([[], { fertilising: 2 }]);
    await db.run('delete from src_wat_section');
    await put(db, 'src_wat_section', water('S2', [20, 40], [20, 40]));
    expect((await run()).signals).toEqual([]);
  });
});
