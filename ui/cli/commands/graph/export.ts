import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Command } from 'commander';
import {
  type ExchangeGraph,
  exchangeOf,
  snapshotExchange,
  toArrowPair,
  toCsvPair,
  toCx2,
  toFtm,
  toGexf,
  toGraphml,
  toGraphologyJson,
} from '../../../../graph/index.ts';
import { ExternalError, messageOf } from '../../../../ingest/base/index.ts';
import { type CliContext, answer, fromHere, sharedOf } from '../../context.ts';
import { usageError, wholeNumber } from '../../usage.ts';
import { withGraph } from './store.ts';

/** Format → files of it: ending and content. */
const _FORMATS: Readonly<Record<string, (graph: ExchangeGraph) => Promise<Record<string, string | Uint8Array>>>> = {
  graphml: async (graph) => ({ '.graphml': toGraphml(graph) }),
  gexf: async (graph) => ({ '.gexf': toGexf(graph) }),
  json: async (graph) => ({ '.json': toGraphologyJson(graph) }),
  cx2: async (graph) => ({ '.cx2': toCx2(graph) }),
  ftm: async (graph) => ({ '.ftm.jsonl': [...toFtm(graph)].join('') }),
  csv: async (graph) => {
    const { nodes, edges } = toCsvPair(graph);
    return { '.nodes.csv': nodes, '.edges.csv': edges };
  },
  arrow: async (graph) => {
    const { nodes, edges } = await toArrowPair(graph);
    return { '.nodes.arrow': nodes, '.edges.arrow': edges };
  },
};

interface Flags {
  readonly format: string;
  readonly out: string;
  readonly selection?: string;
  readonly hops?: string;
}

/** `tributary graph export`: the graph, or a part of it, for other tools. */
export function registerExport(graph: Command, context: CliContext): void {
  graph
    .command('export')
    .description('write the graph, or a selection, for Gephi, Cytoscape, pandas, Aleph … Persons go by pseudonym')
    .requiredOption('--format <name>', Object.keys(_FORMATS).join(', '))
    .requiredOption('--out <path>', 'path without ending')
    .option('--selection <ids>', 'entity ids, separated by commas; default: everything')
    .option('--hops <number>', 'with --selection: how far around it', '0')
    .addHelpText(
      'after',
      '\nExamples:\n  tributary graph export --format ftm --out out/district\n  tributary graph export --format graphml --selection company:1 --hops 2 --out out/around',
    )
    .action(async (flags: Flags, command: Command) => {
      const shared = sharedOf(command, context);
      const make = Object.hasOwn(_FORMATS, flags.format) ? _FORMATS[flags.format]! : null;
      if (make === null) throw usageError(`--format: "${flags.format}" is none of ${Object.keys(_FORMATS).join(', ')}`);
      const hops = wholeNumber('--hops', flags.hops ?? '0', 0, 12);
      const ids = flags.selection?.split(',').filter((id) => id !== '') ?? null;
      const content = await withGraph(shared, async (store, db) => {
        shared.progress.step('export');
        if (ids === null) return snapshotExchange(db, store);
        return exchangeOf(
          hops === 0
            ? await store.among(ids, { evidence: true })
            : await store.ego(ids, { maxHops: hops, limit: 1_000_000, evidence: true }),
        );
      });
      const files = Object.entries(await make(content)).map(([ending, data]) => {
        const path = `${fromHere(context, flags.out)}${ending}`;
        _write(path, data);
        return path;
      });
      const report = { format: flags.format, nodes: content.nodes.length, edges: content.edges.length, files };
      answer(context, shared, report, `${report.nodes} nodes and ${report.edges} edges: ${files.join(', ')}`);
    });
}

function _write(path: string, data: string | Uint8Array): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, data);
  } catch (cause) {
    throw new ExternalError(
      'export-failed',
      `graph export: cannot write ${path}: ${messageOf(cause)}`,
      { path },
      { cause },
    );
  }
}
