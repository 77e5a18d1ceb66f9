import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SILENT, seeded } from '../../ingest/base/index.ts';
import { createTableSql } from '../../ingest/schema/index.ts';
import { Database } from '../../ingest/tables/index.ts';
import { rankLeads } from '../leads/index.ts';
import { chosenLabels } from './chosen-labels.ts';
import { tableExamples } from './table-examples.ts';
import { type TableTask, taskFrom } from './task.ts';
import { trainLeadModel } from './train.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const END = Date.parse('2024-12-31Z');

let db: Database;

beforeEach(async () => {
  db = await Database.open(':memory:', { threads: 2 });
});

afterEach(() => db.close());

const task = (more: object = {}): TableTask =>
  taskFrom({
    form: 'table',
    id: 'visits',
    title: { zh: '检查', en: 'visits' },
    table: 'src_visit',
    row: 'no',
    date: 'day',
    label: 'found',
    capacity: 10,
    draws: 100,
    folds: 3,
    entity: { kind: 'inspection' },
    subject: ['inspected'],
    numeric: ['risk'],
    histories: [
      { id: 'shop', label: { zh: '同店', en: 'same shop' }, relations: ['inspected'] },
      { id: 'owner', label: { zh: '同业主', en: 'same owner' }, relations: ['inspected', '^operates'] },
    ],
    ...more,
  }) as TableTask;

/** Visits `[no, day, found, shop]`; shops A and B belong to one owner. */
async function visits(rows: readonly (readonly [string, string, number | null, string])[], extra = ''): Promise<void> {
  await db.run(
    `create table src_visit (no varchar, day date, found integer, risk double, row_id varchar, town varchar, inspector varchar)`,
  );
  for (const t of ['entity', 'link', 'entity_key']) await db.run(createTableSql(t));
  for (const [no, day, found, shop] of rows) {
    await db.run(`insert into src_visit values ('${no}', '${day}', ${found}, 1, 'visit:x:${no}', 'N', 'i1')`);
    await db.run(`insert into entity_key values ('inspection', 'key', '${no}', 'v${no}')`);
    await db.run(
      `insert into link (link_id, kind, from_id, to_id, known_at) values ('l${no}', 'inspected', 'v${no}', '${shop}', '${day}')`,
    );
  }
  await db.run(
    `insert into link (link_id, kind, from_id, to_id, known_at) values ('oA', 'operates', 'O', 'A', '2020-01-01'), ('oB', 'operates', 'O', 'B', '2020-01-01')`,
  );
  if (extra !== '') await db.run(extra);
}

describe('tableExamples', () => {
  it('knows of earlier days only, by shop and by owner, and freezes the record when the test begins', async () => {
    await visits(
      [
        ['1', '2024-01-01', 1, 'A'],
        ['2', '2024-02-01', 0, 'A'],
        ['3', '2024-02-01', 1, 'B'],
        ['4', '2024-03-01', 0, 'A'],
        ['5', '2024-04-01', 0, 'A'],
      ],
      `alter table src_visit add column part varchar; update src_visit set part = case when no in ('4', '5') then 'test' else 'train' end`,
    );
    const { examples } = await tableExamples(db, task({ split: { column: 'part' } }), {
      asOf: END,
      allowed: [],
      progress: SILENT,
    });
    const value = (id: string, no: number): number =>
      examples.matrix.values[examples.matrix.features.findIndex((f) => f.id === id)]![no - 1]!;
    expect(examples.matrix.subjects).toEqual(['A', 'A', 'B', 'A', 'A']);
    expect([1, 2, 3, 4, 5].map((no) => value('past_shop_n_365d', no))).toEqual([0, 1, 0, 2, 2]);
    // Visits 2 and 3 are of one day: neither knows the other's result. Visit 5 does not know of 4, which is in the test too.
    expect([2, 3, 4, 5].map((no) => value('past_owner_found_365d', no))).toEqual([1, 1, 2, 2]);
    expect(value('past_shop_rate', 4)).toBe(0.5);
    expect(value('past_shop_last', 4)).toBe(0);
    expect(value('past_shop_days', 4)).toBe(29);
    expect(value('past_shop_rate', 1)).toBeNaN();
    expect([...examples.grid]).toEqual([2, 2, 2, 1, 1]);
  });

  it('refuses banned columns wherever the task names them, and columns that are not there', async () => {
    await visits([['1', '2024-01-01', 1, 'A']]);
    const on = (more: object) => tableExamples(db, task(more), { asOf: END, allowed: [], progress: SILENT });
    await expect(on({ categorical: ['inspector'] })).rejects.toMatchObject({
      code: 'banned-feature',
      message: expect.stringContaining('who inspects'),
    });
    await expect(on({ numeric: ['found'] })).rejects.toMatchObject({ code: 'banned-feature' });
    await expect(on({ numeric: ['risk'], banned: ['ri*'] })).rejects.toMatchObject({ code: 'banned-feature' });
    await expect(
      on({ histories: [{ id: 'i', label: { zh: '', en: '' }, column: 'inspector' }] }),
    ).rejects.toMatchObject({ code: 'banned-feature' });
    await expect(on({ numeric: ['rsk'] })).rejects.toMatchObject({ code: 'no-such-column' });
    await expect(on({ table: 'nothing' })).rejects.toMatchObject({ code: 'no-such-table' });
    await expect(on({ split: { column: 'town', test: 'S' } })).rejects.toMatchObject({ code: 'no-test-rows' });
  });
});

describe('trainLeadModel on a table', () => {
  it('finds the planted column, ranks the later visits only, one lead a shop', async () => {
    const random = seeded('visits');
    await visits([]);
    const rows = Array.from({ length: 1200 }, (_, i) => {
      const risk = random();
      const day = new Date(Date.UTC(2024, 0, 1 + Math.floor(i / 4))).toISOString().slice(0, 10);
      return `('${i}', date '${day}', ${random() < risk ** 3 ? 1 : 0}, ${risk}, 'visit:x:${i}', '${i % 2 === 0 ? 'N' : 'S'}', 'i1')`;
    });
    await db.run(`insert into src_visit values ${rows.join(', ')}`);
    await db.run(`insert into entity_key select 'inspection', 'key', no, 'v' || no from src_visit`);
    await db.run(
      `insert into link (link_id, kind, from_id, to_id, known_at) select no, 'inspected', 'v' || no, 'shop' || (no::int % 300), day from src_visit`,
    );
    const variants = [{ id: 'who', title: { zh: '', en: '' }, allow: ['inspector'] }];
    const model = await trainLeadModel(db, task({ slices: ['town'], variants }), { asOf: END });
    const figure = (id: string): number => model.card.headline.find((f) => f.id === id)!.value!;
    expect(figure('auroc')).toBeGreaterThan(0.75);
    expect(figure('ece')).toBeLessThan(0.1);
    expect(model.card.slices.map((s) => s.slice)).toEqual(['N', 'S']);
    const report = await rankLeads(db, model, { capacity: 10, reserve: 5 });
    expect(report.scored).toBe(report.repeats + 300);
    const leads = await db.rows<{ n: number; s: number }>(
      'select count(*) as n, count(distinct subject_id) as s from lead',
    );
    expect(leads[0]).toEqual({ n: 15, s: 15 });
    const who = await trainLeadModel(db, task({ variants }), { asOf: END, variant: 'who', ablate: [] });
    expect(who.servable).toBe(false);
    await expect(rankLeads(db, who, {})).rejects.toMatchObject({ code: 'model-not-servable' });
    await expect(trainLeadModel(db, task(), { asOf: END, variant: 'who' })).rejects.toMatchObject({
      code: 'no-such-variant',
    });
  });
});

const CHICAGO = join(ROOT, '..', 'shared', 'data', 'leads', 'chicago-food-inspections');

describe('the inspections of Chicago', () => {
  it.skipIf(!existsSync(CHICAGO))(
    `beats the city's published order with the inspector's cluster, and is honest without (skipped where the public data are not at hand)`,
    async () => {
      await chicagoTables(db);
      const chicago = taskFrom(
        parse(readFileSync(join(ROOT, 'fixtures', 'chicago', 'tributary.yaml'), 'utf8')).task,
      ) as TableTask;
      const options = { asOf: Date.parse('2014-12-31Z'), ablate: [] };
      const lean = { ...chicago, draws: 100 };
      const without = await trainLeadModel(db, lean, options);
      const figure = (m: typeof without, id: string): number => m.card.headline.find((f) => f.id === id)!.value!;
      const published = without.card.rivals.find((r) => r.id === 'published')!;
      expect(published.figure.value).toBeCloseTo(7.79, 2);
      expect(figure(without, 'days-earlier')).toBeGreaterThan(4.5);
      expect(figure(without, 'auroc')).toBeGreaterThan(0.62);
      expect(figure(without, 'ece')).toBeLessThan(0.05);
      const inspector = await trainLeadModel(db, lean, { ...options, variant: 'with-inspector' });
      expect(figure(inspector, 'days-earlier')).toBeGreaterThan(7.79);
      expect(figure(inspector, 'first-half')).toBeGreaterThan(0.686);
      expect(inspector.servable).toBe(false);
    },
    600_000,
  );
});

/** The public files as the tables that the road makes of them, straight from the CSV. */
async function chicagoTables(into: Database): Promise<void> {
  const nodes = `read_csv('${join(CHICAGO, 'nodes.csv.gz')}', sample_size = -1)`;
  const renamed = {
    id: 'inspection_id',
    latitude: 'lat',
    longitude: 'lon',
    pastFail: 'past_fail',
    pastCritical: 'past_critical',
    pastSerious: 'past_serious',
    pastMinor: 'past_minor',
    timeSinceLast: 'since_last_years',
    firstRecord: 'first_record',
    ageAtInspection: 'age_years',
    precipIntensity: 'precip_intensity',
    temperatureMax: 'temperature_max_f',
    windSpeed: 'wind_speed_mph',
  };
  const list = Object.entries(renamed)
    .map(([from, to]) => `${from} as ${to}`)
    .join(', ');
  await into.run(
    `create table src_inspection as select * exclude (type, date) rename (${list}), date::date as date, 'inspection:x:' || id as row_id from ${nodes} where type = 'inspection'`,
  );
  for (const t of ['entity', 'link', 'entity_key']) await into.run(createTableSql(t));
  await into.run(
    `insert into entity_key select 'inspection', 'key', inspection_id, 'i:' || inspection_id from src_inspection`,
  );
  await into.run(
    `create temp table edge as select * from read_csv('${join(CHICAGO, 'edges.csv.gz')}', all_varchar = true)`,
  );
  await into.run(`insert into link (link_id, kind, from_id, to_id, known_at)
    select src || dst, case relation when 'inspection_of' then 'inspected' when 'held_by_account' then 'operates' when 'at_address' then 'located_at' else 'within' end,
      case relation when 'inspection_of' then 'i:' || src when 'held_by_account' then dst else src end, case relation when 'held_by_account' then src else dst end,
      coalesce(i.date::timestamp, timestamp '2011-09-01')
    from edge left join src_inspection i on relation = 'inspection_of' and i.inspection_id = src`);
}

describe('training where people chose what was checked', () => {
  /** Big sites are checked four times as often; findings come from dirt alone, which nobody sees but on small sites is as common. */
  async function chosen(): Promise<void> {
    await visits([]);
    const random = seeded('chosen');
    const rows = Array.from({ length: 900 }, (_, i) => {
      const risk = random();
      const chance = i % 2 === 0 ? 0.8 : 0.2;
      const found = random() < 0.6 * risk ** 2 ? 1 : 0;
      const day = new Date(Date.UTC(2024, 0, 1 + Math.floor(i / 3))).toISOString().slice(0, 10);
      const known = random() < chance ? String(found) : 'null';
      return `('${i}', date '${day}', ${known}, ${risk}, 'visit:x:${i}', '${i % 2 === 0 ? 'big' : 'small'}', 'i1', ${chance}, ${i % 2 === 0 ? 900 : 30})`;
    });
    await db.run('alter table src_visit add column chance double; alter table src_visit add column area double');
    await db.run(`insert into src_visit values ${rows.join(', ')}`);
  }
  const selective = (selection: object): TableTask =>
    task({ entity: null, subject: [], histories: [], numeric: ['risk', 'area'], folds: 2, selection });

  it('weighs checks by the chance that was logged, and takes rows without a result as not found for less', async () => {
    await chosen();
    const on = async (selection: object) => {
      const own = selective(selection);
      const table = await tableExamples(db, own, { asOf: END, allowed: [], progress: SILENT });
      return {
        table,
        own,
        weighted: chosenLabels(table.examples, own, { ...table, features: table.examples.matrix.features }),
      };
    };
    const { table, weighted } = await on({ chance: 'chance', unlabelledWeight: 0.1 });
    const train = Array.from(weighted.grid.keys()).filter((i) => weighted.grid[i] === 2);
    const isBig = (i: number): boolean => table.chance![i] === 0.8;
    const checked = train.filter((i) => table.examples.checked[i] === 1);
    const weightOf = (big: boolean): number => weighted.weight[checked.find((i) => isBig(i) === big)!]!;
    expect(weightOf(false) / weightOf(true)).toBeCloseTo(4, 9);
    expect(checked.reduce((sum, i) => sum + weighted.weight[i]!, 0)).toBeCloseTo(checked.length, 6);
    for (const i of train.filter((row) => table.examples.checked[row] === 0)) {
      expect(weighted.label[i]).toBe(0);
      expect(weighted.weight[i]).toBe(0.1);
    }
    // Weighted, the two kinds of site count as they are: half and half.
    const big = checked.filter(isBig).reduce((sum, i) => sum + weighted.weight[i]!, 0);
    expect(big / checked.length).toBeGreaterThan(0.4);
    expect(big / checked.length).toBeLessThan(0.6);
    const test = Array.from(weighted.grid.keys()).filter((i) => weighted.grid[i] === 1);
    expect(test.map((i) => weighted.label[i])).toEqual(test.map((i) => table.examples.label[i]));
    const { weighted: estimated } = await on({ chance: 'estimated' });
    const guess = (isOf: boolean): number => estimated.weight[checked.find((i) => isBig(i) === isOf)!]!;
    expect(guess(false) / guess(true)).toBeGreaterThan(2.5);
    expect((await on({})).weighted.weight).toEqual(table.examples.weight);
  });

  it('trains with it, sets the unweighted model beside, and refuses a check that had no chance', async () => {
    await chosen();
    const model = await trainLeadModel(db, selective({ chance: 'chance', unlabelledWeight: 0.1 }), {
      asOf: END,
      ablate: [],
    });
    expect(model.card.rivals.map((r) => r.id)).toContain('unweighted');
    await db.run(`update src_visit set chance = 0 where no = '0'`);
    await db.run(`update src_visit set found = 0 where no = '0'`);
    await expect(trainLeadModel(db, selective({ chance: 'chance' }), { asOf: END })).rejects.toMatchObject({
      code: 'no-chance',
      message: expect.stringContaining('1 checked rows'),
    });
    await expect(trainLeadModel(db, selective({ chance: 'luck' }), { asOf: END })).rejects.toMatchObject({
      code: 'no-such-column',
    });
  });
});
