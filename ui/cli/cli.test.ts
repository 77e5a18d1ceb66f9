import { afterEach, expect, test } from 'vitest';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { COMMANDS } from './commands/index.ts';
import { EXIT, main, programOf } from './main.ts';
import { cellWidth, textTable } from './terminal.ts';

const made: string[] = [];
afterEach(() => made.splice(0).forEach((f) => rmSync(f, { recursive: true, force: true })));

async function cli(...argv: string[]): Promise<{ code: number; out: string; err: string; cwd: string }> {
  const cwd = mkdtempSync(join(tmpdir(), 'tributary-'));
  made.push(cwd);
  return cliIn(cwd, ...argv);
}

async function cliIn(cwd: string, ...argv: string[]): Promise<{ code: number; out: string; err: string; cwd: string }> {
  let out = '';
  let err = '';
  const sink = (add: (s: string) => void): Writable =>
    new Writable({ write: (chunk: Buffer, _e, done) => (add(chunk.toString()), done()) });
  const terminal = { out: sink((s) => (out += s)), err: sink((s) => (err += s)), clock: () => 0 };
  const code = await main(argv, { cwd, clock: () => Date.UTC(2026, 6, 1), terminal });
  return { code, out, err, cwd };
}

test('help of the program and of every command, each with an example', async () => {
  const { code, out } = await cli('--help');
  expect(code).toBe(EXIT.fine);
  const program = programOf({
    terminal: { out: process.stdout, err: process.stderr, clock: () => 0 },
    cwd: '.',
    clock: () => 0,
    signal: new AbortController().signal,
  });
  expect(program.commands).toHaveLength(COMMANDS.length);
  for (const command of program.commands) {
    expect(out).toContain(command.name());
    const help = await cli(command.name(), '--help');
    expect(help.code).toBe(EXIT.fine);
    expect(help.out).toMatch(/Examples?:\n {2}(tributary|npm start)/);
  }
});

test('wrong usage is exit 2 and says what is right', async () => {
  for (const argv of [
    ['nonsense'],
    ['leads', '--top', 'many'],
    ['make', '--scale', '7'],
    ['run', '--as-of', '30.6.2026'],
    ['ingest'],
    ['ingest', 'no-such-folder'],
    ['report', 'L1', '--format', 'pdf'],
  ]) {
    const { code, err } = await cli(...argv);
    expect([argv.join(' '), code]).toEqual([argv.join(' '), EXIT.usage]);
    expect(err.length).toBeGreaterThan(10);
  }
});

test('work that cannot be done is exit 1, with the next step; --json gives a problem for machines', async () => {
  const { code, err } = await cli('leads');
  expect(code).toBe(EXIT.failed);
  expect(err).toContain('tributary run');
  const json = await cli('--json', 'run');
  expect(json.code).toBe(EXIT.failed);
  expect(JSON.parse(json.out)).toMatchObject({ error: { code: 'empty-lake' } });
});

test('bad settings are refused with the file and the fault', async () => {
  const { cwd } = await cli('doctor');
  writeFileSync(join(cwd, 'workspace', 'tributary.yaml'), 'capacity: none\n');
  writeFileSync(join(cwd, 'x.csv'), 'a\n1\n');
  const { code, err } = await cliIn(cwd, 'ingest', 'x.csv');
  expect(code).toBe(EXIT.failed);
  expect(err).toMatch(/tributary\.yaml.*capacity/);
});

test('doctor finds this machine fit and the new workspace without a run', async () => {
  const { code, out } = await cli('--json', 'doctor');
  expect(code).toBe(EXIT.fine);
  const { findings } = JSON.parse(out) as { findings: { check: string; state: string }[] };
  expect(findings.find((f) => f.check === 'DuckDB')?.state).toBe('ok');
  expect(findings.find((f) => f.check === 'pictures')?.state).toBe('ok');
  expect(findings.find((f) => f.check === 'served run')?.state).toBe('warning');
});

test('tables line up with Han characters counted two cells wide', () => {
  expect(cellWidth('湖州a')).toBe(5);
  const lines = textTable(
    ['名称', 'n'],
    [
      ['湖州', '1'],
      ['a', '22'],
    ],
  ).split('\n');
  expect(lines[2]!.indexOf('1')).toBe(4);
  expect(lines[3]!.indexOf('22')).toBe(6);
});
