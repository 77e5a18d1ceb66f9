import { afterAll, beforeAll, expect, test } from 'vitest';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Utf8, tableFromIPC } from 'apache-arrow';
import fc from 'fast-check';
import type request from 'supertest';
import { z } from 'zod';
import { addComment, listAccounts } from '../../casework/index.ts';
import { ARROW, arrowBytes, tablesOf, typeOf } from './arrow.ts';
import type { Operation } from './resource.ts';
import { OPERATIONS } from './routes/index.ts';
import { signedIn } from './testing/signed-in.ts';
import { tinyApi } from './testing/tiny-api.ts';

const tiny = await tinyApi();
const { app, casework, faults } = tiny;
let api: request.Agent;

beforeAll(async () => {
  await tiny.makeRun('r1', '湖州某公司');
  tiny.serve('r1');
  api = await signedIn(app, casework);
});
afterAll(async () => {
  expect(faults).toEqual([]);
  await tiny.close();
});

interface Document {
  readonly paths: Record<
    string,
    Record<
      string,
      {
        parameters?: { name: string; in: string; required?: boolean; schema: object }[];
        responses: object;
        requestBody?: unknown;
      }
    >
  >;
  readonly components: { schemas: Record<string, unknown> };
}

test('the OpenAPI document: every operation once, every path parameter declared, every reference found, every answer said', async () => {
  const document = (await api.get('/openapi.json')).body as Document;
  const said = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, op]) => {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]);
      const declared = (op.parameters ?? []).filter((p) => p.in === 'path');
      expect([path, new Set(declared.map((p) => p.name))]).toEqual([path, new Set(named)]);
      expect(declared.every((p) => p.required === true)).toBe(true);
      expect(Object.keys(op.responses)).toContain('default');
      return `${method} ${path}`;
    }),
  );
  expect(new Set(said)).toEqual(new Set(OPERATIONS.map((op) => `${op.method ?? 'get'} ${op.path}`)));
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map((m) => m[1]!);
  expect(refs.length).toBeGreaterThan(30);
  for (const ref of refs) expect(Object.keys(document.components.schemas)).toContain(ref);
});

/** Operations that end the session, answer for ever or start long work are not fuzzed here. */
const LEFT_OUT =
  /^(delete|put|post) \/api\/session|\/api\/stream|^(post|put|patch|delete) \/api\/(sources|uploads|models|runs)/;

/** Text of any kind that a parameter may be given. */
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '',
    '0',
    '-1',
    '1e309',
    'NaN',
    'null',
    '%',
    '%00',
    '../..',
    "' or 1=1 --",
    '<b>',
    '9'.repeat(400),
    'L1',
    'company:1',
    'W1',
    'C1',
    'J1',
  ),
);
const anyJson = fc.oneof(
  fc.json({ maxDepth: 3 }),
  fc.constantFrom('{', 'null', '[]', '"x"', '{"a":"\\u0000"}', '{"a":"\\ud800"}', `{"text":"${'字'.repeat(3000)}"}`),
);

/** Without halves of surrogate pairs, which no address can carry. */
const _whole = (text: string): string => text.replaceAll(/\p{Surrogate}/gu, '');

/** A body close to what the contract asks: each field right, absent, or anything. */
function nearBody(op: Operation): fc.Arbitrary<string> {
  if (!(op.body instanceof z.ZodObject)) return anyJson;
  const fields = Object.entries(op.body.shape).map(([name, field]) => fc.tuple(fc.constant(name), _nearField(field)));
  return fc
    .tuple(...fields)
    .map((entries) => JSON.stringify(Object.fromEntries(entries.filter(([, value]) => value !== undefined))));
}

function _nearField(field: unknown): fc.Arbitrary<unknown> {
  let inner = field;
  while (inner instanceof z.ZodNullable || inner instanceof z.ZodOptional || inner instanceof z.ZodDefault)
    inner = inner.unwrap();
  const good: fc.Arbitrary<unknown> =
    inner instanceof z.ZodEnum
      ? fc.constantFrom(...inner.options)
      : inner instanceof z.ZodNumber
        ? fc.oneof(fc.integer({ min: -5, max: 200 }), fc.constantFrom(2 ** 31, Number.MAX_SAFE_INTEGER, 1e300, 0.5))
        : inner instanceof z.ZodBoolean
          ? fc.boolean()
          : inner instanceof z.ZodArray
            ? fc.array(fc.constantFrom('L1', 'company:1', 'x'), { maxLength: 3 })
            : inner instanceof z.ZodString
              ? fc.oneof(
                  fc.constantFrom(
                    'L1',
                    'company:1',
                    'A1',
                    '说明文字',
                    '2026-07-01T00:00:00Z',
                    '0000-01-01T00:00:00Z',
                    '9999-12-31T23:59:59+14:00',
                  ),
                  anyText,
                )
              : fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 });
  return fc.oneof(
    { weight: 6, arbitrary: good },
    { weight: 1, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
    { weight: 1, arbitrary: fc.constant(null) },
  );
}

const fuzzed = OPERATIONS.filter((op) => !LEFT_OUT.test(`${op.method ?? 'get'} ${op.path}`));

test.each(fuzzed.map((op) => [`${op.method ?? 'get'} ${op.path}`, op] as const))(
  'fuzz %s: whatever is sent, the answer is the contract’s or a problem, never a fault of ours',
  async (_name, op) => {
    const ids = [...op.path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!);
    const queryNames = [...Object.keys(op.query?.shape ?? {}), 'table'];
    const asks = fc.record({
      params: fc.tuple(...ids.map(() => anyText)),
      query: fc.dictionary(fc.constantFrom(...queryNames), anyText, { maxKeys: queryNames.length }),
      body: op.body === undefined ? fc.constant('') : fc.oneof(nearBody(op), anyJson),
      accept: fc.constantFrom('application/json', ARROW, '*/*', 'text/html'),
    });
    await fc.assert(
      fc.asyncProperty(asks, async ({ params, query, body, accept }) => {
        const path = ids.reduce(
          (p, id, i) => p.replace(`{${id}}`, encodeURIComponent(_whole(params[i]!)) || 'x'),
          op.path,
        );
        const search = new URLSearchParams(
          Object.entries(query).map(([k, v]): [string, string] => [k, _whole(v)]),
        ).toString();
        const ask = api[op.method ?? 'get'](`${path}?${search}`).set('accept', accept);
        const reply = await (op.body === undefined ? ask : ask.set('content-type', 'application/json').send(body));
        expect([reply.status, faults.splice(0)]).toEqual([reply.status, []]);
        expect(reply.status === 502 || reply.status === 500).toBe(false);
        if (reply.status >= 400) expect(reply.type).toBe('application/problem+json');
      }),
      { seed: 7, numRuns: 12, endOnFailure: true },
    );
  },
);

test('reads of the run carry an ETag of run and address; who has it gets 304, and a new run ends that', async () => {
  const first = await api.get('/api/leads?top=5');
  const etag = first.headers['etag']!;
  expect(etag).toMatch(/^W\/"r1-[0-9a-f]{16}"$/);
  expect((await api.get('/api/leads?top=5').set('if-none-match', etag)).status).toBe(304);
  expect((await api.get('/api/leads?top=6').set('if-none-match', etag)).status).toBe(200);
  expect((await api.get('/api/session').set('if-none-match', etag)).status).toBe(200);
  await tiny.makeRun('r2', '新名公司');
  tiny.serve('r2');
  const after = await api.get('/api/leads?top=5').set('if-none-match', etag);
  expect([after.status, JSON.stringify(after.body)]).toEqual([200, expect.stringContaining('新名公司')]);
  tiny.serve('r1');
});

test('tables and graphs answer as Arrow too: columns of the contract, nulls kept, the rest as metadata', async () => {
  const bytes = async (path: string): Promise<Buffer> =>
    (
      await api
        .get(path)
        .set('accept', ARROW)
        .buffer(true)
        .parse((response, done) => {
          const chunks: Buffer[] = [];
          response.on('data', (c: Buffer) => chunks.push(c));
          response.on('end', () => done(null, Buffer.concat(chunks)));
        })
    ).body as Buffer;
  const leads = tableFromIPC(await bytes('/api/leads'));
  expect(leads.numRows).toBe(1);
  expect(leads.get(0)!.toJSON()).toMatchObject({ leadId: 'L1', rank: 1, probability: 0.4, low: null });
  expect(leads.schema.metadata.get('runId')).toBe('"r1"');
  const links = tableFromIPC(await bytes('/api/graph/company%3A1/expand?table=links'));
  expect(new Set(links.getChild('kind')!.toJSON())).toEqual(new Set(['legal_rep_of', 'operates']));
  expect((await api.get('/api/leads?table=none').set('accept', ARROW)).body).toMatchObject({ code: 'no-such-table' });
});

test('Arrow columns follow the contract also without rows, and a column keeps its type whatever the rows hold', () => {
  const shape = z.object({
    n: z.int(),
    rows: z.array(
      z.object({ a: z.number().nullable(), b: z.string().optional(), c: z.array(z.string()), d: z.boolean() }),
    ),
  });
  expect(tablesOf(shape)).toEqual(['rows']);
  const types = (rows: object[]): string[] =>
    tableFromIPC(arrowBytes(shape, { n: 0, rows }, null)).schema.fields.map((f) => `${f.name} ${String(f.type)}`);
  const wanted = ['a Float64', 'b Utf8', 'c Utf8', 'd Bool'];
  expect(types([])).toEqual(wanted);
  expect(
    types([
      { a: null, c: [], d: true },
      { a: 1, b: 'x', c: ['y'], d: false },
    ]),
  ).toEqual(wanted);
  expect(typeOf(z.enum(['x']).nullable())).toBeInstanceOf(Utf8);
});

test('g1 the stream tells of a message to oneself at once, and of nobody else’s', async () => {
  const server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as AddressInfo;
  const me = await signedIn(app, casework, ['analyst'], 'streamed');
  await signedIn(app, casework, ['analyst'], 'bystander');
  const cookie = /tributary\.sid=[^;]+/.exec(String((await me.get('/api/session')).headers['set-cookie']))![0];
  const stop = new AbortController();
  const stream = await fetch(`http://127.0.0.1:${port}/api/stream`, { headers: { cookie }, signal: stop.signal });
  expect(stream.headers.get('content-type')).toContain('text/event-stream');
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
  let heard = (await reader.read()).value ?? '';
  const admin = (await listAccounts(casework))[0]!;
  const actor = { accountId: admin.accountId, name: admin.displayName, purposeId: null };
  await addComment(casework, actor, { on: 'lead', objectId: 'L1', text: '@bystander 一' });
  await addComment(casework, actor, { on: 'lead', objectId: 'L1', text: '@streamed 二' });
  while (!heard.includes('二')) heard += (await reader.read()).value ?? '';
  expect(heard).toContain('"type":"hello"');
  expect(heard).not.toContain('一"');
  stop.abort();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

test('a verdict, a view that somebody changed, a share: the road of the page', async () => {
  const verdict = await api
    .post('/api/leads/L1/verdicts')
    .send({ decision: 'confirmed', reason: 'found-on-site', against: [{ id: 'x', holds: false }] });
  expect(verdict.body).toMatchObject({
    state: 'decided',
    verdict: { decision: 'confirmed', runId: 'r1', subjectId: 'company:1' },
  });
  expect((await api.post('/api/leads/L1/verdicts').send({ decision: 'dismissed' })).status).toBe(400);
  expect((await api.get('/api/queue?scope=decided')).body).toMatchObject({
    counts: { decided: 1, open: 0, all: 1 },
    items: [{ leadId: 'L1' }],
  });
  const view = (await api.post('/api/views').send({ name: 'v', runId: 'r1', state: { a: 1 } })).body as {
    viewId: string;
  };
  const save = (baseVersion: number) =>
    api.put(`/api/views/${view.viewId}`).send({ baseVersion, runId: 'r1', state: { a: 2 } });
  expect((await save(1)).body).toMatchObject({ version: 2 });
  expect((await save(1)).body).toMatchObject({ status: 409, code: 'changed-since', info: { version: 2 } });
  const other = await signedIn(app, casework, ['analyst'], 'other');
  expect((await other.get(`/api/views/${view.viewId}`)).body).toMatchObject({ status: 403, code: 'not-entitled' });
  const { accountId } = ((await other.get('/api/session')).body as { account: { accountId: string } }).account;
  await api.put(`/api/views/${view.viewId}/share`).send({ with: [{ accountId }] });
  expect((await other.get(`/api/views/${view.viewId}`)).body).toMatchObject({ state: { a: 2 }, mayWrite: false });
  const opened = await api.post('/api/cases').send({ title: '某公司', template: 'discharge', leadIds: ['L1'] });
  expect(opened.body).toMatchObject({ state: 'draft', entities: [{ entityId: 'company:1', label: '湖州某公司' }] });
  const { caseId } = opened.body as { caseId: string };
  const kept = await api
    .post(`/api/cases/${caseId}/evidence?fileName=a.txt`)
    .set('content-type', 'text/plain')
    .send('现场');
  const [evidence] = (kept.body as { evidence: { evidenceId: string; sha256: string }[] }).evidence;
  const file = await api.get(`/api/cases/${caseId}/evidence/${evidence!.evidenceId}`).buffer(true);
  expect([file.headers['content-type'], String(file.body as Buffer)]).toEqual(['application/octet-stream', '现场']);
  expect((await api.get(`/api/leads/L1/work`)).body).toMatchObject({ cases: [{ caseId }] });
});
