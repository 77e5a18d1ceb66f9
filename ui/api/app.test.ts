import { afterAll, beforeAll, expect, test } from 'vitest';
import { signedIn } from './testing/signed-in.ts';
import { tinyApi } from './testing/tiny-api.ts';

const tiny = await tinyApi();
const { app, faults, makeRun, serve } = tiny;
const api = await signedIn(app, tiny.casework);

beforeAll(() => makeRun('r1', '湖州<b>某</b>公司'));
afterAll(() => tiny.close());

test('without a run the API says what to do, as a problem document', async () => {
  const leads = await api.get('/api/leads');
  expect(leads.status).toBe(503);
  expect(leads.type).toBe('application/problem+json');
  expect(leads.body.detail).toContain('tributary run');
  expect((await api.get('/api/health')).body).toEqual({ status: 'ok', runId: null, version: '0-test' });
  expect((await api.get('/')).text).toContain('npm run web');
});

test('leads, a lead, sources', async () => {
  serve('r1');
  const list = await api.get('/api/leads?top=5');
  expect(list.body).toMatchObject({ runId: 'r1', total: 1, leads: [{ leadId: 'L1', rank: 1, probability: 0.4 }] });
  expect((await api.get('/api/leads/L1')).body.against).toHaveLength(1);
  expect((await api.get('/api/sources')).body.sources[0]).toMatchObject({
    readRows: 3,
    acceptedRows: 2,
    rejectedRows: 1,
  });
});

test('persons appear by pseudonym and without values', async () => {
  const person = await api.get('/api/entities/person:1');
  expect(person.body).toMatchObject({ label: '人员-7F3A', statements: [] });
  const company = await api.get('/api/entities/company:1');
  expect(JSON.stringify(company.body)).not.toContain('张某某');
  expect(company.body.statements[0]).toMatchObject({ property: 'name', rowId: 'mkt_entity:aaaaaaaa:1' });
  expect(JSON.stringify((await api.get('/api/graph/company:1/expand')).body)).not.toContain('张某某');
});

test('the graph answers counts, a page and paths', async () => {
  const counts = await api.get('/api/graph/company:1/neighbours');
  expect(counts.body.counts).toContainEqual({
    linkKind: 'operates',
    direction: 'out',
    nodeKind: 'site',
    links: 1,
    neighbours: 1,
  });
  const page = await api.get('/api/graph/company:1/expand?limit=1&evidence=true');
  expect(page.body).toMatchObject({ total: 2, shown: 1, remaining: 1 });
  const paths = await api.get('/api/graph/paths?from=person:1&to=site:1&k=2');
  expect(paths.body.paths[0].nodes.map((n: { id: string }) => n.id)).toEqual(['person:1', 'company:1', 'site:1']);
});

test('bad parameters, unknown ids and pages are problems with the right status', async () => {
  for (const [path, status] of [
    ['/api/leads?top=0', 400],
    ['/api/leads?top=x', 400],
    ['/api/leads/none', 404],
    ['/api/entities/none', 404],
    ['/api/graph/none/neighbours', 404],
    ['/api/nothing', 404],
    ['/api/leads/L1/report?format=pdf', 400],
    ['/api/leads/none/evidence', 404],
  ] as const) {
    const answer = await api.get(path);
    expect([path, answer.status, answer.type]).toEqual([path, status, 'application/problem+json']);
    expect(answer.body.status).toBe(status);
  }
  expect(faults).toEqual([]);
});

test('the OpenAPI document names every route and is served with its page', async () => {
  const { body } = await api.get('/openapi.json');
  expect(body.openapi).toBe('3.1.0');
  expect(Object.keys(body.paths)).toEqual(
    expect.arrayContaining(['/api/leads', '/api/leads/{id}', '/api/graph/paths']),
  );
  expect(body.components.schemas.Lead.properties.against).toBeDefined();
  expect((await api.get('/docs')).text).toContain('/api/graph/{id}/expand');
});

test('a new run is served at the next request; the old file is let go', async () => {
  await makeRun('r2', '新名公司');
  serve('r2');
  expect((await api.get('/api/leads')).body).toMatchObject({ runId: 'r2', leads: [{ label: '新名公司' }] });
});
