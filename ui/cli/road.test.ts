import { afterAll, beforeAll, expect, test } from 'vitest';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { seeded } from '../../ingest/base/index.ts';
import { main } from './main.ts';

/** The whole road on a small made table that is described by YAML alone: lists, reports, evidence, kill -9, changed bytes. */
const root = mkdtempSync(join(tmpdir(), 'tributary-road-'));
const workspace = join(root, 'w');
const file = join(root, 'visits.csv');

const SOURCES = `
sources:
  - id: visit
    title: { zh: 检查, en: Visits }
    department: test
    share: unconditional
    level: 0
    files: [visits.csv]
    format: { kind: csv }
    columns:
      - { name: visit_no, kind: text, required: true }
      - { name: place_no, kind: text }
      - { name: day, kind: date }
      - { name: size, kind: number }
      - { name: odour, kind: number }
      - { name: label, kind: integer, min: 0, max: 1 }
    key: [visit_no]
    eventAt: day::timestamp
    knownAt: day::timestamp
    mentions:
      - { role: visit, kind: inspection, fields: { key: visit_no } }
      - { role: place, kind: site, fields: { key: place_no } }
    links: [{ kind: inspected, from: visit, to: place }]
    events: [{ kind: inspection, participants: [visit, place] }]
    outcomes:
      - subject: place
        verdict: case when label = 1 then 'confirmed' when label = 0 then 'clean' end
        foundAt: day::timestamp
        knownAt: day::timestamp + interval 1 day
`;
const SETTINGS = `
sources: [sources.yaml]
capacity: 10
reports: 2
task:
  form: table
  id: visits
  title: { zh: 检查排序, en: Visits }
  table: src_visit
  row: visit_no
  date: day
  label: label
  capacity: 10
  draws: 100
  entity: { kind: inspection, keyKind: key }
  subject: [inspected]
  numeric: [size, odour]
  histories: [{ id: place, label: { zh: 同一场所, en: same place }, relations: [inspected] }]
`;

async function cli(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const sink = (add: (s: string) => void): Writable =>
    new Writable({ write: (chunk: Buffer, _e, done) => (add(chunk.toString()), done()) });
  const terminal = { out: sink((s) => (out += s)), err: sink((s) => (err += s)), clock: () => performance.now() };
  const code = await main(['--workspace', workspace, ...argv], {
    cwd: root,
    clock: () => Date.UTC(2026, 6, 1),
    terminal,
  });
  return { code, out, err };
}

/** Starts `run` in a process of its own and kills it, without a chance to tidy up, once it has reported the step. */
async function killedAfter(step: string): Promise<void> {
  const child = spawn(process.execPath, ['bin/tributary.js', '--workspace', workspace, 'run'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await new Promise<void>((done) => {
    let seen = '';
    child.stderr.on('data', (chunk: Buffer) => {
      seen += chunk.toString();
      if (seen.includes(`✓ ${step}`)) child.kill('SIGKILL');
    });
    child.on('exit', () => done());
  });
  expect(child.signalCode).toBe('SIGKILL');
}

beforeAll(async () => {
  mkdirSync(workspace, { recursive: true });
  writeFileSync(join(workspace, 'sources.yaml'), SOURCES);
  writeFileSync(join(workspace, 'tributary.yaml'), SETTINGS);
  const random = seeded('road');
  const rows = Array.from({ length: 900 }, (_x, i) => {
    const odour = random() * 10;
    const day = new Date(Date.UTC(2024, 0, 1) + Math.floor(i * 0.9) * 86_400_000).toISOString().slice(0, 10);
    return `V${i},P${i % 120},${day},${(random() * 50).toFixed(1)},${odour.toFixed(2)},${random() < 0.04 + (odour > 7 ? 0.5 : 0) ? 1 : 0}`;
  });
  writeFileSync(file, `visit_no,place_no,day,size,odour,label\n${rows.join('\n')}\n`);
  expect((await cli('ingest', file)).code).toBe(0);
  expect(await cli('run')).toMatchObject({ code: 0 });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('ingest again changes nothing; leads carry reasons both ways; reports and chains are whole', async () => {
  const again = JSON.parse((await cli('--json', 'ingest', file)).out) as {
    files: { outcome: string; readRows: number; acceptedRows: number; refusedRows: number }[];
  };
  expect(again.files).toMatchObject([{ outcome: 'skipped', readRows: 900, acceptedRows: 900, refusedRows: 0 }]);
  const { leads } = JSON.parse((await cli('--json', 'leads')).out) as {
    leads: { leadId: string; rank: number; pick: string }[];
  };
  expect(leads.length).toBeGreaterThanOrEqual(10);
  const lead = JSON.parse((await cli('--json', 'lead', leads[0]!.leadId)).out) as {
    reasons: { direction: string }[];
    against: unknown[];
    rowIds: string[];
  };
  expect(lead.reasons.length).toBeGreaterThanOrEqual(3);
  expect(lead.against.length).toBeGreaterThan(0);
  const html = JSON.parse((await cli('--json', 'report', leads[0]!.leadId)).out) as { path: string };
  expect(readFileSync(html.path, 'utf8')).toContain('不利于本线索的情况');
  const verified = await cli('--json', 'verify');
  expect(JSON.parse(verified.out)).toMatchObject({ verified: 2, broken: 0 });
});

test('the same lake, settings and code give the same run and the same leads', async () => {
  const before = JSON.parse((await cli('--json', 'leads')).out) as { runId: string };
  expect((await cli('run')).code).toBe(0);
  expect(JSON.parse((await cli('--json', 'leads')).out)).toEqual(before);
});

test.each(['sources', 'facts', 'leads'])(
  'killed in the middle, after step %s: the last good run is served, and a rerun finishes',
  async (step) => {
    const before = (await cli('--json', 'leads')).out;
    await killedAfter(step);
    expect((await cli('--json', 'leads')).out).toBe(before);
    expect(await cli('run')).toMatchObject({ code: 0 });
    expect(readdirSync(join(workspace, 'snapshots')).filter((f) => f.startsWith('.building'))).toEqual([]);
    expect(existsSync(join(workspace, '.lock'))).toBe(false);
    expect((await cli('--json', 'leads')).out).toBe(before);
  },
);

test('one changed byte in the department’s file, a lake file, a report or the model is named by its link', async () => {
  const runId = readFileSync(join(workspace, 'snapshots', 'current'), 'utf8').trim();
  const pick = (folder: string, ending: string): string =>
    join(
      folder,
      readdirSync(folder)
        .filter((f) => f.endsWith(ending))
        .sort()[0]!,
    );
  const cases: readonly (readonly [string, string])[] = [
    [file, 'input'],
    [pick(join(workspace, 'lake', 'visit'), '.parquet'), 'lake'],
    [pick(join(workspace, 'reports', runId), '.html'), 'report'],
    [join(workspace, 'snapshots', runId, 'warehouse.duckdb'), 'warehouse'],
  ];
  for (const [path, link] of cases) {
    const bytes = readFileSync(path);
    const changed = Buffer.from(bytes);
    changed[changed.length >> 1]! ^= 1;
    writeFileSync(path, changed);
    const { code, out } = await cli('--json', 'verify');
    const first = JSON.parse(out) as {
      results: { ok: boolean; broken: { link: string } | null }[];
    };
    expect([link, code]).toEqual([link, 1]);
    expect(first.results.find((r) => !r.ok)?.broken?.link).toBe(link);
    writeFileSync(path, bytes);
  }
  expect((await cli('verify')).code).toBe(0);
});
