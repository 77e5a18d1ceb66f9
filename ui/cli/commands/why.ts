import type { Command } from 'commander';
import { whyPair, withSnapshot } from '../../../models/queries/index.ts';
import { type CliContext, answer, sharedOf } from '../context.ts';
import { whyText } from '../texts.ts';

/** `tributary why`: why two records were, or were not, put together. */
export function registerWhy(program: Command, context: CliContext): void {
  program
    .command('why')
    .argument('<mention>', 'a mention id, or a row id followed by # and a role')
    .argument('<mention>', 'the other one')
    .description('why two records were, or were not, put together: every level, weight and reason')
    .addHelpText('after', "\nExample:\n  tributary why 'adm_penalty:1f2e3d4c:12#party' 'mkt_entity:0a1b2c3d:7#company'")
    .action(async (left: string, right: string, _options, command: Command) => {
      const shared = sharedOf(command, context);
      const explanation = await withSnapshot(shared.paths, (db) => whyPair(db, left, right));
      answer(context, shared, explanation, whyText(explanation));
    });
}
