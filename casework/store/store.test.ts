import { afterAll, expect, test } from 'vitest';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getTableColumns, getTableName, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { openStore, sql, tables, takeLock } from './index.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/list.ts';

const root = mkdtempSync(join(tmpdir(), 'tributary-store-'));
const clock = (): number => Date.UTC(2026, 5, 1);
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('a second opener of the folder is refused by the pid that has it, in this process and in another; kill -9 loses nothing that was committed', async () => {
  const folder = join(root, 'killed');
  const child = spawn(process.execPath, ['--import', 'tsx', 'casework/store/held.fixture.ts', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  await new Promise<void>((done, fail) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('row 20\n')) done();
    });
    child.once('exit', (code) => fail(new Error(`the child ended with ${code}`)));
  });
  child.removeAllListeners('exit');
  await expect(openStore({ folder, clock })).rejects.toMatchObject({
    code: 'casework-locked',
    message: expect.stringContaining(`process ${child.pid}`) as string,
  });
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGKILL');
  await ended;
  const committed = Number(/row (\d+)\n(?!.*row)/s.exec(said)![1]);
  const store = await openStore({ folder, clock });
  await expect(openStore({ folder, clock })).rejects.toThrow(`process ${process.pid}`);
  const { rows } = await store.db.execute<{ n: number }>(sql`select count(*)::integer as n from setting`);
  expect(rows[0]!.n).toBeGreaterThanOrEqual(committed);
  await store.close();
  expect(existsSync(join(folder, '.lock'))).toBe(false);
}, 240_000);

test('a lock of a process that is gone, of a reused pid, or cut short is taken over', () => {
  const file = join(root, 'locks', '.lock');
  mkdirSync(join(root, 'locks'));
  for (const left of ['', '{"pid":999999999,"started":null}', `{"pid":${process.ppid},"started":"1"}`]) {
    writeFileSync(file, left);
    const release = takeLock(file);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid });
    release();
    release();
    expect(existsSync(file)).toBe(false);
  }
  writeFileSync(file, JSON.stringify({ pid: process.ppid, started: null }));
  expect(() => takeLock(file)).toThrow(`process ${process.ppid}`);
});

test('the tables that the migrations make are those that the code reads; migrations run once and are never edited', async () => {
  const store = await openStore({ folder: null, clock });
  const { rows } = await store.db.execute<{ t: string; c: string; required: boolean }>(
    sql`select table_name as t, column_name as c, is_nullable = 'NO' as required from information_schema.columns where table_schema = 'public' order by 1, 2`,
  );
  const made = rows.filter((r) => r.t !== 'migration').map((r) => `${r.t}.${r.c} ${r.required ? 'required' : ''}`);
  const read = Object.values(tables)
    .filter((t) => is(t, PgTable))
    .flatMap((t) =>
      Object.values(getTableColumns(t)).map((c) => `${getTableName(t)}.${c.name} ${c.notNull ? 'required' : ''}`),
    );
  expect(read.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(made.toSorted((a, b) => (a < b ? -1 : 1)));
  expect(await migrate(store.db, MIGRATIONS, 0)).toBe(0);
  await expect(migrate(store.db, MIGRATIONS.slice(0, 2), 0)).rejects.toMatchObject({ code: 'newer-casework' });
  const edited = MIGRATIONS.with(1, { ...MIGRATIONS[1]!, statements: ['select 1'] });
  await expect(migrate(store.db, edited, 0)).rejects.toMatchObject({ code: 'edited-migration', detail: { no: 2 } });
  const broken = [
    ...MIGRATIONS,
    { no: MIGRATIONS.length + 1, name: 'broken', statements: ['create table half (a int)', 'nonsense'] },
  ];
  await expect(migrate(store.db, broken, 0)).rejects.toThrow();
  const { rows: half } = await store.db.execute(sql`select 1 from information_schema.tables where table_name = 'half'`);
  expect(half).toEqual([]);
  await store.close();
});

test('a PostgreSQL that does not answer is named without its password', async () => {
  const opening = openStore({ folder: null, url: 'postgres://me:secret@127.0.0.1:1/db', clock });
  await expect(opening).rejects.toMatchObject({ code: 'casework-unreachable' });
  await expect(openStore({ folder: null, url: 'postgres://me:secret@127.0.0.1:1/db', clock })).rejects.not.toThrow(
    /secret/,
  );
});
