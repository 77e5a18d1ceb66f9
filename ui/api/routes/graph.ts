import { Router } from 'express';
import type { GraphStore } from '../../../graph/stores/index.ts';
import { type Pattern, matchPattern } from '../../../graph/patterns/index.ts';
import * as contract from '../../contract/index.ts';
import { answer } from '../answer.ts';
import { graphStoreOf } from '../graph-store.ts';
import type { Operation, Resource, RouteContext } from '../resource.ts';

const _right = 'graph.read' as const;

const _OPERATIONS: readonly Operation[] = [
  {
    path: '/api/graph/kinds',
    summary: 'Kinds of entities and links that occur, with how many',
    right: _right,
    answer: contract.graphKinds,
  },
  {
    path: '/api/graph/{id}/neighbours',
    summary: 'What surrounds an entity, counted by kind and direction before loading',
    right: _right,
    params: contract.idPath,
    answer: contract.neighbourCounts,
  },
  {
    path: '/api/graph/{id}/expand',
    summary: 'One ranked page of neighbours, and how many remain',
    right: _right,
    params: contract.idPath,
    query: contract.expandQuery,
    answer: contract.expansion,
  },
  {
    path: '/api/graph/paths',
    summary: 'Short paths between two entities; in time order on request',
    right: _right,
    query: contract.pathQuery,
    answer: contract.graphPaths,
  },
  {
    method: 'post',
    path: '/api/graph/nodes',
    summary: 'Entities by id; those that this run does not know are named',
    right: _right,
    body: contract.nodesBody,
    answer: contract.graphNodes,
  },
  {
    method: 'post',
    path: '/api/graph/among',
    summary: 'The links among some entities, or between them and others',
    right: _right,
    body: contract.amongBody,
    answer: contract.subgraph,
  },
  {
    method: 'post',
    path: '/api/graph/evidence',
    summary: 'The source rows that say some links',
    right: _right,
    body: contract.evidenceBody,
    answer: contract.linkEvidence,
  },
  {
    method: 'post',
    path: '/api/graph/totals',
    summary: 'How many different neighbours each of some entities has',
    right: _right,
    body: contract.totalsBody,
    answer: contract.graphTotals,
  },
  {
    method: 'post',
    path: '/api/graph/connect',
    summary: 'A small network that joins several entities, or the groups in which they hang together',
    right: _right,
    body: contract.connectBody,
    answer: contract.network,
  },
  {
    method: 'post',
    path: '/api/graph/pattern',
    summary: 'Where a drawn pattern occurs',
    right: _right,
    body: contract.patternBody,
    answer: contract.patternMatches,
  },
];

/** The graph's questions: counts before loading, a ranked page, paths, networks, patterns. */
export const graphRoutes: Resource = { operations: _OPERATIONS, router };

function router({ snapshot }: RouteContext): Router {
  const routes = Router();
  const ask = <T>(work: (store: GraphStore) => Promise<T>): Promise<T> =>
    snapshot.use(async (db) => work(await graphStoreOf(db)));
  routes.get('/graph/kinds', async (_request, response) => {
    const count = (table: string) =>
      `select kind, count(*) as count from ${table} group by kind order by count desc, kind`;
    const kinds = await snapshot.use(async (db) => ({
      nodes: await db.rows(count('entity')),
      links: await db.rows(count('link')),
    }));
    answer(response, contract.graphKinds, kinds);
  });
  routes.get('/graph/:id/neighbours', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    answer(response, contract.neighbourCounts, { id, counts: await ask((store) => store.neighbourCounts(id)) });
  });
  routes.get('/graph/:id/expand', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    const query = contract.expandQuery.parse(request.query);
    answer(response, contract.expansion, await ask((store) => store.expand(id, query)));
  });
  routes.get('/graph/paths', async (request, response) => {
    const { from, to, k, inTime, ...how } = contract.pathQuery.parse(request.query);
    const request_ = {
      maxHops: how.maxHops,
      withoutNodeKinds: how.withoutNodeKinds ?? [],
      withoutLinkKinds: how.withoutLinkKinds ?? [],
      withoutNodes: how.withoutNodes ?? [],
    };
    const paths = await ask(async (store) => {
      if (inTime === 'false') return store.shortPaths(from, to, k, request_);
      const path = await store.timeRespectingPath(from, to, request_);
      return path === null ? [] : [path];
    });
    answer(response, contract.graphPaths, { from, to, paths });
  });
  routes.post('/graph/nodes', async (request, response) => {
    const { ids } = contract.nodesBody.parse(request.body);
    answer(response, contract.graphNodes, await ask((store) => _known(store, ids)));
  });
  routes.post('/graph/among', async (request, response) => {
    const body = contract.amongBody.parse(request.body);
    answer(response, contract.subgraph, await ask((store) => _among(store, body.ids, body.with)));
  });
  routes.post('/graph/evidence', async (request, response) => {
    const { ids } = contract.evidenceBody.parse(request.body);
    const links = await snapshot.use((db) =>
      db.rows(
        'select link_id as id, row_ids as "rowIds" from link where list_contains($ids::varchar[], link_id) order by link_id',
        { ids },
      ),
    );
    answer(response, contract.linkEvidence, { links });
  });
  routes.post('/graph/totals', async (request, response) => {
    const { ids } = contract.totalsBody.parse(request.body);
    const totals = await ask(async (store) => {
      const { nodes } = await _known(store, ids);
      const out: { id: string; neighbours: number }[] = [];
      for (const { id } of nodes) out.push({ id, neighbours: (await store.expand(id, { limit: 1 })).total });
      return out;
    });
    answer(response, contract.graphTotals, { totals });
  });
  routes.post('/graph/connect', async (request, response) => {
    const { ids, ...how } = contract.connectBody.parse(request.body);
    answer(response, contract.network, await ask((store) => store.connect(ids, how)));
  });
  routes.post('/graph/pattern', async (request, response) => {
    const { pattern, limit } = contract.patternBody.parse(request.body);
    const found = await snapshot.use(async (db) => {
      const matches = await matchPattern(db, pattern as Pattern, { limit });
      const store = await graphStoreOf(db);
      const names = pattern.nodes.map((n) => n.name);
      const linkNames = pattern.links.map((l) => l.name);
      const ids = [...new Set(matches.rows.flatMap((row) => names.map((name) => row[name]!)))];
      const chosen = new Set(matches.rows.flatMap((row) => linkNames.map((name) => row[name]!)));
      const { nodes, links } = await store.among(ids);
      return { ...matches, nodes, links: links.filter((l) => chosen.has(l.id)) };
    });
    answer(response, contract.patternMatches, found);
  });
  return routes;
}

async function _known(
  store: GraphStore,
  ids: readonly string[],
): Promise<{ nodes: unknown[] & { id: string }[]; unknown: string[] }> {
  const nodes: { id: string }[] = [];
  const unknown: string[] = [];
  for (const id of new Set(ids)) {
    try {
      nodes.push(...(await store.nodes([id])));
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'no-such-node') throw error;
      unknown.push(id);
    }
  }
  return { nodes, unknown };
}

/** All links among `ids`; with `others`, only those that join one of `ids` to one of either. */
async function _among(store: GraphStore, ids: readonly string[], others: readonly string[]): Promise<unknown> {
  if (others.length === 0) return store.among(ids);
  const fresh = new Set(ids);
  const { nodes, links } = await store.among([...ids, ...others]);
  return {
    nodes: nodes.filter((n) => fresh.has(n.id)),
    links: links.filter((l) => fresh.has(l.from) || fresh.has(l.to)),
  };
}
