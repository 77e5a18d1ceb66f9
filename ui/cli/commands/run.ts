import type { Command } from 'commander';
import { type RunReport, runPipeline } from '../../../models/index.ts';
import { type CliContext, answer, sharedOf } from '../context.ts';
import { runText } from '../texts.ts';
import { endOfChinaDay } from '../usage.ts';

/** `tributary run`: from the lake to ranked leads and reports; the served run changes only when all of it is whole. */
export function registerRun(program: Command, context: CliContext): void {
  program
    .command('run')
    .description('resolve → graph → signals → features → train → score → leads → reports')
    .option(
      '--as-of <date>',
      'use only what was known by the end of this day (China); default: the latest day in the lake',
    )
    .addHelpText('after', '\nExamples:\n  tributary run\n  tributary run --as-of 2026-06-30 --json')
    .action(async (options: { asOf?: string }, command: Command) => {
      const shared = sharedOf(command, context);
      const asOf = options.asOf === undefined ? null : endOfChinaDay('--as-of', options.asOf);
      const report: RunReport = await runPipeline({
        workspace: shared.paths.root,
        asOf,
        progress: shared.progress,
        clock: context.clock,
      });
      answer(context, shared, report, runText(report));
    });
}
