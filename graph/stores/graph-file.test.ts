import fc from 'fast-check';
import { mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Graph } from '../csr.ts';
import { randomGraphs } from '../random-graphs.ts';
import { tinyGraph } from '../tiny-graph.ts';
import { type FiledGraph, loadGraph, saveGraph } from './graph-file.ts';
import type { Properties } from './properties.ts';
import { textAt, textHeapOf } from './text-heap.ts';

const folder = mkdtempSync(join(tmpdir(), 'tributary-graph-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, 'graph.bin');

const filed = (graph: Graph): FiledGraph => {
  const numbers = (): Float64Array => Float64Array.from(graph.ids, (_id, i) => (i === 0 ? NaN : i));
  const properties: Properties = {
    labels: textHeapOf(graph.ids.map((_id, i) => (i === 1 ? null : `名${i}`))),
    mentions: numbers(),
    firstKnownAtMs: numbers(),
    lon: numbers(),
    lat: numbers(),
    town: new Uint16Array(graph.nodeCount),
    towns: ['新桥镇'],
    linkIds: textHeapOf(Array.from(graph.row, (row) => `l${row}`)),
    origin: new Uint8Array(graph.edgeCount),
    origins: ['recorded'],
    probability: graph.edgeCount % 2 === 0 ? null : new Float64Array(graph.edgeCount).fill(0.5),
    weighs: graph.edgeCount % 3 === 0 ? null : new Uint8Array(graph.edgeCount),
  };
  return { graph, properties };
};

describe('saveGraph and loadGraph', () => {
  it('give the same graph back', async () => {
    await fc.assert(
      fc.asyncProperty(randomGraphs(), async ({ graph }) => {
        await saveGraph(path, filed(graph), 'run 1');
        expect(await loadGraph(path, 'run 1')).toEqual(filed(graph));
      }),
      { numRuns: 40 },
    );
    const odd = tinyGraph(['', '甲', '𠀀\u0000'], [['甲', '', { weight: 2, knownAt: 5 }]]).graph;
    await saveGraph(path, filed(odd), 'run 1');
    expect(await loadGraph(path, 'run 1')).toEqual(filed(odd));
    expect(readdirSync(folder)).toEqual(['graph.bin']);
  });

  it('refuses what is stale, cut short, overlong, foreign or absent', async () => {
    await saveGraph(path, filed(tinyGraph(['a', 'b'], [['a', 'b']]).graph), 'run 1');
    const whole = readFileSync(path);
    await expect(loadGraph(path, 'run 2')).rejects.toMatchObject({ code: 'graph-file-stale' });
    for (const size of [0, 10, 20, 60, whole.length - 1]) {
      writeFileSync(path, whole);
      truncateSync(path, size);
      await expect(loadGraph(path, 'run 1')).rejects.toMatchObject({ code: 'array-file-damaged' });
    }
    writeFileSync(path, Buffer.concat([whole, Buffer.from('x')]));
    await expect(loadGraph(path, 'run 1')).rejects.toMatchObject({ code: 'array-file-damaged' });
    writeFileSync(path, 'PK not a graph at all, but long enough to be read');
    await expect(loadGraph(path, 'run 1')).rejects.toMatchObject({ code: 'array-file-damaged' });
    await expect(loadGraph(join(folder, 'none'), 'run 1')).rejects.toMatchObject({ code: 'array-file-failed' });
    const into = join(folder, 'no such folder', 'graph.bin');
    await expect(saveGraph(into, filed(tinyGraph(['a'], []).graph), 'x')).rejects.toMatchObject({
      code: 'array-file-failed',
    });
  });
});

describe('text heap', () => {
  it('gives every text back, whatever its characters', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme-composite' })), (texts) => {
        const heap = textHeapOf(texts);
        expect(texts.map((_t, i) => textAt(heap, i))).toEqual(texts);
        expect(heap.bytes.length).toBe(Buffer.byteLength(texts.join('')));
      }),
    );
    const missing = textHeapOf([null, 'a', null]);
    expect([0, 1, 2].map((i) => textAt(missing, i))).toEqual(['', 'a', '']);
  });
});
