import { Router } from 'express';
import { StateError } from '../../../ingest/base/index.ts';
import { entityDetail, sourceFiles } from '../../../models/queries/index.ts';
import * as contract from '../../contract/index.ts';
import { answer } from '../answer.ts';
import type { Resource, RouteContext } from '../resource.ts';

export const workspaceRoutes: Resource = {
  operations: [
    {
      path: '/api/health',
      summary: 'Whether the server runs, and which run it serves',
      right: 'public',
      answer: contract.health,
    },
    {
      path: '/api/entities/{id}',
      summary: 'One entity with each value and the row it stands in; persons by pseudonym',
      right: 'graph.read',
      params: contract.idPath,
      answer: contract.entity,
    },
    {
      path: '/api/sources',
      summary: 'Files of the served run: rows read, accepted, refused',
      right: 'sources.read',
      answer: contract.sourceList,
    },
  ],
  router,
};

function router({ snapshot, version }: RouteContext): Router {
  const routes = Router();
  routes.get('/health', async (_request, response) => {
    const runId = await snapshot
      .use((_db, id) => Promise.resolve(id))
      .catch((error: unknown) => (error instanceof StateError ? null : Promise.reject(error)));
    answer(response, contract.health, { status: 'ok', runId, version });
  });
  routes.get('/entities/:id', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    answer(response, contract.entity, await snapshot.use((db) => entityDetail(db, id)));
  });
  routes.get('/sources', async (_request, response) => {
    const list = await snapshot.use(async (db, runId) => ({ runId, sources: await sourceFiles(db) }));
    answer(response, contract.sourceList, list);
  });
  return routes;
}
