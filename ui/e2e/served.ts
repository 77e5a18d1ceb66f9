import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

/** Password of the administrator that the first start makes. */
export const PASSWORD = 'e2e-administrator-1';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the workspace is served. */
    url: string;
    /** The folder that is served; a copy. */
    workspace: string;
    /** All that the server said before it listened. */
    said: string;
  }
}

/** Serves a copy of the finished workspace that TRIBUTARY_E2E_WORKSPACE names, once for all tests. */
export default async function served(project: TestProject): Promise<() => Promise<void>> {
  const from = process.env['TRIBUTARY_E2E_WORKSPACE'];
  if (from === undefined || !existsSync(join(from, 'snapshots/current')))
    throw new Error('served: TRIBUTARY_E2E_WORKSPACE names no finished workspace; run .ci/screen, which makes one');
  const folder = mkdtempSync(join(tmpdir(), 'tributary-e2e-'));
  const workspace = join(folder, 'workspace');
  cpSync(from, workspace, { recursive: true });
  const { child, url, said } = await _serve(workspace);
  project.provide('url', url);
  project.provide('workspace', workspace);
  project.provide('said', said);
  return async () => {
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGINT');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
}

function _serve(workspace: string): Promise<{ child: ChildProcess; url: string; said: string }> {
  const child = spawn('node', ['bin/tributary.js', '-w', workspace, 'serve', '--port', '0'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production', TRIBUTARY_ADMIN_PASSWORD: PASSWORD },
  });
  return new Promise((done, fail) => {
    let said = '';
    const hear = (line: string): void => {
      said += `${line}\n`;
      const url = /Serving (http:\/\/\S+)/.exec(line)?.[1];
      if (url !== undefined) done({ child, url, said });
    };
    createInterface({ input: child.stdout! }).on('line', hear);
    createInterface({ input: child.stderr! }).on('line', hear);
    child.once('exit', (code) => fail(new Error(`served: the server ended with ${code}: ${said}`)));
  });
}
