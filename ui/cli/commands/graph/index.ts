import type { Command } from 'commander';
import type { CliContext } from '../../context.ts';
import { registerExpand } from './expand.ts';
import { registerExport } from './export.ts';
import { registerMeasure } from './measure.ts';
import { registerPath } from './path.ts';
import { registerPush } from './push.ts';
import { registerQuery } from './query.ts';
import { registerStats } from './stats.ts';
import { registerSuggest } from './suggest.ts';
import { registerWatch } from './watch.ts';

export { pushServed } from './push.ts';
export { type Neo4jFlags, neo4jFlag, neo4jFlagsOf, neo4jSettings, openNeo4j } from './settings.ts';
export { storeInNeo4j } from './serve-from.ts';

/** `tributary graph …`: the graph of the served snapshot. */
export function registerGraph(program: Command, context: CliContext): void {
  const graph = program
    .command('graph')
    .description('the graph of the served snapshot: stats, measures, paths, patterns, export, and Neo4j')
    .addHelpText('after', '\nExamples:\n  tributary graph stats\n  tributary graph push --uri bolt://127.0.0.1:7687');
  for (const register of [
    registerStats,
    registerMeasure,
    registerPath,
    registerExpand,
    registerSuggest,
    registerQuery,
    registerWatch,
    registerExport,
    registerPush,
  ])
    register(graph, context);
}
