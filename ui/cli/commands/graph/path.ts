import type { Command } from 'commander';
import type { PathView } from '../../../../graph/index.ts';
import { type CliContext, answer, sharedOf } from '../../context.ts';
import { wholeNumber } from '../../usage.ts';
import { withGraph } from './store.ts';

interface Flags {
  readonly k: string;
  readonly maxHops: string;
  readonly without?: string;
  readonly inTime?: boolean;
  readonly asOf?: string;
}

/** `tributary graph path`: how two entities hang together. */
export function registerPath(graph: Command, context: CliContext): void {
  graph
    .command('path')
    .argument('<from>', 'entity id')
    .argument('<to>', 'entity id')
    .description('the shortest paths between two entities; with --in-time one whose dates advance')
    .option('-k <number>', 'paths at most, shortest first', '3')
    .option('--max-hops <number>', 'longest path', '6')
    .option('--without <kinds>', 'entity kinds that a path may not pass, separated by commas')
    .option('--in-time', 'dates must advance along the path')
    .option('--as-of <moment>', 'only links known by then, e.g. 2026-06-30T00:00:00Z')
    .addHelpText(
      'after',
      '\nExamples:\n  tributary graph path company:1 company:2 -k 5 --without address,phone\n  tributary graph path vehicle:7 site:3 --in-time --json',
    )
    .action(async (from: string, to: string, flags: Flags, command: Command) => {
      const shared = sharedOf(command, context);
      const k = wholeNumber('-k', flags.k, 1, 1000);
      const how = {
        maxHops: wholeNumber('--max-hops', flags.maxHops, 1, 30),
        withoutNodeKinds: flags.without?.split(',') ?? [],
        asOf: flags.asOf ?? null,
      };
      const paths = await withGraph(shared, async (store) => {
        if (flags.inTime !== true) return store.shortPaths(from, to, k, how);
        const path = await store.timeRespectingPath(from, to, how);
        return path === null ? [] : [path];
      });
      answer(context, shared, { from, to, paths }, paths.length === 0 ? 'No path.' : paths.map(pathText).join('\n\n'));
    });
}

/** A path, one step a line. */
export function pathText(path: PathView): string {
  const name = (i: number): string => `${path.nodes[i]!.label} (${path.nodes[i]!.id})`;
  const steps = path.steps.map((step, i) => {
    const kinds = step.links.map((l) => (l.from === path.nodes[i]!.id ? `—${l.kind}→` : `←${l.kind}—`));
    return `  ${[...new Set(kinds)].join(' ')}${step.at === null ? '' : ` ${step.at}`} ${name(i + 1)}`;
  });
  return [name(0), ...steps].join('\n');
}
