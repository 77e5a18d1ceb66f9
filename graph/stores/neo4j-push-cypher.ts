import { labelOf, quotedName, typeOf } from './neo4j-cypher.ts';

/** Every Cypher text of a push. Rows come as lists, not maps: a name in every row would be half of what crosses the wire; moments as ms since 1970, which the server
 *  makes into temporal values without parsing text. */

/** Columns of an entity's row, in order. */
const _NODE = ['id', 'label', 'mentions', 'firstKnownAt', 'lon', 'lat', 'town'];
/** Columns of a link's row, in order; the first two are its ends. */
const _LINK = [
  'from',
  'to',
  'id',
  'validFrom',
  'validTo',
  'knownAt',
  'origin',
  'probability',
  'weight',
  'rowIds',
] as const;
const _MOMENTS = ['firstKnownAt', 'validFrom', 'validTo', 'knownAt'];

function _value(name: string, place: number): string {
  const cell = `row[${place}]`;
  if (name === 'mentions') return `toInteger(${cell})`;
  if (!_MOMENTS.includes(name)) return cell;
  return `CASE WHEN ${cell} IS NULL THEN null ELSE datetime({ epochMillis: toInteger(${cell}) }) END`;
}

function _map(columns: readonly string[]): string {
  const own = columns.flatMap((name, i) => (name === 'from' || name === 'to' ? [] : [`${name}: ${_value(name, i)}`]));
  return `{ ${[...own, 'kind: $kind', 'run: $run'].join(', ')} }`;
}

/** The batch is done once, however often its text is sent: a lane's mark moves in the same transaction, and a batch that the mark has passed finds nothing to do. */
const _ONCE = `MATCH (s:TributaryPush { run: $run, lane: toInteger($lane) }) WHERE s.batch < $batch SET s.batch = toInteger($batch)
WITH s UNWIND $rows AS row`;

export const PUSH_ENTITY_ID =
  'CREATE CONSTRAINT tributary_entity_id IF NOT EXISTS FOR (e:Entity) REQUIRE e.id IS UNIQUE';
export const PUSH_ENTITY_KIND = 'CREATE INDEX tributary_entity_kind IF NOT EXISTS FOR (e:Entity) ON (e.kind)';
export const PUSH_AWAIT_INDEXES = 'CALL db.awaitIndexes(3600)';

/** One rule for each type: two links of the same id cannot be. */
export function pushLinkConstraint(kind: string): string {
  return `CREATE CONSTRAINT ${quotedName(`tributary_link_${kind}`)} IF NOT EXISTS FOR ()-[r:${typeOf(kind)}]-() REQUIRE r.id IS UNIQUE`;
}

/** Kinds that the server knows, from whatever run. */
export const PUSH_SERVER_KINDS = `MATCH (e:Entity) RETURN DISTINCT e.kind AS kind ORDER BY kind`;
export const PUSH_IS_EMPTY = `OPTIONAL MATCH (e:Entity) WITH e LIMIT 1 RETURN e IS NULL AS empty`;

/** A batch of entities of one kind that the server does not hold yet. */
export function pushNewNodes(kind: string): string {
  return `${_ONCE} CREATE (e:Entity:${labelOf(kind)} ${_map(_NODE)})
RETURN count(*) AS done`;
}

/** A batch of entities of one kind; labels of the other kinds go, should the kind of an entity have changed. */
export function pushNodes(kind: string, otherKinds: readonly string[]): string {
  const others = otherKinds.length === 0 ? '' : `REMOVE e:${otherKinds.map(labelOf).join(':')}\n`;
  return `${_ONCE} MERGE (e:Entity { id: row[0] })
SET e = ${_map(_NODE)}
SET e:${labelOf(kind)}
${others}RETURN count(*) AS done`;
}

const _ENDS = `MATCH (a:Entity { id: row[0] }) MATCH (b:Entity { id: row[1] })`;

/** A batch of links of one kind that the server does not hold yet. */
export function pushNewLinks(kind: string): string {
  return `${_ONCE} ${_ENDS}
CREATE (a)-[:${typeOf(kind)} ${_map(_LINK)}]->(b)
RETURN count(*) AS done`;
}

/** A batch of links of one kind; one that joined other ends in an older run is taken away first. */
export function pushLinks(kind: string): string {
  const type = typeOf(kind);
  return `${_ONCE} ${_ENDS}
OPTIONAL MATCH (x)-[moved:${type} { id: row[2] }]->(y) WHERE x <> a OR y <> b DELETE moved
WITH row, a, b MERGE (a)-[r:${type} { id: row[2] }]->(b)
SET r = ${_map(_LINK)}
RETURN count(*) AS done`;
}

/** Where each lane of a run's push stands. */
export const PUSH_STATE = `MATCH (s:TributaryPush { run: $run }) RETURN s.lane AS lane, s.batch AS batch, s.batchRows AS batchRows, s.lanes AS lanes, s.rows AS rows, s.fresh AS fresh ORDER BY lane`;
/** Marks of a push that begins: batch −1 = none done. */
export const PUSH_BEGIN = `UNWIND range(0, toInteger($lanes) - 1) AS lane
CREATE (:TributaryPush { run: $run, lane: lane, batch: -1, batchRows: toInteger($batchRows), lanes: toInteger($lanes), rows: toInteger($rows), fresh: $fresh })
RETURN count(*) AS done`;

/** What was noted of a run goes; the next push of it begins from nothing. */
export const PUSH_FORGET = `MATCH (s:TributaryPush { run: $run }) DELETE s RETURN count(*) AS gone`;

/** Links, then entities, of other runs; in transactions of their own. */
export const PUSH_REMOVE_STALE_LINKS = `MATCH (:Entity)-[r]->(:Entity) WHERE coalesce(r.run, '') <> $run CALL { WITH r DELETE r } IN TRANSACTIONS OF 10000 ROWS`;
export const PUSH_REMOVE_STALE_NODES = `MATCH (e:Entity) WHERE coalesce(e.run, '') <> $run CALL { WITH e DETACH DELETE e } IN TRANSACTIONS OF 10000 ROWS`;
export const PUSH_DONE = `MATCH (s:TributaryPush) WHERE s.run <> $run DELETE s WITH count(*) AS gone MATCH (s:TributaryPush { run: $run }) SET s.done = true RETURN DISTINCT gone`;
/** The run that the server holds whole, if it holds one. */
export const PUSHED_RUN = `MATCH (s:TributaryPush) WHERE s.done RETURN DISTINCT s.run AS run`;

/** What the server holds of a run: what a push must end with. */
export const PUSH_COUNT = `MATCH (e:Entity { run: $run }) WITH count(e) AS nodes OPTIONAL MATCH (:Entity)-[r { run: $run }]->(:Entity) RETURN nodes, count(r) AS links`;
