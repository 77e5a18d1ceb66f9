import { afterAll, expect, test } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { openCasework } from '../../casework/index.ts';
import { EXIT, main } from './main.ts';

const cwd = mkdtempSync(join(tmpdir(), 'tributary-account-'));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

async function cli(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const sink = (add: (s: string) => void): Writable =>
    new Writable({ write: (chunk: Buffer, _e, done) => (add(chunk.toString()), done()) });
  const terminal = { out: sink((s) => (out += s)), err: sink((s) => (err += s)), clock: () => 0 };
  const code = await main(argv, { cwd, clock: () => Date.UTC(2026, 6, 1), terminal });
  return { code, out, err };
}

test('accounts are added, listed, changed and disabled from the command line; what each needs is said', async () => {
  const added = await cli('--json', 'account', 'add', 'li.wei', '--display', '李伟', '--role', 'admin', 'analyst');
  expect(added.code).toBe(EXIT.fine);
  const made = JSON.parse(added.out) as { account: { roles: string[] }; password: string };
  expect(made.account.roles).toEqual(['analyst', 'admin']);
  expect(made.password).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
  expect((await cli('account', 'list')).out).toMatch(/li\.wei +李伟 +analyst admin +active/);
  expect((await cli('account', 'add', 'li.wei', '--role', 'analyst')).err).toContain('is taken');
  expect((await cli('account', 'add', 'x', '--role', 'analyst')).err).toContain('2 to 40');
  expect((await cli('account', 'add', 'wu', '--role', 'boss')).code).toBe(EXIT.usage);
  expect((await cli('account', 'add', 'wu')).code).toBe(EXIT.usage);
  expect((await cli('account', 'disable', 'li.wei')).err).toContain('another account the role admin');
  const changed = await cli('--json', 'account', 'passwd', 'li.wei', '--password', 'another long one');
  expect(JSON.parse(changed.out)).toMatchObject({ password: 'another long one' });
  expect((await cli('account', 'passwd', 'nobody')).err).toContain('account list');
  expect((await cli('account', 'roles', 'li.wei', '--role', 'admin')).out).toMatch(/li\.wei.*admin/);
  const audit = await cli('--json', 'audit');
  expect(JSON.parse(audit.out)).toMatchObject({ rows: 3, isWhole: true });
}, 240_000);

test('while a server has the workspace, the command names its process', async () => {
  const desk = await openCasework({ folder: join(cwd, 'workspace', 'casework') });
  const { code, err } = await cli('account', 'list');
  await desk.close();
  expect([code, err]).toEqual([EXIT.failed, expect.stringContaining(`process ${process.pid}`) as string]);
}, 240_000);
