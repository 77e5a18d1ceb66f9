import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { seeded } from '../../base/index.ts';
import { madePeople } from '../incremental/people.ts';
import { resolveFiles } from './resolve-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'resolve-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let made = 0;
const at = (name: string): string => join(folder, name);
const csvOf = (header: readonly string[], rows: readonly (readonly (string | null)[])[]): string =>
  [header, ...rows].map((r) => r.map((v) => (v === null ? '' : `"${v.replaceAll('"', '""')}"`)).join(',')).join('\n');

function file(text: string | Buffer, end = 'csv'): string {
  const path = at(`t${made++}.${end}`);
  writeFileSync(path, text);
  return path;
}

function people(count: number, seed: string): { header: string[]; rows: (string | null)[][] } {
  const { rows } = madePeople(count, seed);
  const header = ['id', ...Object.keys(rows.columns)];
  return { header, rows: rows.ids.map((id, i) => [id, ...Object.values(rows.columns).map((c) => c[i]!)]) };
}

const entities = (out: string): Map<string, string> =>
  new Map(
    readFileSync(join(out, 'entities.csv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((l) => [l.split(',')[1]!, l.split(',')[2]!]),
  );
const largest = (of: ReadonlyMap<string, string>): number => {
  const n = new Map<string, number>();
  for (const e of of.values()) n.set(e, (n.get(e) ?? 0) + 1);
  return Math.max(...n.values());
};

test('a table in, entities out; ids live on in the next answer, and what merged or split is written', async () => {
  const { header, rows } = people(160, 'files');
  const half = file(csvOf(header, rows.slice(0, 200)));
  const all = file(csvOf(header, rows));
  const first = await resolveFiles({ files: [half], out: at('first') });
  expect(first).toMatchObject({ records: 200, how: 'table', refused: null });
  const before = entities(at('first'));
  const second = await resolveFiles({ files: [all], out: at('second'), previous: at('first') });
  const now = entities(at('second'));
  expect(second.records).toBe(rows.length);
  const moved = [...before].filter(([id, e]) => now.get(id) !== e).length;
  expect(moved).toBeLessThan(20);
  expect(existsSync(join(at('second'), 'changes.csv'))).toBe(true);
  const again = await resolveFiles({ files: [all], out: at('third'), previous: at('second') });
  expect(again.changes).toEqual([]);
  expect(readFileSync(join(at('third'), 'entities.csv'), 'utf8')).toBe(
    readFileSync(join(at('second'), 'entities.csv'), 'utf8'),
  );
});

test('a store links new rows to those it has, and knows the old ones again', async () => {
  const { header, rows } = people(160, 'store');
  const a = await resolveFiles({ files: [file(csvOf(header, rows.slice(0, 200)))], out: at('s1'), store: at('store') });
  expect(a).toMatchObject({ how: 'store', added: 200 });
  const b = await resolveFiles({ files: [file(csvOf(header, rows))], out: at('s2'), store: at('store') });
  expect(b.added).toBe(rows.length - 200);
  expect(b.records).toBe(rows.length);
  const pair = [...entities(at('s2'))].find(([id, e], _i) => id !== e)!;
  const judgements = file(
    `{"id":"1","left":"${pair[0]}","right":"${pair[1]}","verdict":"different","by":"w","at":"2026-01-01T00:00:00Z","why":"two people"}`,
    'jsonl',
  );
  await resolveFiles({ files: [file(csvOf(header, rows))], out: at('s3'), store: at('store'), judgements });
  const of = entities(at('s3'));
  expect(of.get(pair[0])).not.toBe(of.get(pair[1]));
});

test('two tables, settings, labels and judgements from files; a pair is explained', async () => {
  const { header, rows } = people(120, 'two');
  const left = rows.filter((_r, i) => i % 2 === 0).map((r) => [`l-${r[0]!}`, ...r.slice(1)]);
  const right = rows.filter((_r, i) => i % 2 === 1).map((r) => [`r-${r[0]!}`, ...r.slice(1)]);
  writeFileSync(at('labels.csv'), `id_left,id_right,same\n${left[0]![0]!},${right[0]![0]!},0\n`);
  const settings = file('oneToOne: false\nlabels: labels.csv\nignore: [town]', 'yaml');
  const [x, y] = [left[3]![0]!, right.at(-1)![0]!];
  const judgements = file(
    `{"id":"1","left":"${x}","right":"${y}","verdict":"same","by":"w","at":"2026-01-01T00:00:00Z","why":"seen"}`,
    'jsonl',
  );
  const r = await resolveFiles({
    files: [file(csvOf(header, left)), file(csvOf(header, right))],
    out: at('two'),
    settings,
    judgements,
    explain: [[x, y]],
  });
  expect(r.table).toMatchObject({ oneToOne: false, labels: { given: 1 }, judgements: { given: 1, obeyed: 1 } });
  expect(r.table!.columns.map((c) => c.column)).not.toContain('town');
  expect(r.explained[0]).toMatchObject({ left: x, right: y, together: true });
});

test('what cannot be read is refused by name: no file, format, rows, id, faults in settings', async () => {
  const { header, rows } = people(10, 'bad');
  const good = file(csvOf(header, rows));
  const cases: [Parameters<typeof resolveFiles>[0], RegExp][] = [
    [{ files: [] }, /0 files; give one table/],
    [{ files: [at('none.csv')] }, /none.csv is not a file/],
    [{ files: [file('x', 'docx')] }, /none of .csv/],
    [{ files: [file('PAR1 no', 'parquet')] }, /cannot be read as a table/],
    [{ files: [file('a,b\n')] }, /holds no rows/],
    [{ files: [good], id: 'nr' }, /no column "nr"; it has id, first_name/],
    [{ files: [good], id: 'town' }, /"town" of table 1 is empty or repeats/],
    [{ files: [good], settings: at('none.yaml') }, /no file .*none.yaml/],
    [{ files: [good], settings: file('colour: red', 'yaml') }, /colour/],
    [{ files: [good], labels: file('id_left,id_right,same\na,b,perhaps\n') }, /row 1: same "perhaps"/],
  ];
  for (const [options, message] of cases)
    await expect(resolveFiles({ out: at('bad'), ...options })).rejects.toThrow(message);
});

/** Bad tables: a right answer or a plain refusal, in bounded memory, and never one giant cluster. */
test.each([
  ['no usable column', ['id'], (i: number) => [`r${i}`], 300],
  ['all columns empty', ['id', 'a', 'b'], (i: number) => [`r${i}`, null, null], 300],
  ['one value everywhere', ['id', 'name', 'town'], (i: number) => [`r${i}`, 'John', 'Leeds'], 3000],
  [
    'mixed types',
    ['id', 'x'],
    (i: number) => [`r${i}`, ['1', 'zwei', '2020-01-01', 'true', '3.5', '{}', '二'][i % 7]!],
    700,
  ],
  ['two values', ['id', 'name'], (i: number) => [`r${i}`, i % 2 === 0 ? 'John' : 'Mary'], 2000],
] as [string, string[], (i: number) => (string | null)[], number][])(
  'bad input, %s: nothing is merged',
  async (_name, header, row, count) => {
    const path = file(
      csvOf(
        header,
        Array.from({ length: count }, (_x, i) => row(i)),
      ),
    );
    const r = await resolveFiles({ files: [path], out: at('bad-out') });
    expect(r.records).toBe(count);
    expect(largest(entities(at('bad-out')))).toBe(1);
    expect(r.refused !== null || r.threshold >= 0).toBe(true);
  },
);

test('bad input: one record among people, copied far beyond what a key may hold, stays apart, and the people are still found', async () => {
  const { header, rows } = people(300, 'copies');
  const copies = Array.from({ length: 20_000 }, (_x, i) => [`c${i}`, 'John', 'Smith', '1970-01-01', 'kaford']);
  const path = file(csvOf(header, [...rows, ...copies]));
  const r = await resolveFiles({ files: [path], out: at('copies'), store: at('copies-store') });
  const of = entities(at('copies'));
  expect(r.records).toBe(rows.length + copies.length);
  expect(largest(new Map([...of].filter(([id]) => !id.startsWith('c'))))).toBeLessThanOrEqual(8);
  expect(new Set([...of].filter(([id]) => id.startsWith('c')).map(([, e]) => e)).size === 1 || largest(of) <= 8).toBe(
    true,
  );
}, 60_000);

test('bad input: 500 columns', async () => {
  const random = seeded('wide');
  const header = ['id', ...Array.from({ length: 500 }, (_x, c) => `c${c}`)];
  const rows = Array.from({ length: 60 }, (_x, i) => [
    `r${i}`,
    ...Array.from({ length: 500 }, () => `w${Math.floor(random() * 40)}`),
  ]);
  const wide = await resolveFiles({ files: [file(csvOf(header, rows))], out: at('wide') });
  expect(wide.records).toBe(60);
  expect(largest(entities(at('wide')))).toBe(1);
}, 240_000);

test('bad input: NUL bytes and 10 MB cells', async () => {
  const { header: h, rows: p } = people(60, 'nul');
  const odd = [
    ...p,
    ['n1', 'a\u0000b', 'c\u0000', '\u0000', null],
    ['n2', 'x'.repeat(10_000_000), 'y', null, null],
    ['n3', 'x'.repeat(10_000_000), 'z', null, null],
  ];
  const r = await resolveFiles({ files: [file(csvOf(h, odd))], out: at('odd') });
  expect(r.records).toBe(odd.length);
  const of = entities(at('odd'));
  expect(of.get('n1')).toBe('n1');
  expect(largest(of)).toBeLessThan(5);
}, 240_000);
