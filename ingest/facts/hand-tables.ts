import { type SourceDescription, createTableSql, typedColumns } from '../schema/index.ts';
import { Database, quoteIdent } from '../tables/index.ts';
import { type FactsReport, buildFacts } from './build-facts.ts';
import { buildMentions } from './build-mentions.ts';

/** A database in memory as of 2026-06-30. */
export async function handDatabase(): Promise<Database> {
  const db = await Database.open(':memory:');
  await db.run(`create table as_of as select timestamp '2026-06-30' as as_of`);
  return db;
}

/** What every description made by hand shares. */
export const BASE = {
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

/** Checks of firms and sites: one row names six things. */
export const CHECK: SourceDescription = {
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

/** Passes at gates: bulk rows, distinct mentions. */
export const PASS: SourceDescription = {
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
export async function table(db: Database, d: SourceDescription, rows: readonly string[]): Promise<void> {
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
export async function resolveByKey(db: Database): Promise<void> {
  for (const t of ['entity', 'entity_mention']) await db.run(createTableSql(t));
  await db.run(
    `insert into entity_mention select kind || ':' || coalesce(key, plate), mention_id, kind from mention order by all`,
  );
  await db.run(`insert into entity (entity_id, kind, mentions, lon, lat)
    select entity_id, e.kind, count(*), median(lon), median(lat) from entity_mention e join mention using (mention_id) group by all order by all`);
}

/** Mentions, entities by key, facts. */
export async function factsOf(db: Database, descriptions: readonly SourceDescription[]): Promise<FactsReport> {
  await buildMentions(db, descriptions);
  await resolveByKey(db);
  return buildFacts(db, descriptions);
}

/** Values of a row of `src_check`. */
export const check = (no: number, rest: string, known = '2026-01-02'): string =>
  `'check:a:${no}', '2026-01-01', '${known}', 'c${no}', ${rest}`;
