import { afterAll, beforeAll, expect, test } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCasework } from '../../casework/index.ts';
import { Database } from '../../ingest/tables/index.ts';
import { SnapshotReader, TILES, sqlOf, tableNames } from '../../models/queries/index.ts';
import { rememberIngest, runFolder, warehouseFile, workspacePaths } from '../../models/workspace/index.ts';
import * as contract from '../contract/index.ts';
import { appOf } from './app.ts';
import { signedIn } from './testing/signed-in.ts';
import { makeTinyRun } from './testing/tiny-run.ts';

const root = mkdtempSync(join(tmpdir(), 'tributary-'));
const paths = workspacePaths(root);
const snapshot = new SnapshotReader(paths);
const faults: unknown[] = [];
const casework = await openCasework({ folder: null });
const app = appOf({ paths, snapshot, casework, version: '0-test', onFault: (e) => faults.push(e) });
const api = await signedIn(app, casework);

beforeAll(() => makeTinyRun(paths, 'r1'));
afterAll(async () => {
  await snapshot.close();
  await casework.close();
  rmSync(root, { recursive: true, force: true });
  expect(faults).toEqual([]);
});

test('the queue is narrowed by facet, names towns as the layer does, and goes out as a table that runs nothing', async () => {
  const all = contract.leadList.parse((await api.get('/api/leads')).body);
  expect(all.leads.map((l) => [l.leadId, l.town, l.because?.zh ?? null])).toEqual([
    ['L1', '织里镇', '夜间停运'],
    ['L2', null, null],
  ]);
  expect((await api.get('/api/leads?town=')).body).toMatchObject({ total: 2, matching: 1, leads: [{ leadId: 'L2' }] });
  expect((await api.get('/api/leads?typology=T03&kind=vehicle')).body.matching).toBe(0);
  const table = await api.get('/api/leads.csv?lang=en');
  expect(table.headers['content-type']).toContain('text/csv');
  expect(table.text.split('\r\n')).toHaveLength(4);
  expect(table.text).toContain('1,L1,company,湖州甲公司,织里镇,T03,0.4');
});

test('a lead says its signals with the law of the day of conduct, and its dated past without what was not yet known', async () => {
  const found = contract.leadSignals.parse((await api.get('/api/leads/L1/signals')).body);
  expect(found.signals).toHaveLength(1);
  expect(found.signals[0]).toMatchObject({ value: 300, peerHigh: 30, rowIds: ['mkt_entity:aaaaaaaa:1'] });
  expect(found.matters[0]!.law.filter((l) => !l.later).every((l) => l.law !== '生态环境法典')).toBe(true);
  const line = contract.timeline.parse((await api.get('/api/leads/L1/timeline')).body);
  expect(line.items.map((i) => i.id).toSorted()).toEqual(['e1', 'e2', 'o1', 's1']);
  expect(line.lanes).toContainEqual({ lane: 'inspection', items: 1, notShown: 0 });
});

test('a source row shows what was sent, and never a personal value', async () => {
  const row = contract.sourceRow.parse((await api.get('/api/rows/mkt_entity:aaaaaaaa:1')).body);
  expect(row).toMatchObject({ fileName: 'market/mkt_entity.csv', line: '1', source: 'mkt_entity' });
  expect(row.cells.find((c) => c.column === 'name')).toMatchObject({ value: '湖州甲公司', raw: '湖州甲(公司)' });
  expect(row.cells.find((c) => c.column === 'legal_rep')).toMatchObject({ value: null, hidden: 'personal' });
  expect(JSON.stringify(row)).not.toContain('"张某某"');
  for (const bad of ['mkt_entity:aaaaaaaa:9', 'nowhere:1:1', 'x'])
    expect((await api.get(`/api/rows/${bad}`)).status).toBe(404);
});

test('every tile’s total is the length of its list and the count of its SQL; no person’s name is on the wall', async () => {
  const wall = contract.cockpit.parse((await api.get('/api/cockpit')).body);
  const db = await Database.open(':memory:');
  await db.run(`attach '${warehouseFile(runFolder(paths, 'r1'))}' as run (read_only)`);
  await db.run('use run');
  const tables = await tableNames(db);
  for (const tile of wall.tiles) {
    const list = contract.tileList.parse((await api.get(`/api/cockpit/${tile.id}?limit=1000`)).body);
    const sql = sqlOf(
      TILES.find((t) => t.id === tile.id)!,
      tables,
    );
    const counted = await db.rows<{ n: number }>(`select count(*) as n from (${sql})`, { asOf: wall.asOf });
    expect([tile.id, list.total, list.rows.length, counted[0]!.n]).toEqual([
      tile.id,
      tile.total,
      tile.total,
      tile.total,
    ]);
    expect(tile.tones.bad + tile.tones.warn + tile.tones.ok + tile.tones.stale).toBeLessThanOrEqual(tile.total);
    expect(tile.rows.length + tile.notShown).toBe(tile.total);
  }
  db.close();
  const total = (id: string): number | undefined => wall.tiles.find((t) => t.id === id)?.total;
  expect(
    ['tickets-week', 'tickets-open', 'leads-week', 'leads-high', 'signals-month', 'sections', 'vehicles'].map(total),
  ).toEqual([1, 2, 1, 1, 1, 1, 1]);
  expect(wall.tiles.find((t) => t.id === 'sections')!.rows[0]).toMatchObject({ value: 5, tone: 'bad', zh: '一号断面' });
  expect(wall.trends.find((t) => t.id === 'complaints')!.points).toHaveLength(13);
  expect(JSON.stringify(wall)).not.toContain('张某某');
  expect((await api.get('/api/cockpit/nothing')).status).toBe(404);
});

test('data health adds up, hides personal rejects, and a file that cannot be read turns its source red', async () => {
  const before = contract.sourceReportList.parse((await api.get('/api/sources/health')).body);
  for (const s of before.sources) expect(s.read).toBe(s.accepted + s.refused);
  expect(before.sources.find((s) => s.source === 'hot_ticket')).toMatchObject({ read: 10, refused: 4, duplicates: 1 });
  const rejects = contract.rejectList.parse((await api.get('/api/sources/mkt_entity/rejects?limit=1')).body);
  expect(rejects.total).toBe(2);
  expect(JSON.stringify(rejects)).not.toContain('张某某');
  expect((await api.get('/api/sources/mkt_entity/rejects?rule=uscc-length')).body).toMatchObject({
    total: 1,
    rejects: [{ value: '123' }],
  });
  const fault = {
    source: 'mkt_entity',
    fileName: 'market/new.csv',
    outcome: 'failed',
    error: { message: 'not a table' },
  };
  rememberIngest(paths, [fault], '2026-07-01T00:00:00.000Z');
  const broken = contract.sourceReportList.parse((await api.get('/api/sources/health')).body);
  expect(broken.sources[0]).toMatchObject({
    source: 'mkt_entity',
    state: 'red',
    faults: [{ fileName: 'market/new.csv' }],
  });
  rememberIngest(paths, [{ ...fault, error: null }], '2026-07-02T00:00:00.000Z');
  const mended = contract.sourceReportList.parse((await api.get('/api/sources/health')).body);
  expect(mended.sources.find((s) => s.source === 'mkt_entity')!.faults).toEqual([]);
  expect((await api.get('/api/sources/nowhere/rejects')).status).toBe(404);
});

test('a dossier counts by quarter what was known, for the company with its site', async () => {
  const of = contract.dossier.parse((await api.get('/api/dossier/company:1')).body);
  expect(of.quarters.at(-1)).toBe('2026Q2');
  expect(of.quarters).toHaveLength(20);
  expect(of.members).toEqual([{ id: 'site:1', kind: 'site', label: '甲厂区' }]);
  const lane = (id: string): number | undefined => of.strip.find((s) => s.lane === id)?.counts.at(-1);
  expect([lane('inspection'), lane('complaint'), lane('signal'), lane('confirmed')]).toEqual([1, 1, 1, 1]);
  expect(of.leads).toEqual([{ leadId: 'L1', rank: 1, probability: 0.4 }]);
  expect((await api.get('/api/dossier/nobody')).status).toBe(404);
});

test('what needs a model says so plainly where there is none', async () => {
  expect((await api.get('/api/models')).status).toBe(200);
  expect((await api.get('/api/models/m-0000000000000000')).status).toBe(404);
  expect((await api.get('/api/leads/capacity?capacity=10')).status).toBe(409);
  expect((await api.get('/api/leads/capacity?capacity=0')).status).toBe(400);
  expect((await api.post('/api/leads/none/verify')).status).toBe(404);
});
