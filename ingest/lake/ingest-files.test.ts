import { afterEach, beforeEach, expect, test } from 'vitest';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { InputError, StateError, sha256OfFile } from '../base/index.ts';
import type { ColumnDescription, SourceDescription } from '../schema/index.ts';
import { Database } from '../tables/index.ts';
import { type IngestReport, ingestFiles, lakeFiles, matches } from './index.ts';

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'tributary-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const NOW = Date.UTC(2026, 6, 1);

function described(columns: readonly ColumnDescription[], over: Partial<SourceDescription> = {}): SourceDescription {
  return {
    id: 'trip', title: { zh: '运单', en: 'Trips' }, department: '综合执法', share: 'conditional', level: 1, files: ['trip*.csv'], format: { kind: 'csv' },
    columns, key: ['no'], eventAt: '"at"', knownAt: '"at" + interval 1 hour', mentions: [], links: [], events: [], outcomes: [], ...over,
  }; // prettier-ignore
}

const TRIP = described([
  { name: 'no', header: '运单号', kind: 'text', required: true },
  { name: 'plate', header: '车牌', kind: 'plate' },
  { name: 'at', header: '时间', kind: 'timestamp' },
  { name: 'm3', header: '方量', kind: 'number', min: 0, max: 100 },
]);
const HEADER = '运单号,车牌,时间,方量\n';

function put(name: string, bytes: string | Buffer): string {
  const path = join(folder, 'in', name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  return path;
}

async function ingest(
  descriptions: readonly SourceDescription[],
  over: { strictCrc?: boolean; paths?: string[] } = {},
): Promise<IngestReport> {
  const report = await ingestFiles({
    workspace: join(folder, 'ws'),
    paths: [join(folder, 'in')],
    descriptions,
    clock: () => NOW,
    ...over,
  });
  for (const f of report.files) expect(f.readRows).toBe(f.acceptedRows + f.refusedRows);
  for (const f of report.files) expect(f.refusedByRule.reduce((sum, r) => sum + r.count, 0)).toBe(f.refusedRows);
  return report;
}

async function lakeRows(
  source: string,
  which: 'parquet' | 'rejectParquet' = 'parquet',
): Promise<Record<string, unknown>[]> {
  const db = await Database.open(':memory:');
  try {
    const out: Record<string, unknown>[] = [];
    for (const entry of lakeFiles(join(folder, 'ws'), source))
      out.push(...(await db.rows(`select * from read_parquet('${join(folder, 'ws', entry[which])}')`)));
    return out;
  } finally {
    db.close();
  }
}

test('a small file by hand: what is kept, what is set aside, what is null, and why', async () => {
  put(
    'trip-1.csv',
    `${HEADER}T1,浙E0F12K,2026-03-05 21:00:00,15
T2,浙e·0f12k,2026年3月5日 21:00,"1,5"
T3,垃圾,46086.875,150
T4,无牌,无,/
T1,浙E0F12K,2026-03-05 21:00:00,15
,浙E0F12K,2026-03-05 21:00:00,15
T5,浙E0F12K
T6,浙E0F12K,2099-01-01 00:00:00,1
T7,浙E0F12K,1900-01-01,1
`,
  );
  const report = await ingest([TRIP]);
  const [file] = report.files;
  expect(file).toMatchObject({
    source: 'trip',
    fileName: 'trip-1.csv',
    outcome: 'ingested',
    readRows: 9,
    acceptedRows: 3,
    refusedRows: 6,
    duplicates: 1,
    firstEventAt: '2026-03-05T13:00:00.000Z',
  });
  expect(file!.refusedByRule.map((r) => [r.rule, r.count])).toEqual([
    ['bad-line', 1],
    ['duplicate', 1],
    ['implausible-time', 1],
    ['no-known-at', 2],
    ['required', 1],
  ]);
  expect(file!.valueRejects).toEqual([
    { column: 'm3', rule: 'decimal-comma', count: 1 },
    { column: 'm3', rule: 'out-of-range', count: 1 },
    { column: 'plate', rule: 'plate-shape', count: 1 },
  ]);
  expect(file!.columns.find((c) => c.name === 'plate')).toEqual({
    name: 'plate',
    present: 2,
    completeness: 2 / 3,
    placeholders: 1,
    isAbsent: false,
  });
  const id = `trip:${file!.sha256.slice(0, 8)}`;
  const at = '2026-03-05T13:00:00.000Z';
  const known = '2026-03-05T14:00:00.000Z';
  expect(await lakeRows('trip')).toEqual([
    { row_id: `${id}:2`, event_at: at, known_at: known, no: 'T1', plate: '浙E0F12K', plate_raw: null, at, m3: 15 },
    {
      row_id: `${id}:3`,
      event_at: at,
      known_at: known,
      no: 'T2',
      plate: '浙E0F12K',
      plate_raw: '浙e·0f12k',
      at,
      m3: null,
    },
    { row_id: `${id}:4`, event_at: at, known_at: known, no: 'T3', plate: null, plate_raw: '垃圾', at, m3: null },
  ]);
  const rejects = await lakeRows('trip', 'rejectParquet');
  expect(rejects.map((r) => [r['row_id'], r['column_name'], r['value'], r['rule'], r['refused_row']])).toEqual([
    [`${id}:3`, 'm3', '1,5', 'decimal-comma', false],
    [`${id}:4`, 'm3', '150', 'out-of-range', false],
    [`${id}:4`, 'plate', '垃圾', 'plate-shape', false],
    [`${id}:5`, null, null, 'no-known-at', true],
    [`${id}:6`, null, null, 'duplicate', true],
    [`${id}:7`, 'no', null, 'required', true],
    [`${id}:8`, null, 'T5,浙E0F12K', 'bad-line', true],
    [`${id}:9`, null, null, 'implausible-time', true],
    [`${id}:10`, null, null, 'no-known-at', true],
  ]);
  expect(rejects[4]!['message']).toBe('the same key as line 2');
});

test('loaded twice, nothing changes; another description loads again; copies are skipped; other files are named', async () => {
  put('a/trip-1.csv', `${HEADER}T1,,2026-03-05 21:00:00,15\n`);
  put('readme.txt', 'x');
  const first = await ingest([TRIP]);
  expect([first.files[0]!.outcome, first.unrecognised]).toEqual(['ingested', ['readme.txt']]);
  const [entry] = lakeFiles(join(folder, 'ws'), 'trip');
  const hash = await sha256OfFile(join(folder, 'ws', entry!.parquet));
  expect(hash).toBe(entry!.parquetSha256);
  put('b/trip-2.csv', `${HEADER}T1,,2026-03-05 21:00:00,15\n`);
  const again = await ingest([TRIP]);
  expect(again.files.map((f) => [f.fileName, f.outcome, f.acceptedRows])).toEqual([
    ['a/trip-1.csv', 'skipped', 1],
    ['b/trip-2.csv', 'skipped', 1],
  ]);
  expect(lakeFiles(join(folder, 'ws'), 'trip')).toEqual([entry]);
  const other = { ...TRIP, knownAt: '"at" + interval 2 hour' };
  expect((await ingest([other])).files.map((f) => f.outcome)).toEqual(['ingested', 'skipped']);
  expect(lakeFiles(join(folder, 'ws'), 'trip')[0]!.parquetSha256).not.toBe(hash);
  rmSync(join(folder, 'ws'), { recursive: true });
  expect((await ingest([TRIP])).files.map((f) => f.outcome)).toEqual(['ingested', 'skipped']);
  expect(await sha256OfFile(join(folder, 'ws', entry!.parquet))).toBe(hash);
});

test('what a killed load leaves is invisible and is cleared; a damaged entry is loaded anew', async () => {
  put('trip-1.csv', `${HEADER}T1,,2026-03-05 21:00:00,15\n`);
  const ws = join(folder, 'ws');
  await ingest([TRIP]);
  const [entry] = lakeFiles(ws, 'trip');
  const json = join(ws, entry!.parquet.replace(/\.parquet$/, '.json'));
  rmSync(json); // killed between the renames: two Parquet files without their entry
  mkdirSync(join(ws, 'lake/.scratch/batch'), { recursive: true });
  writeFileSync(join(ws, 'lake/.scratch/batch/out.0.parquet'), 'half');
  writeFileSync(join(ws, 'lake/.lock'), '999999999');
  expect(lakeFiles(ws, 'trip')).toEqual([]);
  expect((await ingest([TRIP])).files[0]!.outcome).toBe('ingested');
  expect([existsSync(join(ws, 'lake/.scratch')), existsSync(join(ws, 'lake/.lock'))]).toEqual([false, false]);
  writeFileSync(join(ws, entry!.parquet), 'cut');
  expect(() => lakeFiles(ws, 'trip')).toThrow(StateError);
  expect((await ingest([TRIP])).files[0]!.outcome).toBe('ingested');
  writeFileSync(json, '{');
  expect(() => lakeFiles(ws, 'trip')).toThrow(/delete it and ingest/);
  expect((await ingest([TRIP])).files[0]!.outcome).toBe('ingested');
  expect(lakeFiles(ws, 'trip')).toHaveLength(1);
});

test('a living process that holds the lake is named', async () => {
  put('trip-1.csv', `${HEADER}T1,,2026-03-05 21:00:00,15\n`);
  mkdirSync(join(folder, 'ws/lake'), { recursive: true });
  writeFileSync(join(folder, 'ws/lake/.lock'), String(process.ppid));
  await expect(ingest([TRIP])).rejects.toMatchObject({ code: 'lake-busy', detail: { pid: process.ppid } });
});

test('one broken file is red and the others go on', async () => {
  put('trip-1.csv', `${HEADER}T1,,2026-03-05 21:00:00,15\n`);
  put('trip-2.csv', '');
  put('trip-3.csv', '单号,车,时间,方量\n1,2,3,4\n');
  put('trip-4.csv', Buffer.from('504b030414000000', 'hex'));
  const { files, sources } = await ingest([TRIP]);
  expect(files.map((f) => [f.fileName, f.outcome, f.state, f.error?.code ?? null])).toEqual([
    ['trip-1.csv', 'ingested', 'green', null],
    ['trip-2.csv', 'failed', 'red', 'empty-file'],
    ['trip-3.csv', 'failed', 'red', 'wrong-headers'],
    ['trip-4.csv', 'failed', 'red', 'binary-file'],
  ]);
  expect(files[2]!.error!.message).toMatch(/trip-3\.csv lacks "运单号"; found "单号", "车", "时间", "方量"/);
  expect(sources).toMatchObject([{ source: 'trip', state: 'red', files: 4, acceptedRows: 1 }]);
  await expect(ingest([TRIP], { paths: [join(folder, 'nowhere')] })).rejects.toMatchObject({ code: 'no-such-path' });
  await expect(ingest([{ ...TRIP, id: 'x', knownAt: 'nothing_there' }])).rejects.toThrow(InputError);
});

test('headers: other writing is found, extra ones are reported, optional ones may be absent', async () => {
  put('trip-1.csv', '车 牌,运单号　,时间,备注\n浙E0F12K,T1,2026-03-05 21:00:00,x\n');
  const [file] = (await ingest([TRIP])).files;
  expect(file).toMatchObject({ acceptedRows: 1, extraHeaders: ['备注'], state: 'yellow' });
  expect(file!.columns.find((c) => c.name === 'm3')).toMatchObject({ isAbsent: true, present: 0 });
});

test('many small files together give what each gives alone', async () => {
  const lines = (i: number): string =>
    `${HEADER}${Array.from({ length: 30 }, (_x, j) => `T${j},${j % 7 === 0 ? '浙e·0f12k' : '浙E0F12K'},2026-03-0${1 + (i % 9)} 0${j % 9}:00:00,${j === i ? 'bad' : j}`).join('\n')}\nT0,,2026-03-05 21:00:00,1\ncut\n`;
  for (let i = 0; i < 6; i++) put(`trip-${i}.csv`, lines(i));
  put('trip-9.csv', '时间,运单号,车牌,方量\n2026-03-05 21:00:00,T1,,1\n');
  const together = await ingest([TRIP]);
  const rows = await lakeRows('trip');
  const rejects = await lakeRows('trip', 'rejectParquet');
  const hashes = lakeFiles(join(folder, 'ws'), 'trip').map((e) => [e.fileName, e.parquetSha256, e.rejectSha256]);
  rmSync(join(folder, 'ws'), { recursive: true });
  cpSync(join(folder, 'in'), join(folder, 'all'), { recursive: true });
  const alone: IngestReport['files'][number][] = [];
  for (const name of readdirSync(join(folder, 'all')).toSorted())
    alone.push(...(await ingest([TRIP], { paths: [join(folder, 'all', name)] })).files);
  const bare = (f: (typeof alone)[number]) => ({ ...f, seconds: 0, changes: null }); // alone, each has the one before to compare with
  expect(alone.map(bare)).toEqual(together.files.map(bare));
  expect(await lakeRows('trip')).toEqual(rows);
  expect(await lakeRows('trip', 'rejectParquet')).toEqual(rejects);
  expect(lakeFiles(join(folder, 'ws'), 'trip').map((e) => [e.fileName, e.parquetSha256, e.rejectSha256])).toEqual(
    hashes,
  );
});

test('one file under several descriptions: each takes its rows, the rest is named', async () => {
  const kind = (id: string): SourceDescription =>
    described(
      [
        { name: 'no', kind: 'text', required: true },
        { name: 'kind', kind: 'category' },
        { name: 'n', kind: 'number' },
      ],
      {
        id,
        files: ['all.csv'],
        where: `kind = '${id}'`,
        eventAt: `timestamp '2026-01-01'`,
        knownAt: `timestamp '2026-01-01'`,
      },
    );
  put('all.csv', 'no,kind,n\n1,a,1\n2,b,x\n3,a,y\n4,c,1\n5,,1\nbad\n');
  const { files, unclaimedRows } = await ingest([kind('a'), kind('b')]);
  expect(files.map((f) => [f.source, f.readRows, f.acceptedRows, f.refusedRows, f.valueRejects.length])).toEqual([
    ['a', 3, 2, 1, 1],
    ['b', 1, 1, 0, 1],
  ]);
  expect(unclaimedRows).toEqual([{ fileName: 'all.csv', rows: 2 }]);
  expect((await ingest([kind('a'), kind('b')])).files.map((f) => f.outcome)).toEqual(['skipped', 'skipped']);
});

test('a key without its identity is the same row only if all of it is', async () => {
  const firm = described(
    [
      { name: 'uscc', kind: 'uscc' },
      { name: 'name', kind: 'company-name' },
      { name: 'day', kind: 'date' },
    ],
    { id: 'firm', files: ['firm.csv'], key: ['uscc', 'day'], eventAt: 'day::timestamp', knownAt: 'day::timestamp' },
  );
  put(
    'firm.csv',
    'uscc,name,day\n91330599FAKE00013E,甲厂,2026-01-01\n91330599FAKE00013E,乙厂,2026-01-01\n,丙厂,2026-01-01\n,丁厂,2026-01-01\n,丙厂,2026-01-01\n',
  );
  const [file] = (await ingest([firm])).files;
  expect(file).toMatchObject({ acceptedRows: 3, duplicates: 2 });
  expect((await lakeRows('firm')).map((r) => r['name'])).toEqual(['甲厂', '丙厂', '丁厂']);
});

test('units by column: converted, unknown ones refused, never taken as they stand', async () => {
  const ledger = described(
    [
      { name: 'no', kind: 'text', required: true },
      { name: 'sent_t', kind: 'number', min: 0, max: 50, unit: { fromColumn: 'unit', to: 't' } },
      { name: 'unit', kind: 'text' },
      { name: 'own_t', kind: 'number', unit: { from: '千克', to: 't' } },
    ],
    { files: ['trip.csv'], eventAt: 'null', knownAt: `timestamp '2026-01-01'` },
  );
  put('trip.csv', 'no,sent_t,unit,own_t\n1,1.5,吨,1500\n2,1500,千克,250\n3,1,箱,3吨\n4,1,,x\n5,99,吨,1\n');
  const [file] = (await ingest([ledger])).files;
  expect((await lakeRows('trip')).map((r) => [r['sent_t'], r['own_t']])).toEqual([
    [1.5, 1.5],
    [1.5, 0.25],
    [null, 3],
    [null, null],
    [null, 0.001],
  ]);
  expect(file!.valueRejects).toEqual([
    { column: 'own_t', rule: 'not-a-number', count: 1 },
    { column: 'sent_t', rule: 'out-of-range', count: 1 },
    { column: 'sent_t', rule: 'unknown-unit', count: 2 },
  ]);
});

test('coordinates: a stated datum is converted, an unknown one is left as sent, swapped and half pairs are counted', async () => {
  const place = (id: string, datum: SourceDescription['datum']): SourceDescription =>
    described(
      [
        { name: 'no', kind: 'text', required: true },
        { name: 'lon', kind: 'lon' },
        { name: 'lat', kind: 'lat' },
      ],
      {
        id,
        files: [`${id}.csv`],
        eventAt: 'null',
        knownAt: `timestamp '2026-01-01'`,
        ...(datum === undefined ? {} : { datum }),
      },
    );
  const body = 'no,lon,lat\n1,120.090871,30.891955\n2,30.891955,120.090871\n3,0,0\n4,120.09,\n';
  for (const id of ['gcj', 'raw', 'wgs']) put(`${id}.csv`, body);
  const { files } = await ingest([place('gcj', 'gcj02'), place('raw', 'infer'), place('wgs', 'wgs84')]);
  expect(files.map((f) => f.valueRejects)).toEqual(
    Array.from({ length: 3 }, () => [{ column: 'lat', rule: 'swapped-lat-lon', count: 1 }]),
  );
  const [gcj, ...others] = await lakeRows('gcj');
  expect(gcj).toMatchObject({ lon_raw: 120.090871, lat_raw: 30.891955, datum: 'gcj02', datum_confidence: 1 });
  expect(Math.hypot((gcj!['lon'] as number) - 120.086, (gcj!['lat'] as number) - 30.894)).toBeLessThan(1e-6);
  for (const row of others) expect([row['lon'], row['lat'], row['datum']]).toEqual([null, null, null]);
  expect((await lakeRows('raw'))[0]).toMatchObject({
    lon: 120.090871,
    lon_raw: 120.090871,
    datum: null,
    datum_confidence: 0,
  });
  expect((await lakeRows('wgs'))[0]).toMatchObject({ lon: 120.090871, datum: 'wgs84', datum_confidence: 1 });
});

test('personal values are never copied into rejects or raw columns', async () => {
  const secret = described(
    [
      { name: 'no', kind: 'text', required: true },
      { name: 'who', kind: 'name', personal: true },
      { name: 'hash', kind: 'hash' },
    ],
    { files: ['trip.csv'], eventAt: 'null', knownAt: `timestamp '2026-01-01'` },
  );
  put('trip.csv', 'no,who,hash\n1,…,13805721234\n2,沈 建国,abcdef0123456789\n');
  await ingest([secret]);
  const rejects = await lakeRows('trip', 'rejectParquet');
  expect(rejects.map((r) => [r['column_name'], r['value']])).toEqual([
    ['hash', null],
    ['who', null],
  ]);
  expect(JSON.stringify(rejects)).not.toContain('1380572');
  expect(Object.keys((await lakeRows('trip'))[0]!)).not.toContain('who_raw');
});

test('the last value of a file that ends inside its last line may be cut: a number is refused, a text is kept', async () => {
  put('trip-1.csv', `${HEADER}T1,,2026-03-05 21:00:00,15\nT2,,2026-03-05 21:00:00,1`);
  const [file] = (await ingest([TRIP])).files;
  expect(file!.valueRejects).toEqual([{ column: 'm3', rule: 'undecodable', count: 1 }]);
  expect((await lakeRows('trip')).map((r) => r['m3'])).toEqual([15, null]);
});

test('HJ 212: MODBUS is refused in strict mode, taken and counted in lenient mode', async () => {
  const log = described(
    [
      { name: 'mn', kind: 'text', required: true },
      { name: 'factor', kind: 'text' },
      { name: 'data_time', kind: 'timestamp', formats: ['%Y%m%d%H%M%S'] },
      { name: 'avg_value', kind: 'number' },
      { name: 'crc_ok', kind: 'boolean' },
    ],
    {
      id: 'log',
      files: ['*.log'],
      format: { kind: 'hj212' },
      key: ['mn', 'factor', 'data_time'],
      eventAt: 'data_time',
      knownAt: 'data_time',
    },
  );
  const modbus =
    '2026-03-15 02:05:00.000 ##0098ST=32;CN=2061;MN=A;Flag=5;CP=&&DataTime=20260315010000;w01018-Avg=40.1,w01018-Flag=N&&';
  const { modbusCrc } = await import('../formats/index.ts');
  const segment = Buffer.from(modbus.slice(modbus.indexOf('##') + 6));
  const line = `2026-03-15 02:05:00.000 ##${String(segment.length).padStart(4, '0')}${segment.toString()}${modbusCrc(segment).toString(16).toUpperCase().padStart(4, '0')}\n`;
  put('a.log', line);
  expect((await ingest([log])).files[0]).toMatchObject({
    acceptedRows: 0,
    refusedRows: 1,
    state: 'red',
    refusedByRule: [{ rule: 'crc-modbus', count: 1 }],
  });
  rmSync(join(folder, 'ws'), { recursive: true });
  const lenient = (await ingest([log], { strictCrc: false })).files[0]!;
  expect(lenient).toMatchObject({
    acceptedRows: 1,
    state: 'yellow',
    notes: ['1 packets accepted by CRC-16/MODBUS instead of HJ 212 Annex A'],
  });
  expect(await lakeRows('log')).toMatchObject([
    {
      mn: 'A',
      avg_value: 40.1,
      crc_ok: false,
      event_at: '2026-03-14T17:00:00.000Z',
      row_id: expect.stringMatching(/:1\.1$/) as unknown,
    },
  ]);
});

test('file names match by pattern, dots literally', () => {
  const csv = { files: ['a*b.csv', 'x.csv'], format: { kind: 'csv' } } as const;
  expect(['a1b.csv', 'ab.csv', 'A-b.CSV', 'x.csv.gz', 'axb_csv', 'xx.csv'].map((n) => matches(n, csv))).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
  ]);
});

test('a run is told: steps, ticks, what was left alone', async () => {
  put('trip-1.csv', `${HEADER}T1,,2026-03-05 21:00:00,15\n`);
  put('other.bin', 'x');
  const told: string[] = [];
  const progress = {
    step: (n: string) => told.push(n),
    tick: (d: number, t: number | null) => told.push(`${d}/${t}`),
    note: (t: string) => told.push(t),
  };
  await ingestFiles({
    workspace: join(folder, 'ws'),
    paths: [join(folder, 'in')],
    descriptions: [TRIP],
    clock: () => NOW,
    progress,
  });
  expect(told).toEqual(['ingest', '1/1', 'no description names other.bin; left alone']);
  expect(
    readFileSync(join(folder, 'ws', lakeFiles(join(folder, 'ws'), 'trip')[0]!.parquet))
      .subarray(0, 4)
      .toString(),
  ).toBe('PAR1');
});
