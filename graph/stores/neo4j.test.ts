import { lintCypherQuery } from '@neo4j-cypher/language-support';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../../ingest/tables/index.ts';
import { PATTERN_CASES, PATTERN_WORLD, caseRow } from '../patterns/pattern.contract.ts';
import { writeWorld } from './contract-world.ts';
import * as cypher from './neo4j-cypher.ts';
import * as pushCypher from './neo4j-push-cypher.ts';
import { pushToNeo4j } from './neo4j-push.ts';
import { Neo4jStore } from './neo4j-store.ts';
import { Neo4jConnection } from './neo4j.ts';
import { expertCypher } from './expert-query.ts';
import { neo4jFault } from './neo4j-faults.ts';
import { neo4jPushContract } from './neo4j-push.contract.ts';
import { graphStoreContract } from './store.contract.ts';

const url = process.env['NEO4J_TEST_URL'] ?? '';
const password = process.env['NEO4J_TEST_PASSWORD'] ?? '';
const reason =
  'no server: set NEO4J_TEST_URL and NEO4J_TEST_PASSWORD, as .ci/neo4j/start prints them; the server is emptied';
const open = (): Promise<Neo4jConnection> => Neo4jConnection.open({ url, password, timeoutMs: 60_000 });

/** Everything that `params` of the texts may be called. */
const PARAMETERS = Object.fromEntries(
  'id ids nodeKinds offset limit pairs evidence frontier to from taken least linkKinds withoutLinkKinds asOf windowFrom windowTo withoutNodeKinds withoutNodes rows run kind lane batch lanes batchRows fresh'
    .split(' ')
    .map((name) => [name, null]),
);

describe('Cypher texts', () => {
  const directions = ['out', 'in', 'both'] as const;
  const texts = [
    ...[...Object.values(cypher), ...Object.values(pushCypher)].filter((value) => typeof value === 'string'),
    ...directions.flatMap((d) => [
      cypher.expandTotal(d),
      ...(['weight', 'recent', 'degree'] as const).map((rank) => cypher.expandPage(d, rank)),
      cypher.linksOfPairs(d),
      cypher.frontier(d),
      cypher.timedFrontier(d),
      cypher.shortestPaths(d, 6),
      cypher.countShortestPaths(d, 6),
    ]),
    ...(['out', 'in'] as const).map(cypher.neighbourCounts),
    pushCypher.pushNodes('river_section', ['company', 'we`ird kind']),
    pushCypher.pushNewNodes('we`ird kind'),
    pushCypher.pushLinks('we`ird kind'),
    pushCypher.pushNewLinks('we`ird kind'),
    pushCypher.pushLinkConstraint('stopped_at'),
  ];

  it.each(texts.map((text) => [text.slice(0, 60), text]))('the server grammar accepts %s', (_name, text) => {
    const faults = lintCypherQuery(text, { parameters: PARAMETERS }).diagnostics.filter((d) => d.severity === 1);
    expect(faults.map((d) => d.message)).toEqual([]);
  });

  it('names labels and types after kinds, and no kind can break out', () => {
    expect(cypher.labelOf('river_section')).toBe('`RiverSection`');
    expect(cypher.labelOf('')).toBe('`Thing`');
    expect(cypher.typeOf('stopped_at')).toBe('`STOPPED_AT`');
    expect(cypher.labelOf('a`) DETACH DELETE (n')).toBe('`A``)DETACHDELETE(n`');
  });
});

describe('a server that is not there', () => {
  it('is named, with what to do', async () => {
    const closed = Neo4jConnection.open({ url: 'bolt://127.0.0.1:9', password: 'x', timeoutMs: 2000 });
    await expect(closed).rejects.toMatchObject({ code: 'neo4j-unreachable' });
    await expect(closed).rejects.toThrow('is it running');
    const nonsense = Neo4jConnection.open({ url: 'http://127.0.0.1', password: 'x' });
    await expect(nonsense).rejects.toMatchObject({ code: 'neo4j-url' });
  });
});

describe('a fault of the server', () => {
  const at = { url: 'bolt+s://db:7687', user: 'ana', database: 'neo4j', timeoutMs: 5 };
  const fault = (code: string, said: string, url = at.url) =>
    neo4jFault(Object.assign(new Error(said), { code }), { ...at, url }, 'RETURN 1');
  it.each([
    ['Neo.ClientError.Security.Unauthorized', 'no', 'neo4j-auth', 'check user and password'],
    ['Neo.ClientError.Security.AuthenticationRateLimit', 'too many', 'neo4j-auth', 'wait a little'],
    ['Neo.ClientError.Security.Forbidden', 'Schema operations are not allowed', 'neo4j-rights', 'grant it the right'],
    ['Neo.ClientError.Cluster.NotALeader', 'no leader', 'neo4j-read-only', 'neo4j://'],
    ['Neo.ClientError.General.ForbiddenOnReadOnlyDatabase', 'read only', 'neo4j-read-only', 'read-only mode'],
    ['ServiceUnavailable', 'self-signed certificate', 'neo4j-tls', '+ssc'],
    ['ServiceUnavailable', 'write EPROTO wrong version number', 'neo4j-tls', 'leave +s away'],
    ['ServiceUnavailable', 'ECONNREFUSED', 'neo4j-unreachable', 'is it running'],
    ['Neo.ClientError.Statement.SyntaxError', 'Invalid input', 'cypher-failed', 'Invalid input'],
  ])('%s (%s) becomes %s', (code, said, name, advice) => {
    expect(fault(code, said)).toMatchObject({ code: name });
    expect(fault(code, said).message).toContain(advice);
  });

  it('of routing names the members that must be reached', () => {
    expect(fault('ServiceUnavailable', 'no routers', 'neo4j://db').message).toContain('routing table');
  });
});

describe.skipIf(url === '')(`the neo4j home keeps the contract (skipped where there is ${reason})`, () => {
  graphStoreContract(async (world) => {
    const db = await Database.open(':memory:');
    await writeWorld(db, world);
    const connection = await open();
    await pushToNeo4j(db, connection, 'contract');
    return {
      store: new Neo4jStore(connection),
      dispose: async () => {
        await connection.close();
        db.close();
      },
    };
  });
});

describe.skipIf(url === '')('a real server', () => {
  let connection: Neo4jConnection;
  let db: Database;
  beforeAll(async () => {
    connection = await open();
    db = await Database.open(':memory:');
    await writeWorld(db, PATTERN_WORLD);
    await pushToNeo4j(db, connection, 'patterns');
  });
  afterAll(async () => {
    await connection.close();
    db.close();
  });

  it.each(PATTERN_CASES.map((c, i) => [i, c] as const))(
    'finds pattern case %i as DuckDB does',
    async (_i, { pattern, asOf = null, rows }) => {
      const found = await new Neo4jStore(connection).match(pattern, { asOf });
      expect(found.rows.map((row) => caseRow(pattern, row))).toEqual(rows);
    },
  );

  it('holds what was pushed: labels, types, temporal values, no name of a person', async () => {
    expect(await connection.read('MATCH (p:Person) RETURN p { .* } AS p')).toMatchObject([{ p: { label: '人员-1' } }]);
    const [row] = await connection.read(`MATCH (:Vehicle)-[r:STOPPED_AT { id: 'a' }]->(:Site)
      RETURN r.validFrom.year AS year, r.validFrom.hour AS hour, valueType(r.validFrom) AS type, r.rowIds AS rows`);
    expect(row).toEqual({ year: 2026, hour: 20, type: 'ZONED DATETIME NOT NULL', rows: ['src:a'] });
    expect(await connection.read(`MATCH (n) WHERE any(k IN keys(n) WHERE n[k] = '张三') RETURN n.id AS id`)).toEqual(
      [],
    );
  });

  it('refuses a wrong password, an unknown database, a write by a reader and a query without end, each by name', async () => {
    await expect(Neo4jConnection.open({ url, password: 'wrong' })).rejects.toMatchObject({ code: 'neo4j-auth' });
    await expect(Neo4jConnection.open({ url, password, database: 'nowhere' })).rejects.toMatchObject({
      code: 'neo4j-database',
    });
    await expect(connection.read('CREATE (n:Oops) RETURN n')).rejects.toMatchObject({ code: 'cypher-failed' });
    await expect(connection.read('MATCH (n RETURN')).rejects.toMatchObject({ code: 'cypher-failed' });
    const hasty = await Neo4jConnection.open({ url, password, timeoutMs: 2000 });
    try {
      const endless =
        'UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b UNWIND range(1, 1000) AS c RETURN sum(a * b * c) AS s';
      await expect(hasty.read(endless)).rejects.toMatchObject({ code: 'out-of-time' });
    } finally {
      await hasty.close();
    }
    await expect(hasty.read('RETURN 1 AS one')).rejects.toMatchObject({ code: 'store-closed' });
  });

  it('answers Cypher of an expert up to a number of rows, and lets it write nothing', async () => {
    const many = await expertCypher(connection, 'UNWIND range(1, 10000000) AS i RETURN i', { limit: 3 });
    expect(many).toEqual({ rows: [{ i: 1 }, { i: 2 }, { i: 3 }], cut: true });
    const write = expertCypher(connection, 'MATCH (e:Entity) DETACH DELETE e');
    await expect(write).rejects.toMatchObject({ code: 'cypher-failed' });
    const endless = 'UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN sum(a * b) AS s';
    await expect(expertCypher(connection, endless, { timeoutMs: 1500 })).rejects.toMatchObject({ code: 'out-of-time' });
    expect((await connection.read('MATCH (e:Entity) RETURN count(e) AS n'))[0]).toEqual({ n: 7 });
  });

  it('answers by routing as by its address, and says that it has no TLS', async () => {
    const routed = await Neo4jConnection.open({ url: url.replace('bolt:', 'neo4j:'), password });
    try {
      expect(await routed.write('RETURN 1 AS one')).toEqual([{ one: 1 }]);
    } finally {
      await routed.close();
    }
    const encrypted = Neo4jConnection.open({ url: url.replace('bolt:', 'bolt+s:'), password, timeoutMs: 5000 });
    await expect(encrypted).rejects.toMatchObject({ code: 'neo4j-tls' });
  });
});

describe.skipIf(url === '')('a push', () => {
  neo4jPushContract({ url, password });
});
