import { join } from 'node:path';
import { integerIn, seeded } from '../ingest/base/index.ts';
import { Database } from '../ingest/tables/index.ts';
import { EmbeddedStore, loadGraph, saveGraph } from '../graph/index.ts';
import { type GraphWorld, loadGraphWorld, writeGraphWorld } from './graph-world.ts';

const SOURCE = 'bench';

/** Parquet → warehouse → graph → graph file. The world itself is made first, and not counted in time, but its process is this one: peak memory is read
 *  as it grows beyond what making took. */
export async function buildGraphStage(folder: string, world: GraphWorld): Promise<object> {
  const db = await Database.open(join(folder, 'warehouse.duckdb'), { memoryLimit: '2GB', tempFolder: folder });
  try {
    await writeGraphWorld(db, folder, world);
    const warehouseSeconds = await _seconds(() => loadGraphWorld(db, folder));
    let store: EmbeddedStore | null = null;
    const graphSeconds = await _seconds(async () => {
      store = await EmbeddedStore.open(db);
    });
    const built = store as unknown as EmbeddedStore;
    const saveSeconds = await _seconds(() => saveGraph(join(folder, 'graph.bin'), built, SOURCE));
    return {
      buildSeconds: _round(warehouseSeconds + graphSeconds),
      warehouseSeconds: _round(warehouseSeconds),
      graphSeconds: _round(graphSeconds),
      saveSeconds: _round(saveSeconds),
      buildProcessCpuSeconds: _round(process.cpuUsage().user / 1e6),
      buildPeakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
    };
  } finally {
    db.close();
  }
}

/** Reopens the file and asks what an analyst asks, of nodes drawn at random. */
export async function queryGraphStage(folder: string, world: GraphWorld): Promise<object> {
  const db = await Database.open(join(folder, 'warehouse.duckdb'), { readOnly: true, memoryLimit: '2GB' });
  try {
    let store: EmbeddedStore | null = null;
    const reopenSeconds = await _seconds(async () => {
      store = EmbeddedStore.over(db, await loadGraph(join(folder, 'graph.bin'), SOURCE));
    });
    const reopenCpuSeconds = _round((process.cpuUsage().user + process.cpuUsage().system) / 1e6);
    return {
      reopenSeconds: _round(reopenSeconds),
      reopenCpuSeconds,
      ...(await _queries(store as unknown as EmbeddedStore, world)),
    };
  } finally {
    db.close();
  }
}

async function _queries(store: EmbeddedStore, world: GraphWorld): Promise<object> {
  const random = seeded(1);
  const id = (): string => store.graph.ids[integerIn(random, 1, world.nodes - 1)]!;
  const hub = store.graph.ids[0]!;
  return {
    ...(await _times('expand2Hop', 300, () => store.ego([id()], { maxHops: 2, limit: 500 }))),
    ...(await _times('expand', 300, () => store.expand(id()))),
    ...(await _times('shortestPath', 300, () => store.shortestPath(id(), id(), { maxHops: 6 }))),
    ...(await _times('kPaths', 100, () => store.shortPaths(id(), id(), 5, { maxHops: 6 }))),
    ...(await _times('timePath', 60, () => store.timeRespectingPath(id(), id(), { maxHops: 4 }))),
    supernodeMs: (await _times('supernode', 20, () => store.expand(hub)))['supernodeP50Ms'],
    supernodeCountsMs: (await _times('counts', 20, () => store.neighbourCounts(hub)))['countsP50Ms'],
    supernodeDegree: (await store.expand(hub)).total,
  };
}

/** Median and 95th percentile of `count` runs, after five to warm up. */
async function _times(name: string, count: number, work: () => Promise<unknown>): Promise<Record<string, number>> {
  for (let i = 0; i < 5; i++) await work();
  const ms: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    await work();
    ms.push(performance.now() - start);
  }
  ms.sort((a, b) => a - b);
  return { [`${name}P50Ms`]: _round(ms[count >> 1]!), [`${name}P95Ms`]: _round(ms[Math.floor(count * 0.95)]!) };
}

async function _seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

function _round(value: number): number {
  return Math.round(value * 100) / 100;
}
