import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SourceDescription } from '../schema/index.ts';
import { Database, quoteText } from '../tables/index.ts';
import { buildMentions } from './build-mentions.ts';
import { buildSources } from './build-sources.ts';

const SHOP: SourceDescription = {
  id: 'shop',
  title: { zh: '店', en: 'Shops' },
  department: 'x',
  share: 'unconditional',
  level: 0,
  files: ['shop*.csv'],
  format: { kind: 'csv' },
  columns: [
    { name: 'no', kind: 'text', required: true },
    { name: 'name', kind: 'company-name' },
    { name: 'phone', kind: 'hash' },
    { name: 'plates', kind: 'list', separator: ';' },
    { name: 'verdict', kind: 'text', knownAt: 'closed' },
    { name: 'closed', kind: 'timestamp', knownAt: 'closed' },
  ],
  key: ['no'],
  eventAt: 'event_at',
  knownAt: 'known_at',
  mentions: [
    { role: 'firm', kind: 'company', fields: { name: 'name', phone_hash: 'phone' } },
    { role: 'phone', kind: 'phone', distinct: true, fields: { key: 'phone' } },
    { role: 'van', kind: 'vehicle', each: 'plates', fields: { plate: '=upper(item)' } },
  ],
  links: [],
  events: [],
  outcomes: [],
};
const TIE: SourceDescription = {
  ...SHOP,
  id: 'tie',
  columns: [
    { name: 'a', kind: 'text' },
    { name: 'b', kind: 'text' },
  ],
  key: ['a', 'b'],
  knownWith: [{ column: 'a', source: 'shop', references: 'no' }],
  mentions: [],
};

let workspace: string;
let db: Database;
beforeEach(async () => {
  workspace = mkdtempSync(join(tmpdir(), 'facts-'));
  db = await Database.open(':memory:');
});
afterEach(() => {
  db.close();
  rmSync(workspace, { recursive: true });
});

async function lake(source: string, sha16: string, select: string): Promise<void> {
  const folder = join(workspace, 'lake', source);
  mkdirSync(folder, { recursive: true });
  await db.run(`copy (${select}) to ${quoteText(join(folder, `${sha16}.parquet`))} (format parquet)`);
  await db.run(`copy (select '' as row_id, '' as source, '' as column_name, '' as value, '' as rule, '' as message, false as refused_row where false)
    to ${quoteText(join(folder, `${sha16}.reject.parquet`))} (format parquet)`);
  const size = (name: string) => statSync(join(folder, name)).size;
  writeFileSync(
    join(folder, `${sha16}.json`),
    JSON.stringify({
      source,
      fileName: `${source}.csv`,
      sha256: sha16.repeat(4),
      bytes: 10,
      descriptionSha256: 'd',
      parquet: `lake/${source}/${sha16}.parquet`,
      parquetSha256: 'p',
      parquetBytes: size(`${sha16}.parquet`),
      rejectParquet: `lake/${source}/${sha16}.reject.parquet`,
      rejectBytes: size(`${sha16}.reject.parquet`),
      ingestedAtMs: 0,
      report: { readRows: 3, acceptedRows: 2, refusedRows: 1 },
    }),
  );
}

const row = (id: string, no: string | null, known: string | null, more = ''): string =>
  `select '${id}' as row_id, timestamp '2026-01-01' as event_at, ${known === null ? 'null::timestamp' : `timestamp '${known}'`} as known_at, ${no === null ? 'null' : `'${no}'`}::varchar as no${more}`;
const ROUND = Date.UTC(2026, 2, 1);

describe('buildSources', () => {
  test('rows known later, without date, and repeats across files are set aside, and the counts add up', async () => {
    await lake(
      'shop',
      'aaaaaaaaaaaaaaaa',
      [
        row('shop:a:1', 'n1', '2026-01-02'),
        row('shop:a:2', 'n2', '2026-01-02'),
        row('shop:a:3', 'n3', '2026-03-02'),
      ].join(' union all '),
    );
    await lake(
      'shop',
      'bbbbbbbbbbbbbbbb',
      [
        row('shop:b:1', 'n1', '2026-01-01'),
        row('shop:b:2', 'n2', '2026-01-03'),
        row('shop:b:3', null, '2026-01-03'),
        row('shop:b:4', 'n5', null),
      ].join(' union all '),
    );
    const report = await buildSources(db, { workspace, descriptions: [SHOP], asOf: ROUND });
    expect(report.sources[0]).toEqual({
      source: 'shop',
      files: 2,
      lake: 7,
      kept: 3,
      later: 1,
      undated: 1,
      repeated: 2,
      view: false,
    });
    const kept = await db.rows<{ row_id: string }>('select row_id from src_shop order by row_id');
    expect(kept.map((r) => r.row_id)).toEqual(['shop:a:2', 'shop:b:1', 'shop:b:3']);
    const rejects = await db.rows('select row_id, rule, message from reject order by row_id');
    expect(rejects).toEqual([
      { row_id: 'shop:a:1', rule: 'repeated', message: 'same key as shop:b:1, which was known first' },
      { row_id: 'shop:b:2', rule: 'repeated', message: 'same key as shop:a:2, which was known first' },
    ]);
    const files = await db.rows('select source, file_name, read_rows, lake_path from source_file');
    expect(files[0]).toEqual({
      source: 'shop',
      file_name: 'shop.csv',
      read_rows: 3,
      lake_path: 'lake/shop/aaaaaaaaaaaaaaaa.parquet',
    });
  });

  test('a column that an older file lacks is null, a source without files is an empty table with its columns', async () => {
    await lake('shop', 'aaaaaaaaaaaaaaaa', row('shop:a:1', 'n1', '2026-01-02', `, 'A' as name, 'sent' as name_raw`));
    await buildSources(db, { workspace, descriptions: [SHOP, TIE], asOf: ROUND });
    expect(await db.rows('select no, name, name_raw, phone, plates from src_shop')).toEqual([
      { no: 'n1', name: 'A', name_raw: 'sent', phone: null, plates: null },
    ]);
    expect(await db.rows('select a, b, known_at from src_tie')).toEqual([]);
  });

  test('a value that became known after the run’s date is left out, its row stays', async () => {
    const verdict = `, 'right' as verdict, timestamp '2026-03-05' as closed`;
    await lake('shop', 'aaaaaaaaaaaaaaaa', row('shop:a:1', 'n1', '2026-01-02', verdict));
    await buildSources(db, { workspace, descriptions: [SHOP], asOf: ROUND });
    expect(await db.rows('select verdict, closed from src_shop')).toEqual([{ verdict: null, closed: null }]);
    await buildSources(db, { workspace, descriptions: [SHOP], asOf: Date.UTC(2026, 2, 6) });
    expect(await db.rows('select verdict from src_shop')).toEqual([{ verdict: 'right' }]);
  });

  test('a row without date is known with the row that it names, whatever the order of the descriptions', async () => {
    await lake(
      'shop',
      'aaaaaaaaaaaaaaaa',
      `${row('shop:a:1', 'n1', '2026-02-02')} union all ${row('shop:a:2', 'n2', '2026-05-02')}`,
    );
    const tie = (a: string) =>
      `select 'tie:${a}' as row_id, timestamp '2026-01-01' as event_at, timestamp '2026-01-01' as known_at, '${a}' as a, 'x' as b`;
    await lake('tie', 'cccccccccccccccc', `${tie('n1')} union all ${tie('n2')} union all ${tie('n9')}`);
    const report = await buildSources(db, { workspace, descriptions: [TIE, SHOP], asOf: Date.UTC(2026, 5, 1) });
    expect(report.sources.map((s) => s.source)).toEqual(['shop', 'tie']);
    expect(await db.rows('select a, known_at from src_tie order by a')).toEqual([
      { a: 'n1', known_at: '2026-02-02T00:00:00.000Z' },
      { a: 'n2', known_at: '2026-05-02T00:00:00.000Z' },
      { a: 'n9', known_at: '2026-01-01T00:00:00.000Z' },
    ]);
    const earlier = await buildSources(db, { workspace, descriptions: [SHOP, TIE], asOf: ROUND });
    expect(earlier.sources.map((s) => [s.source, s.kept, s.later])).toEqual([
      ['shop', 1, 1],
      ['tie', 2, 1],
    ]);
  });

  test('a large source stays a view, with the same rows', async () => {
    await lake(
      'shop',
      'aaaaaaaaaaaaaaaa',
      `select 'r' || i as row_id, timestamp '2026-01-01' as event_at, timestamp '2026-01-02' as known_at, 'n' || i as no from range(50) t(i)`,
    );
    const report = await buildSources(db, { workspace, descriptions: [SHOP], asOf: ROUND, viewRows: 50 });
    expect(report.sources[0]).toMatchObject({ view: true, kept: 50 });
    expect(await db.rows('select count(*) as n from src_shop')).toEqual([{ n: 50 }]);
    const again = await buildSources(db, { workspace, descriptions: [SHOP], asOf: ROUND, viewRows: 51 });
    expect(again.sources[0]).toMatchObject({ view: false, kept: 50 });
  });

  test('a lake file that is gone is named', async () => {
    await lake('shop', 'aaaaaaaaaaaaaaaa', row('shop:a:1', 'n1', '2026-01-02'));
    rmSync(join(workspace, 'lake', 'shop', 'aaaaaaaaaaaaaaaa.parquet'));
    await expect(buildSources(db, { workspace, descriptions: [SHOP], asOf: ROUND })).rejects.toMatchObject({
      code: 'damaged-lake',
    });
  });

  test('a description whose expression does not bind is refused before anything is built', async () => {
    const wrong = { ...SHOP, where: 'colour = 1' };
    await expect(buildSources(db, { workspace, descriptions: [wrong], asOf: ROUND })).rejects.toMatchObject({
      code: 'bad-description',
    });
    expect(await db.has('src_shop')).toBe(false);
  });

  test('files cleaned under an older description are pointed out', async () => {
    await lake('shop', 'aaaaaaaaaaaaaaaa', row('shop:a:1', 'n1', '2026-01-02'));
    const notes: string[] = [];
    const progress = { step() {}, tick() {}, note: (text: string) => void notes.push(text) };
    await buildSources(db, { workspace, descriptions: [SHOP], asOf: ROUND, progress });
    expect(notes).toEqual(['shop: 1 files were cleaned under an older description; ingest them again']);
  });

  test('an unknown option is refused', async () => {
    await expect(
      buildSources(db, { workspace, descriptions: [], asOf: 0, wrong: 1 } as Parameters<typeof buildSources>[1]),
    ).rejects.toMatchObject({ code: 'unknown-option' });
  });
});

describe('buildMentions', () => {
  test('one a row and role, one a distinct tuple, one an element of a list; none where nothing identifies', async () => {
    await lake(
      'shop',
      'aaaaaaaaaaaaaaaa',
      [
        row('shop:a:1', 'n1', '2026-01-02', `, '甲 公司' as name, 'p1' as phone, ['浙e1', '浙e2'] as plates`),
        row('shop:a:2', 'n2', '2026-01-01', `, '乙公司', 'p1', []::varchar[]`),
        row('shop:a:3', 'n3', '2026-01-03', `, null, 'p2', null::varchar[]`),
      ].join(' union all '),
    );
    await buildSources(db, { workspace, descriptions: [SHOP], asOf: ROUND });
    const report = await buildMentions(db, [SHOP]);
    expect(report.mentions).toEqual({ 'shop.firm': 2, 'shop.phone': 2, 'shop.van': 2 });
    const mentions = await db.rows(
      'select mention_id, row_id, kind, rows_count, name, name_norm, plate, phone_hash, key, known_at from mention order by kind, row_id, mention_id',
    );
    expect(mentions.slice(0, 2)).toMatchObject([
      {
        mention_id: 'shop:a:1#firm',
        kind: 'company',
        rows_count: 1,
        name: '甲 公司',
        name_norm: '甲公司',
        phone_hash: 'p1',
      },
      { mention_id: 'shop:a:2#firm' },
    ]);
    expect(mentions.slice(2, 4)).toMatchObject([
      { row_id: 'shop:a:2', rows_count: 2, key: 'p1', known_at: '2026-01-01T00:00:00.000Z' },
      { row_id: 'shop:a:3', rows_count: 1, key: 'p2' },
    ]);
    expect(mentions[2]!['mention_id']).toMatch(/^shop#phone#[0-9a-f]{32}$/);
    expect(mentions.slice(4)).toMatchObject([
      { mention_id: 'shop:a:1#van#1', plate: '浙E1' },
      { mention_id: 'shop:a:1#van#2', plate: '浙E2' },
    ]);
  });
});
