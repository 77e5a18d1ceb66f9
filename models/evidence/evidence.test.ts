import { afterEach, beforeEach, expect, test } from 'vitest';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256OfFile } from '../../ingest/base/index.ts';
import { createTableSql } from '../../ingest/schema/index.ts';
import { Database } from '../../ingest/tables/index.ts';
import { type EvidenceBundle, brokenInside, collectEvidence, verifyBundle } from './index.ts';

let root: string;
let db: Database;
let bundle: EvidenceBundle;
const LAKE = 'lake/eco_permit/aaaabbbbccccdddd.parquet';

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'tributary-'));
  for (const f of ['lake/eco_permit', 'models', 'reports', 'in', 'snap']) mkdirSync(join(root, f), { recursive: true });
  writeFileSync(join(root, 'in/permit.csv'), 'a,b\n1,2\n');
  const inputHash = await sha256OfFile(join(root, 'in/permit.csv'));
  const rowId = `eco_permit:${inputHash.slice(0, 8)}:2`;
  db = await Database.open(join(root, 'snap/warehouse.duckdb'));
  await db.run(`copy (select '${rowId}' as row_id, 3.5 as limit_value) to '${join(root, LAKE)}' (format parquet)`);
  for (const t of ['source_file', 'lead', 'signal', 'feature']) await db.run(createTableSql(t));
  await db.run(
    `insert into source_file (source, file_name, sha256, lake_path, lake_sha256) values ('eco_permit', 'permit.csv', '${inputHash}', '${LAKE}', '${await sha256OfFile(join(root, LAKE))}')`,
  );
  await db.run(
    `insert into signal (signal_id, typology, subject_id, strength, row_ids) values ('s1', 'T03', 'company:1', 0.5, ['${rowId}'])`,
  );
  await db.run(
    `insert into feature values ('company:1', timestamp '2026-01-01', 't03_max_90d', 0.5, timestamp '2025-12-01')`,
  );
  await db.run(
    `insert into lead (lead_id, subject_id, as_of, row_ids, signal_ids) values ('L1', 'company:1', timestamp '2026-01-01', ['${rowId}'], ['s1'])`,
  );
  writeFileSync(join(root, 'models/m1.json'), '{"trees":[]}');
  writeFileSync(join(root, 'reports/L1.zh.html'), '<p>线索</p>');
  await db.run('checkpoint');
  db.close();
  const path = join(root, 'snap/warehouse.duckdb');
  db = await Database.open(path, { readOnly: true });
  bundle = await collectEvidence(db, 'L1', {
    workspace: root,
    runId: 'r1',
    codeVersion: '0',
    modelId: 'm1',
    modelPath: 'models/m1.json',
    reportPaths: ['reports/L1.zh.html'],
    warehouse: { id: 'snap/warehouse.duckdb', path: 'snap/warehouse.duckdb', sha256: await sha256OfFile(path) },
  });
});
afterEach(() => {
  db.close();
  rmSync(root, { recursive: true, force: true });
});

async function verify(b: EvidenceBundle, inputPath: string | null = join(root, 'in/permit.csv')) {
  const reader = await Database.open(':memory:');
  try {
    return await verifyBundle(b, {
      workspace: root,
      reader,
      openWarehouse: async () => db,
      hashOf: sha256OfFile,
      inputPath: () => inputPath,
    });
  } finally {
    reader.close();
  }
}

test('an untouched chain verifies, link by link', async () => {
  expect(bundle.links.map((l) => [l.name, l.items.length])).toEqual([
    ['input', 1],
    ['lake', 1],
    ['row', 1],
    ['warehouse', 1],
    ['signal', 1],
    ['feature', 1],
    ['model', 1],
    ['lead', 1],
    ['report', 1],
  ]);
  expect(await verify(bundle)).toEqual({ leadId: 'L1', ok: true, checked: 9, broken: null, absent: [] });
  expect((await verify(bundle, null)).absent).toEqual(['eco_permit/permit.csv']);
});

test.each([
  ['in/permit.csv', 'input'],
  [LAKE, 'lake'],
  ['models/m1.json', 'model'],
  ['reports/L1.zh.html', 'report'],
  ['snap/warehouse.duckdb', 'warehouse'],
])('one byte more in %s names the link %s', async (file, link) => {
  appendFileSync(join(root, file), ' ');
  const result = await verify(bundle);
  expect(result.ok).toBe(false);
  expect(result.broken?.link).toBe(link);
});

test('every single changed byte of an input file is noticed', async () => {
  const path = join(root, 'in/permit.csv');
  const bytes = readFileSync(path);
  for (let i = 0; i < bytes.length; i++) {
    const changed = Buffer.from(bytes);
    changed[i]! ^= 1;
    writeFileSync(path, changed);
    expect((await verify(bundle)).broken?.link).toBe('input');
  }
});

test('a bundle edited by hand is found out at the link that was edited', () => {
  const copy = JSON.parse(JSON.stringify(bundle)) as { links: { items: { sha256: string }[] }[] } & EvidenceBundle;
  copy.links[4]!.items[0]!.sha256 = '0'.repeat(64);
  expect(brokenInside(copy)).toMatchObject({ link: 'bundle', id: 'signal' });
  expect(brokenInside({ ...bundle, head: 'x' })).toMatchObject({ id: 'head' });
});

test('an unknown lead is refused by name', async () => {
  await expect(
    collectEvidence(db, 'nope', {
      workspace: root,
      runId: 'r1',
      codeVersion: '0',
      modelId: 'm1',
      modelPath: 'models/m1.json',
      reportPaths: [],
      warehouse: null,
    }),
  ).rejects.toThrow(/nope/);
});
