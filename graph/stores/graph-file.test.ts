import fc from 'fast-check';
import { mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { randomGraphs } from '../random-graphs.ts';
import { tinyGraph } from '../tiny-graph.ts';
import { loadGraph, saveGraph } from './graph-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'tributary-graph-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, 'graph.bin');

describe('saveGraph and loadGraph', () => {
  it('give the same graph back', async () => {
    await fc.assert(
      fc.asyncProperty(randomGraphs(), async ({ graph }) => {
        await saveGraph(path, graph, 'run 1');
        expect(await loadGraph(path, 'run 1')).toEqual(graph);
      }),
      { numRuns: 40 },
    );
    const odd = tinyGraph(['', '甲', '𠀀\u0000', '\ud800'], [['甲', '', { weight: 2, knownAt: 5 }]]).graph;
    await saveGraph(path, odd, 'run 1');
    expect(await loadGraph(path, 'run 1')).toEqual(odd);
    expect(readdirSync(folder)).toEqual(['graph.bin']);
  });

  it('refuses what is stale, cut short, overlong, foreign or absent', async () => {
    await saveGraph(path, tinyGraph(['a', 'b'], [['a', 'b']]).graph, 'run 1');
    const whole = readFileSync(path);
    await expect(loadGraph(path, 'run 2')).rejects.toMatchObject({ code: 'graph-file-stale' });
    for (const size of [0, 10, 20, 60, whole.length - 1]) {
      writeFileSync(path, whole);
      truncateSync(path, size);
      await expect(loadGraph(path, 'run 1')).rejects.toMatchObject({ code: 'graph-file-damaged' });
    }
    writeFileSync(path, Buffer.concat([whole, Buffer.from('x')]));
    await expect(loadGraph(path, 'run 1')).rejects.toMatchObject({ code: 'graph-file-damaged' });
    writeFileSync(path, 'PK not a graph at all, but long enough to be read');
    await expect(loadGraph(path, 'run 1')).rejects.toMatchObject({ code: 'graph-file-damaged' });
    await expect(loadGraph(join(folder, 'none'), 'run 1')).rejects.toMatchObject({ code: 'graph-file-failed' });
    const into = join(folder, 'no such folder', 'graph.bin');
    await expect(saveGraph(into, tinyGraph(['a'], []).graph, 'x')).rejects.toMatchObject({ code: 'graph-file-failed' });
  });
});
