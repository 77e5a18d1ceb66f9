import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SourceDescription } from '../schema/index.ts';
import type { Database } from '../tables/index.ts';
import { CHECK, PASS, check, factsOf, handDatabase, table } from './hand-tables.ts';
import { PHONE_DEGREE_CAP } from './hubs.ts';
import { LINK_ROWS_CAP, addRecordedLinks } from './links.ts';

let db: Database;
beforeEach(async () => {
  db = await handDatabase();
});
afterEach(() => db.close());

describe('links', () => {
  test('rows of one pair become one link: earliest start, latest end, first known, weight and rows', async () => {
    await table(db, CHECK, [
      check(1, `'f', 's', 'b', 'p', ['A', 'B', 'C'], 'good', '2026-02-01', 1`),
      check(2, `'f', 's', 'b', 'p', null, 'bad', '2026-03-01', 2`, '2026-01-01'),
    ]);
    const report = await factsOf(db, [CHECK]);
    const links = await db.rows(
      'select kind, from_id, to_id, valid_from, valid_to, known_at, origin, probability, weight, row_ids from link order by kind, to_id',
    );
    const day = (d: string) => `2026-${d}T00:00:00.000Z`;
    expect(links.find((l) => l['kind'] === 'operates')).toEqual({
      kind: 'operates',
      from_id: 'company:f',
      to_id: 'site:s',
      valid_from: day('01-01'),
      valid_to: day('03-01'),
      known_at: day('01-01'),
      origin: 'recorded',
      probability: null,
      weight: 2,
      row_ids: ['check:a:2', 'check:a:1'],
    });
    expect(links.filter((l) => l['kind'] === 'owns').map((l) => l['to_id'])).toEqual(['vehicle:A', 'vehicle:B']);
    expect(report.links).toBe(5);
    expect(new Set((await db.rows('select link_id from link')).map((l) => l['link_id'])).size).toBe(5);
  });

  test('a link is open when any of its rows is', async () => {
    await table(db, CHECK, [
      check(1, `'f', 's', null, null, null, null, '2026-02-01', null`),
      check(2, `'f', 's', null, null, null, null, null, null`),
    ]);
    await factsOf(db, [CHECK]);
    expect(await db.rows(`select valid_to from link where kind = 'operates'`)).toEqual([{ valid_to: null }]);
  });

  test('bulk passes: one link a pair, all rows counted, the earliest rows kept', async () => {
    const passes = Array.from({ length: 120 }, (_x, i) => {
      const at = new Date(Date.UTC(2026, 0, 1) + ((i * 37) % 120) * 60_000).toISOString();
      return `'pass:a:${i}', '${at}', '${at}', 'A', 'g1'`;
    });
    await table(db, PASS, [
      ...passes,
      `'pass:a:x', '2026-01-01', '2026-01-01', 'B', 'g1'`,
      `'pass:a:y', '2026-01-01', '2026-01-01', null, 'g1'`,
    ]);
    await factsOf(db, [PASS]);
    const [a, b] = await db.rows<{ weight: number; row_ids: string[]; valid_from: string; valid_to: string }>(
      'select weight, row_ids, valid_from, valid_to from link order by from_id',
    );
    expect(a).toMatchObject({
      weight: 120,
      valid_from: '2026-01-01T00:00:00.000Z',
      valid_to: '2026-01-01T01:59:00.000Z',
    });
    const earliest = Array.from({ length: 120 }, (_x, i) => i)
      .toSorted((x, y) => ((x * 37) % 120) - ((y * 37) % 120))
      .slice(0, LINK_ROWS_CAP)
      .map((i) => `pass:a:${i}`);
    expect(a!.row_ids).toEqual(earliest);
    expect(b).toMatchObject({ weight: 1, row_ids: ['pass:a:x'] });
  });

  test('many groups, grouped by a window, give the same links as few', async () => {
    const rows = Array.from({ length: 400 }, (_x, i) => {
      const at = new Date(Date.UTC(2026, 0, 1) + ((i * 37) % 90) * 60_000).toISOString();
      return `'pass:a:${i}', '${at}', '${at}', 'P${i % 3}', 'g${i % 4}'`;
    });
    await table(db, PASS, rows);
    await factsOf(db, [PASS]);
    const few = await db.rows('select * from link order by link_id');
    await db.run('delete from link');
    await addRecordedLinks(db, [PASS], 0);
    expect(few).toHaveLength(12);
    expect(await db.rows('select * from link order by link_id')).toEqual(few);
  });

  test('a thing is not linked to itself, and that is counted', async () => {
    const self: SourceDescription = {
      ...PASS,
      mentions: [PASS.mentions[0]!, { ...PASS.mentions[0]!, role: 'gate' }],
    };
    await table(db, self, [`'pass:a:1', '2026-01-01', '2026-01-01', 'A', 'g'`]);
    expect(await factsOf(db, [self])).toMatchObject({ links: 0, selfLinks: 1 });
  });

  test('a phone on many firms is damped in proportion, a phone on few is not', async () => {
    const firms = PHONE_DEGREE_CAP * 2;
    const rows = Array.from({ length: firms }, (_x, i) =>
      check(i, `'f${i}', null, null, 'hub', null, null, null, null`),
    );
    rows.push(check(99, `'f0', null, null, 'own', null, null, null, null`));
    await table(db, CHECK, rows);
    expect((await factsOf(db, [CHECK])).phoneHubs).toBe(1);
    const weights = await db.rows(
      `select from_id, min(weight) as low, max(weight) as high, count(*) as n from link where kind = 'contact_of' group by from_id order by from_id`,
    );
    expect(weights).toEqual([
      { from_id: 'phone:hub', low: 0.5, high: 0.5, n: firms },
      { from_id: 'phone:own', low: 1, high: 1, n: 1 },
    ]);
  });
});
