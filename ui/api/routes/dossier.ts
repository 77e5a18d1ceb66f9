import { Router } from 'express';
import { dossier } from '../../../models/queries/index.ts';
import * as contract from '../../contract/index.ts';
import { answer } from '../answer.ts';
import type { Resource, RouteContext } from '../resource.ts';

/** Facility dossiers. */
export const dossierRoutes: Resource = {
  operations: [
    {
      path: '/api/dossier/{id}',
      summary: 'A company or site on one page: permits, readings, checks, penalties, the last twenty quarters',
      right: 'leads.read',
      params: contract.idPath,
      answer: contract.dossier,
    },
  ],
  router,
};

function router({ snapshot }: RouteContext): Router {
  const routes = Router();
  routes.get('/dossier/:id', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    answer(response, contract.dossier, await snapshot.use((db) => dossier(db, id)));
  });
  return routes;
}
