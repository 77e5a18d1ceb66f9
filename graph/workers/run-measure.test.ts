import { describe, expect, it } from 'vitest';
import { integerIn, seeded } from '../../ingest/base/index.ts';
import { NODE_MEASURES, nodeMeasure } from '../catalogue/node-measures.ts';
import { type Graph, toCsr } from '../csr.ts';
import { runMeasure } from './run-measure.ts';
import { sharedGraph } from './shared-graph.ts';

const graph = _random(60, 200);
const large = _random(20_000, 100_000);

function _random(nodes: number, edges: number): Graph {
  const random = seeded(3);
  const ends = (): Uint32Array => Uint32Array.from({ length: edges }, () => integerIn(random, 0, nodes - 1));
  const empty = { validFromMs: null, validToMs: null, knownAtMs: null, weight: null };
  const ids = Array.from({ length: nodes }, (_x, i) => `n${i}`);
  return toCsr(
    { ids, nodeKind: new Uint8Array(nodes), nodeKinds: ['thing'], linkKinds: ['linked'] },
    { from: ends(), to: ends(), kind: new Uint16Array(edges), ...empty },
  );
}

describe('runMeasure', () => {
  it('gives what the measure gives here, for those that draw by the same seed too', async () => {
    for (const id of ['pagerank', 'leiden', 'betweenness', 'weak-component']) {
      const here = Array.from(nodeMeasure(graph, id, {}, { random: seeded(9) }));
      expect(Array.from(await runMeasure({ graph, measure: id, seed: 9 }))).toEqual(here);
    }
    expect(NODE_MEASURES.length).toBeGreaterThan(10);
  });

  it('tells how far it is while this thread goes on, and copies the graph once', async () => {
    const told: [number, number][] = [];
    let turns = 0;
    const beat = setInterval(() => turns++, 5);
    const onProgress = (done: number, total: number): void => void told.push([done, total]);
    await runMeasure({ graph: large, measure: 'betweenness', params: { samples: 40 }, onProgress });
    clearInterval(beat);
    expect(turns).toBeGreaterThan(3);
    expect(told.length).toBeGreaterThan(10);
    expect(told.at(-1)).toEqual([40, 40]);
    expect(told.every(([done], i) => i === 0 || done > told[i - 1]![0])).toBe(true);
    expect(sharedGraph(large)).toBe(sharedGraph(large));
    expect(sharedGraph(large).out.ends.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it('stops in the middle when told, and before it begins', async () => {
    const stop = new AbortController();
    const slow = runMeasure({
      graph: large,
      measure: 'betweenness',
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(slow).rejects.toMatchObject({ code: 'cancelled' });
    await expect(runMeasure({ graph, measure: 'core', signal: stop.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  it('hands faults on with their codes', async () => {
    await expect(runMeasure({ graph, measure: 'luck' })).rejects.toMatchObject({ code: 'no-such-measure' });
    const bad = runMeasure({ graph, measure: 'pagerank', params: { damping: 2 } });
    await expect(bad).rejects.toMatchObject({ code: 'bad-setting', name: 'InputError' });
  });
});
