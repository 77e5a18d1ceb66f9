import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Neo4jConnection, fromArrowPair, fromCsvPair, fromFtm, fromGraphml } from '../../../../graph/index.ts';
import { PATTERN_WORLD, TWO_UNLICENSED_SITES } from '../../../../graph/patterns/pattern.contract.ts';
import { writeWorld } from '../../../../graph/stores/contract-world.ts';
import { createTableSql } from '../../../../ingest/schema/index.ts';
import { Database } from '../../../../ingest/tables/index.ts';
import { runFolder, serveRun, warehouseFile, workspacePaths } from '../../../../models/workspace/index.ts';
import { main } from '../../main.ts';
import { storeInNeo4j } from './serve-from.ts';

/** A workspace whose served run is the world of the pattern contract, and one measured event. */
const cwd = mkdtempSync(join(tmpdir(), 'tributary-'));
const paths = workspacePaths(join(cwd, 'workspace'));

async function snapshot(run: string, more: typeof PATTERN_WORLD.links = []): Promise<void> {
  mkdirSync(runFolder(paths, run), { recursive: true });
  const db = await Database.open(warehouseFile(runFolder(paths, run)));
  await writeWorld(db, { ...PATTERN_WORLD, links: [...PATTERN_WORLD.links, ...more] });
  await db.run(createTableSql('event'));
  await db.run(createTableSql('event_participant'));
  await db.run(
    `insert into event values ('ev1', 'cod', timestamp '2026-03-01', null, null, null, 31.5, 'mg/L', '张三说', 'src:1')`,
  );
  await db.run(`insert into event_participant values ('ev1', 'measured', 's1'), ('ev1', 'measured', 'gone')`);
  db.close();
  serveRun(paths, run);
}

async function cli(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const sink = (add: (s: string) => void): Writable =>
    new Writable({ write: (chunk: Buffer, _e, done) => (add(chunk.toString()), done()) });
  const terminal = { out: sink((s) => (out += s)), err: sink((s) => (err += s)), clock: () => 0 };
  const code = await main(argv, { cwd, clock: () => 0, terminal });
  return { code, out, err };
}

async function json<T>(...argv: string[]): Promise<T> {
  const { code, out, err } = await cli('graph', ...argv, '--json', '--quiet');
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out) as T;
}

beforeAll(() => snapshot('r1'));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

describe('tributary graph', () => {
  it('stats counts what is there, and keeps the graph for the next command', async () => {
    expect(await json('stats')).toMatchObject({
      runId: 'r1',
      nodes: 7,
      links: 8,
      components: 1,
      nodeKinds: { site: 3, vehicle: 2 },
      linkKinds: { stopped_at: 6 },
    });
    expect(existsSync(join(runFolder(paths, 'r1'), 'graph.bin'))).toBe(true);
    expect((await cli('graph', 'stats')).out).toContain('7 entities, 8 links, 1 components');
  });

  it('measure works on the whole and on a selection, with settings', async () => {
    type Rows = { rows: { id: string; value: number }[]; nodes: number };
    const whole = await json<Rows>('measure', 'degree', '--top', '2');
    expect(whole.rows.map((r) => [r.id, r.value])).toEqual([
      ['v2', 4],
      ['s2', 3],
    ]);
    const part = await json<Rows>('measure', 'degree', '--selection', 'v1,s1', '--set', 'direction=out');
    expect([part.nodes, ...part.rows.map((r) => [r.id, r.value])]).toEqual([2, ['v1', 1], ['s1', 0]]);
    expect((await cli('graph', 'measure', 'luck')).code).toBe(2);
    expect((await cli('graph', 'measure', 'degree', '--selection', 'nobody')).code).toBe(1);
  });

  it('path and expand answer as the store does', async () => {
    const { paths: found } = await json<{ paths: { nodes: { id: string }[] }[] }>('path', 'v1', 'v2', '-k', '2');
    expect(found.map((p) => p.nodes.map((n) => n.id))).toEqual([
      ['v1', 's1', 'v2'],
      ['v1', 's2', 'v2'],
    ]);
    expect((await cli('graph', 'path', 'p1', 'v2')).out).toContain('人员-1 (p1)\n  —drives→ 苏B2 (v2)');
    expect(await json('expand', 'v2', '--links', 'stopped_at', '--limit', '1')).toMatchObject({
      total: 2,
      remaining: 1,
    });
    expect((await cli('graph', 'expand', 'v2', '--rank', 'luck')).code).toBe(2);
  });

  it('suggest offers patterns and runs one; query reads and cannot write', async () => {
    const found = await json<{ matches: { rows: object[] } }>(
      'suggest',
      'vehicle stopped at site without permit',
      '--run',
      '1',
    );
    expect(found.matches.rows).toHaveLength(5);
    expect(await json('query', 'select count(*) as n from link')).toEqual({ rows: [{ n: 8 }], cut: false });
    const refused = await cli('graph', 'query', 'delete from link');
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('✗')]);
    expect(await json('query', 'from entity', '--limit', '2')).toMatchObject({ cut: true });
  });

  it.each(['graphml', 'csv', 'arrow', 'ftm'])(
    'export %s comes back with every node and edge, and no name of a person',
    async (format) => {
      const { files, nodes, edges } = await json<{ files: string[]; nodes: number; edges: number }>(
        'export',
        '--format',
        format,
        '--out',
        `out/${format}`,
      );
      expect([nodes, edges]).toEqual([8, 9]);
      const texts = files.map((f) => readFileSync(f, 'utf8'));
      const back =
        format === 'graphml'
          ? fromGraphml(texts[0]!)
          : format === 'csv'
            ? fromCsvPair({ nodes: texts[0]!, edges: texts[1]! })
            : format === 'ftm'
              ? fromFtm(texts[0]!.split('\n'))
              : await fromArrowPair({ nodes: readFileSync(files[0]!), edges: readFileSync(files[1]!) });
      expect([back.nodes.length, back.edges.length]).toEqual([8, 9]);
      expect(back.nodes.find((n) => n.id === 'ev1')!.attributes).toMatchObject({ kind: 'reading', value: 31.5 });
      expect(texts.join('')).not.toContain('张三');
    },
  );

  it('exports a selection in every format, and refuses others', async () => {
    for (const format of ['gexf', 'json', 'cx2'])
      expect(
        await json('export', '--format', format, '--selection', 'v1', '--hops', '1', '--out', 'out/part'),
      ).toMatchObject({ nodes: 4, edges: 3 });
    expect((await cli('graph', 'export', '--format', 'xls', '--out', 'x')).code).toBe(2);
    expect((await cli('graph', 'export', '--out', 'x')).code).toBe(2);
  });

  it('watch tells of each finding once, through new runs', async () => {
    writeFileSync(join(cwd, 'p.json'), JSON.stringify(TWO_UNLICENSED_SITES));
    expect(await json('watch', 'add', 'two', '--pattern', 'p.json')).toEqual({ name: 'two', there: 1 });
    expect(await json('watch', 'check')).toEqual({ watches: [{ name: 'two', total: 1, fresh: [] }] });
    await snapshot('r2', [['x', 'stopped_at', 'v2', 's2', '2026-03-02T10:00:00', null, '2026-03-05']]);
    const { watches } = await json<{ watches: { fresh: { stop2: string }[] }[] }>('watch', 'check', 'two');
    expect(watches[0]!.fresh.map((row) => row.stop2)).toEqual(['x']);
    expect(await json('watch', 'check')).toMatchObject({ watches: [{ total: 2, fresh: [] }] });
    expect((await cli('graph', 'watch', 'add', 'two', '--pattern', 'p.json')).err).toContain('is there already');
    expect(await json('watch', 'list')).toEqual({ names: ['two'] });
    expect(await json('watch', 'remove', 'two')).toEqual({ removed: 'two' });
    expect((await cli('graph', 'watch', 'check', 'two')).code).toBe(1);
    expect((await cli('graph', 'watch', 'sing')).code).toBe(2);
  });

  it('push says what is missing before it tries: address, password, server', async () => {
    expect(await cli('graph', 'push')).toMatchObject({ code: 2, err: expect.stringContaining('--uri') as string });
    const uri = ['--uri', 'bolt://127.0.0.1:9'];
    const before = process.env['TRIBUTARY_NEO4J_PASSWORD'];
    delete process.env['TRIBUTARY_NEO4J_PASSWORD'];
    try {
      expect((await cli('graph', 'push', ...uri)).err).toContain('TRIBUTARY_NEO4J_PASSWORD');
    } finally {
      if (before !== undefined) process.env['TRIBUTARY_NEO4J_PASSWORD'] = before;
    }
    expect((await cli('graph', 'push', ...uri, '--password-file', 'none')).err).toContain('cannot be read');
    writeFileSync(join(cwd, 'pw'), 'x\n');
    const closed = await cli('graph', 'push', ...uri, '--password-file', 'pw');
    expect(closed).toMatchObject({ code: 1, err: expect.stringContaining('is it running') as string });
    writeFileSync(paths.settings, 'neo4j:\n  uri: http://127.0.0.1\n  passwordFile: pw\n');
    expect((await cli('graph', 'push')).err).toContain('is not an address of Neo4j');
    rmSync(paths.settings);
  });
});

const url = process.env['NEO4J_TEST_URL'] ?? '';
describe.skipIf(url === '')('tributary graph push (skipped where NEO4J_TEST_URL names no server)', () => {
  it('publishes the served run and serves from there, again without a change, and Cypher reads it', async () => {
    writeFileSync(join(cwd, 'pw'), `${process.env['NEO4J_TEST_PASSWORD']}\n`);
    const emptied = await Neo4jConnection.open({ url, password: process.env['NEO4J_TEST_PASSWORD'] ?? '' });
    await emptied.writeAlone('MATCH (n) CALL { WITH n DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS');
    await emptied.close();
    const server = ['--uri', url, '--password-file', 'pw'];
    expect(await json('push', ...server)).toMatchObject({ runId: 'r2', nodes: 7, links: 9, resumed: 0 });
    expect(await json('push', ...server)).toMatchObject({ resumed: 16 });
    const count = 'MATCH (v:Vehicle) RETURN count(v) AS n';
    expect(await json('query', '--cypher', count, ...server)).toEqual({ rows: [{ n: 2 }], cut: false });
    const db = await Database.open(warehouseFile(runFolder(paths, 'r2')));
    await db.run(createTableSql('run_info'));
    await db.run(`insert into run_info (run_id) values ('r2')`);
    const neo4j = await Neo4jConnection.open({ url, password: process.env['NEO4J_TEST_PASSWORD'] ?? '' });
    try {
      const store = await storeInNeo4j(neo4j)(db);
      expect([store.home, await store.size()]).toEqual(['neo4j', { nodes: 7, links: 9 }]);
      await db.run(`update run_info set run_id = 'r3'`);
      await expect(storeInNeo4j(neo4j)(db)).rejects.toMatchObject({ code: 'neo4j-other-run' });
    } finally {
      await neo4j.close();
      db.close();
    }
    expect((await cli('graph', 'query', '--cypher', 'MATCH (n) DETACH DELETE n', ...server)).code).toBe(1);
  });
});
