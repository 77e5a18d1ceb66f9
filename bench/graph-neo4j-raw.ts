import type { Database } from '../ingest/tables/index.ts';
import type { Neo4jConnection } from '../graph/index.ts';
import { type PushCell, planPush, pushRows } from '../graph/stores/neo4j-push-batches.ts';

const _MOMENT = (cell: string): string =>
  `CASE WHEN ${cell} IS NULL THEN null ELSE datetime({ epochMillis: toInteger(${cell}) }) END`;
const _NODES = `UNWIND $rows AS row CREATE (:Entity { id: row[0], kind: $kind, label: row[1], mentions: toInteger(row[2]), firstKnownAt: ${_MOMENT('row[3]')}, lon: row[4], lat: row[5], town: row[6], run: 'raw' }) RETURN count(*) AS n`;
const _LINKS = `UNWIND $rows AS row MATCH (a:Entity { id: row[0] }) MATCH (b:Entity { id: row[1] })
CREATE (a)-[:LINK { id: row[2], kind: $kind, validFrom: ${_MOMENT('row[3]')}, validTo: ${_MOMENT('row[4]')}, knownAt: ${_MOMENT('row[5]')}, origin: row[6], probability: row[7], weight: row[8], rowIds: row[9], run: 'raw' }]->(b) RETURN count(*) AS n`;

/** The limit of a server: a bare loop that sends the same rows, read beforehand, one transaction after the other, without marks, rules for links, checks or resumption.
 *  Empties the server before and after. @returns rows a second */
export async function rawRowsPerSecond(db: Database, neo4j: Neo4jConnection, batchRows: number): Promise<number> {
  const plan = await planPush(db, batchRows);
  const ready: { part: 'nodes' | 'links'; kind: string; rows: PushCell[][] }[] = [];
  for (const batch of plan.batches) ready.push({ ...batch, rows: await pushRows(db, batch) });
  await emptyServer(neo4j);
  await neo4j.writeAlone('CREATE CONSTRAINT raw_id IF NOT EXISTS FOR (e:Entity) REQUIRE e.id IS UNIQUE');
  const start = performance.now();
  for (const { part, kind, rows } of ready) await neo4j.write(part === 'nodes' ? _NODES : _LINKS, { rows, kind });
  const seconds = (performance.now() - start) / 1000;
  await emptyServer(neo4j);
  return Math.round((plan.nodes + plan.links) / seconds);
}

/** Takes everything away, rules too: the next load begins as on a new server. */
export async function emptyServer(neo4j: Neo4jConnection): Promise<void> {
  await neo4j.writeAlone('MATCH (n) CALL { WITH n DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS');
  for (const { name } of await neo4j.read<{ name: string }>('SHOW CONSTRAINTS YIELD name RETURN name'))
    await neo4j.writeAlone(`DROP CONSTRAINT \`${name}\``);
}
