import { afterEach, expect, test } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from './database.ts';
import { memoryLimitFor } from './memory-limit.ts';
import { ExternalError, StateError, numbersOf, textsOf } from '../base/index.ts';

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((f) => rmSync(f, { recursive: true, force: true })));

test('rows and columns give the same values, nulls kept, moments in UTC', async () => {
  const db = await Database.open(':memory:');
  const sql = `select i::bigint as n, case when i % 3 = 0 then null else i / 2.0 end as h, 'x' || i as t,
    timestamp '2026-03-15 02:15:30' as at, [i, null]::int[] as l, {'a': i} as s, (i > 2) as b, 1.25::decimal(9,2) as d from range(5000) r(i)`;
  const rows = await db.rows(sql);
  expect(rows[1]).toEqual({
    n: 1,
    h: 0.5,
    t: 'x1',
    at: '2026-03-15T02:15:30.000Z',
    l: [1, null],
    s: { a: 1 },
    b: false,
    d: 1.25,
  });
  const c = await db.columns(sql);
  expect(c.rows).toBe(5000);
  expect(numbersOf(c, 'n').values[4999]).toBe(4999);
  expect(numbersOf(c, 'h').valid?.[3]).toBe(0);
  expect(numbersOf(c, 'h').values[4]).toBe(2);
  expect(numbersOf(c, 'at').values[0]).toBe(Date.UTC(2026, 2, 15, 2, 15, 30));
  expect(textsOf(c, 't')[4000]).toBe('x4000');
  db.close();
});

test('append and bind round-trip', async () => {
  const db = await Database.open(':memory:');
  const rows = 3000;
  const valid = new Uint8Array(rows).fill(1);
  valid[7] = 0;
  await db.tableFrom('t', {
    rows,
    data: {
      a: { kind: 'number', values: Float64Array.from({ length: rows }, (_x, i) => i), valid },
      b: { kind: 'text', values: Array.from({ length: rows }, (_x, i) => (i === 8 ? null : `字${i}`)) },
    },
  });
  expect(await db.rows('select count(*) as n, count(a) as a, count(b) as b, sum(a) as s from t')).toEqual([
    { n: 3000, a: 2999, b: 2999, s: (2999 * 3000) / 2 - 7 },
  ]);
  expect(await db.rows('select b from t where b = $b', { b: '字2999' })).toEqual([{ b: '字2999' }]);
  for (const [list, n] of [
    [['字1', '字2'], 2],
    [[], 0],
  ] as const) {
    const sql = 'select count(*) as n from t where list_contains($list::varchar[], b)';
    expect(await db.rows(sql, { list })).toEqual([{ n }]);
  }
  db.close();
});

test('a second open of the same file is refused by name; errors carry the SQL', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-'));
  folders.push(folder);
  const path = join(folder, 'a.duckdb');
  const db = await Database.open(path);
  await expect(Database.open(path)).rejects.toThrow(StateError);
  await expect(db.rows('select nothing from nowhere')).rejects.toMatchObject({
    code: 'sql-failed',
    detail: { sql: 'select nothing from nowhere' },
  });
  db.close();
  const again = await Database.open(path, { readOnly: true });
  await expect(again.run('create table t (a int)')).rejects.toThrow(ExternalError);
  again.close();
  await expect(again.rows('select 1')).rejects.toThrow(/closed/);
});

test('questions asked at once take turns, and each gets its own answer; one that fails does not stop the next', async () => {
  const db = await Database.open(':memory:');
  await db.run('create table t as select i from range(20000) r(i)');
  const asked = Array.from({ length: 40 }, (_x, n) =>
    n % 10 === 9
      ? db.rows('select nothing')
      : db.rows<{ n: number; s: number }>(`select ${n} as n, sum(i) as s from t where i % 40 = ${n}`),
  );
  const answers = await Promise.allSettled(asked);
  answers.forEach((a, n) => {
    if (n % 10 === 9) expect(a.status).toBe('rejected');
    else expect(a).toMatchObject({ status: 'fulfilled', value: [{ n, s: 500 * n + 40 * ((499 * 500) / 2) }] });
  });
  expect(await Promise.all(['t', 'u', 't'].map((name) => db.has(name)))).toEqual([true, false, true]);
  db.close();
});

test('memory: half of what there is, 6 GB at most, and the engine is told so; past it, it spills and answers the same', async () => {
  expect(memoryLimitFor(8 * 2 ** 30)).toBe('4096MB');
  expect(memoryLimitFor(64 * 2 ** 30)).toBe('6144MB');
  expect(memoryLimitFor(2 ** 20)).toBe('256MB');
  const folder = mkdtempSync(join(tmpdir(), 'tributary-'));
  const db = await Database.open(join(folder, 'x.duckdb'), {
    memoryLimit: '30MB',
    threads: 1,
    tempFolder: join(folder, 'spill'),
  });
  try {
    const [limit] = await db.rows<{ v: string }>(`select current_setting('memory_limit') as v`);
    expect(limit!.v).toBe('28.6 MiB');
    await db.run(
      `create table t as select (i * 7919) % 400000 as k, repeat('x', 40) || i as v from range(400000) r(i)`,
    );
    const [first] = await db.rows(
      `select k, count(*) over () as n from (select * from t order by v, k) order by k limit 1`,
    );
    expect(first).toEqual({ k: 0, n: 400000 });
  } finally {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
