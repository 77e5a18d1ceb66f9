import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../../ingest/tables/index.ts';
import { PATTERN_WORLD } from '../patterns/pattern.contract.ts';
import { writeWorld } from './contract-world.ts';
import { expertSql } from './expert-query.ts';

describe('SQL of an expert (d5)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-'));
  const path = join(folder, 'w.duckdb');
  let db: Database;
  beforeAll(async () => {
    const writer = await Database.open(path);
    await writeWorld(writer, PATTERN_WORLD);
    writer.close();
    db = await Database.open(path, { readOnly: true });
  });
  afterAll(() => {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('answers, and says when there is more', async () => {
    const all = await expertSql(db, `select kind, count(*) as n from entity group by kind order by kind; `);
    expect(all).toEqual({
      rows: [
        { kind: 'permit', n: 1 },
        { kind: 'person', n: 1 },
        { kind: 'site', n: 3 },
        { kind: 'vehicle', n: 2 },
      ],
      cut: false,
    });
    const some = await expertSql(db, 'from entity order by entity_id -- a remark', { limit: 2 });
    expect([some.rows.length, some.cut]).toEqual([2, true]);
    expect(await expertSql(db, 'with a as (select 1 as x) select * from a')).toMatchObject({ rows: [{ x: 1 }] });
  });

  it.each([
    'delete from entity',
    'select 1) limit 1; delete from entity; select * from (select 1',
    'drop table link',
    'insert into entity select * from entity',
    `copy entity to '${join(folder, 'out.csv')}'`,
    `select * from read_csv('/etc/passwd')`,
    `select * from '/etc/passwd'`,
    `attach '${join(folder, 'other.duckdb')}'`,
    'set enable_external_access = true',
    'install httpfs',
    '',
  ])('the engine refuses %s', async (text) => {
    await expect(expertSql(db, text)).rejects.toMatchObject({ code: 'sql-failed' });
    expect((await expertSql(db, 'select count(*) as n from entity')).rows).toEqual([{ n: 7 }]);
  });

  it('stops a query without end, and answers the next', async () => {
    const endless = 'select sum(a.i * b.i) as s from range(10000000) a(i), range(10000000) b(i)';
    await expect(expertSql(db, endless, { timeoutMs: 300 })).rejects.toMatchObject({ code: 'out-of-time' });
    expect((await expertSql(db, 'select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  it('refuses a database that is open for writing, and limits that make no sense', async () => {
    const writing = await Database.open(':memory:');
    try {
      await expect(expertSql(writing, 'select 1')).rejects.toMatchObject({ code: 'not-read-only' });
    } finally {
      writing.close();
    }
    await expect(expertSql(db, 'select 1', { limit: 0 })).rejects.toMatchObject({ code: 'bad-limit' });
  });
});
