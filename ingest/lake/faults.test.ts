import { afterEach, beforeEach, expect, test } from 'vitest';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExternalError } from '../base/index.ts';
import { writeBlocks } from '../formats/index.ts';
import type { SourceDescription } from '../schema/index.ts';
import { Database } from '../tables/index.ts';
import { asDiskFull } from './disk-full.ts';
import { ingestFiles, lakeFiles } from './index.ts';

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'tributary-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const PASS: SourceDescription = {
  id: 'pass', title: { zh: '过车', en: 'Passes' }, department: '公安', share: 'conditional', level: 3, files: ['pass*.csv', 'pass*.log'], format: { kind: 'csv' },
  columns: [{ name: 'no', kind: 'text', required: true }, { name: 'plate', kind: 'plate' }, { name: 'at', kind: 'timestamp' }],
  key: ['no'], eventAt: '"at"', knownAt: '"at"', mentions: [], links: [], events: [], outcomes: [],
}; // prettier-ignore

/** Files of two column orders in turn, so that they are loaded in several batches. */
function putFiles(count: number): void {
  mkdirSync(join(folder, 'in'));
  for (let i = 0; i < count; i++) {
    const flip = Math.floor(i / 2) % 2 === 1;
    const rows = Array.from({ length: 200 }, (_x, j) =>
      flip ? `2026-03-05 02:15:30,浙E0F12K,${i}-${j}` : `${i}-${j},浙E0F12K,2026-03-05 02:15:30`,
    );
    writeFileSync(
      join(folder, 'in', `pass-${i}.csv`),
      `${flip ? 'at,plate,no' : 'no,plate,at'}\n${rows.join('\n')}\nbad\n`,
    );
  }
}

/** Every file of the lake with its bytes, times and durations left out. */
function lakeOf(workspace: string): Record<string, string> {
  const out: Record<string, string> = {};
  for (const name of readdirSync(join(workspace, 'lake/pass')).toSorted()) {
    const text = readFileSync(join(workspace, 'lake/pass', name), 'latin1');
    out[name] = name.endsWith('.json') ? text.replace(/"seconds": [\d.e-]+/, '') : text;
  }
  return out;
}

test('killed at any file, a rerun leaves the lake as if nothing had happened', async () => {
  putFiles(8);
  const options = { paths: [join(folder, 'in')], descriptions: [PASS], clock: () => 0 };
  const whole = join(folder, 'whole');
  await ingestFiles({ ...options, clock: () => Date.UTC(2026, 3, 1), workspace: whole });
  // the child kills itself with SIGKILL just before its n-th rename
  const script = `import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    const [n, workspace, folder] = process.argv.slice(1);
    const rename = fs.renameSync;
    let count = 0;
    fs.renameSync = (a, b) => (++count === Number(n) ? process.kill(process.pid, 'SIGKILL') : rename(a, b));
    syncBuiltinESMExports();
    const { ingestFiles } = await import(${JSON.stringify(new URL('index.ts', import.meta.url).href)});
    await ingestFiles({ workspace, paths: [folder], descriptions: [${JSON.stringify(PASS)}], clock: () => ${Date.UTC(2026, 3, 1)} });`;
  for (const [n, entries] of [
    [1, 0],
    [2, 0],
    [3, 0],
    [4, 1],
    [24, 7],
  ] as const) {
    const workspace = join(folder, `killed-${n}`);
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', script, String(n), workspace, join(folder, 'in')],
      { stdio: 'inherit' },
    );
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
    expect(lakeFiles(workspace, 'pass')).toHaveLength(entries);
    for (const entry of lakeFiles(workspace, 'pass'))
      expect(statSync(join(workspace, entry.parquet)).size).toBe(entry.parquetBytes); // what is visible is whole
    await ingestFiles({ ...options, clock: () => Date.UTC(2026, 3, 1), workspace });
    expect(lakeOf(workspace)).toEqual(lakeOf(whole));
    expect(existsSync(join(workspace, 'lake/.scratch'))).toBe(false);
  }
}, 120_000);

test('a full disk says what to do, from Node and from the engine', async () => {
  const db = await Database.open(':memory:');
  const spilled = db.run(`copy (select range as a from range(1000000)) to '/dev/full' (format csv)`);
  const fromEngine: unknown = await spilled.then(
    () => null,
    (error: unknown) => error,
  );
  db.close();
  const blocks = async function* (): AsyncGenerator<Buffer> {
    yield await Promise.resolve(Buffer.alloc(1 << 20));
  };
  const fromNode: unknown = await writeBlocks(blocks(), '/dev/full').then(
    () => null,
    (error: unknown) => error,
  );
  for (const error of [fromEngine, fromNode]) {
    expect(error).not.toBeNull();
    const told = asDiskFull(error, '/ws');
    expect(told).toBeInstanceOf(ExternalError);
    expect(told).toMatchObject({ code: 'disk-full' });
    expect((told as Error).message).toMatch(/free space .* and run the same command again/);
  }
  const other = new Error('x');
  expect(asDiskFull(other, '/ws')).toBe(other);
});

test('a file of one endless line is red, in bounded memory, and the others go on', async () => {
  putFiles(1);
  const out = createWriteStream(join(folder, 'in/pass-long.csv'));
  for (let i = 0; i < 100; i++) if (!out.write(Buffer.alloc(1 << 20, '7'))) await once(out, 'drain');
  out.end();
  await once(out, 'finish');
  const before = process.memoryUsage().rss;
  const { files } = await ingestFiles({
    workspace: join(folder, 'ws'),
    paths: [join(folder, 'in')],
    descriptions: [PASS],
    clock: () => Date.UTC(2026, 3, 1),
  });
  expect(files.map((f) => [f.fileName, f.error?.code ?? null, f.acceptedRows])).toEqual([
    ['pass-0.csv', null, 200],
    ['pass-long.csv', 'endless-line', 0],
  ]);
  expect(process.memoryUsage().rss - before).toBeLessThan(400e6);
});

test('a column that changes its type half-way is refused value by value', async () => {
  mkdirSync(join(folder, 'in'));
  const rows = Array.from({ length: 1000 }, (_x, i) =>
    i < 500 ? `${i},浙E0F12K,2026-03-05 02:15:30` : `${i},2026-03-05 02:15:30,浙E0F12K`,
  );
  writeFileSync(join(folder, 'in/pass.csv'), `no,plate,at\n${rows.join('\n')}\n`);
  const [file] = (
    await ingestFiles({
      workspace: join(folder, 'ws'),
      paths: [join(folder, 'in')],
      descriptions: [PASS],
      clock: () => Date.UTC(2026, 3, 1),
    })
  ).files;
  expect(file).toMatchObject({ readRows: 1000, acceptedRows: 500, refusedRows: 500, state: 'red' });
  expect(file!.valueRejects).toEqual([
    { column: 'at', rule: 'not-a-moment', count: 500 },
    { column: 'plate', rule: 'plate-shape', count: 500 },
  ]);
});
