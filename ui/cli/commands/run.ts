import type { Command } from 'commander';
import { type RunReport, runPipeline } from '../../../models/index.ts';
import { type CliContext, answer, sharedOf } from '../context.ts';
import { runText } from '../texts.ts';
import { endOfChinaDay } from '../usage.ts';
import { neo4jFlag, neo4jFlagsOf, neo4jSettings, pushServed } from './graph/index.ts';

/** `tributary run`: from the lake to ranked leads and reports; the served run changes only when all of it is whole. */
export function registerRun(program: Command, context: CliContext): void {
  program
    .command('run')
    .description('resolve → graph → signals → features → train → score → leads → reports')
    .option(
      '--as-of <date>',
      'use only what was known by the end of this day (China); default: the latest day in the lake',
    )
    .addOption(neo4jFlag('publish the finished run into Neo4j, too'))
    .addHelpText('after', '\nExamples:\n  tributary run\n  tributary run --as-of 2026-06-30 --json')
    .action(async (options: { asOf?: string; neo4j?: string | true }, command: Command) => {
      const shared = sharedOf(command, context);
      const asOf = options.asOf === undefined ? null : endOfChinaDay('--as-of', options.asOf);
      const neo4j = options.neo4j === undefined ? null : neo4jFlagsOf(options.neo4j);
      if (neo4j !== null) neo4jSettings(context, shared, neo4j); // what is missing is said before the work, not after it
      const report: RunReport = await runPipeline({
        workspace: shared.paths.root,
        asOf,
        progress: shared.progress,
        clock: context.clock,
      });
      const pushed = neo4j === null ? {} : { neo4j: (await pushServed(context, shared, neo4j)).report };
      answer(context, shared, { ...report, ...pushed }, runText(report));
    });
}
