import type { Command } from 'commander';
import { type Graph, degrees, graphSchema, weakComponents } from '../../../../graph/index.ts';
import { type CliContext, answer, sharedOf } from '../../context.ts';
import { textTable } from '../../terminal.ts';
import { withGraph } from './store.ts';

/** `tributary graph stats`: what the graph consists of. */
export function registerStats(graph: Command, context: CliContext): void {
  graph
    .command('stats')
    .description('what the graph consists of: entities and links by kind, components, degrees')
    .addHelpText('after', '\nExamples:\n  tributary graph stats\n  tributary graph stats --json')
    .action(async (_options, command: Command) => {
      const shared = sharedOf(command, context);
      const stats = await withGraph(shared, async (store, _db, runId) => ({ runId, ...statsOf(store.graph) }));
      const table = (head: string, counts: Readonly<Record<string, number>>): string =>
        textTable(
          [head, 'count'],
          Object.entries(counts).map(([kind, n]) => [kind, n.toLocaleString('en')]),
        );
      answer(
        context,
        shared,
        stats,
        [
          table('entities', stats.nodeKinds),
          table('links', stats.linkKinds),
          `Run ${stats.runId}: ${stats.nodes.toLocaleString('en')} entities, ${stats.links.toLocaleString('en')} links, ${stats.components.toLocaleString('en')} components (largest ${stats.largestComponent.toLocaleString('en')}), ${stats.isolated.toLocaleString('en')} entities without a link, highest degree ${stats.highestDegree.toLocaleString('en')}.`,
        ].join('\n\n'),
      );
    });
}

/** Counts of a graph; kinds most frequent first. */
export function statsOf(graph: Graph) {
  const degree = degrees(graph, 'both');
  const { groupOf, count } = weakComponents(graph);
  const sizes = new Float64Array(count);
  for (const group of groupOf) sizes[group]!++;
  return {
    nodes: graph.nodeCount,
    links: graph.edgeCount,
    nodeKinds: _counted(graph.nodeKind, graph.nodeKinds),
    linkKinds: _counted(graph.kind, graph.linkKinds),
    components: count,
    largestComponent: sizes.reduce((a, b) => Math.max(a, b), 0),
    isolated: degree.reduce((n, d) => n + (d === 0 ? 1 : 0), 0),
    highestDegree: degree.reduce((a, b) => Math.max(a, b), 0),
    triples: graphSchema(graph).triples,
  };
}

function _counted(codes: Uint8Array | Uint16Array, names: readonly string[]): Record<string, number> {
  const counts = names.map(() => 0);
  for (const code of codes) counts[code]!++;
  const pairs = names.map((name, i) => [name, counts[i]!] as const).filter(([, n]) => n > 0);
  return Object.fromEntries(pairs.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)));
}
