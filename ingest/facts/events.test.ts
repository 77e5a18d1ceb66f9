import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../tables/index.ts';
import { CHECK, check, factsOf, handDatabase, table } from './hand-tables.ts';

let db: Database;
beforeEach(async () => {
  db = await handDatabase();
});
afterEach(() => db.close());

describe('events', () => {
  test('an event of each row with value, unit, text and participants; what is not known yet waits', async () => {
    await table(db, CHECK, [
      check(1, `'f', null, null, null, ['A', 'B'], 'good', '2026-02-01', 1.5`),
      check(2, `'f', null, null, null, null, 'bad', '2026-12-01', 2`),
    ]);
    const report = await factsOf(db, [CHECK]);
    expect(
      await db.rows('select event_id, kind, known_at, value, unit, text, row_id from event order by event_id'),
    ).toEqual([
      {
        event_id: 'check:a:1#check',
        kind: 'check',
        known_at: '2026-01-02T00:00:00.000Z',
        value: 1.5,
        unit: 't',
        text: 'good',
        row_id: 'check:a:1',
      },
      {
        event_id: 'check:a:1#check#1',
        kind: 'check',
        known_at: '2026-02-01T00:00:00.000Z',
        value: null,
        unit: null,
        text: null,
        row_id: 'check:a:1',
      },
      {
        event_id: 'check:a:2#check',
        kind: 'check',
        known_at: '2026-01-02T00:00:00.000Z',
        value: 2,
        unit: 't',
        text: 'bad',
        row_id: 'check:a:2',
      },
    ]);
    expect(report).toMatchObject({ events: 3, eventsUnknown: 1, participants: 7 });
    expect(
      await db.rows(`select role, entity_id from event_participant where event_id = 'check:a:1#check' order by all`),
    ).toEqual([
      { role: 'check', entity_id: 'inspection:c1' },
      { role: 'firm', entity_id: 'company:f' },
      { role: 'van', entity_id: 'vehicle:A' },
      { role: 'van', entity_id: 'vehicle:B' },
    ]);
  });
});
