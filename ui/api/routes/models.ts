import { Router } from 'express';
import { modelSummaries, modelWhole, typologyTable } from '../../../models/queries/index.ts';
import * as contract from '../../contract/index.ts';
import { answer } from '../answer.ts';
import type { Resource, RouteContext } from '../resource.ts';

/** Models and what is known of them. */
export const modelRoutes: Resource = {
  operations: [
    {
      path: '/api/models',
      summary: 'Every model on disk, which one is served, champion or shadow, and what people decided',
      right: 'models.read',
      answer: contract.modelList,
    },
    {
      path: '/api/models/{id}',
      summary:
        'The card of a model: figures with intervals, reliability, capacity curve, slices, typologies of the served run',
      right: 'models.read',
      params: contract.idPath,
      answer: contract.modelDetail,
    },
  ],
  router,
};

function router({ paths, snapshot }: RouteContext): Router {
  const routes = Router();
  routes.get('/models', async (_request, response) => {
    answer(response, contract.modelList, await snapshot.use((_db, runId) => modelSummaries(paths, runId)));
  });
  routes.get('/models/:id', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    const found = await snapshot.use(async (db, runId) => {
      const { model, summary } = await modelWhole(paths, runId, id);
      return {
        ...summary,
        trainedFrom: model.origin,
        asOf: model.asOf,
        features: model.features.length,
        card: model.card,
        curve: model.capacityCurve,
        baseRate: model.card.headline.find((f) => f.id === 'base-rate')?.value ?? null,
        typologies: await typologyTable(db),
      };
    });
    answer(response, contract.modelDetail, found);
  });
  return routes;
}
