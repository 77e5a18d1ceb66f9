import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import type { Router } from 'express';
import { format } from 'prettier';
import request from 'supertest';
import { ROLES, type Role, addGrant, auditPage, listAccounts, openCasework } from '../../casework/index.ts';
import { accessDocument } from './access-doc.ts';
import { operationFinder } from './access.ts';
import type { Operation, RouteContext } from './resource.ts';
import { OPERATIONS, RESOURCES } from './routes/index.ts';
import { signIn, signedIn } from './testing/signed-in.ts';
import { tinyApi } from './testing/tiny-api.ts';

const tiny = await tinyApi();
const { app, casework, faults } = tiny;
const agents = new Map<Role, request.Agent>();

beforeAll(async () => {
  await tiny.makeRun('r1', '湖州某公司');
  tiny.serve('r1');
  for (const role of ROLES) agents.set(role, await signedIn(app, casework, [role], `h1-${role}`));
});
afterAll(async () => {
  expect(faults).toEqual([]);
  await tiny.close();
});

const nameOf = (op: Operation): string => `${(op.method ?? 'get').toUpperCase()} ${op.path}`;

/** A request for an operation with placeholder parameters. */
function ask(agent: request.Agent | ReturnType<typeof request>, op: Operation): request.Test {
  return agent[op.method ?? 'get'](op.path.replaceAll(/\{\w+\}/g, '1'));
}

/** Who may do what, written by hand after the duties of the six roles: columns A analyst, I investigator, S scientist, V supervisor, U auditor, D admin. */
const SPECIFIED: readonly (readonly [resource: string, write: boolean, pattern: RegExp, who: string])[] = [
  [
    'session, messages, comments, colleagues',
    false,
    /^\w+ \/api\/(session\/password|messages.*|stream|comments|colleagues)$/,
    'AISVUD',
  ],
  ['leads', false, /^GET \/api\/(leads.*|queue|rows\/.*)$/, 'AISVU'],
  ['verdicts', true, /^POST \/api\/leads\/\{id\}\/verdicts$/, 'IV'],
  ['assignment', true, /^POST \/api\/queue\/assign$/, 'V'],
  ['graph and search', false, /^(GET|POST) \/api\/(graph|search|entities|tracks|events|map).*$/, 'AISV'],
  ['saved views', false, /^GET \/api\/(views|frozen).*$/, 'AISV'],
  ['saved views', true, /^(POST|PUT|DELETE) \/api\/views.*$/, 'AISV'],
  ['judgements', false, /^GET \/api\/judgements$/, 'AISV'],
  ['judgements', true, /^POST \/api\/judgements.*$/, 'AI'],
  ['persons', false, /^\w+ \/api\/(persons\/\{id\}|unlocks|session\/purpose)$/, 'AIV'],
  ['unlock decisions', true, /^POST \/api\/unlocks\/\{id\}\/decision$/, 'V'],
  ['cases and evidence', false, /^GET \/api\/cases.*$/, 'AIVU'],
  ['cases and evidence', true, /^(POST|PATCH) \/api\/cases.*$/, 'IV'],
  ['accounts and grants', true, /^\w+ \/api\/(accounts|grants).*$/, 'D'],
  ['audit', false, /^GET \/api\/audit.*$/, 'U'],
];
const LETTERS: Readonly<Record<Role, string>> = {
  analyst: 'A',
  investigator: 'I',
  scientist: 'S',
  supervisor: 'V',
  auditor: 'U',
  admin: 'D',
};

test('docs/access.md is made from the data that the server checks', async () => {
  const made = await format(accessDocument(), { parser: 'markdown', printWidth: 120, singleQuote: true });
  expect(readFileSync('docs/access.md', 'utf8')).toBe(made);
});

describe('h1 six roles, every operation', () => {
  test.each(ROLES)('%s', async (role) => {
    for (const op of OPERATIONS) {
      const name = nameOf(op);
      const row = SPECIFIED.find(([, , pattern]) => pattern.test(name));
      if (row === undefined || op.path === '/api/stream') continue;
      const reply = await ask(agents.get(role)!, op);
      const refused = reply.status === 403 && (reply.body as { code: string }).code === 'no-right';
      expect([name, refused]).toEqual([name, !row[3].includes(LETTERS[role])]);
    }
  });

  test('every operation of accounts, decisions and persons stands in the table', () => {
    const mine = OPERATIONS.filter((op) =>
      /\/api\/(views|frozen|cases|persons|unlocks|accounts|grants|audit|judgements|queue|leads\/\{id\}\/verdicts)/.test(
        op.path,
      ),
    );
    expect(mine.length).toBeGreaterThan(40);
    for (const op of mine)
      expect([nameOf(op), SPECIFIED.some(([, , p]) => p.test(nameOf(op)))]).toEqual([nameOf(op), true]);
  });
});

test('without a session only the public operations answer', async () => {
  const open = OPERATIONS.filter((op) => op.right === 'public').map(nameOf);
  for (const op of OPERATIONS.filter((o) => o.right !== 'public')) {
    const reply = await ask(request(app), op);
    expect([nameOf(op), reply.status, reply.type]).toEqual([nameOf(op), 401, 'application/problem+json']);
  }
  expect(open.toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
    'DELETE /api/session',
    'GET /api/health',
    'GET /api/session',
    'POST /api/session',
  ]);
});

test('every route that is registered has an operation, and every operation a route', async () => {
  const desk = await openCasework({ folder: null });
  const context = { ...tiny, casework: desk, version: '0', csrf: null, snapshot: null } as unknown as RouteContext;
  const registered = RESOURCES.flatMap((r) => routesOf(r.router(context)));
  await desk.close();
  const declared = OPERATIONS.map(
    (op) => `${(op.method ?? 'get').toUpperCase()} ${op.path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
  );
  const sorted = (list: string[]): string[] => list.toSorted((a, b) => (a < b ? -1 : 1));
  expect(sorted(registered)).toEqual(sorted(declared));
  expect(new Set(declared).size).toBe(declared.length);
});

function routesOf(router: Router): string[] {
  return router.stack.flatMap((layer) =>
    layer.route === undefined
      ? []
      : layer.route.stack
          .map((s) => s.method.toUpperCase())
          .filter((m, i, all) => all.indexOf(m) === i)
          .map((method) => `${method} /api${layer.route!.path}`),
  );
}

test('an address that is not in the table is not reachable, however it is written', async () => {
  const agent = agents.get('auditor')!;
  for (const path of [
    '/api/Accounts',
    '/api/accounts/',
    '/api//accounts',
    '/api/accounts%2F',
    '/api/./x/../accounts/x/y',
    '/api/none',
  ])
    expect([path, (await agent.get(path)).status]).toEqual([path, 404]);
  const find = operationFinder(OPERATIONS);
  expect(find('GET', '/api/leads/x%2Fy')?.path).toBe('/api/leads/{id}');
  expect(find('HEAD', '/api/leads')?.path).toBe('/api/leads');
  expect(find('GET', '/api/audit.jsonl')?.path).toBe('/api/audit.jsonl');
  expect(find('GET', '/api/auditXjsonl')).toBeNull();
  expect(find('TRACE', '/api/leads')).toBeNull();
});

test('h2 a grant opens an operation until its minute', async () => {
  const [admin] = (await listAccounts(casework)).filter((a) => a.name === 'h1-admin');
  const scientist = (await listAccounts(casework)).find((a) => a.name === 'h1-scientist')!;
  const agent = agents.get('scientist')!;
  const status = async (): Promise<number> => (await agent.get('/api/cases')).status;
  expect(await status()).toBe(403);
  await addGrant(
    casework,
    { accountId: admin!.accountId, name: 'x', purposeId: null },
    { accountId: scientist.accountId, right: 'cases.read', untilMs: casework.clock() + 60_000, reason: 'joint case' },
  );
  expect(await status()).toBe(200);
  tiny.pass(60_000);
  expect(await status()).toBe(403);
});

test('the session: a new secret at sign-in, none in the page’s reach, refused without the CSRF header, gone after sign-out', async () => {
  const agent = request.agent(app);
  const first = await agent.get('/api/session');
  expect(first.body).toMatchObject({ account: null, rights: ['public'] });
  const token = (first.body as { csrfToken: string }).csrfToken;
  const body = { name: 'h1-analyst', password: 'correct horse battery' };
  expect((await agent.post('/api/session').send(body)).body).toMatchObject({ status: 403, code: 'bad-csrf' });
  expect((await agent.post('/api/session').set('x-csrf-token', `${token}x`).send(body)).status).toBe(403);
  const signed = await agent.post('/api/session').set('x-csrf-token', token).send(body);
  expect(signed.body).toMatchObject({ account: { name: 'h1-analyst', roles: ['analyst'] } });
  const cookies = String(signed.headers['set-cookie']);
  expect(cookies).toMatch(/tributary\.sid=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax/);
  const old = await agent.post('/api/messages/read').set('x-csrf-token', token).send({});
  expect(old.body).toMatchObject({ code: 'bad-csrf' });
  const mine = (signed.body as { csrfToken: string }).csrfToken;
  expect((await agent.post('/api/messages/read').set('x-csrf-token', mine).send({})).status).toBe(200);
  const second = await agent.post('/api/session').set('x-csrf-token', mine).send(body);
  expect(sidOf(second)).not.toBe(sidOf(signed));
  const stolen = await request(app)
    .get('/api/leads')
    .set('cookie', `tributary.sid=${sidOf(signed)}`);
  expect(stolen.status).toBe(401);
  const last = (second.body as { csrfToken: string }).csrfToken;
  await agent.delete('/api/session').set('x-csrf-token', last);
  expect((await agent.get('/api/leads')).status).toBe(401);
});

function sidOf(response: request.Response): string {
  return /tributary\.sid=([^;]+)/.exec(String(response.headers['set-cookie']))![1]!;
}

test('a session ends when it is idle for two hours, and after twelve hours however busy', async () => {
  const agent = await signIn(app, 'h1-investigator', 'correct horse battery');
  const status = async (): Promise<number> => (await agent.get('/api/leads')).status;
  for (let hours = 0; hours < 11.5; hours += 1.5) {
    tiny.pass(1.5 * 3_600_000);
    expect([hours, (await agent.get('/api/session')).status, await status()]).toEqual([
      hours,
      200,
      hours + 1.5 > 12 ? 401 : 200,
    ]);
  }
  tiny.pass(2 * 3_600_000);
  expect(await status()).toBe(401);
});

test('h3 h8 persons: refused and logged without a purpose, masked with one, clear after a second officer’s word, clear for nobody else', async () => {
  const ana = await signedIn(app, casework, ['analyst'], 'ana');
  const sup = await signedIn(app, casework, ['supervisor'], 'sup');
  const read = (agent: request.Agent) => agent.get('/api/persons/person:1');
  const refused = await read(ana);
  expect(refused.body).toMatchObject({ status: 403, code: 'purpose-needed' });
  const log = await auditPage(casework.store.db, { action: 'access.refused', limit: 1 });
  expect(log.rows[0]).toMatchObject({
    actorName: 'ana',
    detail: { code: 'purpose-needed', path: '/api/persons/person:1' },
  });
  const purpose = { basis: 'case-inquiry', caseNo: 'L1', leadId: 'L1', note: '核对法定代表人', minutes: 30 };
  expect((await ana.put('/api/session/purpose').send({ ...purpose, note: '' })).status).toBe(400);
  expect((await ana.put('/api/session/purpose').send(purpose)).body).toMatchObject({ purpose: { caseNo: 'L1' } });
  const masked = await read(ana);
  expect(masked.body).toMatchObject({ isUnlocked: false, pseudonym: '人员-7F3A' });
  expect(JSON.stringify(masked.body)).not.toMatch(/张某某|13812345678/);
  const ask = (personId: string, leadId = 'L1') => ana.post('/api/unlocks').send({ personId, leadId, reason: '核对' });
  expect((await ask('person:far')).body).toMatchObject({ code: 'not-near' });
  expect((await ask('person:1', 'L2')).body).toMatchObject({ code: 'purpose-needed' });
  const { unlockId } = (await ask('person:1')).body as { unlockId: string };
  expect((await read(ana)).body).toMatchObject({ isUnlocked: false });
  await sup.put('/api/session/purpose').send(purpose);
  expect((await sup.get('/api/messages?unread=true')).body).toMatchObject({ messages: [{ kind: 'unlock' }] });
  expect((await sup.post(`/api/unlocks/${unlockId}/decision`).send({ approve: true })).body).toMatchObject({
    state: 'approved',
  });
  const clear = await read(ana);
  expect(JSON.stringify(clear.body)).toMatch(/张某某.*13812345678/);
  expect(clear.headers['cache-control']).toBe('no-store');
  const bob = await signedIn(app, casework, ['analyst'], 'bob');
  await bob.put('/api/session/purpose').send(purpose);
  expect((await read(bob)).body).toMatchObject({ isUnlocked: false });
  tiny.pass(30 * 60_000);
  expect((await read(ana)).body).toMatchObject({ code: 'purpose-needed' });
  const reads = await auditPage(casework.store.db, { action: 'person.read', limit: 9 });
  expect(reads.rows.every((r) => r.purposeId !== null)).toBe(true);
  expect(JSON.stringify(reads)).not.toMatch(/张某某|13812345678/);
});
