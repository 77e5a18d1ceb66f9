import { ExternalError, type Progress, SILENT, withDefaults } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import * as cypher from './neo4j-cypher.ts';
import type { Neo4jConnection } from './neo4j.ts';

export interface PushOptions {
  /** Rows in one transaction. */
  readonly batchRows: number;
  readonly progress: Progress;
}

export const PUSH_DEFAULTS: PushOptions = Object.freeze({ batchRows: 5000, progress: SILENT });

/** What a push did: `nodes` and `links` are on the server; `links + dangling` = rows of `link`. */
export interface PushReport {
  readonly nodes: number;
  readonly links: number;
  /** Links whose end names no entity; left behind. */
  readonly dangling: number;
  /** Rows that an earlier, broken-off push of the same run had brought over already. */
  readonly resumed: number;
}

/** Publishes a warehouse's entities and links into Neo4j. Repeating it changes nothing; after a break it goes on where it stopped; what other runs left is removed
 *  at the end, so that readers see the old snapshot or the new one beside it, never less. Persons go by pseudonym, without name or place.
 *  @param runId  names the snapshot; the same id must mean the same content
 *  @throws as `Neo4jConnection`; ExternalError `push-incomplete` when the server ends with other counts than were sent */
export async function pushToNeo4j(
  db: Database,
  neo4j: Neo4jConnection,
  runId: string,
  options: Partial<PushOptions> = {},
): Promise<PushReport> {
  const o = withDefaults('pushToNeo4j', PUSH_DEFAULTS, options);
  const nodeKinds = await _kinds(db, 'entity');
  const linkKinds = await _kinds(db, 'link');
  await neo4j.write(cypher.PUSH_CONSTRAINT);
  await neo4j.write(cypher.PUSH_KIND_INDEX);
  for (const kind of linkKinds) await neo4j.write(cypher.pushLinkConstraint(kind));
  const there = (await neo4j.read<{ kind: string }>(cypher.PUSH_SERVER_KINDS)).map((row) => row.kind);
  const allKinds = [...new Set([...nodeKinds, ...there])];
  const push: Push = { db, neo4j, run: runId, options: o, nodeKinds, allKinds, linkKinds, resumed: 0 };
  try {
    return await _push(push);
  } catch (error) {
    if (!(error instanceof ExternalError) || error.code !== 'push-incomplete' || push.resumed === 0) throw error;
    o.progress.note(`${error.message}; beginning again from nothing`);
    await neo4j.write(cypher.PUSH_FORGET, { run: runId });
    return _push({ ...push, resumed: 0 });
  }
}

async function _push(push: Push): Promise<PushReport> {
  const { db, neo4j, run } = push;
  const [state] = await neo4j.read<State>(cypher.PUSH_STATE, { run });
  const nodes = await _pushNodes(push, push.nodeKinds, state ?? null);
  const links = await _pushLinks(push, push.linkKinds, state ?? null);
  await neo4j.writeAlone(cypher.PUSH_REMOVE_STALE_LINKS, { run });
  await neo4j.writeAlone(cypher.PUSH_REMOVE_STALE_NODES, { run });
  await _checkCounts(neo4j, run, { nodes, links });
  await neo4j.write(cypher.PUSH_DONE, { run });
  const [all] = await db.rows<{ n: number }>('select count(*) as n from link');
  return { nodes, links, dangling: all!.n - links, resumed: push.resumed };
}

interface Push {
  readonly db: Database;
  readonly neo4j: Neo4jConnection;
  readonly run: string;
  readonly options: PushOptions;
  readonly nodeKinds: readonly string[];
  /** Those of this run and of what the server holds: whose labels an entity may still bear. */
  readonly allKinds: readonly string[];
  readonly linkKinds: readonly string[];
  resumed: number;
}

/** How far an earlier push of this run came: the last kind begun and the last row of it. */
interface State {
  readonly nodeKind: string | null;
  readonly nodeId: string | null;
  readonly linkKind: string | null;
  readonly linkRow: number | null;
}

/** Entities of one kind after an id, in order of id; persons by pseudonym. */
export const PUSH_NODES_SQL = `select entity_id as id, coalesce(kind, '') as kind, case when kind = 'person' then pseudonym else label end as label, mentions,
    first_known_at as "firstKnownAt", case when kind = 'person' then null else lon end as lon, case when kind = 'person' then null else lat end as lat, town
  from entity where coalesce(kind, '') = $kind and ($after is null or entity_id > $after) order by entity_id limit $limit`;

/** Links of one kind after a row, in order of row; those whose ends are no entities stay behind. */
export const PUSH_LINKS_SQL = `select l.rowid as row, link_id as id, coalesce(kind, '') as kind, from_id as "from", to_id as "to", valid_from as "validFrom",
    valid_to as "validTo", known_at as "knownAt", origin, probability, weight, row_ids as "rowIds"
  from link l where coalesce(kind, '') = $kind and l.rowid > $after
    and from_id in (select entity_id from entity) and to_id in (select entity_id from entity) order by l.rowid limit $limit`;

async function _pushNodes(push: Push, kinds: readonly string[], state: State | null): Promise<number> {
  push.options.progress.step('push entities');
  let pushed = 0;
  for (const kind of kinds) {
    let after: string | null = null;
    if (state !== null && state.nodeKind !== null && kind <= state.nodeKind) {
      after = kind === state.nodeKind ? state.nodeId : null;
      const [done] = await push.db.rows<{ n: number }>(
        `select count(*) as n from entity where coalesce(kind, '') = $kind and ($after is null or entity_id <= $after)`,
        { kind, after },
      );
      push.resumed += done!.n;
      pushed += done!.n;
      if (kind < state.nodeKind) continue;
    }
    const text = cypher.pushNodes(
      kind,
      push.allKinds.filter((other) => other !== kind),
    );
    for (;;) {
      const rows = await push.db.rows<{ id: string }>(PUSH_NODES_SQL, { kind, after, limit: push.options.batchRows });
      if (rows.length === 0) break;
      after = rows.at(-1)!.id;
      await push.neo4j.write(text, { rows, run: push.run, kind, last: after });
      pushed += rows.length;
      push.options.progress.tick(pushed, null, 'entities');
    }
  }
  return pushed;
}

async function _pushLinks(push: Push, kinds: readonly string[], state: State | null): Promise<number> {
  push.options.progress.step('push links');
  let pushed = 0;
  for (const kind of kinds) {
    let after = -1;
    if (state !== null && state.linkKind !== null && kind <= state.linkKind) {
      if (kind === state.linkKind) after = state.linkRow ?? -1;
      const done = await _linksUpTo(push.db, kind, kind === state.linkKind ? after : null);
      push.resumed += done;
      pushed += done;
      if (kind < state.linkKind) continue;
    }
    for (;;) {
      const rows = await push.db.rows<{ row: number }>(PUSH_LINKS_SQL, { kind, after, limit: push.options.batchRows });
      if (rows.length === 0) break;
      after = rows.at(-1)!.row;
      await push.neo4j.write(cypher.pushLinks(kind), { rows, run: push.run, kind, last: after });
      pushed += rows.length;
      push.options.progress.tick(pushed, null, 'links');
    }
  }
  return pushed;
}

async function _linksUpTo(db: Database, kind: string, row: number | null): Promise<number> {
  const [done] = await db.rows<{ n: number }>(
    `select count(*) as n from link l where coalesce(kind, '') = $kind and ($row is null or l.rowid <= $row)
      and from_id in (select entity_id from entity) and to_id in (select entity_id from entity)`,
    { kind, row },
  );
  return done!.n;
}

async function _kinds(db: Database, table: 'entity' | 'link'): Promise<string[]> {
  const rows = await db.rows<{ kind: string }>(
    `select distinct coalesce(kind, '') as kind from ${table} order by kind`,
  );
  return rows.map((r) => r.kind);
}

async function _checkCounts(
  neo4j: Neo4jConnection,
  run: string,
  sent: { readonly nodes: number; readonly links: number },
): Promise<void> {
  const [there] = await neo4j.read<{ nodes: number; links: number }>(cypher.PUSH_COUNT, { run });
  if (there!.nodes === sent.nodes && there!.links === sent.links) return;
  throw new ExternalError(
    'push-incomplete',
    `pushToNeo4j: run ${run}: sent ${sent.nodes} entities and ${sent.links} links, the server holds ${there!.nodes} and ${there!.links}; does something else write there?`,
    { run, sent, there: there! },
  );
}
