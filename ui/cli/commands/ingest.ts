import type { Command } from 'commander';
import { existsSync } from 'node:fs';
import { type IngestReport, ingestFiles } from '../../../ingest/lake/index.ts';
import { descriptionsOf, readSettings, rememberIngest, withWorkspaceLock } from '../../../models/workspace/index.ts';
import { type CliContext, type Shared, answer, fromHere, sharedOf } from '../context.ts';
import { usageError } from '../usage.ts';
import { ingestText } from '../texts.ts';

/** `tributary ingest`: departments' files into the lake; what was refused and why. */
export function registerIngest(program: Command, context: CliContext): void {
  program
    .command('ingest')
    .argument('<path...>', 'files, or folders that hold them')
    .description('read departments’ files into the lake; say what was refused and why')
    .addHelpText(
      'after',
      '\nExamples:\n  tributary ingest data/\n  tributary ingest data/police/pol_gate_pass-202606.csv --json\nA file that is in the lake already changes nothing.',
    )
    .action(async (paths: string[], _options, command: Command) => {
      const shared = sharedOf(command, context);
      const report = await ingest(
        context,
        shared,
        paths.map((p) => fromHere(context, p)),
      );
      answer(context, shared, report, ingestText(report));
    });
}

/** Ingests under the workspace's lock. @throws InputError `usage` for a path that is not there */
export async function ingest(context: CliContext, shared: Shared, paths: readonly string[]): Promise<IngestReport> {
  const gone = paths.filter((p) => !existsSync(p));
  if (gone.length > 0) throw usageError(`ingest: ${gone.join(', ')}: no such file or folder`);
  const settings = readSettings(shared.paths);
  return withWorkspaceLock(shared.paths, async () => {
    const report = await ingestFiles({
      workspace: shared.paths.root,
      paths,
      descriptions: descriptionsOf(shared.paths, settings),
      progress: shared.progress,
      clock: context.clock,
      strictCrc: settings.strictCrc,
    });
    rememberIngest(shared.paths, report.files, new Date(context.clock()).toISOString());
    return report;
  });
}
