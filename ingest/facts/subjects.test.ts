import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SourceDescription } from '../schema/index.ts';
import type { Database } from '../tables/index.ts';
import { buildFacts } from './build-facts.ts';
import { buildMentions } from './build-mentions.ts';
import { BASE, CHECK, check, factsOf, handDatabase, resolveByKey, table } from './hand-tables.ts';

let db: Database;
beforeEach(async () => {
  db = await handDatabase();
});
afterEach(() => db.close());

describe('subjects and outcomes', () => {
  test('a company with the sites it operates is one subject, and an outcome of the site is the company’s', async () => {
    await table(db, CHECK, [
      check(1, `'f', 's', 'b', null, ['A'], 'bad', '2026-02-01', null`),
      check(2, `null, 'lone', null, null, null, 'good', '2026-12-01', null`),
      check(3, `null, null, null, null, null, 'bad', '2026-12-01', null`),
    ]);
    const report = await factsOf(db, [CHECK]);
    expect(await db.rows('select subject_id, kind, member_id from subject order by all')).toEqual([
      { subject_id: 'company:f', kind: 'company', member_id: 'company:f' },
      { subject_id: 'company:f', kind: 'company', member_id: 'site:s' },
      { subject_id: 'inspection:c1', kind: 'event', member_id: 'inspection:c1' },
      { subject_id: 'site:lone', kind: 'site', member_id: 'site:lone' },
      { subject_id: 'vehicle:A', kind: 'vehicle', member_id: 'vehicle:A' },
    ]);
    expect(report.subjects).toEqual({ company: 1, event: 1, site: 1, vehicle: 1 });
    expect(await db.rows('select outcome_id, subject_id, verdict, channel, row_id from outcome order by all')).toEqual([
      {
        outcome_id: 'check:a:1#check#1',
        subject_id: 'inspection:c1',
        verdict: 'confirmed',
        channel: null,
        row_id: 'check:a:1',
      },
      {
        outcome_id: 'check:a:1#site#0',
        subject_id: 'company:f',
        verdict: 'confirmed',
        channel: 'random',
        row_id: 'check:a:1',
      },
      {
        outcome_id: 'check:a:2#site#0',
        subject_id: 'site:lone',
        verdict: 'clean',
        channel: 'random',
        row_id: 'check:a:2',
      },
    ]);
  });

  test('a site that two firms operated goes to the later one', async () => {
    await table(db, CHECK, []);
    await db.run(`insert into src_check (row_id, event_at, known_at, firm, site) values
      ('r1', '2026-01-01', '2026-01-01', 'old', 's'), ('r2', '2026-01-01', '2026-01-01', 'old', 's'), ('r3', '2026-02-01', '2026-02-01', 'new', 's')`);
    await factsOf(db, [CHECK]);
    expect(await db.rows(`select subject_id from subject where member_id = 'site:s'`)).toEqual([
      { subject_id: 'company:new' },
    ]);
  });

  test('a place that only a complaint named is no subject', async () => {
    const ticket: SourceDescription = {
      ...BASE,
      id: 'ticket',
      columns: [{ name: 'address', kind: 'address' }],
      key: ['address'],
      mentions: [{ role: 'place', kind: 'site', fields: { address: 'address' } }],
    };
    await table(db, ticket, [`'t:1', '2026-01-01', '2026-01-01', '桥边'`]);
    await buildMentions(db, [ticket]);
    await resolveByKey(db);
    await db.run(`update entity_mention set entity_id = 'site:x'`);
    await db.run(`update entity set entity_id = 'site:x'`);
    expect((await buildFacts(db, [ticket])).subjects).toEqual({});
  });

  test('a word that is no verdict is refused by name', async () => {
    const wrong = { ...CHECK, outcomes: [{ ...CHECK.outcomes[0]!, verdict: 'result' }] };
    await table(db, wrong, [check(1, `'f', 's', null, null, null, 'good', null, null`)]);
    await expect(factsOf(db, [wrong])).rejects.toThrow('check.outcomes[0].verdict gives "good"');
  });
});
