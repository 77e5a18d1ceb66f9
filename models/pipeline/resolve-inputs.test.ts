import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { sha256 } from '../../ingest/base/index.ts';
import type { JudgementRow } from '../../ingest/resolve/index.ts';
import { type WorkspacePaths, serveRun, workspacePaths } from '../workspace/index.ts';
import { identityFrom, judgementsOf } from './resolve-inputs.ts';

const made: string[] = [];
afterEach(() => made.splice(0).forEach((f) => rmSync(f, { recursive: true, force: true })));

function workspace(): WorkspacePaths {
  const root = mkdtempSync(join(tmpdir(), 'inputs-'));
  made.push(root);
  return workspacePaths(root);
}

const row = (id: string, why: string): JudgementRow => ({
  id,
  left: 'a',
  right: 'b',
  verdict: 'same',
  by: 'w',
  at: '2026-01-01T00:00:00.000Z',
  why,
});

test('judgements of the file and of another store are one list; equal rows have equal hashes, none has none', () => {
  const paths = workspace();
  expect(judgementsOf(paths, [])).toEqual({ judgements: [], judgementsSha256: null });
  mkdirSync(join(paths.root, 'casework'));
  writeFileSync(
    join(paths.root, 'casework', 'judgements.jsonl'),
    `${JSON.stringify(row('2', 'file'))}\n${JSON.stringify(row('1', 'file'))}\n`,
  );
  const both = judgementsOf(paths, [row('2', 'store'), row('3', 'store')]);
  expect(both.judgements.map((j) => [j.id, j.why])).toEqual([
    ['1', 'file'],
    ['2', 'store'],
    ['3', 'store'],
  ]);
  expect(judgementsOf(paths, [row('3', 'store'), row('2', 'store')]).judgementsSha256).toBe(both.judgementsSha256);
  writeFileSync(join(paths.root, 'casework', 'judgements.jsonl'), '{"id":"1"}\n');
  expect(() => judgementsOf(paths, [])).toThrow(/judgements.jsonl: line 1: no by, at, why/);
});

/** A finished run with an identity and a lineage, as far as the next run reads them. */
function finished(
  paths: WorkspacePaths,
  runId: string,
  inputsSha256: string,
  before: { runId: string; sha256: string } | null,
): string {
  const folder = join(paths.snapshots, runId);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'identity.parquet'), `entities of ${runId}`);
  writeFileSync(join(folder, 'warehouse.duckdb'), '');
  writeFileSync(join(folder, 'lineage.json'), JSON.stringify({ runId, inputsSha256, identityFrom: before }));
  serveRun(paths, runId);
  return sha256(`entities of ${runId}`);
}

test('ids live on from the served run; a rerun of the same inputs takes them from where it took them first', async () => {
  const paths = workspace();
  expect(await identityFrom(paths, 'x')).toBeNull();
  const first = finished(paths, 'r1', 'x', null);
  expect(await identityFrom(paths, 'x')).toBeNull();
  expect(await identityFrom(paths, 'y')).toEqual({ runId: 'r1', sha256: first });
  finished(paths, 'r2', 'y', { runId: 'r1', sha256: first });
  expect(await identityFrom(paths, 'y')).toEqual({ runId: 'r1', sha256: first });
  expect(await identityFrom(paths, 'x')).toBeNull();
  rmSync(join(paths.snapshots, 'r1'), { recursive: true });
  expect((await identityFrom(paths, 'y'))!.runId).toBe('r2');
});
