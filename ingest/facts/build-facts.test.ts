import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type SourceDescription, createTableSql, typedColumns } from '../schema/index.ts';
import { Database, quoteIdent } from '../tables/index.ts';
import { buildFacts } from './build-facts.ts';
import { buildMentions } from './build-mentions.ts';
import { PHONE_DEGREE_CAP } from './hubs.ts';
import { LINK_ROWS_CAP } from './links.ts';

let db: Database;
beforeEach(async () => {
  db = await Database.open(':memory:');
  await db.run(`create table as_of as select timestamp '2026-06-30' as as_of`);
});
afterEach(() => db.close());

const BASE = {
  title: { zh: '甲', en: 'A' },
  department: 'x',
  share: 'unconditional',
  level: 0,
  files: ['*'],
  format: { kind: 'csv' },
  eventAt: 'event_at',
  knownAt: 'known_at',
  links: [],
  events: [],
  outcomes: [],
} as const;

const CHECK: SourceDescription = {
  ...BASE,
  id: 'check',
  columns: [
    { name: 'no', kind: 'text' },
    { name: 'firm', kind: 'text' },
    { name: 'site', kind: 'text' },
    { name: 'boss', kind: 'hash', personal: true },
    { name: 'phone', kind: 'hash' },
    { name: 'plates', kind: 'list', separator: ';' },
    { name: 'result', kind: 'text' },
    { name: 'until', kind: 'timestamp' },
    { name: 'tons', kind: 'number' },
  ],
  key: ['no'],
  mentions: [
    { role: 'check', kind: 'inspection', fields: { key: 'no' } },
    { role: 'firm', kind: 'company', fields: { key: 'firm', name: 'firm' }, properties: ['result'] },
    { role: 'site', kind: 'site', fields: { key: 'site' } },
    { role: 'boss', kind: 'person', fields: { key: 'boss' } },
    { role: 'phone', kind: 'phone', fields: { key: 'phone' } },
    { role: 'van', kind: 'vehicle', each: 'plates', fields: { plate: 'item' } },
  ],
  links: [
    { kind: 'operates', from: 'firm', to: 'site', validFrom: 'event_at', validTo: 'until' },
    { kind: 'owns', from: 'firm', to: 'van', when: "item <> 'C'" },
    { kind: 'contact_of', from: 'phone', to: 'firm' },
    { kind: 'legal_rep_of', from: 'boss', to: 'firm' },
  ],
  events: [
    { kind: 'check', value: 'tons', unit: 't', text: 'result', participants: ['check', 'firm', 'van'] },
    { kind: 'check', knownAt: 'until', participants: ['check'], when: 'until is not null' },
  ],
  outcomes: [
    {
      subject: 'site',
      verdict: `case result when 'bad' then 'confirmed' when 'good' then 'clean' end`,
      foundAt: 'event_at',
      knownAt: 'known_at',
      channel: `'random'`,
    },
    { subject: 'check', verdict: `case result when 'bad' then 'confirmed' end`, foundAt: 'event_at', knownAt: 'until' },
  ],
};

const PASS: SourceDescription = {
  ...BASE,
  id: 'pass',
  columns: [
    { name: 'plate', kind: 'plate' },
    { name: 'gate', kind: 'text' },
  ],
  key: ['plate'],
  mentions: [
    { role: 'vehicle', kind: 'vehicle', distinct: true, fields: { plate: 'plate' } },
    { role: 'gate', kind: 'gate', distinct: true, fields: { key: 'gate' } },
  ],
  links: [{ kind: 'seen_at', from: 'vehicle', to: 'gate', validFrom: 'event_at', validTo: 'event_at' }],
};

/** Puts `src_<id>` there by hand: the cleaned columns and the three of every source. */
async function table(d: SourceDescription, rows: readonly string[]): Promise<void> {
  const columns = [
    'row_id varchar',
    'event_at timestamp',
    'known_at timestamp',
    ...typedColumns(d).map((c) => `${quoteIdent(c.name)} ${c.type}`),
  ];
  await db.run(`create table src_${d.id} (${columns.join(', ')})`);
  if (rows.length > 0) await db.run(`insert into src_${d.id} values ${rows.map((r) => `(${r})`).join(', ')}`);
}

/** Entities by exact key (plate for vehicles): all that these tests need of resolution. */
async function resolveByKey(): Promise<void> {
  for (const t of ['entity', 'entity_mention']) await db.run(createTableSql(t));
  await db.run(
    `insert into entity_mention select kind || ':' || coalesce(key, plate), mention_id, kind from mention order by all`,
  );
  await db.run(`insert into entity (entity_id, kind, mentions, lon, lat)
    select entity_id, e.kind, count(*), median(lon), median(lat) from entity_mention e join mention using (mention_id) group by all order by all`);
}

async function facts(descriptions: readonly SourceDescription[]) {
  await buildMentions(db, descriptions);
  await resolveByKey();
  return buildFacts(db, descriptions);
}

const check = (no: number, rest: string, known = '2026-01-02'): string =>
  `'check:a:${no}', '2026-01-01', '${known}', 'c${no}', ${rest}`;

describe('links', () => {
  test('rows of one pair become one link: earliest start, latest end, first known, weight and rows', async () => {
    await table(CHECK, [
      check(1, `'f', 's', 'b', 'p', ['A', 'B', 'C'], 'good', '2026-02-01', 1`),
      check(2, `'f', 's', 'b', 'p', null, 'bad', '2026-03-01', 2`, '2026-01-01'),
    ]);
    const report = await facts([CHECK]);
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
    await table(CHECK, [
      check(1, `'f', 's', null, null, null, null, '2026-02-01', null`),
      check(2, `'f', 's', null, null, null, null, null, null`),
    ]);
    await facts([CHECK]);
    expect(await db.rows(`select valid_to from link where kind = 'operates'`)).toEqual([{ valid_to: null }]);
  });

  test('bulk passes: one link a pair, all rows counted, the earliest rows kept', async () => {
    const passes = Array.from({ length: 120 }, (_x, i) => {
      const at = new Date(Date.UTC(2026, 0, 1) + ((i * 37) % 120) * 60_000).toISOString();
      return `'pass:a:${i}', '${at}', '${at}', 'A', 'g1'`;
    });
    await table(PASS, [
      ...passes,
      `'pass:a:x', '2026-01-01', '2026-01-01', 'B', 'g1'`,
      `'pass:a:y', '2026-01-01', '2026-01-01', null, 'g1'`,
    ]);
    await facts([PASS]);
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

  test('a thing is not linked to itself, and that is counted', async () => {
    const self: SourceDescription = {
      ...PASS,
      mentions: [PASS.mentions[0]!, { ...PASS.mentions[0]!, role: 'gate' }],
    };
    await table(self, [`'pass:a:1', '2026-01-01', '2026-01-01', 'A', 'g'`]);
    expect(await facts([self])).toMatchObject({ links: 0, selfLinks: 1 });
  });

  test('a phone on many firms is damped in proportion, a phone on few is not', async () => {
    const firms = PHONE_DEGREE_CAP * 2;
    const rows = Array.from({ length: firms }, (_x, i) =>
      check(i, `'f${i}', null, null, 'hub', null, null, null, null`),
    );
    rows.push(check(99, `'f0', null, null, 'own', null, null, null, null`));
    await table(CHECK, rows);
    expect((await facts([CHECK])).phoneHubs).toBe(1);
    const weights = await db.rows(
      `select from_id, min(weight) as low, max(weight) as high, count(*) as n from link where kind = 'contact_of' group by from_id order by from_id`,
    );
    expect(weights).toEqual([
      { from_id: 'phone:hub', low: 0.5, high: 0.5, n: firms },
      { from_id: 'phone:own', low: 1, high: 1, n: 1 },
    ]);
  });
});

describe('events', () => {
  test('an event of each row with value, unit, text and participants; what is not known yet waits', async () => {
    await table(CHECK, [
      check(1, `'f', null, null, null, ['A', 'B'], 'good', '2026-02-01', 1.5`),
      check(2, `'f', null, null, null, null, 'bad', '2026-12-01', 2`),
    ]);
    const report = await facts([CHECK]);
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

describe('statements', () => {
  test('values that contradict stay side by side, each with its first row; of persons nothing is said', async () => {
    await table(CHECK, [
      check(2, `'f', null, 'b', null, null, 'good', null, null`, '2026-01-05'),
      check(1, `'f', null, 'b', null, null, 'good', null, null`, '2026-01-04'),
      check(3, `'f', null, 'b', null, null, 'bad', null, null`, '2026-01-06'),
    ]);
    await facts([CHECK]);
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

describe('subjects and outcomes', () => {
  test('a company with the sites it operates is one subject, and an outcome of the site is the company’s', async () => {
    await table(CHECK, [
      check(1, `'f', 's', 'b', null, ['A'], 'bad', '2026-02-01', null`),
      check(2, `null, 'lone', null, null, null, 'good', '2026-12-01', null`),
      check(3, `null, null, null, null, null, 'bad', '2026-12-01', null`),
    ]);
    const report = await facts([CHECK]);
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
    await table(CHECK, []);
    await db.run(`insert into src_check (row_id, event_at, known_at, firm, site) values
      ('r1', '2026-01-01', '2026-01-01', 'old', 's'), ('r2', '2026-01-01', '2026-01-01', 'old', 's'), ('r3', '2026-02-01', '2026-02-01', 'new', 's')`);
    await facts([CHECK]);
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
    await table(ticket, [`'t:1', '2026-01-01', '2026-01-01', '桥边'`]);
    await buildMentions(db, [ticket]);
    await resolveByKey();
    await db.run(`update entity_mention set entity_id = 'site:x'`);
    await db.run(`update entity set entity_id = 'site:x'`);
    expect((await buildFacts(db, [ticket])).subjects).toEqual({});
  });

  test('a word that is no verdict is refused by name', async () => {
    const wrong = { ...CHECK, outcomes: [{ ...CHECK.outcomes[0]!, verdict: 'result' }] };
    await table(wrong, [check(1, `'f', 's', null, null, null, 'good', null, null`)]);
    await expect(facts([wrong])).rejects.toThrow('check.outcomes[0].verdict gives "good"');
  });
});

describe('within', () => {
  const GEO: SourceDescription = {
    ...BASE,
    id: 'geo',
    columns: [
      { name: 'id', kind: 'text' },
      { name: 'kind', kind: 'category' },
      { name: 'name', kind: 'text' },
      { name: 'geometry', kind: 'json' },
      { name: 'lon', kind: 'lon' },
      { name: 'lat', kind: 'lat' },
    ],
    key: ['id'],
    mentions: [
      { role: 'zone', kind: 'zone', fields: { key: 'id', name: 'name' }, when: `kind = 'zone'` },
      { role: 'town', kind: 'area', fields: { key: 'id', name: 'name' }, when: `kind = 'town'` },
      { role: 'gate', kind: 'gate', fields: { key: 'id', lon: 'lon', lat: 'lat' }, when: `kind = 'gate'` },
    ],
  };
  const square = (w: number, s: number, size: number) => [
    [w, s],
    [w + size, s],
    [w + size, s + size],
    [w, s + size],
    [w, s],
  ];

  test('points lie in the zones that hold them, not in holes, and take the town’s name', async () => {
    const holed = JSON.stringify({ type: 'Polygon', coordinates: [square(120, 30, 0.1), square(120.04, 30.04, 0.02)] });
    const town = JSON.stringify({ type: 'MultiPolygon', coordinates: [[square(119, 29, 0.01)], [square(120, 30, 1)]] });
    await table(GEO, [
      `'geo:1', '2026-01-01', '2026-01-03', 'z', 'zone', '禁采区', '${holed}', null, null`,
      `'geo:2', '2026-01-01', '2026-01-01', 't', 'town', '织里镇', '${town}', null, null`,
      `'geo:3', '2026-01-01', '2026-01-02', 'in', 'gate', null, null, 120.01, 30.01`,
      `'geo:4', '2026-01-01', '2026-01-02', 'hole', 'gate', null, null, 120.05, 30.05`,
      `'geo:5', '2026-01-01', '2026-01-02', 'out', 'gate', null, null, 121.5, 30.05`,
    ]);
    expect((await facts([GEO])).withinLinks).toBe(3);
    expect(await db.rows(`select from_id, to_id, known_at, origin, row_ids from link order by all`)).toEqual([
      {
        from_id: 'gate:hole',
        to_id: 'area:t',
        known_at: '2026-01-02T00:00:00.000Z',
        origin: 'derived',
        row_ids: expect.arrayContaining(['geo:2', 'geo:4']) as unknown,
      },
      {
        from_id: 'gate:in',
        to_id: 'area:t',
        known_at: '2026-01-02T00:00:00.000Z',
        origin: 'derived',
        row_ids: expect.arrayContaining(['geo:2', 'geo:3']) as unknown,
      },
      {
        from_id: 'gate:in',
        to_id: 'zone:z',
        known_at: '2026-01-03T00:00:00.000Z',
        origin: 'derived',
        row_ids: expect.arrayContaining(['geo:1', 'geo:3']) as unknown,
      },
    ]);
    expect(await db.rows(`select entity_id, town from entity where kind = 'gate' order by all`)).toEqual([
      { entity_id: 'gate:hole', town: '织里镇' },
      { entity_id: 'gate:in', town: '织里镇' },
      { entity_id: 'gate:out', town: null },
    ]);
  });
});
