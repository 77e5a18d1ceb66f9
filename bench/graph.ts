import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measureGraph } from './graph-measures.ts';
import { neo4jStage } from './graph-neo4j.ts';
import { buildGraphStage, queryGraphStage } from './graph-stages.ts';

/** How fast is the embedded graph? `npm run bench -- graph [--nodes 500000] [--links 2000000] [--measure-nodes 1000000] [--measure-links 5000000]
 *  [--python python3] [--neo4j bolt://127.0.0.1:7687]`. Each stage runs in a process of its own; the last line is one JSON object. `--python` names an interpreter that has igraph
 *  (rival, bench only); what the machine lacks is null. */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      nodes: { type: 'string', default: '500000' },
      links: { type: 'string', default: '2000000' },
      'measure-nodes': { type: 'string', default: '1000000' },
      'measure-links': { type: 'string', default: '5000000' },
      samples: { type: 'string', default: '20' },
      python: { type: 'string', default: 'python3' },
      neo4j: { type: 'string' },
      stage: { type: 'string' },
      folder: { type: 'string' },
    },
  });
  const world = {
    nodes: Number(values.nodes),
    links: Number(values.links),
    hubDegree: Math.max(100_000, Math.floor(Number(values.nodes) / 50)),
  };
  if (values.stage !== undefined) {
    print(await _stage(values.stage, { world, folder: values.folder!, ...values }));
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'tributary-bench-'));
  try {
    const stages = ['build', 'query', 'measure', ...(values.neo4j === undefined ? [] : ['neo4j'])];
    const answers = stages.map((stage) => _inProcess(stage, [...args, '--folder', folder]));
    print({ ...world, neo4jRatio: null, pushRowsPerSecond: null, ...Object.assign({}, ...answers) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function print(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

async function _stage(
  stage: string,
  o: {
    world: { nodes: number; links: number; hubDegree: number };
    folder: string;
    'measure-nodes': string;
    'measure-links': string;
    samples: string;
    python: string;
    neo4j?: string | undefined;
  },
): Promise<object> {
  if (stage === 'build') return buildGraphStage(o.folder, o.world);
  if (stage === 'query') return queryGraphStage(o.folder, o.world);
  if (stage === 'neo4j') return neo4jStage(o.folder, o.neo4j!);
  return measureGraph(o.folder, {
    nodes: Number(o['measure-nodes']),
    links: Number(o['measure-links']),
    samples: Number(o.samples),
    python: o.python,
  });
}

/** The last line of a fresh process, as JSON; its other lines pass through. */
function _inProcess(stage: string, args: readonly string[]): object {
  const script = fileURLToPath(new URL('./run.ts', import.meta.url));
  const child = spawnSync(process.execPath, ['--import', 'tsx', script, 'graph', ...args, '--stage', stage], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (child.status !== 0) throw new Error(`bench graph: stage ${stage} ended with ${child.status ?? child.signal}`);
  process.stdout.write(child.stdout);
  return JSON.parse(child.stdout.trim().split('\n').at(-1)!) as object;
}
