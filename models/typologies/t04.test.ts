import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { normal, seeded } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import { type HandRow, handDatabase, put, putSite, utc } from './hand-tables.ts';
import { runTypologies } from './run.ts';

const START = '2026-01-04T16:00:00'; // 00:00 local, Monday 5 January
const ASOF = '2026-12-31T00:00:00Z';
const HOURS = 16 * 7 * 24;

interface Series {
  readonly mn?: string;
  readonly factor?: string;
  readonly value: (hour: number) => number;
  readonly flag?: (hour: number) => string;
}

function hourly({ mn = 'MN1', factor = 'w01018', value, flag = () => 'N' }: Series): HandRow[] {
  return Array.from({ length: HOURS }, (_x, h) => ({
    row_id: `c:${mn}:${factor}:${h}`,
    mn,
    cn: 2061,
    factor,
    data_time: utc(START, h * 60),
    known_at: utc(START, h * 60 + 65),
    avg_value: value(h),
    flag: flag(h),
    crc_ok: true,
  }));
}

/** A plausible COD series: 24 h rhythm and 8 % noise, two decimals. */
function usual(seed: string, middle = 40): number[] {
  const random = seeded(seed);
  return Array.from({ length: HOURS }, (_x, h) =>
    Number((middle * (1 + 0.2 * Math.sin((h / 24) * 2 * Math.PI)) * Math.exp(0.08 * normal(random))).toFixed(2)),
  );
}

describe('T04', () => {
  let db: Database;
  beforeEach(async () => {
    db = await handDatabase();
    await putSite(db, 'site:A', { permit_no: 'PA', site_code: 'A' });
    await putSite(db, 'site:B', { permit_no: 'PB', site_code: 'B' });
    await put(db, 'src_eco_monitor', [
      {
        row_id: 'm:1',
        mn: 'MN1',
        permit_no: 'PA',
        outlet_code: 'DW001',
        maintainer_name: '运维甲',
        installed: '2025-01-01',
      },
      {
        row_id: 'm:2',
        mn: 'MN2',
        permit_no: 'PB',
        outlet_code: 'DW001',
        maintainer_name: '运维甲',
        installed: '2025-01-01',
      },
    ]);
  });
  afterEach(() => db.close());

  const run = async () => {
    const report = await runTypologies(db, { asOf: ASOF, only: ['T04'] });
    const signals = await db.rows<{ subject_id: string; rule: string; row_ids: string[]; against_json: string }>(
      'select subject_id, rule, row_ids, against_json from signal',
    );
    return { rules: report.typologies[0]!.rules, signals };
  };
  const asideOf = (rules: Awaited<ReturnType<typeof run>>['rules'], rule: string) =>
    rules.find((r) => r.rule === rule)!.setAside;

  it('is quiet on two honest devices', async () => {
    const a = usual('a');
    const b = usual('b');
    await put(db, 'src_eco_cems_hour', [
      ...hourly({ value: (h) => a[h]! }),
      ...hourly({ mn: 'MN2', value: (h) => b[h]! }),
      ...hourly({ factor: 'w21003', value: (h) => Number((a[h]! / 10).toFixed(3)) }),
    ]);
    expect((await run()).signals).toEqual([]);
  });

  it('finds a flatline of six cycles, with exactly its rows', async () => {
    const a = usual('a');
    await put(db, 'src_eco_cems_hour', hourly({ value: (h) => (h >= 500 && h < 508 ? 41.11 : a[h]!) }));
    const { signals } = await run();
    expect(signals).toHaveLength(1);
    expect(signals[0]).toMatchObject({ subject_id: 'site:A', rule: 'flatline' });
    expect(signals[0]!.row_ids).toEqual(Array.from({ length: 8 }, (_x, i) => `c:MN1:w01018:${500 + i}`));
    const against = JSON.parse(signals[0]!.against_json) as { id: string; tested: boolean; holds: boolean | null }[];
    expect(against.find((a2) => a2.id === 'two-hour-grab')).toMatchObject({ tested: true, holds: false });
    expect(against.find((a2) => a2.id === 'no-flow')).toMatchObject({ tested: false, holds: null });
  });

  it('knows a two-hour grab: eight equal hours are four cycles', async () => {
    const a = usual('a');
    const grab = (h: number) => (h >= 500 && h < 508 ? 41.11 : a[h - (h % 2)]!);
    await put(db, 'src_eco_cems_hour', hourly({ value: grab }));
    const { signals, rules } = await run();
    expect(signals).toEqual([]);
    expect(asideOf(rules, 'flatline')).toEqual({ 'two-hour-grab': 1 });
  });

  it('finds a flatline of a two-hour grab when it lasts six cycles', async () => {
    const a = usual('a');
    const grab = (h: number) => (h >= 500 && h < 512 ? 41.11 : a[h - (h % 2)]!);
    await put(db, 'src_eco_cems_hour', hourly({ value: grab }));
    expect((await run()).signals.map((s) => [s.rule, s.row_ids.length])).toEqual([['flatline', 12]]);
  });

  it.each(['M', 'C', 'D', 'F', 'B', 'T'])(
    'does not evaluate the same values flagged %s, and says why',
    async (flag) => {
      const a = usual('a');
      const fault = (h: number) => h >= 480 && h < 1200;
      await put(
        db,
        'src_eco_cems_hour',
        hourly({ value: (h) => (fault(h) ? 41.11 : a[h]!), flag: (h) => (fault(h) ? flag : 'N') }),
      );
      const { signals, rules } = await run();
      expect(signals).toEqual([]);
      expect(asideOf(rules, 'flatline')).toEqual({ flagged: 1 });
      expect(
        await db.rows('select rule, subject_id, reason from signal_aside where rule = $r', { r: 'flatline' }),
      ).toEqual([{ rule: 'flatline', subject_id: 'site:A', reason: 'flagged' }]);
    },
  );

  it('is quiet at the detection floor and when no water flows', async () => {
    const a = usual('a').map((v) => Number(Math.max(0, v - 36).toFixed(1)));
    const b = usual('b');
    await put(db, 'src_eco_cems_hour', [
      ...hourly({ value: (h) => (h >= 500 && h < 520 ? 0 : a[h]!) }),
      ...hourly({ mn: 'MN2', value: (h) => (h >= 500 && h < 520 ? 41.11 : b[h]!) }),
      ...hourly({ mn: 'MN2', factor: 'w00000', value: (h) => (h >= 500 && h < 520 ? 0 : 12) }),
    ]);
    const { signals, rules } = await run();
    expect(signals.filter((s) => s.rule === 'flatline')).toEqual([]);
    expect(asideOf(rules, 'flatline')).toMatchObject({ 'no-flow': 1 });
    expect(asideOf(rules, 'flatline')['detection-floor']).toBeGreaterThan(0);
  });

  it('takes a µg for mg slip for a slip', async () => {
    const a = usual('a');
    await put(db, 'src_eco_cems_hour', hourly({ value: (h) => (h % 97 === 5 ? a[h]! * 1000 : a[h]!) }));
    expect((await run()).signals).toEqual([]);
  });

  it('finds a day of too little variation and values pinned under the limit', async () => {
    const a = usual('a', 30);
    const pinned = (h: number) => h >= 960 && h < 960 + 7 * 24;
    await put(db, 'src_eco_permit', [
      {
        row_id: 'permit:1',
        permit_no: 'PA',
        outlet_code: 'DW001',
        factor: 'w01018',
        limit_value: 50,
        limit_unit: 'mg/L',
      },
    ]);
    await put(db, 'src_eco_cems_hour', hourly({ value: (h) => (pinned(h) ? 47 + ((h * 7) % 13) / 100 : a[h]!) }));
    const { signals } = await run();
    expect(new Set(signals.map((s) => s.rule))).toEqual(new Set(['low-variation', 'pinned']));
    const rows = new Set(signals.filter((s) => s.rule === 'pinned').flatMap((s) => s.row_ids));
    expect(rows).toEqual(new Set(['permit:1', ...Array.from({ length: 168 }, (_x, i) => `c:MN1:w01018:${960 + i}`)]));
  });

  it('finds a slope changed without a log, and not one inside a marked calibration', async () => {
    const a = usual('a');
    await put(db, 'src_eco_cems_hour', [
      ...hourly({ value: (h) => a[h]!, flag: (h) => (h === 1000 ? 'C' : 'N') }),
      ...[
        [100, 1],
        [600, 0.7],
        [1001, 1],
      ].map(([h, slope]) => ({
        row_id: `q:${h}`,
        mn: 'MN1',
        cn: 3020,
        factor: 'w01018',
        info: 'i13008',
        avg_value: slope!,
        data_time: utc(START, h! * 60),
        known_at: utc(START, h! * 60 + 1),
        crc_ok: true,
      })),
    ]);
    const { signals, rules } = await run();
    expect(signals.map((s) => [s.rule, s.row_ids])).toEqual([['parameter-change', ['q:100', 'q:600']]]);
    expect(asideOf(rules, 'parameter-change')).toEqual({ calibration: 1 });
  });

  it('finds flags that come and go while the line runs, not a month of fault', async () => {
    const a = usual('a');
    const b = usual('b');
    const week = (h: number) => h >= 2016 && h < 2016 + 168;
    await put(db, 'src_eco_cems_hour', [
      ...hourly({
        value: (h) => a[h]!,
        flag: (h) => (week(h) && (h % 24 < 5 || h % 24 === 12 || h % 24 === 13) ? 'M' : 'N'),
      }),
      ...hourly({ mn: 'MN2', value: (h) => b[h]!, flag: (h) => (h >= 480 && h < 1200 ? 'D' : 'N') }),
    ]);
    const { signals } = await run();
    expect(signals.map((s) => [s.rule, s.subject_id])).toEqual([
      ['flag-share', 'site:A'],
      ['flag-share', 'site:A'],
    ]);
    expect(new Set(signals.flatMap((s) => s.row_ids)).size).toBe(49);
  });

  it('finds values that go on while the sampling pump is off', async () => {
    const a = usual('a');
    await put(db, 'src_pwr_pair', [
      {
        row_id: 'pair',
        site_code: 'A',
        permit_no: 'PA',
        produce_point: 'P1',
        treat_point: 'T1',
        mn: 'MN1',
        updated: '2026-01-01',
      },
    ]);
    await put(
      db,
      'src_pwr_point_15m',
      Array.from({ length: 30 * 96 }, (_x, s) => ({
        row_id: `pump:${s}`,
        site_code: 'A',
        point: 'S1',
        role: 'pump',
        at: utc(START, s * 15),
        known_at: utc(START, s * 15 + 60),
        kw: 1,
        amps: s >= 1000 && s < 1040 ? 0 : 4,
        online: true,
      })),
    );
    await put(db, 'src_eco_cems_hour', hourly({ value: (h) => a[h]! }));
    const { signals } = await run();
    expect(signals.map((s) => [s.rule, s.row_ids.length])).toEqual([['pump-off', 20]]);
  });

  it('finds a week in which COD and ammonia no longer go together', async () => {
    const a = usual('a');
    const b = usual('b');
    const broken = (h: number) => h >= 12 * 168 && h < 13 * 168;
    await put(db, 'src_eco_cems_hour', [
      ...hourly({ value: (h) => (broken(h) ? Number((36 + ((h * 37) % 100) / 20).toFixed(2)) : a[h]!) }),
      ...hourly({ factor: 'w21003', value: (h) => Number((a[h]! / 10 + b[h]! / 100).toFixed(3)) }),
    ]);
    expect((await run()).signals.map((s) => s.rule)).toEqual(['relation-break']);
  });

  it('finds two devices of one maintainer with the same residuals', async () => {
    const a = usual('a');
    const b = usual('b');
    await put(db, 'src_eco_cems_hour', [
      ...hourly({ value: (h) => a[h]! }),
      ...hourly({ mn: 'MN2', value: (h) => (h >= 840 && h < 1008 ? a[h]! * 2 : b[h]!) }),
    ]);
    const { signals } = await run();
    expect(signals.map((s) => [s.subject_id, s.rule])).toEqual([
      ['site:A', 'twin-residuals'],
      ['site:B', 'twin-residuals'],
    ]);
  });
});
