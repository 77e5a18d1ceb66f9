import type { Command } from 'commander';
import { expertCypher, expertSql } from '../../../../graph/index.ts';
import { withSnapshot } from '../../../../models/queries/index.ts';
import { type CliContext, answer, sharedOf } from '../../context.ts';
import { textTable } from '../../terminal.ts';
import { wholeNumber } from '../../usage.ts';
import { type Neo4jFlags, neo4jOptions, openNeo4j } from './settings.ts';

interface Flags extends Neo4jFlags {
  readonly cypher?: boolean;
  readonly limit: string;
  readonly timeout: string;
}

/** `tributary graph query`: an expert's own question, which the engine keeps to reading. */
export function registerQuery(graph: Command, context: CliContext): void {
  neo4jOptions(graph.command('query'))
    .argument('<text>', 'SQL over the snapshot; Cypher with --cypher')
    .description('a query of your own, read-only by the engine itself, with limits of time and rows')
    .option('--cypher', 'ask Neo4j in Cypher')
    .option('--limit <rows>', 'rows at most', '1000')
    .option('--timeout <seconds>', 'time at most', '30')
    .addHelpText(
      'after',
      "\nExamples:\n  tributary graph query 'select kind, count(*) as n from entity group by kind'\n  tributary graph query --cypher --uri bolt://127.0.0.1:7687 'MATCH (e:Company) RETURN count(e) AS n'",
    )
    .action(async (text: string, flags: Flags, command: Command) => {
      const shared = sharedOf(command, context);
      const limits = {
        limit: wholeNumber('--limit', flags.limit, 1, 1_000_000),
        timeoutMs: 1000 * wholeNumber('--timeout', flags.timeout, 1, 86_400),
      };
      const found = await _asked(text, { flags, limits, context, shared });
      const names = Object.keys(found.rows[0] ?? {});
      const cell = (value: unknown): string =>
        value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
      const table =
        names.length === 0
          ? 'No rows.'
          : textTable(
              names,
              found.rows.map((row) => names.map((name) => cell(row[name]))),
            );
      answer(
        context,
        shared,
        found,
        `${table}${found.cut ? `\nStopped after ${limits.limit} rows; raise --limit for more.` : ''}`,
      );
    });
}

async function _asked(
  text: string,
  o: {
    readonly flags: Flags;
    readonly limits: { readonly limit: number; readonly timeoutMs: number };
    readonly context: CliContext;
    readonly shared: ReturnType<typeof sharedOf>;
  },
) {
  if (o.flags.cypher !== true) return withSnapshot(o.shared.paths, (db) => expertSql(db, text, o.limits));
  const neo4j = await openNeo4j(o.context, o.shared, o.flags, o.limits.timeoutMs);
  try {
    return await expertCypher(neo4j, text, o.limits);
  } finally {
    await neo4j.close();
  }
}
