import { expect, test } from 'vitest';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Columns } from '../base/index.ts';
import { Database } from './database.ts';
import { writeParquet } from './parquet.ts';

const batch = (from: number, rows: number): Columns => ({
  rows,
  data: {
    id: { kind: 'text', values: Array.from({ length: rows }, (_x, i) => `号${from + i}`) },
    at: {
      kind: 'number',
      values: Float64Array.from({ length: rows }, (_x, i) => Date.UTC(2026, 0, 1) + (from + i) * 1000),
      valid: null,
    },
    on: {
      kind: 'number',
      values: Float64Array.from({ length: rows }, (_x, i) => i % 2),
      valid: Uint8Array.from({ length: rows }, (_x, i) => (i === 0 ? 0 : 1)),
    },
  },
});

test('batches come back in order with their types, and the same batches give the same bytes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-'));
  const schema = { id: 'text', at: 'timestamp', on: 'boolean' } as const;
  const [a, b] = [join(folder, 'a.parquet'), join(folder, 'b.parquet')];
  await writeParquet(a, schema, [batch(0, 3000), batch(3000, 2)]);
  await writeParquet(b, schema, [batch(0, 3000), batch(3000, 2)]);
  expect(readFileSync(a).equals(readFileSync(b))).toBe(true);
  const db = await Database.open(':memory:');
  expect(await db.rows(`select id, "at", "on" from read_parquet('${a}') limit 2 offset 3000`)).toEqual([
    { id: '号3000', at: '2026-01-01T00:50:00.000Z', on: null },
    { id: '号3001', at: '2026-01-01T00:50:01.000Z', on: true },
  ]);
  db.close();
  await expect(writeParquet(join(folder, 'none', 'c.parquet'), schema, [batch(0, 1)])).rejects.toThrow(/cannot write/);
  rmSync(folder, { recursive: true });
});
