import type { Command } from 'commander';
import { type CliContext, answer, sharedOf } from '../../context.ts';
import { textTable } from '../../terminal.ts';
import { usageError, wholeNumber } from '../../usage.ts';
import { withGraph } from './store.ts';

interface Flags {
  readonly kinds?: string;
  readonly links?: string;
  readonly direction: string;
  readonly limit: string;
  readonly rank: string;
}

/** `tributary graph expand`: what surrounds an entity. */
export function registerExpand(graph: Command, context: CliContext): void {
  graph
    .command('expand')
    .argument('<entity>', 'entity id')
    .description('what surrounds an entity: counts by kind, then one ranked page, and how many remain')
    .option('--kinds <kinds>', 'kinds of neighbours, separated by commas')
    .option('--links <kinds>', 'kinds of links, separated by commas')
    .option('--direction <which>', 'out, in or both', 'both')
    .option('--limit <number>', 'neighbours on the page', '25')
    .option('--rank <by>', 'weight, recent or degree', 'weight')
    .addHelpText('after', '\nExample:\n  tributary graph expand company:1 --kinds vehicle --rank recent')
    .action(async (id: string, flags: Flags, command: Command) => {
      const shared = sharedOf(command, context);
      const direction = _choice('--direction', flags.direction, ['out', 'in', 'both']);
      const rank = _choice('--rank', flags.rank, ['weight', 'recent', 'degree']);
      const links = flags.links?.split(',') ?? null;
      const limit = wholeNumber('--limit', flags.limit, 1, 10_000);
      const { counts, page } = await withGraph(shared, async (store) => ({
        counts: await store.neighbourCounts(id, { direction, linkKinds: links }),
        page: await store.expand(id, {
          direction,
          rank,
          limit,
          linkKinds: links,
          nodeKinds: flags.kinds?.split(',') ?? null,
        }),
      }));
      const text = [
        textTable(
          ['link', 'direction', 'neighbour', 'links', 'neighbours'],
          counts.map((c) => [c.linkKind, c.direction, c.nodeKind, String(c.links), String(c.neighbours)]),
        ),
        textTable(
          ['entity', 'kind', 'label'],
          page.nodes.slice(1).map((n) => [n.id, n.kind, n.label]),
        ),
        `${page.shown} of ${page.total} shown, ${page.remaining} remain.`,
      ].join('\n\n');
      answer(context, shared, { id, counts, ...page }, text);
    });
}

function _choice<T extends string>(name: string, text: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw usageError(`${name}: "${text}" is none of ${choices.join(', ')}`);
  return found;
}
