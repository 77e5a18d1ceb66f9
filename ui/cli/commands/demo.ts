import type { Command } from 'commander';
import { writeParquet } from '../../../ingest/tables/index.ts';
import { runPipeline } from '../../../models/index.ts';
import { listLeads, withSnapshot } from '../../../models/queries/index.ts';
import { type CliContext, answer, demoData, sharedOf } from '../context.ts';
import { ingestText, leadsText, runText } from '../texts.ts';
import { wholeNumber } from '../usage.ts';
import { ingest } from './ingest.ts';
import { scaleOf } from './make.ts';
import { serveUntilStopped } from './serve.ts';

/** `tributary demo` (also `npm start`): the whole road on a made district, then the API. */
export function registerDemo(program: Command, context: CliContext): void {
  program
    .command('demo')
    .description('make a demo district, run every step, show the leads, then serve the API (this is "npm start")')
    .option('--scale <ci|0..1>', 'size of the district', 'ci')
    .option('--seed <number>', 'same seed, same district', '7')
    .option('--port <number>', 'port of the API', '4310')
    .option('--no-serve', 'stop after the leads')
    .addHelpText('after', '\nExamples:\n  npm start\n  tributary demo --no-serve --json')
    .action(async (options: { scale: string; seed: string; port: string; serve: boolean }, command: Command) => {
      const shared = sharedOf(command, context);
      const out = demoData(shared.paths);
      const { makeDistrict } = await import('../../../fixtures/make/index.ts');
      await makeDistrict({
        out,
        scale: scaleOf(options.scale),
        seed: wholeNumber('--seed', options.seed, 0, 2 ** 31),
        progress: shared.progress,
        writeParquet,
      });
      const ingested = await ingest(context, shared, [out]);
      const run = await runPipeline({
        workspace: shared.paths.root,
        asOf: null,
        progress: shared.progress,
        clock: context.clock,
      });
      const leads = await withSnapshot(shared.paths, (db) => listLeads(db, 20));
      answer(
        context,
        shared,
        { ingested, run, leads },
        `\n${ingestText(ingested)}\n\n${runText(run)}\n\n${leadsText(run.runId, leads)}`,
      );
      if (options.serve) await serveUntilStopped(context, shared, wholeNumber('--port', options.port, 0, 65_535));
    });
}
