import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTableSql } from '../../ingest/schema/index.ts';
import { Database } from '../../ingest/tables/index.ts';
import { buildFeatures } from './build.ts';
import { SIGNAL_LOAD } from './signal-load.ts';

let db: Database;

beforeEach(async () => {
  db = await Database.open(':memory:', { threads: 2 });
  for (const t of ['entity', 'subject', 'signal', 'outcome']) await db.run(createTableSql(t));
  await db.run(
    `insert into entity (entity_id, kind, first_known_at) select unnest(['A', 'B', 'C']), 'company', '2020-01-01'`,
  );
  await db.run(`insert into subject select unnest(['A', 'B', 'C']), 'company', unnest(['A', 'B', 'C'])`);
  await db.run('create temp table feature_row ("row" integer, subject_id varchar, as_of timestamp)');
});

afterEach(() => db.close());

async function built(): Promise<(id: string, row: number) => number> {
  const m = await buildFeatures(db, { families: [SIGNAL_LOAD] });
  return (id, row) => m.values[m.features.findIndex((f) => f.id === id)]![row]!;
}

describe('load of signals', () => {
  it('halves every 45 days, and counts since the last check only what a check has not answered', async () => {
    await db.run(`insert into signal (signal_id, typology, rule, subject_id, "at", known_at, strength) values
      ('s1', 'T01', 'r', 'A', '2026-03-02', '2026-03-02', 0.8), ('s2', 'T02', 'q', 'A', '2026-04-16', '2026-04-16', 0.5)`);
    await db.run(`insert into outcome (outcome_id, subject_id, verdict, found_at, known_at, row_id) values
      ('o1', 'A', 'clean', '2026-03-20', '2026-03-20', 'x:1'), ('o2', 'A', 'unverifiable', '2026-04-20', '2026-04-20', 'x:2'),
      ('o3', 'A', 'confirmed', '2026-04-25', '2026-09-01', 'x:3')`);
    await db.run(
      `insert into feature_row values (0, 'A', '2026-05-31'), (1, 'B', '2026-05-31'), (2, 'A', '2026-04-01')`,
    );
    const value = await built();
    // 90 and 45 days old: 0.8 / 4 + 0.5 / 2; the check of March answers the first; "unverifiable" and what is not yet known answer nothing
    expect(value('signals_load', 0)).toBeCloseTo(0.45, 9);
    expect(value('signals_open_load', 0)).toBeCloseTo(0.25, 9);
    expect(value('signals_open_kinds', 0)).toBe(1);
    expect(value('signals_open_days', 0)).toBe(1);
    expect(value('signals_load', 1)).toBe(0);
    expect(value('signals_proven_max', 1)).toBeNaN();
    expect(value('signals_load', 2)).toBeCloseTo(0.8 * 0.5 ** (30 / 45), 9);
    expect(value('signals_open_load', 2)).toBe(0);
  });

  it('weighs a rule by the subjects that a finding followed, as known at the time, drawn to the rate of all rules', async () => {
    await db.run(`insert into signal (signal_id, typology, rule, subject_id, "at", known_at, strength) values
      ('s1', 'T01', 'r', 'A', '2025-06-01', '2025-06-01', 1), ('s2', 'T01', 'r', 'B', '2025-06-01', '2025-06-01', 1),
      ('s3', 'T01', 'r', 'B', '2025-06-05', '2025-06-05', 1), ('s4', 'T02', 'q', 'C', '2025-06-01', '2025-06-01', 1),
      ('s5', 'T01', 'r', 'C', '2025-12-01', '2025-12-01', 1)`);
    await db.run(`insert into outcome (outcome_id, subject_id, verdict, found_at, known_at, row_id) values
      ('o1', 'A', 'confirmed', '2025-07-01', '2026-02-01', 'x:1'), ('o2', 'C', 'confirmed', '2025-10-15', '2025-10-15', 'x:2')`);
    await db.run(`insert into feature_row values (0, 'C', '2025-12-01'), (1, 'C', '2026-02-15')`);
    const value = await built();
    // 1 December: r has two subjects, q one, no finding within 90 days is known: every rate is 0
    expect(value('signals_proven_max', 0)).toBe(0);
    // 15 February: o1 is known, so r has led to 1 of 2, all rules to 1 of 3; five subjects of prior. s5 is 76 days old, too young to speak for r.
    const rate = (1 + 5 / 3) / (2 + 5);
    expect(value('signals_proven_max', 1)).toBeCloseTo(rate * 0.5 ** (76 / 45), 9);
  });
});
