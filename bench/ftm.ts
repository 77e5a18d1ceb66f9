import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type ExchangeGraph, fromFtm, toFtm } from '../graph/index.ts';
import { canonicalJson, integerIn, seeded } from '../ingest/base/index.ts';
import { ENTITY_KINDS, LINK_KINDS } from '../ingest/schema/index.ts';

/** Does followthemoney itself accept what we export, and does it come back? `npm run bench -- ftm [--nodes 2000] [--python python3]`: a graph with every entity and link kind is
 *  written, read by followthemoney's own model with the extension's schemata, and imported again. The last line is one JSON object; exit 1 when anything differs. */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { nodes: { type: 'string', default: '2000' }, python: { type: 'string', default: 'python3' } },
  });
  const graph = _graph(Number(values.nodes));
  const folder = mkdtempSync(join(tmpdir(), 'tributary-ftm-'));
  try {
    const path = join(folder, 'graph.ftm.jsonl');
    writeFileSync(path, [...toFtm(graph)].join(''));
    const script = fileURLToPath(new URL('./peers/ftm_validate.py', import.meta.url));
    const schemata = fileURLToPath(new URL('../graph/interchange/ftm/schema', import.meta.url));
    const child = spawnSync(values.python, [script, path, schemata], { encoding: 'utf8' });
    if (child.stdout.trim() === '') throw new Error(`followthemoney: ${child.stderr || child.error?.message || ''}`);
    const theirs = JSON.parse(child.stdout) as { faults: number; entities: number; edges: number };
    const back = fromFtm(readFileSync(path, 'utf8').split('\n'));
    const isSame = canonicalJson({ nodes: back.nodes, edges: back.edges }) === canonicalJson(graph);
    const counts = theirs.entities === graph.nodes.length && theirs.edges === graph.edges.length;
    if (!isSame || !counts || theirs.faults > 0 || child.status !== 0) process.exitCode = 1;
    process.stdout.write(
      `${JSON.stringify({ nodes: graph.nodes.length, links: graph.edges.length, lossless: isSame, followthemoney: theirs })}\n`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function _graph(count: number): ExchangeGraph {
  const random = seeded(1);
  const kinds = [...ENTITY_KINDS, 'reading'];
  const nodes = Array.from({ length: count }, (_x, i) => {
    const kind = kinds[i % kinds.length]!;
    const measured = kind === 'reading' ? { at: '2026-03-01T08:00:00.000Z', value: i / 7, unit: 'mg/L' } : {};
    return {
      id: `${kind}:第${i}`,
      attributes: { kind, label: `名 ${i}`, mentions: 1 + (i % 5), lon: 120 + i / 1e4, lat: null, ...measured },
    };
  });
  const edges = Array.from({ length: 3 * count }, (_x, i) => ({
    id: `l${i}`,
    from: nodes[integerIn(random, 0, count - 1)]!.id,
    to: nodes[integerIn(random, 0, count - 1)]!.id,
    attributes: {
      kind: LINK_KINDS[i % LINK_KINDS.length]!,
      validFrom: i % 3 === 0 ? null : new Date(1.7e12 + i * 36e5).toISOString(),
      validTo: i % 5 === 0 ? new Date(1.8e12 + i * 36e5).toISOString() : null,
      weight: i % 2 === 0 ? i / 10 : null,
    },
  }));
  return { nodes, edges };
}
