import { afterAll, beforeAll, expect, test } from 'vitest';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { openCasework } from '../../casework/index.ts';
import { SnapshotReader } from '../../models/queries/index.ts';
import { descriptionsOf, readSettings, workspacePaths } from '../../models/workspace/index.ts';
import * as contract from '../contract/index.ts';
import { appOf } from './app.ts';
import { signedIn } from './testing/signed-in.ts';
import { makeTinyRun } from './testing/tiny-run.ts';
import { guessKind, guessName } from './upload/index.ts';

const root = mkdtempSync(join(tmpdir(), 'tributary-'));
const paths = workspacePaths(root);
const snapshot = new SnapshotReader(paths);
const casework = await openCasework({ folder: null });
const app = appOf({ paths, snapshot, casework, version: '0-test', onFault: () => {} });
const api = await signedIn(app, casework);

const CSV = [
  '车牌号,车主单位,统一社会信用代码,登记日期,联系电话,核定载质量',
  '浙E0F12K,湖州甲运输有限公司,91330599FAKE00013E,2026-01-05,10012345678,12.5',
  '浙E00A34,湖州甲运输有限公司,91330599FAKE00013E,2026-01-06,10012345678,30',
  '苏E9A00B,湖州乙运输有限公司,92330599FAKE0003XX,2026-02-01,10087654321,8',
  ',湖州丙运输有限公司,,2026-02-02,,8',
].join('\n');

beforeAll(() => makeTinyRun(paths, 'r1'));
afterAll(async () => {
  await snapshot.close();
  await casework.close();
  rmSync(root, { recursive: true, force: true });
});

async function upload(fileName = '车辆登记.csv', text = CSV): Promise<contract.UploadDraft> {
  const answer = await api
    .post(`/api/uploads?fileName=${encodeURIComponent(fileName)}`)
    .set('content-type', 'application/octet-stream')
    .send(Buffer.from(text));
  expect([answer.status, answer.body.detail]).toEqual([200, undefined]);
  return contract.uploadDraft.parse(answer.body);
}

const MAPPING: contract.Mapping = {
  id: 'vehicle_register',
  title: { zh: '车辆登记', en: 'Vehicle register' },
  department: '交通运输',
  share: 'conditional',
  level: 2,
  use: '',
  files: '车辆登记*.csv',
  columns: [
    { header: '车牌号', name: 'plate', kind: 'plate', required: true, personal: false },
    { header: '车主单位', name: 'firm', kind: 'company-name', required: false, personal: false },
    { header: '统一社会信用代码', name: 'uscc', kind: 'uscc', required: false, personal: false },
    { header: '登记日期', name: 'day', kind: 'date', required: false, personal: false },
    { header: '联系电话', name: 'phone', kind: 'text', required: false, personal: true },
    { header: '核定载质量', name: 'rated', kind: 'number', required: false, personal: false },
  ],
  key: ['plate'],
  eventAt: 'day',
  knownAt: 'day',
  knownOn: null,
  mentions: [
    { role: 'vehicle', kind: 'vehicle', fields: { plate: 'plate' } },
    { role: 'owner', kind: 'company', fields: { name: 'firm', uscc: 'uscc' } },
  ],
  links: [{ kind: 'owns', from: 'owner', to: 'vehicle' }],
};

test('a2: a new vehicle table is proposed by its values; personal values are not shown as examples', async () => {
  const draft = await upload();
  expect(draft).toMatchObject({ rows: 4, unreadable: 0, known: [] });
  expect(draft.columns.map((c) => [c.name, c.kind, c.personal])).toEqual([
    ['plate', 'plate', false],
    ['column_2', 'company-name', false],
    ['uscc', 'uscc', false],
    ['day', 'date', false],
    ['column_5', 'integer', true],
    ['column_6', 'number', false],
  ]);
  expect(draft.columns[0]).toMatchObject({ filled: 0.75, distinct: 3, examples: ['浙E0F12K', '浙E00A34', '苏E9A00B'] });
  expect(JSON.stringify(draft)).not.toContain('10012345678');
});

test('a2: the preview shows entities and links before anything of the workspace changes, and faults as data', async () => {
  const { uploadId } = await upload();
  const preview = contract.mappingPreview.parse(
    (await api.post(`/api/uploads/${uploadId}/preview`).send(MAPPING)).body,
  );
  expect(preview).toMatchObject({
    faults: [],
    readRows: 4,
    acceptedRows: 3,
    refusedRows: 1,
    entityTotal: 5,
    linkTotal: 3,
  });
  expect(
    preview.entities
      .filter((e) => e.kind === 'company')
      .map((e) => e.label)
      .toSorted(),
  ).toEqual(['湖州乙运输有限公司', '湖州甲运输有限公司']);
  expect(preview.links).toContainEqual({ kind: 'owns', from: '湖州甲运输有限公司', to: '浙E0F12K' });
  expect(JSON.stringify(preview)).not.toContain('10012345678');
  expect(existsSync(join(paths.sources, 'vehicle_register.yaml'))).toBe(false);
  expect(existsSync(join(paths.lake, 'vehicle_register'))).toBe(false);
  const wrong = { ...MAPPING, key: ['nothing'], links: [{ kind: 'owns', from: 'nobody', to: 'vehicle' }] };
  const faulty = contract.mappingPreview.parse((await api.post(`/api/uploads/${uploadId}/preview`).send(wrong)).body);
  expect(faulty.faults.map((f) => f.path).toSorted()).toEqual(['sources[0].key[0]', 'sources[0].links[0].from']);
});

test('a2: committing saves the YAML that ingest reads, takes the file in and tells each step', async () => {
  const { uploadId } = await upload();
  const answer = await api.post(`/api/uploads/${uploadId}/commit`).send(MAPPING);
  const events = answer.text
    .split('\n\n')
    .flatMap((e) => (e.startsWith('data: ') ? [contract.commitEvent.parse(JSON.parse(e.slice(6)))] : []));
  expect(events[0]).toMatchObject({ type: 'step' });
  expect(events.at(-1)).toMatchObject({
    type: 'done',
    result: {
      source: 'vehicle_register',
      yaml: 'sources/vehicle_register.yaml',
      acceptedRows: 3,
      refusedRows: 1,
      outcome: 'ingested',
    },
  });
  const described = descriptionsOf(paths, readSettings(paths));
  expect(described.find((d) => d.id === 'vehicle_register')).toMatchObject({ key: ['plate'], level: 2 });
  expect(described.length).toBeGreaterThan(20);
  expect(readFileSync(join(paths.sources, 'vehicle_register.yaml'), 'utf8')).toContain('company-name');
  expect(readdirSync(join(paths.lake, 'vehicle_register')).some((f) => f.endsWith('.parquet'))).toBe(true);
  const again = await upload();
  expect(again.known).toEqual(['vehicle_register']);
  const health = contract.sourceReportList.parse((await api.get('/api/sources/health')).body);
  expect(health.sources.some((s) => s.source === 'vehicle_register')).toBe(true);
});

test('what cannot be taken is refused in plain words: name, format, a built-in source, a right that is missing', async () => {
  const send = (name: string) =>
    api
      .post(`/api/uploads?fileName=${encodeURIComponent(name)}`)
      .set('content-type', 'application/octet-stream')
      .send(Buffer.from(CSV));
  expect((await send('a.pdf')).body.code).toBe('unknown-format');
  expect((await send('.hidden.csv')).body.code).toBe('bad-file-name');
  expect((await send('../../etc/x.csv')).body.fileName).toBe('x.csv');
  const { uploadId } = await upload('mkt.csv');
  const taken = await api
    .post(`/api/uploads/${uploadId}/commit`)
    .send({ ...MAPPING, id: 'mkt_entity', files: 'mkt.csv' });
  expect(taken.text).toContain('source-taken');
  expect((await api.post('/api/uploads/00000000-0000-0000-0000-000000000000/preview').send(MAPPING)).status).toBe(404);
  expect((await api.post('/api/uploads/..%2f..%2fx/preview').send(MAPPING)).status).toBe(404);
  const reader = await signedIn(app, casework, ['investigator']);
  expect((await reader.post('/api/uploads?fileName=a.csv').send('x')).status).toBe(403);
});

test('guesses are total, and every proposed name is one that a description may use', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.string(), { maxLength: 8 }), fc.nat(500), (header, values, place) => {
      expect(contract.COLUMN_KINDS).toContain(guessKind(header, values, new Set(values).size));
      const first = guessName(header, place, new Set());
      expect(first).toMatch(/^[a-z][a-z0-9_]{0,59}$/);
      expect(guessName(header, place, new Set([first]))).not.toBe(first);
    }),
  );
});
