import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTableSql } from '../../ingest/schema/index.ts';
import { Database } from '../../ingest/tables/index.ts';
import { bannedReason } from './banned.ts';
import { buildFeatures } from './build.ts';
import { FAMILIES } from './families.ts';
import type { FeatureFamily, FeatureMatrix } from './feature.ts';
import { blockFrom } from './block.ts';

let db: Database;

beforeEach(async () => {
  db = await Database.open(':memory:', { threads: 2 });
  for (const t of ['entity', 'subject', 'signal', 'outcome', 'event', 'event_participant', 'statement', 'link'])
    await db.run(createTableSql(t));
  await db.run(`insert into entity (entity_id, kind, first_known_at) values ('A', 'company', '2020-01-01'), ('A1', 'site', '2020-01-01'),
    ('B', 'company', '2020-01-01'), ('V', 'vehicle', '2020-01-01'), ('P', 'person', '2020-01-01'), ('T', 'phone', '2020-01-01')`);
  await db.run(
    `insert into subject values ('A', 'company', 'A'), ('A', 'site', 'A1'), ('B', 'company', 'B'), ('V', 'vehicle', 'V')`,
  );
  await db.run(`insert into signal (signal_id, typology, subject_id, "at", known_at, strength) values
    ('s1', 'T01', 'A', '2026-01-10', '2026-01-11', 0.5), ('s2', 'T01', 'A', '2026-03-01', '2026-03-20', 0.9),
    ('s3', 'T05', 'V', '2026-03-01', '2026-03-02', 0.4)`);
  await db.run(`insert into outcome (outcome_id, subject_id, verdict, found_at, known_at, row_id) values
    ('o1', 'A', 'clean', '2025-06-01', '2025-06-01', 'eco_inspection:x:1'),
    ('o2', 'A', 'confirmed', '2026-02-01', '2026-04-15', 'adm_penalty:x:1'),
    ('o3', 'B', 'confirmed', '2026-01-05', '2026-01-06', 'adm_penalty:x:2')`);
  await db.run(`insert into event (event_id, kind, "at", known_at) values ('e1', 'complaint', '2026-02-27 15:00', '2026-02-27 15:00'),
    ('e2', 'complaint', '2026-02-20 04:00', '2026-02-20 04:00')`);
  await db.run(`insert into event_participant values ('e1', 'site', 'A1'), ('e2', 'site', 'A1'), ('e2', 'firm', 'A')`);
  await db.run(`insert into statement values ('A', 'industry', '2651', 'r1', '2021-01-01'), ('A', 'industry', '1713', 'r2', '2026-03-10'),
    ('B', 'industry', '2651', 'r3', '2021-01-01'), ('A', 'founded', '2024-03-01', 'r1', '2024-03-01')`);
  await db.run(`insert into link (link_id, kind, from_id, to_id, known_at, origin) values
    ('l1', 'contact_of', 'T', 'A', '2025-01-01', 'recorded'), ('l2', 'contact_of', 'T', 'B', '2026-03-10', 'recorded')`);
  await rowsAt(['A', '2026-03-01'], ['A', '2026-04-01'], ['B', '2026-04-01'], ['V', '2026-04-01']);
});

afterEach(() => db.close());

async function rowsAt(...rows: [subject: string, asOf: string][]): Promise<void> {
  await db.run('create or replace temp table feature_row ("row" integer, subject_id varchar, as_of timestamp)');
  for (const [i, [s, t]] of rows.entries()) await db.run(`insert into feature_row values (${i}, '${s}', '${t}')`);
}

function value(matrix: FeatureMatrix, id: string, row: number): number {
  const j = matrix.features.findIndex((f) => f.id === id);
  if (j < 0) throw new Error(`no feature ${id}`);
  return matrix.values[j]![row]!;
}

function levelOf(matrix: FeatureMatrix, id: string, row: number): string | undefined {
  return matrix.features.find((f) => f.id === id)!.levels![value(matrix, id, row)];
}

describe('buildFeatures', () => {
  it('counts only what was known, by when it happened', async () => {
    const m = await buildFeatures(db);
    // 1 March: s2 happened that day but was known on 20 March.
    expect(value(m, 'signal_t01_n_90d', 0)).toBe(1);
    expect(value(m, 'signal_t01_max_90d', 0)).toBe(0.5);
    expect(value(m, 'signal_t01_days_since', 0)).toBe(50);
    expect(value(m, 'signal_t01_n_90d', 1)).toBe(2);
    expect(value(m, 'signal_t01_max_30d', 1)).toBeNaN();
    expect(value(m, 'signal_t01_max_90d', 1)).toBe(0.9);
    expect(value(m, 'signal_any_kinds_90d', 3)).toBe(1);
    expect(value(m, 'signal_t05_n_90d', 1)).toBe(0);
    expect(m.latestKnownAt['signals']).toBe(Date.parse('2026-03-20Z'));
  });

  it('knows a finding only once it was published, and never takes "never checked" for clean', async () => {
    const m = await buildFeatures(db);
    expect(value(m, 'history_confirmed_365d', 1)).toBe(0);
    expect(value(m, 'history_checks_365d', 1)).toBe(1);
    expect(value(m, 'history_past_rate', 1)).toBe(0);
    expect(value(m, 'history_penalties_365d', 2)).toBe(1);
    expect(value(m, 'history_past_rate', 3)).toBeNaN();
    expect(value(m, 'history_days_since_check', 3)).toBeNaN();
  });

  it('joins the members of a subject, each event once, and knows the night of China', async () => {
    const m = await buildFeatures(db);
    expect(value(m, 'event_complaint_n_30d', 0)).toBe(2);
    // 15:00 UTC is 23:00 in China, 04:00 UTC is noon.
    expect(value(m, 'event_complaint_night_share', 0)).toBe(0.5);
  });

  it('takes the newest attribute that was known, and the age on the day', async () => {
    const m = await buildFeatures(db);
    expect(levelOf(m, 'attribute_industry', 0)).toBe('26');
    expect(levelOf(m, 'attribute_industry', 1)).toBe('17');
    expect(levelOf(m, 'attribute_industry', 3)).toBeUndefined();
    expect(levelOf(m, 'attribute_kind', 3)).toBe('vehicle');
    expect(value(m, 'attribute_age_years', 0)).toBeCloseTo(2, 1);
    expect(value(m, 'size_sites', 0)).toBe(1);
  });

  it('sees past offenders through a shared phone from the day the link is known', async () => {
    const m = await buildFeatures(db);
    expect(value(m, 'network_contact_offenders', 0)).toBe(0);
    expect(value(m, 'network_contact_offenders', 1)).toBe(1);
    expect(value(m, 'network_past_rate', 1)).toBe(1);
    expect(value(m, 'network_via_contact', 2)).toBe(1);
  });

  it('joins nobody through a hub', async () => {
    const m = await buildFeatures(db, { hubCap: 1 });
    expect(value(m, 'network_neighbours', 1)).toBe(0);
  });

  it('gives a trained model its features in its order, and refuses what it cannot give', async () => {
    const m = await buildFeatures(db);
    const wanted = ['network_past_rate', 'signal_t01_n_90d', 'attribute_industry'].map((id) =>
      m.features.find((f) => f.id === id)!,
    );
    const again = await buildFeatures(db, { wanted });
    expect(again.features).toEqual(wanted);
    expect(value(again, 'signal_t01_n_90d', 1)).toBe(2);
    await db.run('drop table link');
    await expect(buildFeatures(db, { wanted })).rejects.toMatchObject({ code: 'missing-features' });
  });

  it('is the same when every later fact is gone: the naive twin of as-of', async () => {
    await rowsAt(['A', '2026-03-01'], ['B', '2026-03-01'], ['V', '2026-03-01']);
    const whole = await buildFeatures(db);
    for (const t of ['signal', 'outcome', 'event', 'link'])
      await db.run(`delete from ${t} where known_at > '2026-03-01'`);
    for (const t of ['statement', 'entity']) await db.run(`delete from ${t} where first_known_at > '2026-03-01'`);
    const cut = await buildFeatures(db);
    for (const f of cut.features)
      for (let i = 0; i < 3; i++) expect([f.id, value(whole, f.id, i)]).toEqual([f.id, value(cut, f.id, i)]);
  });

  it('adds up traces by day, and only days that were wholly known', async () => {
    await db.run(
      `create table trace_stop (vehicle_id varchar, start_at timestamp, end_at timestamp, site_id varchar, element_id varchar, power_cut boolean, known_at timestamp)`,
    );
    await db.run(
      `create table trace_sighting (vehicle_id varchar, "at" timestamp, covered boolean, known_at timestamp)`,
    );
    await db.run(`create table trace_convoy (a_id varchar, b_id varchar, last_at timestamp, known_at timestamp)`);
    await db.run(`create table trace_meeting (a_id varchar, b_id varchar, to_at timestamp, known_at timestamp)`);
    await db.run(`create table trace_gap (subject_id varchar, to_at timestamp, minutes double, known_at timestamp)`);
    await db.run(`insert into trace_sighting values ('V', '2026-03-10 15:00', true, '2026-03-10 15:05'), ('V', '2026-03-10 02:00', false, '2026-03-10 02:05'),
      ('V', '2026-03-31 15:00', false, '2026-04-02')`);
    await db.run(
      `insert into trace_stop values ('V', '2026-03-10 16:00', '2026-03-10 16:20', null, null, true, '2026-03-10 17:00')`,
    );
    await db.run(`insert into trace_convoy values ('V', 'A', '2026-03-11', '2026-03-11')`);
    await db.run(`insert into trace_gap values ('V', '2026-03-12', 90, '2026-03-12')`);
    const m = await buildFeatures(db);
    expect(
      [
        'passes_90d',
        'pass_night_share',
        'pass_covered_share',
        'stops_90d',
        'stop_nowhere_share',
        'power_cuts_90d',
        'gap_hours_90d',
        'convoys_90d',
        'meetings_90d',
      ].map((c) => value(m, `trace_${c}`, 3)),
    ).toEqual([2, 0.5, 0.5, 1, 1, 1, 1.5, 1, 0]);
    expect(value(m, 'trace_convoys_90d', 1)).toBe(1);
  });

  it('measures the network at the last moment before each row', async () => {
    const m = await buildFeatures(db);
    expect(value(m, 'centrality_component_size', 0)).toBeNaN();
    expect(value(m, 'centrality_component_size', 1)).toBe(2);
    expect(value(m, 'centrality_pagerank', 1)).toBeCloseTo(1, 6);
  });

  it('says which families it had to skip', async () => {
    await db.run('drop table event_participant');
    const m = await buildFeatures(db);
    expect(m.skipped).toContainEqual({ family: 'events', reason: 'no table event_participant' });
  });
});

describe('the guards', () => {
  const definition = {
    id: 'tomorrow',
    label: { zh: '', en: '' },
    family: 'careless',
    group: 'x',
    monotone: 0,
    explain: { zh: '', en: '' },
  } as const;
  const careless: FeatureFamily = {
    id: 'careless',
    label: { zh: '', en: '' },
    needs: ['signal'],
    groups: [],
    async build(context) {
      const answer = await context.db.columns(
        `select r."row", max(s.strength) as v, max(s.known_at) as latest_known_at from feature_row r join signal s using (subject_id) group by 1`,
      );
      return [blockFrom(answer, context, [{ definition, column: 'v', absent: Number.NaN }])];
    },
  };

  it('fails the build and names the feature when a future-dated fact is planted (j2)', async () => {
    await rowsAt(['A', '2026-06-01']);
    await expect(buildFeatures(db, { families: [careless] })).resolves.toBeDefined();
    await db.run(
      `insert into signal (signal_id, typology, subject_id, "at", known_at, strength) values ('leak', 'T01', 'A', '2026-05-01', '2026-06-02', 1)`,
    );
    await expect(buildFeatures(db, { families: [careless] })).rejects.toMatchObject({
      code: 'leaked-feature',
      message: expect.stringContaining('"tomorrow" of A uses a fact known at 2026-06-02'),
    });
    // The real families leave the same fact out.
    const m = await buildFeatures(db);
    expect(value(m, 'signal_t01_n_90d', 0)).toBe(0);
  });

  it('takes a fact that claims to be known before it happened as known when it happened', async () => {
    await db.run(
      `insert into signal (signal_id, typology, subject_id, "at", known_at, strength) values ('odd', 'T09', 'A', '2026-05-01', '2026-01-01', 1)`,
    );
    const m = await buildFeatures(db);
    expect(value(m, 'signal_t09_n_90d', 1)).toBe(0);
  });

  it('refuses a value that cannot say when it was known', async () => {
    const mute: FeatureFamily = {
      ...careless,
      async build(context) {
        const blocks = await careless.build(context);
        return blocks.map((b) => ({ ...b, latestKnownAt: b.latestKnownAt.map(() => Number.NaN) }));
      },
    };
    await expect(buildFeatures(db, { families: [mute] })).rejects.toMatchObject({ code: 'unproved-feature' });
  });

  it('refuses persons as subjects, and their traits as features', async () => {
    await rowsAt(['P', '2026-04-01']);
    await expect(buildFeatures(db)).rejects.toMatchObject({ code: 'person-subject' });
    for (const name of [
      'legal_rep',
      'inspector_cluster',
      'caller_hash',
      'officers',
      'town',
      'plate_province',
      'rep_id_hash',
      'driver_hash',
    ])
      expect(bannedReason(name)).not.toBeNull();
    expect(bannedReason('outcome_fail', ['outcome_*'])).toBe('banned by the task');
    expect(bannedReason('signal_t01_n_90d', ['outcome_*'])).toBeNull();
    const named: FeatureFamily = {
      ...careless,
      build: async (c) => [{ ...(await careless.build(c))[0]!, features: [{ ...definition, id: 'town_share' }] }],
    };
    await rowsAt(['A', '2026-06-01']);
    await expect(buildFeatures(db, { families: [named] })).rejects.toMatchObject({ code: 'banned-feature' });
  });

  it('refuses rows out of sequence', async () => {
    await db.run(`update feature_row set "row" = 9 where "row" = 1`);
    await expect(buildFeatures(db)).rejects.toMatchObject({ code: 'bad-rows' });
  });

  it('bans none of its own features', async () => {
    const m = await buildFeatures(db, { families: FAMILIES });
    for (const f of m.features) expect(bannedReason(f.id)).toBeNull();
  });
});
