import { afterAll, beforeAll, expect, test } from 'vitest';
import fc from 'fast-check';
import { seeded } from '../base/index.ts';
import type { ColumnDescription } from '../schema/index.ts';
import { typedColumns } from '../schema/index.ts';
import { Database } from '../tables/index.ts';
import { fastSql } from './fast-value.ts';
import { slowValue } from './slow-value.ts';

let db: Database;
beforeAll(async () => {
  db = await Database.open(':memory:');
});
afterAll(() => db.close());

const COLUMNS: readonly ColumnDescription[] = [
  { name: 'x', kind: 'number' },
  { name: 'x', kind: 'number', min: 0, max: 100, missing: ['99', '-1'] },
  { name: 'x', kind: 'number', unit: { from: '千克', to: 't' } },
  { name: 'x', kind: 'number', unit: { from: 'mg/L', to: 'ug/L' } },
  { name: 'x', kind: 'integer' },
  { name: 'x', kind: 'lon' },
  { name: 'x', kind: 'lat', missing: ['91'] },
  { name: 'x', kind: 'boolean' },
  { name: 'x', kind: 'text' },
  { name: 'x', kind: 'text', missing: ['x'] },
  { name: 'x', kind: 'category', values: ['N', 'F', '01', '是', '0'] },
  { name: 'x', kind: 'category' },
  { name: 'x', kind: 'hash' },
  { name: 'x', kind: 'plate' },
  { name: 'x', kind: 'mmsi' },
  { name: 'x', kind: 'date' },
  { name: 'x', kind: 'month' },
  { name: 'x', kind: 'timestamp' },
  { name: 'x', kind: 'timestamp', zone: 'utc' },
  { name: 'x', kind: 'timestamp', formats: ['%Y%m%d%H%M%S'] },
  { name: 'x', kind: 'date', min: '2000-01-01', max: '2030-12-31' },
];

const SAMPLES = [
  '', ' ', '0', '1', '-1', '99', '91', '12', ' 12', '12 ', '1.50', '1_000', '0x1F', '1e3', '1e400', 'nan', 'inf', '-inf', '1,234', '1.200,00', '１２', '5.', '.5', '+5', '9007199254740993', '1.5', '180', '181', '-180.0001',
  'true', 'TRUE', '是', '否', 'n', 'Y', '无', '/', '-', 'N/A', 'null', 'NULL', 'x', 'N', 'F', 'n ', '01', 'a  b', 'a\u200Bb', 'a\tb', ' a', '锟斤拷', 'a\uFFFD', '湖州', '無', '—', '没有', '暂无数据',
  '浙E0F12K', '浙e0f12k', '浙E0012挂', '浙ED00001', '浙E00001D', '浙I0F12K', '浙E·0F12K', '浙E0F12O', 'E0F12K', '413990001', '113990001', '201000000', '775999999', '776000000', '41399000', '0123456789abcdef0123', 'ABCDEF0123456789ABCD', '330599190001010012',
  '2026-03-05', '2026-3-5', '2026-02-30', '20260305', '2026-03', '2026-13', '1900-01-01', '1900-01-02', '1899-12-31', '2100-12-31', '2101-01-01', '2026/03/05', '2026年3月5日', '46086', '46086.5', 'epoch', 'infinity', '2026-03-05 (BC)',
  '2026-03-05 02:15:30', '2026-03-05T02:15:30', '2026-03-05 02:15:30.123', '2026-03-05T02:15:30Z', '2026-03-05 02:15:30+08:00', '2026-03-05 02:15+08', '2026-03-05 24:00:00', '2026-03-05 23:59:60', '2026-03-05 25:00:00', '20260305021530', '2026030502153', '20260305021561', '2026-03-05 02:15', '1900-01-01 00:00:00', '2026-03-05 02-15-30', '2026-03-05x02:15:30',
]; // prettier-ignore

/** The fast answer for each text, moments as ms and truth as 0/1; null where it is left open. */
async function fastValues(column: ColumnDescription, sent: readonly string[]): Promise<(string | number | null)[]> {
  await db.tableFrom('raw', {
    rows: sent.length,
    data: {
      n: { kind: 'number', values: Float64Array.from(sent, (_x, i) => i), valid: null },
      r0: { kind: 'text', values: sent },
    },
  });
  const { type } = typedColumns({ columns: [column] })[0]!;
  const fast = fastSql('raw.r0', { header: 'x', name: 'r0', type: 'text' }, column);
  const plain =
    type === 'TIMESTAMP'
      ? `epoch_ms(${fast})`
      : type === 'BOOLEAN'
        ? `(${fast})::int`
        : type === 'DATE'
          ? `(${fast})::varchar`
          : fast;
  const rows = await db.rows<{ v: string | number | null }>(`select ${plain} as v from raw order by n`);
  return rows.map((row) => row.v);
}

test.each(COLUMNS.map((c) => [`${c.kind} ${JSON.stringify({ ...c, name: undefined, kind: undefined })}`, c] as const))(
  '%s: where SQL answers, it answers as TypeScript does',
  async (_name, column) => {
    const random = seeded(`fast:${JSON.stringify(column)}`);
    const texts = fc.sample(
      fc.string({
        unit: fc.constantFrom(
          '0',
          '1',
          '9',
          '2',
          '-',
          ':',
          '.',
          ' ',
          'e',
          'E',
          '浙',
          'a',
          'F',
          '+',
          '_',
          'T',
          '　',
          '无',
          '是',
        ),
        maxLength: 20,
      }),
      { seed: Math.floor(random() * 1e9), numRuns: 400 },
    );
    const sent = [...SAMPLES, ...texts];
    const fast = await fastValues(column, sent);
    let answered = 0;
    sent.forEach((text, i) => {
      if (fast[i] === null) return;
      answered++;
      const slow = slowValue(text, column);
      expect([text, fast[i]]).toEqual([text, slow.value]);
      expect([text, slow.rule]).toEqual([text, null]);
    });
    expect(answered).toBeGreaterThan(0);
  },
);
