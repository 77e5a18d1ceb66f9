import { afterEach, expect, test } from 'vitest';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { currentRun, removeUnfinished, runFolder, serveRun, settingsFromYaml, warehouseFile, withWorkspaceLock, workspacePaths } from './index.ts';

const made: string[] = [];
afterEach(() => made.splice(0).forEach((f) => rmSync(f, { recursive: true, force: true })));
function fresh() {
  const root = mkdtempSync(join(tmpdir(), 'tributary-'));
  made.push(root);
  return workspacePaths(root);
}

test('settings: defaults, and every fault at once with its path', () => {
  expect(settingsFromYaml('', 't.yaml')).toMatchObject({ sources: 'district', capacity: 20, exploration: 0.1, language: 'zh' });
  expect(() => settingsFromYaml('capacity: 0\nexploration: 2\nfoo: 1', 't.yaml')).toThrow(/t\.yaml: .*capacity.*exploration.*foo/s);
  expect(() => settingsFromYaml('a: [', 't.yaml')).toThrow(/not YAML/);
});

test('the lock refuses a second writer by pid, and takes over from a dead one', async () => {
  const paths = fresh();
  await withWorkspaceLock(paths, async () => {
    await expect(withWorkspaceLock(paths, async () => 1)).rejects.toThrow(new RegExp(`process ${process.pid}`));
  });
  expect(existsSync(paths.lock)).toBe(false);
  writeFileSync(paths.lock, '999999999');
  expect(await withWorkspaceLock(paths, async () => 2)).toBe(2);
});

test('the served run is named by an atomic pointer; unfinished runs are cleared', () => {
  const paths = fresh();
  expect(() => currentRun(paths)).toThrow(/tributary run/);
  mkdirSync(runFolder(paths, 'r1'), { recursive: true });
  writeFileSync(warehouseFile(runFolder(paths, 'r1')), '');
  mkdirSync(join(paths.snapshots, '.building-r2'));
  serveRun(paths, 'r1');
  expect(currentRun(paths)).toBe('r1');
  expect(removeUnfinished(paths)).toEqual(['.building-r2']);
  serveRun(paths, 'r9');
  expect(() => currentRun(paths)).toThrow(/r9/);
});
