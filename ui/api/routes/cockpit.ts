import { Router } from 'express';
import { HOUR_MS, systemClock } from '../../../ingest/base/index.ts';
import { TYPOLOGIES } from '../../../models/index.ts';
import { cockpit, oncePerSnapshot, servedModel, tileList } from '../../../models/queries/index.ts';
import { descriptionsOf, readSettings } from '../../../models/workspace/index.ts';
import * as contract from '../../contract/index.ts';
import { answer } from '../answer.ts';
import type { Resource, RouteContext } from '../resource.ts';

const WEEKS = 8;

export const cockpitRoutes: Resource = {
  operations: [
    {
      path: '/api/cockpit',
      summary: 'The tiles of the wall, trends and places; each total is the length of the list behind it',
      right: 'leads.read',
      answer: contract.cockpit,
    },
    {
      path: '/api/cockpit/{id}',
      summary: 'The list behind a tile',
      right: 'leads.read',
      params: contract.idPath,
      query: contract.tileListQuery,
      answer: contract.tileList,
    },
  ],
  router,
};

function router({ paths, snapshot }: RouteContext): Router {
  const routes = Router();
  const wall = oncePerSnapshot(cockpit);
  const modelOf = servedModel(paths);
  routes.get('/cockpit', async (_request, response) => {
    const { runId, ...found } = await snapshot.use(async (db, id) => ({ runId: id, ...(await wall(db)) }));
    const model = await modelOf(runId).catch(() => null);
    const precision = model?.card.headline[0];
    const descriptions = descriptionsOf(paths, readSettings(paths));
    answer(response, contract.cockpit, {
      ...found,
      runId,
      ageHours: (systemClock() - Date.parse(found.asOf)) / HOUR_MS,
      model:
        model === null
          ? null
          : {
              modelId: model.model_id,
              weeks: model.card.weeks.slice(-WEEKS),
              precision: {
                value: precision?.value ?? null,
                low: precision?.low ?? null,
                high: precision?.high ?? null,
              },
            },
      sources: Object.fromEntries(descriptions.map((d) => [d.id, d.title])),
      typologies: Object.fromEntries(TYPOLOGIES.map((t) => [t.id, t.title])),
    });
  });
  routes.get('/cockpit/:id', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    const { limit, offset } = contract.tileListQuery.parse(request.query);
    const list = await snapshot.use(async (db, runId) => {
      const { asOf } = await wall(db);
      const { tile, total, rows } = await tileList(db, id, { asOf, limit, offset });
      return { runId, id, title: tile.title, note: tile.note, total, rows };
    });
    answer(response, contract.tileList, list);
  });
  return routes;
}
