import type { Command } from 'commander';
import { serve } from '../../api/index.ts';
import { type CliContext, type Shared, sharedOf } from '../context.ts';
import { wholeNumber } from '../usage.ts';
import { neo4jFlag, neo4jFlagsOf, openNeo4j, pushServed, storeInNeo4j } from './graph/index.ts';

/** `tributary serve`: the API and the reports on 127.0.0.1. */
export function registerServe(program: Command, context: CliContext): void {
  program
    .command('serve')
    .description('serve the API, its documentation and the reports on 127.0.0.1 until interrupted')
    .option('--port <number>', 'port; 0 = any free one', '4310')
    .addOption(neo4jFlag('answer the graph from Neo4j; the served run is published there first, if it is not'))
    .addHelpText(
      'after',
      '\nExamples:\n  tributary serve\n  tributary serve --port 0\n  tributary serve --neo4j bolt://127.0.0.1:7687',
    )
    .action(async (options: { port: string; neo4j?: string | true }, command: Command) => {
      const shared = sharedOf(command, context);
      const port = wholeNumber('--port', options.port, 0, 65_535);
      if (options.neo4j === undefined) await serveUntilStopped(context, shared, port);
      else await _serveFromNeo4j(context, { shared, port, neo4j: options.neo4j });
    });
}

async function _serveFromNeo4j(
  context: CliContext,
  o: { readonly shared: Shared; readonly port: number; readonly neo4j: string | true },
): Promise<void> {
  const flags = neo4jFlagsOf(o.neo4j);
  await pushServed(context, o.shared, flags);
  o.shared.progress.end?.();
  const connection = await openNeo4j(context, o.shared, flags, 30_000);
  try {
    await serveUntilStopped(context, o.shared, o.port, storeInNeo4j(connection));
  } finally {
    await connection.close();
  }
}

/** Serves until the signal; a port in use gives way to a free one, and says so. */
export async function serveUntilStopped(
  context: CliContext,
  shared: Shared,
  port: number,
  graph?: ReturnType<typeof storeInNeo4j>,
): Promise<void> {
  const server = await serve({
    paths: shared.paths,
    port,
    ...(graph === undefined ? {} : { graph }),
    databaseUrl: process.env['DATABASE_URL'] ?? null,
    firstPassword: process.env['TRIBUTARY_ADMIN_PASSWORD'] ?? null,
    say: (line) => void context.terminal.err.write(`${line}\n`),
  });
  const { url, firstAccount } = server;
  context.terminal.out.write(
    shared.json
      ? `${JSON.stringify({ url, firstAccount })}\n`
      : `${_firstText(firstAccount)}\nServing ${url}  (API docs: /docs  OpenAPI: /openapi.json). Ctrl-C stops.\n`,
  );
  if (server.port !== port && port !== 0) context.terminal.err.write(`  port ${port} is taken; using ${server.port}\n`);
  await new Promise<void>((done) => {
    if (context.signal.aborted) done();
    else context.signal.addEventListener('abort', () => done(), { once: true });
  });
  await server.close();
}

/** Shown once: only the hash of the password is kept. */
function _firstText(account: { name: string; password: string | null } | null): string {
  if (account === null)
    return '\n  Sign in with your account; "tributary account list" names them, "tributary account passwd <name>" sets a new password.\n';
  const password = account.password ?? '(the one of TRIBUTARY_ADMIN_PASSWORD)';
  return `\n  Sign in as  ${account.name}\n  Password    ${password}\n  It is shown only now; "tributary account passwd ${account.name}" sets another.\n`;
}
