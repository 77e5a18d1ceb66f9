import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../tables/index.ts';
import { CHECK, check, factsOf, handDatabase, table } from './hand-tables.ts';

let db: Database;
beforeEach(async () => {
  db = await handDatabase();
});
afterEach(() => db.close());

describe('statements', () => {
  test('values that contradict stay side by side, each with its first row; of persons nothing is said', async () => {
    await table(db, CHECK, [
      check(2, `'f', null, 'b', null, null, 'good', null, null`, '2026-01-05'),
      check(1, `'f', null, 'b', null, null, 'good', null, null`, '2026-01-04'),
      check(3, `'f', null, 'b', null, null, 'bad', null, null`, '2026-01-06'),
    ]);
    await factsOf(db, [CHECK]);
    const said = await db.rows(
      `select property, value, row_id, first_known_at from statement where entity_id = 'company:f' and property = 'result'`,
    );
    expect(said).toEqual([
      { property: 'result', value: 'bad', row_id: 'check:a:3', first_known_at: '2026-01-06T00:00:00.000Z' },
      { property: 'result', value: 'good', row_id: 'check:a:1', first_known_at: '2026-01-04T00:00:00.000Z' },
    ]);
    expect(await db.rows(`select * from statement where entity_id like 'person:%'`)).toEqual([]);
    expect(await db.rows(`select entity_id from statement where property = 'plate'`)).toEqual([]);
  });
});
