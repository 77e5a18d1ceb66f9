import { Router } from 'express';
import { sourceRow } from '../../../models/queries/index.ts';
import { descriptionsOf, readSettings } from '../../../models/workspace/index.ts';
import * as contract from '../../contract/index.ts';
import { answer } from '../answer.ts';
import type { Resource, RouteContext } from '../resource.ts';

/** Source rows: where every number ends. */
export const rowRoutes: Resource = {
  operations: [
    {
      path: '/api/rows/{id}',
      summary: 'One row as a department sent it, with file, line and share level; personal columns hidden',
      right: 'leads.read',
      params: contract.idPath,
      answer: contract.sourceRow,
    },
  ],
  router,
};

function router({ paths, snapshot }: RouteContext): Router {
  const routes = Router();
  routes.get('/rows/:id', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    const descriptions = descriptionsOf(paths, readSettings(paths));
    answer(response, contract.sourceRow, await snapshot.use((db) => sourceRow(db, id, descriptions)));
  });
  return routes;
}
