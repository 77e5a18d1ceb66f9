import { Command, CommanderError } from 'commander';
import { TributaryError, messageOf, systemClock } from '../../ingest/base/index.ts';
import { COMMANDS } from './commands/index.ts';
import type { CliContext } from './context.ts';

/** Exit codes of the program. */
export const EXIT = Object.freeze({ fine: 0, failed: 1, usage: 2 });

/** Runs one command line. @returns the exit code: 0 fine, 1 the work failed, 2 wrong usage */
export async function main(argv: readonly string[], given: Partial<CliContext> = {}): Promise<number> {
  const stop = new AbortController();
  const context: CliContext = {
    terminal: { out: process.stdout, err: process.stderr, clock: systemClock },
    cwd: process.cwd(),
    clock: systemClock,
    signal: stop.signal,
    ...given,
  };
  const interrupt = (): void => stop.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    await programOf(context).parseAsync([...argv], { from: 'user' });
    return EXIT.fine;
  } catch (error) {
    return _report(error, argv.includes('--json'), context);
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

/** The command tree; `COMMANDS` is its table of contents. */
export function programOf(context: CliContext): Command {
  const program = new Command('tributary')
    .description(
      'Tributary 百川: from departments’ files to a short, explained list of leads, and the graph to follow them.',
    )
    .option('-w, --workspace <folder>', 'folder that holds everything', 'workspace')
    .option('--json', 'one JSON document on stdout, for machines')
    .option('-q, --quiet', 'no progress on stderr')
    .showHelpAfterError('(tributary --help lists the commands)')
    .configureOutput({ writeOut: (s) => context.terminal.out.write(s), writeErr: (s) => context.terminal.err.write(s) })
    .exitOverride();
  for (const register of COMMANDS) register(program, context);
  for (const command of program.commands) command.exitOverride().configureOutput(program.configureOutput());
  return program;
}

function _report(error: unknown, json: boolean, context: CliContext): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.usage;
  const known = error instanceof TributaryError;
  const isReported = known && error.detail['reported'] === true; // the answer, already on stdout, says it
  if (json && !isReported) {
    context.terminal.out.write(
      `${JSON.stringify({ error: { code: known ? error.code : 'unexpected', message: messageOf(error), detail: known ? error.detail : {} } })}\n`,
    );
  }
  context.terminal.err.write(`✗ ${messageOf(error)}\n`);
  if (!known && error instanceof Error) context.terminal.err.write(`${error.stack ?? ''}\n`);
  return known && error.code === 'usage' ? EXIT.usage : EXIT.failed;
}
