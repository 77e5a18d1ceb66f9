import { Router } from 'express';
import { EmbeddedStore, type GraphStore } from '../../../graph/stores/index.ts';
import type { Database } from '../../../ingest/tables/index.ts';
import * as contract from '../../contract/index.ts';
import { answer } from '../answer.ts';
import type { Resource, RouteContext } from '../resource.ts';

/** One embedded graph a snapshot, loaded at the first question. */
const _stores = new WeakMap<Database, Promise<GraphStore>>();

function _storeOf(db: Database): Promise<GraphStore> {
  const known = _stores.get(db);
  if (known !== undefined) return known;
  const opening = EmbeddedStore.open(db);
  _stores.set(db, opening);
  opening.catch(() => _stores.delete(db));
  return opening;
}

/** The graph's questions: counts before loading, a ranked page, paths. */
export const graphRoutes: Resource = {
  operations: [
    {
      path: '/api/graph/{id}/neighbours',
      summary: 'What surrounds an entity, counted by kind and direction before loading',
      right: 'graph.read',
      params: contract.idPath,
      answer: contract.neighbourCounts,
    },
    {
      path: '/api/graph/{id}/expand',
      summary: 'One ranked page of neighbours, and how many remain',
      right: 'graph.read',
      params: contract.idPath,
      query: contract.expandQuery,
      answer: contract.expansion,
    },
    {
      path: '/api/graph/paths',
      summary: 'Short paths between two entities; in time order on request',
      right: 'graph.read',
      query: contract.pathQuery,
      answer: contract.graphPaths,
    },
  ],
  router,
};

function router({ snapshot }: RouteContext): Router {
  const routes = Router();
  const ask = <T>(work: (store: GraphStore) => Promise<T>): Promise<T> =>
    snapshot.use(async (db) => work(await _storeOf(db)));
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
    const { from, to, k, maxHops, withoutNodeKinds, inTime } = contract.pathQuery.parse(request.query);
    const how = { maxHops, withoutNodeKinds: withoutNodeKinds ?? [] };
    const paths = await ask(async (store) => {
      if (inTime === 'false') return store.shortPaths(from, to, k, how);
      const path = await store.timeRespectingPath(from, to, how);
      return path === null ? [] : [path];
    });
    answer(response, contract.graphPaths, { from, to, paths });
  });
  return routes;
}
