import type { Command } from 'commander';
import { leadDetail, listLeads, withSnapshot } from '../../../models/queries/index.ts';
import { type CliContext, answer, sharedOf } from '../context.ts';
import { leadText, leadsText } from '../texts.ts';
import { wholeNumber } from '../usage.ts';

/** `tributary leads`: the ranked list of the served run. */
export function registerLeads(program: Command, context: CliContext): void {
  program
    .command('leads')
    .description('the ranked leads of the served run')
    .option('--top <number>', 'how many', '20')
    .addHelpText('after', '\nExamples:\n  tributary leads\n  tributary leads --top 5 --json')
    .action(async (options: { top: string }, command: Command) => {
      const shared = sharedOf(command, context);
      const top = wholeNumber('--top', options.top, 1, 100_000);
      const found = await withSnapshot(shared.paths, async (db, runId) => ({ runId, leads: await listLeads(db, top) }));
      answer(context, shared, found, leadsText(found.runId, found.leads));
    });
}

/** `tributary lead`: one lead with its reasons, what speaks against it, and its rows. */
export function registerLead(program: Command, context: CliContext): void {
  program
    .command('lead')
    .argument('<id>', 'as "tributary leads" prints it')
    .description('one lead: reasons, what speaks against it, the rows it rests on')
    .option('--lang <zh|en>', 'language of the sentences', 'zh')
    .addHelpText('after', '\nExample:\n  tributary lead L-20260630-001 --lang en')
    .action(async (id: string, options: { lang: string }, command: Command) => {
      const shared = sharedOf(command, context);
      const lead = await withSnapshot(shared.paths, (db) => leadDetail(db, id));
      answer(context, shared, lead, leadText(lead, options.lang === 'en' ? 'en' : 'zh'));
    });
}
