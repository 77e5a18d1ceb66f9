import type { Command } from 'commander';
import { type PushReport, pushToNeo4j } from '../../../../graph/index.ts';
import { withSnapshot } from '../../../../models/queries/index.ts';
import { type CliContext, type Shared, answer, sharedOf } from '../../context.ts';
import { wholeNumber } from '../../usage.ts';
import { type Neo4jFlags, neo4jOptions, openNeo4j } from './settings.ts';

/** `tributary graph push`: publishes the served snapshot into Neo4j. */
export function registerPush(graph: Command, context: CliContext): void {
  neo4jOptions(graph.command('push'))
    .description(
      'publish the served snapshot into Neo4j; goes on where a broken push stopped, and repeated changes nothing',
    )
    .option('--batch <rows>', 'rows in one transaction', '10000')
    .option('--lanes <number>', 'transactions at the same time', '2')
    .addHelpText(
      'after',
      '\nExamples:\n  tributary graph push --uri bolt://127.0.0.1:7687 --password-file neo4j.password\n  TRIBUTARY_NEO4J_PASSWORD=… tributary graph push --uri neo4j+s://graph.example:7687 --user tributary',
    )
    .action(async (options: Neo4jFlags & { batch: string; lanes: string }, command: Command) => {
      const shared = sharedOf(command, context);
      const batchRows = wholeNumber('--batch', options.batch, 1, 1_000_000);
      const lanes = wholeNumber('--lanes', options.lanes, 1, 64);
      const { runId, report, seconds } = await pushServed(context, shared, options, { batchRows, lanes });
      const rows = report.nodes + report.links - report.resumed;
      const n = (value: number): string => value.toLocaleString('en');
      answer(
        context,
        shared,
        { runId, ...report, seconds },
        `Run ${runId}: ${n(report.nodes)} entities and ${n(report.links)} links are in Neo4j (${n(rows)} rows now in ${seconds.toFixed(1)} s, ${n(report.resumed)} before; ${n(report.dangling)} links without an end left out).`,
      );
    });
}

/** Publishes the snapshot that is served now. */
export async function pushServed(
  context: CliContext,
  shared: Shared,
  flags: Neo4jFlags,
  how: { readonly batchRows?: number; readonly lanes?: number } = {},
): Promise<{ runId: string; report: PushReport; seconds: number }> {
  const neo4j = await openNeo4j(context, shared, flags);
  const started = context.clock();
  try {
    return await withSnapshot(shared.paths, async (db, runId) => {
      const report = await pushToNeo4j(db, neo4j, runId, { ...how, progress: shared.progress });
      return { runId, report, seconds: (context.clock() - started) / 1000 };
    });
  } finally {
    await neo4j.close();
  }
}
