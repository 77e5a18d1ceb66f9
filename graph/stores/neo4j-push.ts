import { ExternalError, InputError, type Progress, SILENT, withDefaults } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import { type PushBatch, type PushPlan, planPush, pushRows } from './neo4j-push-batches.ts';
import * as cypher from './neo4j-push-cypher.ts';
import type { Neo4jConnection } from './neo4j.ts';

export interface PushOptions {
  /** Rows in one transaction. */
  readonly batchRows: number;
  /** Transactions under way at the same time. */
  readonly lanes: number;
  readonly progress: Progress;
}

export const PUSH_DEFAULTS: PushOptions = Object.freeze({ batchRows: 10_000, lanes: 2, progress: SILENT });

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
 *  at the end, so that readers see the old snapshot or the new one beside it, never less. Persons go by pseudonym, without name or place. Into a server without entities
 *  rows are created, else merged; either way each batch is done exactly once, by a mark that moves in its transaction.
 *  @param runId  names the snapshot; the same id must mean the same content
 *  @throws as `Neo4jConnection`; InputError `bad-limit`; ExternalError `push-incomplete` when the server ends with other counts than were sent */
export async function pushToNeo4j(
  db: Database,
  neo4j: Neo4jConnection,
  runId: string,
  options: Partial<PushOptions> = {},
): Promise<PushReport> {
  const o = withDefaults('pushToNeo4j', PUSH_DEFAULTS, options);
  for (const [name, value, most] of [
    ['batchRows', o.batchRows, 1_000_000],
    ['lanes', o.lanes, 64],
  ] as const)
    if (!(Number.isInteger(value) && value >= 1 && value <= most))
      throw new InputError('bad-limit', `pushToNeo4j: ${name} is ${value}; use a whole number 1 – ${most}`, {});
  await neo4j.writeAlone(cypher.PUSH_ENTITY_ID);
  try {
    return await _push({ db, neo4j, run: runId, ...o });
  } catch (error) {
    if (!(error instanceof ExternalError) || error.code !== 'push-incomplete' || error.detail['resumed'] === 0)
      throw error;
    o.progress.note(`${error.message}; beginning again from nothing`);
    await neo4j.write(cypher.PUSH_FORGET, { run: runId });
    return await _push({ db, neo4j, run: runId, ...o });
  } finally {
    await db.run('drop table if exists temp.push_dangling');
  }
}

/** The run that the server holds whole; null = none. @throws as `Neo4jConnection` */
export async function pushedRun(neo4j: Neo4jConnection): Promise<string | null> {
  const rows = await neo4j.read<{ run: string }>(cypher.PUSHED_RUN);
  return rows.length === 1 ? rows[0]!.run : null;
}

interface Push extends PushOptions {
  readonly db: Database;
  readonly neo4j: Neo4jConnection;
  readonly run: string;
}

/** How far a push came. */
interface Marks {
  readonly batchRows: number;
  readonly lanes: number;
  /** The server held no entity when it began: nothing needs to be looked for before it is made. */
  readonly fresh: boolean;
  /** Lane → last batch done. */
  readonly done: readonly number[];
}

async function _push(push: Push): Promise<PushReport> {
  const { neo4j, run } = push;
  push.progress.step('plan push');
  const { marks, plan } = await _begin(push);
  if (!marks.fresh) await _linkRules(neo4j, plan);
  const waiting = plan.batches.filter((b) => b.number > marks.done[b.number % marks.lanes]!);
  const resumed = _rowsOf(plan.batches) - _rowsOf(waiting);
  const texts = await _textsOf(neo4j, plan, marks.fresh);
  for (const part of ['nodes', 'links'] as const) {
    push.progress.step(part === 'nodes' ? 'push entities' : 'push links');
    await _pushPart(push, marks, { part, waiting, before: part === 'nodes' ? plan.nodes : plan.links, texts });
  }
  push.progress.step('check push');
  if (marks.fresh) await _linkRules(neo4j, plan);
  await neo4j.writeAlone(cypher.PUSH_ENTITY_KIND);
  await neo4j.writeAlone(cypher.PUSH_AWAIT_INDEXES);
  await neo4j.writeAlone(cypher.PUSH_REMOVE_STALE_LINKS, { run });
  await neo4j.writeAlone(cypher.PUSH_REMOVE_STALE_NODES, { run });
  await _checkCounts(neo4j, run, { nodes: plan.nodes, links: plan.links }, resumed);
  await neo4j.write(cypher.PUSH_DONE, { run });
  return { nodes: plan.nodes, links: plan.links, dangling: plan.dangling, resumed };
}

/** Where an earlier push of this run stopped, or marks for a new one. An earlier one of other counts was not of this snapshot, and is forgotten. */
async function _begin(push: Push): Promise<{ marks: Marks; plan: PushPlan }> {
  const { db, neo4j, run } = push;
  const rows = await neo4j.read<Omit<Marks, 'done'> & { lane: number; batch: number; rows: number }>(
    cypher.PUSH_STATE,
    { run },
  );
  const [first] = rows;
  if (first !== undefined && rows.length === first.lanes) {
    const plan = await planPush(db, first.batchRows);
    if (first.rows === plan.nodes + plan.links) {
      const { batchRows, lanes, fresh } = first;
      return { plan, marks: { batchRows, lanes, fresh, done: rows.map((r) => r.batch) } };
    }
    push.progress.note(`run ${run} was pushed with ${first.rows} rows, now it has ${plan.nodes + plan.links}`);
  }
  await neo4j.write(cypher.PUSH_FORGET, { run });
  const plan = await planPush(db, push.batchRows);
  const [{ empty: fresh }] = (await neo4j.read<{ empty: boolean }>(cypher.PUSH_IS_EMPTY)) as [{ empty: boolean }];
  const { batchRows, lanes } = push;
  await neo4j.write(cypher.PUSH_BEGIN, { run, batchRows, lanes, rows: plan.nodes + plan.links, fresh });
  return { plan, marks: { batchRows, lanes, fresh, done: Array.from({ length: lanes }, () => -1) } };
}

async function _linkRules(neo4j: Neo4jConnection, plan: PushPlan): Promise<void> {
  for (const kind of plan.linkKinds) await neo4j.writeAlone(cypher.pushLinkConstraint(kind));
}

/** The text of a batch. Labels of every kind of this run and of what the server holds are what an entity may still bear. */
async function _textsOf(neo4j: Neo4jConnection, plan: PushPlan, fresh: boolean): Promise<(batch: PushBatch) => string> {
  if (fresh) return ({ part, kind }) => (part === 'nodes' ? cypher.pushNewNodes(kind) : cypher.pushNewLinks(kind));
  const there = (await neo4j.read<{ kind: string }>(cypher.PUSH_SERVER_KINDS)).map((row) => row.kind);
  const all = [...new Set([...plan.nodeKinds, ...there])];
  const texts = new Map(
    plan.nodeKinds.map((kind) => [
      kind,
      cypher.pushNodes(
        kind,
        all.filter((other) => other !== kind),
      ),
    ]),
  );
  return ({ part, kind }) => (part === 'nodes' ? texts.get(kind)! : cypher.pushLinks(kind));
}

interface Part {
  readonly part: PushBatch['part'];
  readonly waiting: readonly PushBatch[];
  /** Rows of the part, pushed or not. */
  readonly before: number;
  readonly texts: (batch: PushBatch) => string;
}

/** Lanes side by side, each with every `lanes`-th batch in order; when one fails the others end with the batch they are at. */
async function _pushPart(push: Push, marks: Marks, of: Part): Promise<void> {
  const mine = of.waiting.filter((b) => b.part === of.part);
  let pushed = of.before - _rowsOf(mine);
  let fault: unknown = null;
  const lane = async (number: number): Promise<void> => {
    for (const batch of mine.filter((b) => b.number % marks.lanes === number)) {
      if (fault !== null) return;
      try {
        const rows = await pushRows(push.db, batch);
        const { kind, number: place } = batch;
        await push.neo4j.write(of.texts(batch), { rows, run: push.run, kind, lane: number, batch: place });
        pushed += batch.rows;
        push.progress.tick(pushed, of.before, of.part === 'nodes' ? 'entities' : 'links');
      } catch (error) {
        fault ??= error;
      }
    }
  };
  await Promise.all(Array.from({ length: marks.lanes }, (_x, i) => lane(i)));
  if (fault !== null) throw fault;
}

function _rowsOf(batches: readonly PushBatch[]): number {
  return batches.reduce((n, b) => n + b.rows, 0);
}

async function _checkCounts(
  neo4j: Neo4jConnection,
  run: string,
  sent: { readonly nodes: number; readonly links: number },
  resumed: number,
): Promise<void> {
  const [there] = await neo4j.read<{ nodes: number; links: number }>(cypher.PUSH_COUNT, { run });
  if (there!.nodes === sent.nodes && there!.links === sent.links) return;
  throw new ExternalError(
    'push-incomplete',
    `pushToNeo4j: run ${run}: sent ${sent.nodes} entities and ${sent.links} links, the server holds ${there!.nodes} and ${there!.links}; does something else write there?`,
    { run, sent, there: there!, resumed },
  );
}
