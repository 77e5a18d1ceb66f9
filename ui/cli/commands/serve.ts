import type { Command } from 'commander';
import { serve } from '../../api/index.ts';
import { type CliContext, type Shared, sharedOf } from '../context.ts';
import { wholeNumber } from '../usage.ts';

/** `tributary serve`: the API and the reports on 127.0.0.1. */
export function registerServe(program: Command, context: CliContext): void {
  program
    .command('serve')
    .description('serve the API, its documentation and the reports on 127.0.0.1 until interrupted')
    .option('--port <number>', 'port; 0 = any free one', '4310')
    .addHelpText('after', '\nExamples:\n  tributary serve\n  tributary serve --port 0')
    .action(async (options: { port: string }, command: Command) => {
      await serveUntilStopped(context, sharedOf(command, context), wholeNumber('--port', options.port, 0, 65_535));
    });
}

/** Serves until the signal; a port in use gives way to a free one, and says so. */
export async function serveUntilStopped(context: CliContext, shared: Shared, port: number): Promise<void> {
  const server = await serve({
    paths: shared.paths,
    port,
    say: (line) => void context.terminal.err.write(`${line}\n`),
  });
  context.terminal.out.write(
    shared.json
      ? `${JSON.stringify({ url: server.url })}\n`
      : `\nServing ${server.url}  (API docs: /docs  OpenAPI: /openapi.json). Ctrl-C stops.\n`,
  );
  if (server.port !== port && port !== 0) context.terminal.err.write(`  port ${port} is taken; using ${server.port}\n`);
  await new Promise<void>((done) => {
    if (context.signal.aborted) done();
    else context.signal.addEventListener('abort', () => done(), { once: true });
  });
  await server.close();
}
