import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Database } from '../../tables/index.ts';
import { LinkStore } from './link-store.ts';
import { madePeople, rowsAt } from './people.ts';
import { openStore, saveStore } from './store-files.ts';
import { trainModel } from './train-model.ts';

const folder = mkdtempSync(join(tmpdir(), 'link-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a store that was written and opened goes on as if it never closed', async () => {
  const { rows } = madePeople(140, 'files');
  const db = await Database.open(':memory:');
  const model = await trainModel(db, rows);
  db.close();
  const half = Math.floor(rows.ids.length / 2);
  const all = rows.ids.map((_id, i) => i);
  const [first, second] = [rowsAt(rows, all.slice(0, half)), rowsAt(rows, all.slice(half))];
  const open = new LinkStore(model);
  open.add(first);
  const path = join(folder, 'store');
  saveStore(open, path);
  const opened = openStore(path);
  const [a, b] = [open.add(second), opened.add(second)];
  expect(b).toEqual(a);
  expect(opened.entities()).toEqual(open.entities());
  expect(opened.state.pairs).toEqual(open.state.pairs);
  saveStore(opened, path);
  expect(openStore(path).entities()).toEqual(open.entities());
  expect(existsSync(`${path}.building`) || existsSync(`${path}.old`)).toBe(false);
});

test('refusals: no store there, a place that cannot be written', async () => {
  expect(() => openStore(join(folder, 'none'))).toThrow(/holds no link store/);
  const { rows } = madePeople(20, 'refuse');
  const db = await Database.open(':memory:');
  const store = new LinkStore(await trainModel(db, rows));
  db.close();
  writeFileSync(join(folder, 'file'), '');
  expect(() => saveStore(store, join(folder, 'file', 'below'))).toThrow(/saveStore: .*below/);
});
