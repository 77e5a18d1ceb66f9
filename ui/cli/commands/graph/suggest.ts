import type { Command } from 'commander';
import { graphSchema, matchPattern, suggestPatterns } from '../../../../graph/index.ts';
import { type CliContext, answer, sharedOf } from '../../context.ts';
import { textTable } from '../../terminal.ts';
import { usageError, wholeNumber } from '../../usage.ts';
import { withGraph } from './store.ts';

/** `tributary graph suggest`: patterns from words, and what one of them finds. */
export function registerSuggest(graph: Command, context: CliContext): void {
  graph
    .command('suggest')
    .argument('<words>', 'words of the schema, in English or Chinese')
    .description('patterns that words may mean; with --run what one of them finds')
    .option('--run <number>', 'find the suggestion of this number')
    .option('--limit <number>', 'findings at most', '100')
    .addHelpText(
      'after',
      "\nExamples:\n  tributary graph suggest 'companies with manifest to site without permit'\n  tributary graph suggest '车辆 停留 场所 无许可证' --run 1",
    )
    .action(async (words: string, flags: { run?: string; limit: string }, command: Command) => {
      const shared = sharedOf(command, context);
      const limit = wholeNumber('--limit', flags.limit, 1, 1_000_000);
      const found = await withGraph(shared, async (store, db) => {
        const suggestions = suggestPatterns(words, graphSchema(store.graph));
        if (flags.run === undefined) return { suggestions, matches: null };
        const chosen = suggestions[wholeNumber('--run', flags.run, 1, 100) - 1];
        if (chosen === undefined) throw usageError(`--run: there are ${suggestions.length} suggestions`);
        return { suggestions: [chosen], matches: await matchPattern(db, chosen.pattern, { limit }) };
      });
      const lines = found.suggestions.map((s, i) => `${i + 1}. ${s.text.zh}   ${s.text.en}`);
      if (found.matches !== null) {
        const names = Object.keys(found.matches.rows[0] ?? {});
        lines.push(
          '',
          textTable(
            names,
            found.matches.rows.map((row) => names.map((name) => row[name]!)),
          ),
        );
        lines.push(`${found.matches.rows.length} found${found.matches.cut ? ', and more' : ''}.`);
      }
      answer(context, shared, found, lines.join('\n'));
    });
}
