import { type GraphStore, type Neo4jConnection, Neo4jStore, pushedRun } from '../../../../graph/index.ts';
import { StateError } from '../../../../ingest/base/index.ts';
import type { Database } from '../../../../ingest/tables/index.ts';

/** Opens the graph of a snapshot in Neo4j, where the server holds the same run.
 *  @throws StateError `neo4j-other-run` · as `Neo4jConnection` */
export function storeInNeo4j(neo4j: Neo4jConnection): (db: Database) => Promise<GraphStore> {
  return async (db) => {
    const [info] = await db.rows<{ run: string }>('select run_id as run from run_info');
    const there = await pushedRun(neo4j);
    if (info === undefined || there !== info.run)
      throw new StateError(
        'neo4j-other-run',
        `graph: Neo4j ${neo4j.options.url} holds ${there === null ? 'no whole run' : `run ${there}`}, the served one is ${info?.run ?? 'unnamed'}; publish it with "tributary graph push"`,
        { there, served: info?.run ?? null },
      );
    return new Neo4jStore(neo4j);
  };
}
