import type { Command } from 'commander';
import { copyFileSync } from 'node:fs';
import { reportFile } from '../../../models/index.ts';
import { withSnapshot } from '../../../models/queries/index.ts';
import { type CliContext, answer, fromHere, sharedOf } from '../context.ts';
import { usageError } from '../usage.ts';

/** `tributary report`: the clue report of a lead, as HTML or Word. */
export function registerReport(program: Command, context: CliContext): void {
  program
    .command('report')
    .argument('<id>', 'a lead, as "tributary leads" prints it')
    .description('the clue report of a lead (written now if the run did not)')
    .option('--format <html|docx>', 'file format', 'html')
    .option('--lang <zh|en>', 'language', 'zh')
    .option('--out <file>', 'also copy it here')
    .addHelpText(
      'after',
      '\nExamples:\n  tributary report L-20260630-001 --format docx\n  tributary report L-20260630-001 --lang en --out clue.html',
    )
    .action(async (id: string, options: { format: string; lang: string; out?: string }, command: Command) => {
      const shared = sharedOf(command, context);
      if (options.format !== 'html' && options.format !== 'docx')
        throw usageError(`--format: "${options.format}" is neither html nor docx`);
      if (options.lang !== 'zh' && options.lang !== 'en')
        throw usageError(`--lang: "${options.lang}" is neither zh nor en`);
      const form = { format: options.format, language: options.lang } as const;
      const path = await withSnapshot(shared.paths, (db, runId) =>
        reportFile({ paths: shared.paths, runId, db }, id, form),
      );
      if (options.out !== undefined) copyFileSync(path, fromHere(context, options.out));
      answer(context, shared, { lead: id, path }, path);
    });
}
