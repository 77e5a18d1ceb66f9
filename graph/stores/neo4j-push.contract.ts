import { type AddressInfo, type Socket, connect, createServer } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Database } from '../../ingest/tables/index.ts';
import { PATTERN_WORLD } from '../patterns/pattern.contract.ts';
import { writeWorld } from './contract-world.ts';
import { pushToNeo4j, pushedRun } from './neo4j-push.ts';
import { Neo4jStore } from './neo4j-store.ts';
import { Neo4jConnection } from './neo4j.ts';

const EMPTY_SERVER = 'MATCH (n) CALL { WITH n DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS';

/** Everything of a graph that a push wrote, apart from the run's name. */
const CONTENT = `MATCH (e:Entity) OPTIONAL MATCH (e)-[r]->(b:Entity) WITH e, r, b ORDER BY e.id, r.id
RETURN e { .*, run: null } AS e, labels(e) AS labels, collect(r { .*, run: null, to: b.id, type: type(r) }) AS links ORDER BY e.id`;

/** What a push promises, asked of a real server, which is emptied. */
export function neo4jPushContract(server: { readonly url: string; readonly password: string }): void {
  let neo4j: Neo4jConnection;
  let db: Database;
  beforeAll(async () => {
    neo4j = await Neo4jConnection.open({ ...server, timeoutMs: 60_000 });
    await neo4j.writeAlone(EMPTY_SERVER);
    db = await Database.open(':memory:');
    await writeWorld(db, PATTERN_WORLD);
  });
  afterAll(async () => {
    await neo4j.close();
    db.close();
  });

  it('writes the same into an empty server as over an older run', async () => {
    await pushToNeo4j(db, neo4j, 'created', { batchRows: 3 });
    const created = await neo4j.read(CONTENT);
    expect(created).toHaveLength(7);
    expect(await pushedRun(neo4j)).toBe('created');
    await pushToNeo4j(db, neo4j, 'merged', { batchRows: 2, lanes: 3 });
    expect(await neo4j.read(CONTENT)).toEqual(created);
    expect(await pushedRun(neo4j)).toBe('merged');
  });

  it('repeats without a change, goes on after a break, and mends what someone deleted', async () => {
    await pushToNeo4j(db, neo4j, 'patterns');
    const again = await pushToNeo4j(db, neo4j, 'patterns');
    expect(again).toEqual({ nodes: 7, links: 8, dangling: 0, resumed: 15 });
    await neo4j.write('MATCH ()-[r:HOLDS]->() DELETE r RETURN count(*) AS n');
    const notes: string[] = [];
    const progress = { step() {}, tick() {}, note: (text: string) => void notes.push(text) };
    expect(await pushToNeo4j(db, neo4j, 'patterns', { progress })).toMatchObject({ links: 8, resumed: 0 });
    expect(notes.join()).toContain('beginning again from nothing');
    let batches = 0;
    const breaking = {
      step() {},
      note() {},
      tick: () => {
        if (++batches === 5) throw new Error('the line broke');
      },
    };
    await expect(pushToNeo4j(db, neo4j, 'broken', { batchRows: 2, progress: breaking })).rejects.toThrow(
      'the line broke',
    );
    expect(await pushedRun(neo4j)).toBe('patterns');
    const rest = await pushToNeo4j(db, neo4j, 'broken', { batchRows: 5, lanes: 4 });
    expect(rest).toMatchObject({ nodes: 7, links: 8 });
    expect(rest.resumed).toBeGreaterThanOrEqual(7);
  });

  it('loses nothing and doubles nothing when the line to the server is cut', async () => {
    await neo4j.writeAlone(EMPTY_SERVER);
    const line = await _line(server.url);
    const far = await Neo4jConnection.open({ url: line.url, password: server.password, timeoutMs: 3000 });
    try {
      let ticks = 0;
      const progress = { step() {}, note() {}, tick: () => void (++ticks === 4 && line.cut()) };
      const push = pushToNeo4j(db, far, 'cut', { batchRows: 1, lanes: 1, progress });
      await expect(push).rejects.toMatchObject({ code: 'neo4j-unreachable' });
    } finally {
      await far.close();
      line.close();
    }
    const rest = await pushToNeo4j(db, neo4j, 'cut');
    expect(rest).toMatchObject({ nodes: 7, links: 8, dangling: 0 });
    expect(rest.resumed).toBeGreaterThanOrEqual(4);
    expect(await new Neo4jStore(neo4j).size()).toEqual({ nodes: 7, links: 8 });
  });

  it('does a batch once, though the answer to it was lost and it is sent again', async () => {
    const { pushNewNodes, PUSH_BEGIN } = await import('./neo4j-push-cypher.ts');
    await neo4j.write(PUSH_BEGIN, { run: 'twice', lanes: 1, batchRows: 1, rows: 1, fresh: true });
    const batch = { run: 'twice', lane: 0, batch: 0, kind: 'thing', rows: [['twice:1', 'T', 1, 0, null, null, null]] };
    expect(await neo4j.write(pushNewNodes('thing'), batch)).toEqual([{ done: 1 }]);
    expect(await neo4j.write(pushNewNodes('thing'), batch)).toEqual([{ done: 0 }]);
  });

  it('forgets the marks of a run whose snapshot changed', async () => {
    await pushToNeo4j(db, neo4j, 'grown');
    const notes: string[] = [];
    const progress = { step() {}, tick() {}, note: (text: string) => void notes.push(text) };
    await db.run(`insert into link select * replace ('z' as link_id) from link where link_id = 'a'`);
    expect(await pushToNeo4j(db, neo4j, 'grown', { progress })).toMatchObject({ links: 9, resumed: 0 });
    expect(notes.join()).toContain('was pushed with 15 rows, now it has 16');
  });

  it('removes what an older run left, changes labels with the kind, and moves a link that has other ends', async () => {
    await writeWorld(db, {
      entities: [
        ['v1', 'vehicle', '车'],
        ['s1', 'site', 'S'],
        ['s2', 'site', 'T'],
      ],
      links: [
        ['z', 'met', 'v1', 's1'],
        ['y', 'met', 'v1', 'gone'],
      ],
    });
    expect(await pushToNeo4j(db, neo4j, 'next')).toEqual({ nodes: 3, links: 1, dangling: 1, resumed: 0 });
    await writeWorld(db, {
      entities: [
        ['v1', 'ship', '船'],
        ['s2', 'site', 'T'],
      ],
      links: [['z', 'met', 'v1', 's2']],
    });
    expect(await pushToNeo4j(db, neo4j, 'after')).toEqual({ nodes: 2, links: 1, dangling: 0, resumed: 0 });
    const labels = 'MATCH (e:Entity) RETURN e.id AS id, [l IN labels(e) WHERE l <> "Entity"] AS labels ORDER BY id';
    expect(await neo4j.read(labels)).toEqual([
      { id: 's2', labels: ['Site'] },
      { id: 'v1', labels: ['Ship'] },
    ]);
    expect(await neo4j.read('MATCH (a)-[r:MET]->(b) RETURN a.id AS a, r.id AS r, b.id AS b')).toEqual([
      { a: 'v1', r: 'z', b: 's2' },
    ]);
  });

  it('refuses sizes that make no sense', async () => {
    await expect(pushToNeo4j(db, neo4j, 'x', { batchRows: 0 })).rejects.toMatchObject({ code: 'bad-limit' });
    await expect(pushToNeo4j(db, neo4j, 'x', { lanes: 0.5 })).rejects.toMatchObject({ code: 'bad-limit' });
  });
}

interface Line {
  readonly url: string;
  /** Breaks every connection, and takes no new one. */
  cut(): void;
  close(): void;
}

/** A line to the server that can be cut. */
async function _line(url: string): Promise<Line> {
  const { hostname, port } = new URL(url);
  const open = new Set<Socket>();
  let whole = true;
  const listener = createServer((near) => {
    if (!whole) return void near.destroy();
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => void (near.destroy(), far.destroy()));
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((done) => void listener.listen(0, '127.0.0.1', done));
  const cut = (): void => {
    whole = false;
    for (const socket of open) socket.destroy();
  };
  return {
    url: `bolt://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    cut,
    close: () => {
      cut();
      listener.close();
    },
  };
}
