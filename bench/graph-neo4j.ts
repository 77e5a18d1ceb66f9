import { join } from 'node:path';
import { integerIn, seeded } from '../ingest/base/index.ts';
import { Database } from '../ingest/tables/index.ts';
import { rawRowsPerSecond } from './graph-neo4j-raw.ts';
import { EmbeddedStore, type GraphStore, Neo4jConnection, Neo4jStore, loadGraph, pushToNeo4j } from '../graph/index.ts';

/** Pushes the bench's warehouse into Neo4j and asks both homes the same questions of the same nodes. The server's password is read from NEO4J_TEST_PASSWORD; what it
 *  held is gone afterwards. */
export async function neo4jStage(folder: string, url: string): Promise<object> {
  const db = await Database.open(join(folder, 'warehouse.duckdb'), { readOnly: true, memoryLimit: '2GB' });
  const password = process.env['NEO4J_TEST_PASSWORD'] ?? '';
  const connection = await Neo4jConnection.open({ url, password, timeoutMs: 600_000 });
  try {
    const rawLimit = await rawRowsPerSecond(db, connection, 10_000);
    const start = performance.now();
    const { nodes, links } = await pushToNeo4j(db, connection, 'bench', { batchRows: 10_000 });
    const seconds = (performance.now() - start) / 1000;
    const embedded = EmbeddedStore.over(db, await loadGraph(join(folder, 'graph.bin'), 'bench'));
    const neo4j = new Neo4jStore(connection);
    const ids = embedded.graph.ids;
    const asked = {
      expand: await _ratio(embedded, neo4j, (store, random) => store.expand(_any(ids, random), { limit: 50 })),
      twoHops: await _ratio(embedded, neo4j, (store, random) =>
        store.ego([_any(ids, random)], { maxHops: 2, limit: 200 }),
      ),
      shortestPath: await _ratio(embedded, neo4j, (store, random) =>
        store.shortestPath(_any(ids, random), _any(ids, random), { maxHops: 5, evidence: false }),
      ),
    };
    return {
      pushSeconds: Math.round(seconds),
      pushRowsPerSecond: Math.round((nodes + links) / seconds),
      rawDriverRowsPerSecond: rawLimit,
      neo4jRatio: asked.twoHops.ratio,
      neo4jQuestions: asked,
    };
  } finally {
    await connection.close();
    db.close();
  }
}

function _any(ids: readonly string[], random: () => number): string {
  return ids[integerIn(random, 1, ids.length - 1)]!;
}

/** Medians of 30 questions after 5 to warm up, alternating, and theirs over ours. */
async function _ratio(
  embedded: GraphStore,
  neo4j: GraphStore,
  ask: (store: GraphStore, random: () => number) => Promise<unknown>,
): Promise<{ embeddedMs: number; neo4jMs: number; ratio: number }> {
  const times: [number[], number[]] = [[], []];
  const random = [seeded(5), seeded(5)] as const;
  for (let i = 0; i < 35; i++) {
    for (const [side, store] of [embedded, neo4j].entries()) {
      const start = performance.now();
      await ask(store, random[side]!);
      if (i >= 5) times[side]!.push(performance.now() - start);
    }
  }
  const [embeddedMs, neo4jMs] = times.map((ms) => [...ms].sort((a, b) => a - b)[15]!) as [number, number];
  const round = (value: number): number => Math.round(value * 100) / 100;
  return { embeddedMs: round(embeddedMs), neo4jMs: round(neo4jMs), ratio: round(neo4jMs / embeddedMs) };
}
