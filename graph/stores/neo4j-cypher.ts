import type { Direction } from '../csr.ts';

/** Every Cypher text that the Neo4j home reads by (those of a push are in `neo4j-push-cypher.ts`), so that one test can lint them all. Values are always parameters; what is written into a text is a direction, a hop count
 *  or a name made by `labelOf` and `typeOf`. */

/** Label of an entity kind: `river_section` → `RiverSection`, safe in backticks. */
export function labelOf(kind: string): string {
  const words = kind.split(/[_\s]+/).filter((word) => word !== '');
  return quotedName(words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('') || 'Thing');
}

/** Relationship type of a link kind: `stopped_at` → `STOPPED_AT`, safe in backticks. */
export function typeOf(kind: string): string {
  return quotedName(kind.toUpperCase() || 'LINKED');
}

/** A name that no backtick in it can break out of. */
export function quotedName(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** Parameters that `linkTest` reads. */
export interface LinkTestParams {
  readonly linkKinds: readonly string[] | null;
  readonly withoutLinkKinds: readonly string[];
  readonly asOf: string | null;
  readonly windowFrom: string | null;
  readonly windowTo: string | null;
}

/** Whether link `r` counts. */
export function linkTest(r: string): string {
  return `($linkKinds IS NULL OR ${r}.kind IN $linkKinds) AND NOT ${r}.kind IN $withoutLinkKinds
  AND ($asOf IS NULL OR ${r}.knownAt <= datetime($asOf))
  AND ($windowFrom IS NULL OR (
    (${r}.validFrom IS NULL OR ${r}.validFrom <= datetime($windowTo)) AND (${r}.validTo IS NULL OR ${r}.validTo >= datetime($windowFrom))
    AND (${r}.validFrom IS NULL OR ${r}.validTo IS NULL OR ${r}.validFrom <= ${r}.validTo)))`;
}

const _ARROWS: Readonly<Record<Direction, readonly [string, string]>> = {
  out: ['-', '->'],
  in: ['<-', '-'],
  both: ['-', '-'],
};

function _arrow(direction: Direction, between: string): string {
  const [left, right] = _ARROWS[direction];
  return `${left}[${between}]${right}`;
}

const _LINK = `{ .*, rowIds: CASE WHEN $evidence THEN r.rowIds ELSE null END, from: startNode(r).id, to: endNode(r).id } AS link`;

export const SIZE = `MATCH (e:Entity) WITH count(e) AS nodes OPTIONAL MATCH (:Entity)-[r]->(:Entity) RETURN nodes, count(r) AS links`;

export const NODES = `UNWIND $ids AS id MATCH (e:Entity { id: id }) RETURN e { .* } AS node`;

export function neighbourCounts(direction: 'out' | 'in'): string {
  return `MATCH (:Entity { id: $id })${_arrow(direction, 'r')}(m:Entity) WHERE ${linkTest('r')}
RETURN r.kind AS linkKind, m.kind AS nodeKind, count(r) AS links, count(DISTINCT m) AS neighbours`;
}

/** How many neighbours there are. */
export function expandTotal(direction: Direction): string {
  return `MATCH (n:Entity { id: $id })${_arrow(direction, 'r')}(m:Entity)
WHERE m <> n AND ($nodeKinds IS NULL OR m.kind IN $nodeKinds) AND ${linkTest('r')}
RETURN count(DISTINCT m) AS total`;
}

const _RANKS = {
  weight: 'sum(coalesce(r.weight, 1.0))',
  recent: 'coalesce(max(r.validFrom).epochMillis, -9007199254740991)',
  degree: 'COUNT { (m)-->() } + COUNT { (m)<--() }',
} as const;

/** One page of neighbours' ids. */
export function expandPage(direction: Direction, rank: keyof typeof _RANKS): string {
  return `MATCH (n:Entity { id: $id })${_arrow(direction, 'r')}(m:Entity)
WHERE m <> n AND ($nodeKinds IS NULL OR m.kind IN $nodeKinds) AND ${linkTest('r')}
WITH m, ${rank === 'degree' ? `count(r) AS links, ${_RANKS.degree}` : _RANKS[rank]} AS rank
RETURN m.id AS id ORDER BY rank DESC, id SKIP toInteger($offset) LIMIT toInteger($limit)`;
}

/** Links between pairs of nodes, numbered by pair. */
export function linksOfPairs(direction: Direction): string {
  return `UNWIND range(0, size($pairs) - 1) AS pair
MATCH (:Entity { id: $pairs[pair][0] })${_arrow(direction, 'r')}(:Entity { id: $pairs[pair][1] }) WHERE ${linkTest('r')}
RETURN DISTINCT pair, r ${_LINK}`;
}

/** Links among nodes. */
export const LINKS_AMONG = `UNWIND $ids AS id MATCH (:Entity { id: id })-[r]->(b:Entity) WHERE b.id IN $ids AND ${linkTest('r')}
RETURN r ${_LINK}`;

/** Ids that a step from any of the frontier reaches. */
export function frontier(direction: Direction): string {
  return `UNWIND $frontier AS id MATCH (:Entity { id: id })${_arrow(direction, 'r')}(m:Entity)
WHERE NOT m.kind IN $withoutNodeKinds AND NOT m.id IN $withoutNodes AND ${linkTest('r')}
RETURN DISTINCT m.id AS id`;
}

/** Steps from the frontier with their links, for paths on which dates advance. */
export function timedFrontier(direction: Direction): string {
  return `UNWIND $frontier AS id MATCH (:Entity { id: id })${_arrow(direction, 'r')}(m:Entity)
WHERE (m.id = $to OR (NOT m.kind IN $withoutNodeKinds AND NOT m.id IN $withoutNodes)) AND ${linkTest('r')}
RETURN id AS before, m.id AS after, r ${_LINK}`;
}

export const COMMON_NEIGHBOURS = `UNWIND $ids AS id MATCH (n:Entity { id: id })-[r]-(m:Entity) WHERE NOT m.id IN $ids AND ${linkTest('r')}
WITH m, count(DISTINCT n) AS shared WHERE shared >= $least
RETURN m.id AS id, shared ORDER BY shared DESC, id`;

/** Paths of fewest links as lists of ids, sorted; the tests are over single nodes and links, so that the server's search can mind them as it goes.
 *  @param maxHops  a checked whole number: Cypher takes no parameter here */
function _shortestPaths(direction: Direction, maxHops: number): string {
  return `MATCH (a:Entity { id: $from }), (b:Entity { id: $to })
MATCH p = allShortestPaths((a)${_arrow(direction, `*..${maxHops.toFixed(0)}`)}(b))
WHERE all(r IN relationships(p) WHERE ${linkTest('r')})
  AND none(x IN nodes(p) WHERE x.id <> $from AND x.id <> $to AND (x.kind IN $withoutNodeKinds OR x.id IN $withoutNodes))
  AND none(r IN relationships(p) WHERE (startNode(r).id = $from AND endNode(r).id IN $taken) OR (endNode(r).id = $from AND startNode(r).id IN $taken))
WITH DISTINCT [x IN nodes(p) | x.id] AS ids`;
}

export function shortestPaths(direction: Direction, maxHops: number): string {
  return `${_shortestPaths(direction, maxHops)} RETURN ids ORDER BY ids LIMIT toInteger($limit)`;
}

export function countShortestPaths(direction: Direction, maxHops: number): string {
  return `${_shortestPaths(direction, maxHops)} RETURN count(ids) AS total`;
}
