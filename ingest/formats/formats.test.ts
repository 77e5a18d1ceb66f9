import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mkdtempSync, rmSync, writeFileSync, mkdirSync, createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { InputError } from '../base/index.ts';
import type { FormatDescription } from '../schema/index.ts';
import { Database } from '../tables/index.ts';
import { type RawTable, inspectFile, lineTextSql, readFile } from './index.ts';

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'tributary-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Read {
  readonly raw: RawTable;
  readonly rows: Record<string, unknown>[];
  readonly bad: { line: number; value: string; rule: string; message: string }[];
}

/** Reads bytes as a format; rows by header. */
async function read(bytes: Buffer | string, format: FormatDescription, name = 'in'): Promise<Read> {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return readPath(path, format);
}

async function readPath(path: string, format: FormatDescription): Promise<Read> {
  const db = await Database.open(':memory:');
  const scratch = join(folder, 'scratch');
  mkdirSync(scratch, { recursive: true });
  try {
    const raw = await readFile(db, await inspectFile(path), { format, scratch, strictCrc: true });
    const rows = await db.rows(`select * from raw order by line`);
    const named = rows.map((row) => ({
      line: row['line'],
      ...Object.fromEntries(raw.columns.map((c) => [c.header, row[c.name]])),
    }));
    return { raw, rows: named, bad: await db.rows(`select * from bad order by line`) };
  } finally {
    db.close();
  }
}

/** GB18030 bytes of a text, by the inverse of the platform's decoder. */
function gb18030(text: string): Buffer {
  const decoder = new TextDecoder('gb18030', { fatal: true });
  const table = new Map<string, number[]>();
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      try {
        table.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
      } catch {
        continue;
      }
    }
  return Buffer.from(Array.from(text).flatMap((c) => (c.charCodeAt(0) < 128 ? [c.charCodeAt(0)] : table.get(c)!)));
}

const CSV = { kind: 'csv' } as const;
const TABLE = '名称,数量\r\n湖州宏鑫,1\r\n"引号,""内""",2\r\n';
const EXPECTED = [
  { line: 2, 名称: '湖州宏鑫', 数量: '1' },
  { line: 3, 名称: '引号,"内"', 数量: '2' },
];

describe('csv', () => {
  test('the same table in every encoding, packed or not', async () => {
    const utf16 = Buffer.from(`\uFEFF${TABLE}`, 'utf16le');
    const bytes: [Buffer, FormatDescription][] = [
      [Buffer.from(TABLE), CSV],
      [Buffer.from(`\uFEFF${TABLE}`), CSV],
      [gb18030(TABLE), CSV],
      [gb18030(TABLE), { kind: 'csv', encoding: 'gbk' }],
      [Buffer.from(TABLE), { kind: 'csv', encoding: 'gb18030' }],
      [utf16, CSV],
      [Buffer.from(utf16).swap16(), CSV],
      [gzipSync(gb18030(TABLE)), { kind: 'csv', encoding: 'gb18030', gzip: true }],
      [gzipSync(TABLE), CSV],
      [Buffer.from(TABLE.replaceAll(',数', '\t数').replaceAll('宏鑫,', '宏鑫\t').replaceAll('",2', '"\t2')), CSV],
    ];
    for (const [data, format] of bytes) expect((await read(data, format)).rows).toEqual(EXPECTED);
  });

  test('bad lines go to bad with their line, good ones keep theirs; both add up', async () => {
    const { rows, bad } = await read('a,b\n1,2\n3\n4,5,6\n"x"y,7\n8,9\n', CSV);
    expect(rows).toEqual([
      { line: 2, a: '1', b: '2' },
      { line: 6, a: '8', b: '9' },
    ]);
    expect(bad.map((b) => [b.line, b.value, b.rule])).toEqual([
      [3, '3', 'bad-line'],
      [4, '4,5,6', 'bad-line'],
      [5, '"x"y,7', 'bad-line'],
    ]);
  });

  test('line ends of two kinds, blank lines, a last line without an end', async () => {
    expect((await read('a,b\r\n1,2\n3,4\r\n', CSV)).rows.map((r) => r['b'])).toEqual(['2', '4']);
    expect((await read('a,b\n1,2\n\n3,4\n', CSV)).rows.map((r) => r['b'])).toEqual(['2', '4']);
    const cut = await read('a,b\n1,2\n3,4', CSV);
    expect([cut.rows.length, cut.raw.cutColumn]).toEqual([2, 'r1']);
    expect((await read('a,b\n1,2\n', CSV)).raw.cutColumn).toBeNull();
    expect((await read('a,b', CSV)).rows).toEqual([]);
    expect((await read('a,b\n', CSV)).rows).toEqual([]);
  });

  test('an open quote swallows the rest as one bad record, in sight', async () => {
    const { rows, bad } = await read('a,b\n1,2\n3,"4\n5,6\n', CSV);
    expect(rows).toHaveLength(1);
    expect(bad).toHaveLength(1);
    expect(bad[0]!.message).toContain('unquoted value');
  });

  test('a name with glob characters is that file and no other', async () => {
    writeFileSync(join(folder, 'm1.csv'), 'a\n7\n');
    expect((await read('a\n1\n', CSV, 'm[1]*.csv')).rows).toEqual([{ line: 2, a: '1' }]);
  });

  test('undecodable bytes are kept in sight as U+FFFD, and a file full of them is refused', async () => {
    const few = Buffer.concat([
      gb18030('名称,数量\n' + '湖州宏鑫纺织,1\n'.repeat(50)),
      Buffer.from([0xff, 0x2c, 0x31, 0x0a]),
    ]);
    const { rows, raw } = await read(few, CSV);
    expect([raw.undecodable, rows.at(-1)!['名称']]).toEqual([true, '\uFFFD']);
    await expect(
      read(
        Buffer.from([...Buffer.from('a,b\n'), ...Array.from({ length: 300 }, (_x, i) => [0xff, 0xfe, 0x80][i % 3]!)]),
        CSV,
      ),
    ).rejects.toMatchObject({ code: 'wrong-encoding' });
    await expect(read(gb18030(TABLE.repeat(3)), { kind: 'csv', encoding: 'utf-8' })).rejects.toMatchObject({
      code: 'wrong-encoding',
    });
    await expect(read(TABLE, { kind: 'csv', encoding: 'klingon' })).rejects.toMatchObject({ code: 'unknown-encoding' });
  });

  test('whatever fields are written come back, and rows + bad = lines', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', '湖', "'", '\t', '1'), maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell, fc.constant('z')), { minLength: 1, maxLength: 12 }),
        async (table) => {
          const text =
            ['h1,h2,h3', ...table.map((row) => row.map((c) => `"${c.replaceAll('"', '""')}"`).join(','))].join('\n') +
            '\n';
          const { rows, bad } = await read(text, CSV);
          expect(bad).toEqual([]);
          expect(rows.map((r) => [r['h1'] ?? '', r['h2'] ?? '', r['h3']])).toEqual(table);
        },
      ),
      { numRuns: 40 },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '湖', '1'), maxLength: 80 }),
        async (body) => {
          const { rows, bad } = await read(`h1,h2\n${body}`, { kind: 'csv', delimiter: ',' });
          const most = body.split('\n').filter((l) => l !== '').length;
          expect(rows.length + bad.length).toBeLessThanOrEqual(most);
          if (!body.includes('"')) expect(rows.length + bad.length).toBe(most);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('files that are no table', () => {
  const formats: FormatDescription[] = [
    CSV,
    { kind: 'xlsx' },
    { kind: 'jsonl' },
    { kind: 'parquet' },
    { kind: 'geojson' },
    { kind: 'hj212' },
  ];

  test('empty, binary and random bytes: an InputError that names the file, or only bad records; never a row', async () => {
    for (const format of formats) {
      await expect(read('', format)).rejects.toMatchObject({ code: 'empty-file' });
      for (const bytes of [
        Buffer.from('504b0304140000000800', 'hex'),
        Buffer.from(Array.from({ length: 5000 }, (_x, i) => (i * 7919) % 256)),
        Buffer.from('%PDF-1.4\n\0\0'),
      ]) {
        const error = await read(bytes, format).then(
          () => null,
          (e: unknown) => e,
        );
        expect([format.kind, error instanceof InputError]).toEqual([format.kind, true]);
        expect((error as InputError).message).toContain(join(folder, 'in'));
      }
    }
  });

  test('the kind of a binary file is named', async () => {
    await expect(read(Buffer.from('504b030400000000', 'hex'), CSV)).rejects.toThrow(/ZIP archive or XLSX/);
    await expect(read(Buffer.from('d0cf11e000000000', 'hex'), CSV)).rejects.toThrow(/old XLS/);
  });

  test('one endless line is refused without being held', async () => {
    const path = join(folder, 'long.csv');
    const out = createWriteStream(path);
    out.write('a,b\n');
    for (let i = 0; i < 64; i++) if (!out.write(Buffer.alloc(1 << 20, 'x'))) await once(out, 'drain');
    out.end();
    await once(out, 'finish');
    const before = process.memoryUsage().rss;
    for (const kind of ['csv', 'jsonl', 'hj212'] as const)
      await expect(readPath(path, { kind })).rejects.toMatchObject({ code: 'endless-line' });
    expect(process.memoryUsage().rss - before).toBeLessThan(200e6);
  });

  test('cut files: gzip, Parquet, workbook, GeoJSON', async () => {
    const db = await Database.open(':memory:');
    const path = join(folder, 'whole.parquet');
    await db.run(`copy (select range as a from range(10000)) to '${path}' (format parquet)`);
    db.close();
    const whole = (await import('node:fs')).readFileSync(path);
    await expect(read(whole.subarray(0, whole.length - 100), { kind: 'parquet' })).rejects.toMatchObject({
      code: 'damaged-parquet',
    });
    const packed = gzipSync(Buffer.from('a,b\n' + '1,2\n'.repeat(5000)));
    await expect(read(packed.subarray(0, packed.length - 20), { kind: 'csv', gzip: true })).rejects.toMatchObject({
      code: 'damaged-gzip',
    });
    const book = await workbook([['a'], [1]]);
    await expect(read(book.subarray(0, book.length / 2), { kind: 'xlsx' })).rejects.toMatchObject({
      code: 'damaged-xlsx',
    });
    await expect(read('{"type":"FeatureCollection","features":[{', { kind: 'geojson' })).rejects.toMatchObject({
      code: 'bad-geojson',
    });
    await expect(read('{"a":1}', { kind: 'geojson' })).rejects.toMatchObject({ code: 'bad-geojson' });
  });
});

async function workbook(rows: unknown[][], sheet = '表'): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const page = book.addWorksheet(sheet);
  for (const row of rows) page.addRow(row);
  return Buffer.from(await book.xlsx.writeBuffer());
}

describe('xlsx', () => {
  test('a title above the header, serials, styled dates, numbers and empty rows', async () => {
    const book = new ExcelJS.Workbook();
    const page = book.addWorksheet('排污许可');
    page.addRow(['排污许可信息表']);
    page.addRow(['许可证编号', '有效期起', '数量', '启用']);
    page.addRow(['P1', 46086, 1.5, true]);
    page.addRow([]);
    page.addRow(['P2', new Date(Date.UTC(2026, 2, 5)), 12345678901234567000, '否']);
    page.getCell('B5').numFmt = 'yyyy-mm-dd';
    const { rows } = await read(Buffer.from(await book.xlsx.writeBuffer()), {
      kind: 'xlsx',
      sheet: '排污许可',
      headerRow: 2,
    });
    expect(rows).toEqual([
      { line: 3, 许可证编号: 'P1', 有效期起: '46086', 数量: '1.5', 启用: 'true' },
      { line: 5, 许可证编号: 'P2', 有效期起: '2026-03-05', 数量: '\uFFFD', 启用: '否' },
    ]);
  });

  test('a sheet or header that is not there is named', async () => {
    const book = await workbook([['a'], [1]], '一');
    await expect(read(book, { kind: 'xlsx', sheet: '二' })).rejects.toThrow(/no sheet "二"; it has 一/);
    await expect(read(book, { kind: 'xlsx', headerRow: 9 })).rejects.toMatchObject({ code: 'no-header' });
  });
});

describe('jsonl', () => {
  test('nested objects, lists, nulls, late headers, bad lines', async () => {
    const { rows, bad } = await read(
      '{"no":"1","origin":{"uscc":"U"},"tags":["a"],"x":null}\n\n[1]\n{bad\n{"no":"2","t":12.5,"ok":true,"big":12345678901234567890}\n',
      { kind: 'jsonl' },
    );
    expect(rows).toEqual([
      {
        line: 1,
        no: '1',
        origin: '{"uscc":"U"}',
        'origin.uscc': 'U',
        tags: '["a"]',
        x: null,
        t: null,
        ok: null,
        big: null,
      },
      {
        line: 5,
        no: '2',
        origin: null,
        'origin.uscc': null,
        tags: null,
        x: null,
        t: '12.5',
        ok: 'true',
        big: '\uFFFD',
      },
    ]);
    expect(bad.map((b) => [b.line, b.value, b.rule])).toEqual([
      [3, '[1]', 'bad-json'],
      [4, '{bad', 'bad-json'],
    ]);
  });

  test('any flat records come back', async () => {
    const record = fc.dictionary(
      fc.stringMatching(/^[a-z]{1,3}$/),
      fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
      { minKeys: 1, maxKeys: 5 },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 10 }), async (records) => {
        const { rows } = await read(records.map((r) => JSON.stringify(r)).join('\n'), { kind: 'jsonl' });
        expect(rows).toHaveLength(records.length);
        records.forEach((r, i) => {
          for (const [k, v] of Object.entries(r)) expect(rows[i]![k] ?? null).toBe(v === null ? null : String(v));
        });
      }),
      { numRuns: 40 },
    );
  });
});

describe('parquet', () => {
  test('types stay, rows keep their place', async () => {
    const db = await Database.open(':memory:');
    const path = join(folder, 't.parquet');
    await db.run(
      `copy (select i as n, i / 4.0 as x, timestamp '2026-03-05 10:00:00' + to_seconds(i) as ts, i % 2 = 0 as b, 'z' || i as s, [i] as l from range(3) r(i)) to '${path}' (format parquet)`,
    );
    db.close();
    const { raw, rows } = await readPath(path, { kind: 'parquet' });
    expect(raw.columns.map((c) => c.type)).toEqual(['number', 'number', 'moment', 'boolean', 'text', 'text']);
    expect(rows[2]).toEqual({ line: 3, n: 2, x: 0.5, ts: '2026-03-05T10:00:02.000Z', b: true, s: 'z2', l: '[2]' });
  });
});

describe('hj212 log', () => {
  test('one row a factor, numbered by line and place; a damaged packet is one bad record', async () => {
    const good =
      '##0265QN=20260315020500001;ST=32;CN=2061;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&DataTime=20260315010000;w00000-Cou=63.0,w00000-Min=16.4,w00000-Avg=17.5,w00000-Max=20.1,w00000-Flag=N;w01018-Cou=2.5,w01018-Min=40.1,w01018-Avg=40.1,w01018-Max=40.1,w01018-Flag=N&&C241';
    const { rows, bad, raw } = await read(
      `2026-03-15 02:05:01.250 ${good}\r\n2026-03-15 02:06:00.000 ${good.replace('C241', 'C242')}\r\n\r\n${good}`,
      { kind: 'hj212' },
    );
    expect(
      rows.map((r) => [r['line'], r['factor'], r['avg_value'], r['received_at'], r['hj_version'], r['crc_ok']]),
    ).toEqual([
      [1001, 'w00000', '17.5', '2026-03-15 02:05:01.250', '2017', '1'],
      [1002, 'w01018', '40.1', '2026-03-15 02:05:01.250', '2017', '1'],
      [4001, 'w00000', '17.5', null, '2017', '1'],
      [4002, 'w01018', '40.1', null, '2017', '1'],
    ]);
    expect(bad.map((b) => [b.line, b.rule])).toEqual([[2000, 'crc']]);
    expect([raw.rowsALine, lineTextSql('line', raw)]).toEqual([
      1000,
      "((line) // 1000)::varchar || '.' || ((line) % 1000)::varchar",
    ]);
  });
});

describe('geojson', () => {
  test('properties, a point inside, the box; a feature without a sound place is bad', async () => {
    const ring = [
      [0, 0],
      [4, 0],
      [4, 4],
      [0, 4],
      [0, 0],
    ];
    const hole = [
      [1, 1],
      [3, 1],
      [3, 3],
      [1, 3],
      [1, 1],
    ];
    const feature = (id: string, geometry: unknown): unknown => ({
      type: 'Feature',
      properties: { id, props: { km: 1 } },
      geometry,
    });
    const { rows, bad } = await read(
      JSON.stringify({
        type: 'FeatureCollection',
        features: [
          feature('p', { type: 'Polygon', coordinates: [ring, hole] }),
          feature('l', {
            type: 'LineString',
            coordinates: [
              [1, 2],
              [3, 5],
              [9, 9],
            ],
          }),
          feature('x', { type: 'Point', coordinates: [1, 'a'] }),
          feature('n', null),
        ],
      }),
      { kind: 'geojson' },
    );
    const [p, l] = rows as Record<string, string>[];
    expect([p!['id'], p!['props'], p!['props.km'], p!['min_lon'], p!['max_lat']]).toEqual([
      'p',
      '{"km":1}',
      '1',
      '0',
      '4',
    ]);
    const [x, y] = [Number(p!['lon']), Number(p!['lat'])];
    expect(x > 0 && x < 4 && y > 0 && y < 4 && !(x > 1 && x < 3 && y > 1 && y < 3)).toBe(true);
    expect([l!['lon'], l!['lat']]).toEqual(['3', '5']);
    expect(bad.map((b) => [b.line, b.rule])).toEqual([
      [3, 'bad-geometry'],
      [4, 'bad-geometry'],
    ]);
  });
});
