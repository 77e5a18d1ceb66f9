import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { seeded } from '../ingest/base/index.ts';
import { SnapshotReader } from '../models/queries/index.ts';
import { workspacePaths } from '../models/workspace/index.ts';

/** Many users exploring at once: `npm run bench -- api-load [--workspace <folder>] [--users 50] [--seconds 60] [--pause 1000]`.
 *  Every user has a session of its own and asks one thing after another (search, expand, counts, entity, lead, path), with a pause to look between.
 *  p50, p95, p99 and the slowest, what was not answered well, and the server's memory at the start, in the middle and at the end. */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      workspace: { type: 'string' },
      users: { type: 'string', default: '50' },
      seconds: { type: 'string', default: '60' },
      pause: { type: 'string', default: '1000' },
    },
  });
  const folder = mkdtempSync(join(tmpdir(), 'tributary-load-'));
  const workspace = values.workspace ?? join(folder, 'workspace');
  const users = Number(values.users);
  try {
    if (values.workspace === undefined) await _demo(workspace);
    const paths = await _exploring(workspace);
    const server = await _serve(workspace);
    try {
      process.stdout.write(`${JSON.stringify(await _measure(server, paths, users, values))}\n`);
    } finally {
      const ended = new Promise((done) => server.child.once('exit', done));
      server.child.kill('SIGINT');
      await ended;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Served {
  readonly child: ChildProcess;
  readonly url: string;
  readonly password: string;
}

const PASSWORD = 'bench has a long password';

async function _measure(
  server: Served,
  paths: readonly string[],
  users: number,
  given: { readonly seconds: string; readonly pause: string },
): Promise<unknown> {
  const cookies = await _users(server, users);
  const random = seeded('api-load');
  const pick = (): string => paths[Math.floor(random() * paths.length)]!;
  for (const path of paths.slice(0, 20))
    await (await fetch(`${server.url}${path}`, { headers: { cookie: cookies[0]! } })).text();
  const rss: number[] = [_rssMb(server.child.pid!)];
  const watch = setInterval(() => rss.push(_rssMb(server.child.pid!)), 2000);
  const cpuBefore = _cpuSeconds(server.child.pid!);
  const seconds = Number(given.seconds);
  const pause = Number(given.pause);
  const times: number[] = [];
  let next = 0;
  const result = await new Promise<autocannon.Result>((done, fail) => {
    const instance = autocannon(
      {
        url: server.url,
        connections: users,
        duration: seconds,
        // one request a pause and user: a user looks before the next click
        ...(pause > 0 ? { connectionRate: Math.max(1, Math.round(1000 / pause)) } : {}),
        setupClient: (client) => client.setHeaders({ cookie: cookies[next++ % cookies.length]! }),
        requests: [{ setupRequest: (request) => ({ ...request, path: pick() }) }],
      },
      (error: unknown, ended) => (error ? fail(error) : done(ended)),
    );
    instance.on('response', (_client, _status, _bytes, ms) => void times.push(ms));
  });
  times.sort((a, b) => a - b);
  const p95Ms = Math.round(times[Math.floor(times.length * 0.95)] ?? 0);
  clearInterval(watch);
  const { latency, requests, errors, timeouts, non2xx } = result;
  const load = loadavg()[0]!.toFixed(1);
  process.stdout.write(
    `${users} users, ${seconds} s: ${requests.total} answers (${requests.average.toFixed(0)}/s); p50 ${latency.p50} ms, p95 ${p95Ms} ms, p99 ${latency.p99} ms, slowest ${latency.max} ms; ${errors} errors, ${timeouts} time-outs, ${non2xx} not 2xx; memory ${rss[0]} → ${rss.at(-1)} MB (most ${Math.max(...rss)}); load average ${load} on ${availableParallelism()} cores\n`,
  );
  return {
    users,
    seconds,
    pauseMs: pause,
    answers: requests.total,
    perSecond: requests.average,
    p50Ms: latency.p50,
    p95Ms,
    p99Ms: latency.p99,
    maxMs: latency.max,
    errors,
    timeouts,
    non2xx,
    serverCpuSeconds: _cpuSeconds(server.child.pid!) - cpuBefore,
    rssStartMb: rss[0],
    rssMiddleMb: rss[rss.length >> 1],
    rssEndMb: rss.at(-1),
    rssMostMb: Math.max(...rss),
    load: Number(load),
  };
}

/** Addresses that a user who explores asks for: of the leads, of what surrounds them, of names in the run. */
async function _exploring(workspace: string): Promise<string[]> {
  const snapshot = new SnapshotReader(workspacePaths(workspace));
  try {
    return await snapshot.use(async (db) => {
      const ids = await db.rows<{ id: string; label: string | null }>(
        `select entity_id as id, label from entity where kind <> 'person' and label is not null order by md5(entity_id) limit 300`,
      );
      const leads = await db.rows<{ id: string; subject: string }>(
        'select lead_id as id, subject_id as subject from lead order by rank limit 40',
      );
      const entity = (id: string): string[] => [
        `/api/graph/${encodeURIComponent(id)}/neighbours`,
        `/api/graph/${encodeURIComponent(id)}/expand?limit=50`,
        `/api/entities/${encodeURIComponent(id)}`,
      ];
      return [
        ...ids.flatMap(({ id, label }) => [...entity(id), `/api/search?q=${encodeURIComponent(label!.slice(0, 4))}`]),
        ...leads.flatMap(({ id, subject }) => [`/api/leads/${encodeURIComponent(id)}`, ...entity(subject)]),
        ...leads
          .slice(1)
          .map(
            ({ subject }, i) =>
              `/api/graph/paths?from=${encodeURIComponent(leads[i]!.subject)}&to=${encodeURIComponent(subject)}`,
          ),
        '/api/leads?top=40',
      ];
    });
  } finally {
    await snapshot.close();
  }
}

async function _demo(workspace: string): Promise<void> {
  const child = spawn(process.execPath, ['bin/tributary.js', '-q', '-w', workspace, 'demo', '--no-serve'], {
    stdio: 'ignore',
  });
  const code = await new Promise((done) => child.once('exit', done));
  if (code !== 0) throw new Error(`api-load: the demo ended with ${String(code)}`);
}

function _serve(workspace: string): Promise<Served> {
  const child = spawn(process.execPath, ['bin/tributary.js', '-w', workspace, '--json', 'serve', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TRIBUTARY_ADMIN_PASSWORD: PASSWORD },
  });
  return new Promise((done, fail) => {
    child.once('exit', (code) => fail(new Error(`api-load: the server ended with ${String(code)}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.startsWith('{')) return;
      child.removeAllListeners('exit');
      done({ child, url: (JSON.parse(line) as { url: string }).url, password: PASSWORD });
    });
  });
}

/** Sessions of so many new accounts. The workspace's first account must be this bench's: give a copy that was not served before. */
async function _users({ url, password }: Served, users: number): Promise<string[]> {
  const admin = await _signIn(url, 'admin', password);
  const cookies: string[] = [];
  for (let i = 0; i < users; i++) {
    const name = `user${i}`;
    const made = await fetch(`${url}/api/accounts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-csrf-token': admin.csrf, cookie: admin.cookie },
      body: JSON.stringify({ name, displayName: name, roles: ['analyst'], password }),
    });
    if (!made.ok) throw new Error(`api-load: cannot add ${name}: ${await made.text()}`);
    cookies.push((await _signIn(url, name, password)).cookie);
  }
  return cookies;
}

async function _signIn(url: string, name: string, password: string): Promise<{ cookie: string; csrf: string }> {
  const cookieOf = (response: Response): string =>
    response.headers
      .getSetCookie()
      .map((c) => c.split(';')[0])
      .join('; ');
  const before = await fetch(`${url}/api/session`);
  const { csrfToken } = (await before.json()) as { csrfToken: string };
  const after = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf-token': csrfToken, cookie: cookieOf(before) },
    body: JSON.stringify({ name, password }),
  });
  if (!after.ok)
    throw new Error(`api-load: ${name} cannot sign in (${after.status}); give a workspace that was not served before`);
  const { csrfToken: csrf } = (await after.json()) as { csrfToken: string };
  return { cookie: cookieOf(after), csrf };
}

/** From /proc; elsewhere than on Linux 0. */
function _rssMb(pid: number): number {
  try {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024);
  } catch {
    return 0;
  }
}

function _cpuSeconds(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
}
