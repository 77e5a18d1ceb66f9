import type { Command } from 'commander';
import { StateError } from '../../../ingest/base/index.ts';
import { verifyLeads } from '../../../models/index.ts';
import { type CliContext, answer, sharedOf } from '../context.ts';

/** `tributary verify`: recomputes the evidence chain and names the first broken link. */
export function registerVerify(program: Command, context: CliContext): void {
  program
    .command('verify')
    .argument('[lead]', 'one lead; default: every report of the served run')
    .description('recompute the evidence chain from department file to report; name the first broken link')
    .addHelpText('after', '\nExamples:\n  tributary verify\n  tributary verify L-20260630-001 --json')
    .action(async (lead: string | undefined, _options, command: Command) => {
      const shared = sharedOf(command, context);
      const results = await verifyLeads(shared.paths, lead ?? null, shared.progress);
      const broken = results.filter((r) => !r.ok);
      const lines = results.map((r) =>
        r.ok
          ? `✓ ${r.leadId}: ${r.checked} hashes agree${r.absent.length > 0 ? `; ${r.absent.length} source files are no longer where they were` : ''}`
          : `✗ ${r.leadId}: ${r.broken!.message}`,
      );
      answer(
        context,
        shared,
        { verified: results.length - broken.length, broken: broken.length, results },
        lines.join('\n'),
      );
      if (broken.length > 0)
        throw new StateError(
          'chain-broken',
          `verify: ${broken.length} of ${results.length} chains are broken; the first: ${broken[0]!.broken!.message}`,
          { broken: broken.map((b) => b.broken), reported: true },
        );
    });
}
