import type { Command } from 'commander';
import { InputError } from '../../../../ingest/base/index.ts';
import {
  type MeasureSettings,
  NODE_MEASURES,
  inducedSubgraph,
  nodeFinder,
  runMeasure,
} from '../../../../graph/index.ts';
import { type CliContext, answer, sharedOf } from '../../context.ts';
import { textTable } from '../../terminal.ts';
import { usageError, wholeNumber } from '../../usage.ts';
import { withGraph } from './store.ts';

interface Flags {
  readonly selection?: string;
  readonly set?: readonly string[];
  readonly top: string;
}

/** `tributary graph measure`: one measure of the whole graph or of a selection, in a thread, with progress; Ctrl-C stops it. */
export function registerMeasure(graph: Command, context: CliContext): void {
  graph
    .command('measure')
    .argument('<name>', NODE_MEASURES.map((m) => m.id).join(', '))
    .description('work out a measure of every entity, or of a selection and the links inside it')
    .option('--selection <ids>', 'entity ids, separated by commas; default: the whole graph')
    .option('--set <name=value...>', 'settings of the measure, e.g. --set samples=200')
    .option('--top <number>', 'entities shown, highest first; 0 = all', '20')
    .addHelpText(
      'after',
      '\nExamples:\n  tributary graph measure pagerank --top 10\n  tributary graph measure betweenness --set samples=200 --json',
    )
    .action(async (name: string, flags: Flags, command: Command) => {
      const shared = sharedOf(command, context);
      const top = wholeNumber('--top', flags.top, 0, 100_000_000);
      const params = _settings(name, flags.set ?? []);
      const report = await withGraph(shared, async (store, _db, runId) => {
        const ids = flags.selection?.split(',').filter((id) => id !== '') ?? null;
        const part = ids === null ? store.graph : inducedSubgraph(store.graph, _nodes(store.graph.ids, ids));
        shared.progress.step(name);
        const onProgress = (done: number, total: number): void => shared.progress.tick(done, total, 'steps');
        const values = await runMeasure({ graph: part, measure: name, params, signal: context.signal, onProgress });
        const order = Array.from(values.keys()).sort((a, b) => values[b]! - values[a]! || a - b);
        const shown = order.slice(0, top === 0 ? order.length : top);
        const views = await store.nodes(shown.map((node) => part.ids[node]!));
        const rows = views.map(({ id, kind, label }, i) => ({ id, kind, label, value: values[shown[i]!]! }));
        return { runId, measure: name, nodes: part.nodeCount, links: part.edgeCount, rows };
      });
      const rows = report.rows.map((r) => [r.id, r.kind, r.label, String(Number(r.value.toPrecision(6)))]);
      answer(context, shared, report, textTable(['entity', 'kind', 'label', name], rows));
    });
}

function _settings(name: string, given: readonly string[]): MeasureSettings {
  const measure = NODE_MEASURES.find((m) => m.id === name);
  if (measure === undefined)
    throw usageError(
      `graph measure: there is no measure "${name}"; there are ${NODE_MEASURES.map((m) => m.id).join(', ')}`,
    );
  return Object.fromEntries(
    given.map((text): [string, string | number] => {
      const [key = '', value = ''] = text.split('=');
      const isNumber = measure.parameters.some((p) => p.id === key && p.type !== 'choice');
      return [key, isNumber ? Number(value) : value];
    }),
  );
}

function _nodes(ids: readonly string[], wanted: readonly string[]): number[] {
  const find = nodeFinder(ids);
  return [...new Set(wanted)].map((id) => {
    const node = find(id);
    if (node < 0)
      throw new InputError('no-such-node', `graph measure: there is no entity "${id}" in this snapshot`, { id });
    return node;
  });
}
