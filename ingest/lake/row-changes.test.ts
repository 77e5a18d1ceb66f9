import { afterEach, beforeEach, expect, test } from 'vitest';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { SourceDescription } from '../schema/index.ts';
import { Database } from '../tables/index.ts';
import { type FileReport, ingestFiles } from './index.ts';
import { countSql } from './row-changes.ts';

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'tributary-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const TRIP: SourceDescription = {
  id: 'trip', title: { zh: '运单', en: 'Trips' }, department: '综合执法', share: 'conditional', level: 1, files: ['trip*.csv'], format: { kind: 'csv' },
  columns: [
    { name: 'no', header: '运单号', kind: 'text', required: true },
    { name: 'plate', header: '车牌', kind: 'plate' },
    { name: 'at', header: '时间', kind: 'timestamp' },
    { name: 'm3', header: '方量', kind: 'number' },
  ],
  key: ['no'], eventAt: '"at"', knownAt: '"at"', mentions: [], links: [], events: [], outcomes: [],
}; // prettier-ignore

let now = Date.UTC(2026, 6, 1);
async function ingest(name: string, rows: readonly string[]): Promise<FileReport> {
  mkdirSync(join(folder, 'in'), { recursive: true });
  const path = join(folder, 'in', name);
  writeFileSync(path, `运单号,车牌,时间,方量\n${rows.map((r) => `${r}\n`).join('')}`);
  const report = await ingestFiles({
    workspace: join(folder, 'ws'),
    paths: [path],
    descriptions: [TRIP],
    clock: () => (now += 1000),
  });
  return report.files[0]!;
}
const row = (no: string, plate: string, m3: number): string => `${no},${plate},2026-06-0${m3 % 9} 08:00:00,${m3}`;

test('today’s file beside yesterday’s: new, changed, unchanged and gone rows by key, the rows named with the columns that differ', async () => {
  const first = await ingest('trip.csv', [row('A', '浙E12345', 1), row('B', '浙E12346', 2), row('C', '浙E12347', 3)]);
  expect(first.changes).toBeNull();
  const second = await ingest('trip.csv', [row('A', '浙E12345', 1), row('D', '浙E12348', 4), row('B', '浙E99999', 2)]);
  const [was, is] = [first, second].map((f) => `trip:${f.sha256.slice(0, 8)}:`) as [string, string];
  expect(second.changes).toEqual({
    against: 'trip.csv',
    againstSha256: first.sha256,
    new: 1,
    changed: 1,
    unchanged: 1,
    gone: 1,
    rows: [
      { what: 'changed', rowId: `${is}4`, wasRowId: `${was}3`, columns: ['plate'] },
      { what: 'gone', rowId: null, wasRowId: `${was}4`, columns: [] },
      { what: 'new', rowId: `${is}3`, wasRowId: null, columns: [] },
    ],
  });
  const third = await ingest('trip.csv', [row('A', '浙E12345', 1)]);
  expect(third.changes).toMatchObject({ againstSha256: second.sha256, new: 0, changed: 0, unchanged: 1, gone: 2 });
});

test('a value that is sent otherwise but cleans to the same is no change; the same bytes again are all unchanged', async () => {
  await ingest('trip.csv', ['A,浙E12345,2026-06-01 08:00:00,1']);
  const tidied = await ingest('trip.csv', ['A,浙E12345,2026-06-01 08:00:00,1.0']);
  expect(tidied.changes).toMatchObject({ changed: 0, unchanged: 1 });
  const again = await ingest('trip.csv', ['A,浙E12345,2026-06-01 08:00:00,1.0']);
  expect(again).toMatchObject({ outcome: 'skipped', changes: { new: 0, changed: 0, unchanged: 1, gone: 0 } });
});

test('next month’s file is a further part: all new, nothing gone; a file of another kind of name is not compared', async () => {
  await ingest('trip-202605.csv', [row('A', '浙E12345', 1)]);
  const june = await ingest('trip-202606.csv', [row('B', '浙E12345', 1), row('C', '浙E12345', 2)]);
  expect(june.changes).toMatchObject({
    against: 'trip-202605.csv',
    new: 2,
    changed: 0,
    unchanged: 0,
    gone: null,
    rows: [],
  });
  expect((await ingest('trips-extra.csv', [row('Z', '浙E12345', 1)])).changes).toBeNull();
});

test('files of one call are not compared with each other', async () => {
  mkdirSync(join(folder, 'in'), { recursive: true });
  for (const month of ['05', '06'])
    writeFileSync(join(folder, 'in', `trip-2026${month}.csv`), `运单号,车牌,时间,方量\n${row(month, '浙E12345', 1)}\n`);
  const report = await ingestFiles({
    workspace: join(folder, 'ws'),
    paths: [join(folder, 'in')],
    descriptions: [TRIP],
    clock: () => now,
  });
  expect(report.files.map((f) => f.changes)).toEqual([null, null]);
});

test('counts add up and agree with a naive count, also with repeated and missing keys', async () => {
  const db = await Database.open(':memory:', { threads: 1 });
  const side = fc.array(
    fc.record({ k: fc.option(fc.integer({ min: 0, max: 3 })), v: fc.integer({ min: 0, max: 2 }) }),
    { maxLength: 12 },
  );
  try {
    await fc.assert(
      fc.asyncProperty(side, side, fc.boolean(), async (was, is, keyed) => {
        for (const [name, rows] of [
          ['was', was],
          ['is_now', is],
        ] as const)
          // prettier-ignore
          await db.run(`create or replace table ${name} as select * from (values ${[...rows.map((r) => `(${r.k ?? 'null'}, ${r.v})`), '(0, 0)'].join(', ')}) t(k, v) limit ${rows.length}`);
        const [found] = await db.rows(countSql('was', 'is_now', { keys: keyed ? ['k'] : [], columns: ['k', 'v'] }));
        expect(found).toEqual(naive(was, is, keyed));
      }),
      { numRuns: 60, seed: 7 },
    );
  } finally {
    db.close();
  }
});

interface Row {
  readonly k: number | null;
  readonly v: number;
}

function naive(was: readonly Row[], is: readonly Row[], keyed: boolean) {
  const left = [...was];
  const fresh: Row[] = [];
  let same = 0;
  for (const r of is) {
    const at = left.findIndex((w) => w.k === r.k && w.v === r.v);
    if (at < 0) fresh.push(r);
    else [same] = [same + 1, left.splice(at, 1)];
  }
  let changed = 0;
  const isNew = fresh.filter((r) => {
    const at = keyed ? left.findIndex((w) => w.k === r.k) : -1;
    if (at < 0) return true;
    changed++;
    left.splice(at, 1);
    return false;
  });
  return { same, changed, fresh: isNew.length, gone: left.length };
}
