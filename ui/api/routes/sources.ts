import { Router } from 'express';
import { snapshotAsOf, sourceFilesOf, sourceHealth, sourceRejects } from '../../../models/queries/index.ts';
import { descriptionsOf, readSettings } from '../../../models/workspace/index.ts';
import * as contract from '../../contract/index.ts';
import { answer } from '../answer.ts';
import type { Resource, RouteContext } from '../resource.ts';

/** Data health. */
export const sourceRoutes: Resource = {
  operations: [
    {
      path: '/api/sources/health',
      summary:
        'Each source: rows read, accepted, refused; lag, completeness, duplicates, datum; red when a file is broken',
      right: 'sources.read',
      answer: contract.sourceReportList,
    },
    {
      path: '/api/sources/{id}',
      summary: 'Files, columns and rules of one source',
      right: 'sources.read',
      params: contract.idPath,
      answer: contract.sourceDetail,
    },
    {
      path: '/api/sources/{id}/rejects',
      summary: 'Refused rows and values with the reason; personal values hidden',
      right: 'sources.read',
      params: contract.idPath,
      query: contract.rejectQuery,
      answer: contract.rejectList,
    },
  ],
  router,
};

function router({ paths, snapshot }: RouteContext): Router {
  const routes = Router();
  const described = (): ReturnType<typeof descriptionsOf> => descriptionsOf(paths, readSettings(paths));
  routes.get('/sources/health', async (_request, response) => {
    const descriptions = described();
    const list = await snapshot.use(async (db, runId) => {
      const asOf = await snapshotAsOf(db);
      return { runId, asOf, sources: await sourceHealth(db, { paths, descriptions, asOf }) };
    });
    answer(response, contract.sourceReportList, list);
  });
  routes.get('/sources/:id', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    const of = { paths, descriptions: described() };
    answer(response, contract.sourceDetail, await snapshot.use((db) => sourceFilesOf(db, id, of)));
  });
  routes.get('/sources/:id/rejects', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    const { rule, limit, offset } = contract.rejectQuery.parse(request.query);
    const of = { descriptions: described(), rule: rule ?? null, limit, offset };
    answer(response, contract.rejectList, await snapshot.use((db) => sourceRejects(db, id, of)));
  });
  return routes;
}
