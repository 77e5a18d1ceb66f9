import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SILENT } from '../base/index.ts';
import { ingestFiles } from '../lake/index.ts';
import { resolveEntities } from '../resolve/index.ts';
import type { SourceDescription } from '../schema/index.ts';
import { descriptionsFromYaml } from '../sources/index.ts';
import { Database } from '../tables/index.ts';
import { buildFacts } from './build-facts.ts';
import { buildMentions } from './build-mentions.ts';
import { type SourcesReport, buildSources } from './build-sources.ts';

const LEADS = fileURLToPath(new URL('../../../shared/data/leads/', import.meta.url));

/** Files to facts, from a YAML description alone. */
class Road {
  workspace = '';
  readonly descriptions: readonly SourceDescription[];
  readonly data: string;
  db!: Database;

  constructor(fixture: string, data: string) {
    this.data = data;
    const yaml = new URL(`../../fixtures/${fixture}/sources.yaml`, import.meta.url);
    this.descriptions = descriptionsFromYaml(readFileSync(yaml, 'utf8'), fixture);
  }

  async ingest() {
    this.workspace = mkdtempSync(join(tmpdir(), 'real-'));
    this.db = await Database.open(':memory:');
    return ingestFiles({
      workspace: this.workspace,
      paths: [this.data],
      descriptions: this.descriptions,
      progress: SILENT,
      clock: () => Date.UTC(2026, 0, 1),
    });
  }

  async upTo(asOf: number): Promise<SourcesReport> {
    const report = await buildSources(this.db, { workspace: this.workspace, descriptions: this.descriptions, asOf });
    await buildMentions(this.db, this.descriptions);
    await resolveEntities(this.db);
    await buildFacts(this.db, this.descriptions);
    return report;
  }

  async counts(sql: string): Promise<Record<string, number>> {
    const rows = await this.db.rows<{ k: string; n: number }>(sql);
    return Object.fromEntries(rows.map((r) => [r.k, r.n]));
  }

  close(): void {
    this.db.close();
    rmSync(this.workspace, { recursive: true });
  }
}

const CHICAGO = join(LEADS, 'chicago-food-inspections');
const why = (folder: string) =>
  existsSync(folder) ? '' : ' (skipped: the public data set is not beside the project; it may not be copied into it)';

describe.skipIf(!existsSync(CHICAGO))(`Chicago food inspections through YAML${why(CHICAGO)}`, () => {
  const road = new Road('chicago', CHICAGO);
  beforeAll(async () => {
    const report = await road.ingest();
    expect(report.files.filter((f) => f.outcome !== 'ingested' || f.refusedRows > 0)).toEqual([]);
    expect(report.unclaimedRows).toEqual([]);
    await road.upTo(Date.UTC(2015, 0, 1));
  });
  afterAll(() => road.close());

  test('every node is one entity, every edge one link', async () => {
    expect(await road.counts('select kind as k, count(*) as n from entity group by kind')).toEqual({
      inspection: 18_712,
      site: 9_710,
      company: 8_085,
      address: 8_382,
      area: 50 + 59,
    });
    expect(await road.counts('select kind as k, count(*) as n from link group by kind')).toEqual({
      inspected: 18_712,
      operates: 9_710,
      located_at: 9_742,
      within: 9_700 + 9_732,
    });
  });

  test('labels are the outcomes: 258 of the 1,637 published test rows', async () => {
    const [n] = await road.db.rows(`select count(*) as rows, count(*) filter (where o.verdict = 'confirmed') as positive
      from src_inspection i join outcome o on o.subject_id = 'inspection:' || i.inspection_id where i.split_published = 'test'`);
    expect(n).toEqual({ rows: 1_637, positive: 258 });
    expect(await road.counts('select verdict as k, count(*) as n from outcome group by verdict')).toEqual({
      confirmed: 2_660,
      clean: 18_712 - 2_660,
    });
  });

  test('results of the visit are nowhere but in the label, numbers are numbers, nothing is missing', async () => {
    const columns = await road.db.rows<{ column_name: string; column_type: string }>('describe src_inspection');
    const typeOf = Object.fromEntries(columns.map((c) => [c.column_name, c.column_type]));
    expect(Object.keys(typeOf).filter((c) => c.startsWith('outcome'))).toEqual([]);
    expect(typeOf).toMatchObject({ label: 'BIGINT', date: 'DATE', age_years: 'DOUBLE', heat_burglary: 'DOUBLE' });
    const filled = Object.keys(typeOf).filter((c) => !c.endsWith('_raw'));
    const [least] = await road.db.rows<{ n: number }>(
      `select least(${filled.map((c) => `count("${c}")`).join(', ')}) as n from src_inspection`,
    );
    expect(least!.n).toBe(18_712);
  });

  test('as of an earlier day neither later visits nor their edges are known', async () => {
    const report = await road.upTo(Date.UTC(2013, 0, 1));
    const visits = report.sources.find((s) => s.source === 'inspection')!;
    const edges = report.sources.find((s) => s.source === 'inspection_of')!;
    expect(visits.later).toBeGreaterThan(0);
    expect(edges).toMatchObject({ lake: 18_712, kept: visits.kept, later: visits.later });
    const [late] = await road.db.rows(
      `select max(known_at) <= timestamp '2013-01-01' as fine, count(*) as n from link where kind = 'inspected'`,
    );
    expect(late).toEqual({ fine: true, n: visits.kept });
    expect(await road.db.rows(`select count(*) as n from outcome where known_at > timestamp '2013-01-01'`)).toEqual([
      { n: 0 },
    ]);
  });
});

const POLE = join(LEADS, 'pole-crime');

describe.skipIf(!existsSync(POLE))(`POLE crime graph through YAML${why(POLE)}`, () => {
  const road = new Road('pole', POLE);
  beforeAll(async () => {
    const report = await road.ingest();
    expect(report.files.filter((f) => f.outcome !== 'ingested' || f.refusedRows > 0)).toEqual([]);
    expect(report.unclaimedRows).toEqual([]);
    await road.upTo(Date.UTC(2017, 10, 1));
  });
  afterAll(() => road.close());

  test('61,521 nodes of eleven kinds and 105,840 edges', async () => {
    const kinds = await road.counts('select kind as k, count(*) as n from entity group by kind');
    expect(kinds).toEqual({
      event: 28_762 + 534,
      address: 14_904,
      area: 14_196 + 93,
      vehicle: 1_000,
      person: 369 + 1_000,
      phone: 328,
      thing: 328 + 7,
    });
    expect(Object.values(kinds).reduce((a, b) => a + b)).toBe(61_521);
    const links = await road.counts('select kind as k, count(*) as n from link group by kind');
    expect(Object.values(links).reduce((a, b) => a + b)).toBe(105_840);
    expect(links).toMatchObject({ party_to: 55 + 978 + 7, investigated_by: 28_762, located_at: 28_762, called: 534 });
  });

  test('no person is a subject, has an outcome, or is described', async () => {
    expect(await road.db.rows(`select * from subject where member_id like 'person:%'`)).toEqual([]);
    expect(await road.db.rows(`select * from statement where entity_id like 'person:%'`)).toEqual([]);
    expect(await road.counts('select verdict as k, count(*) as n from outcome group by verdict')).toEqual({
      confirmed: 1_739,
      clean: 23_602,
    });
  });
});
