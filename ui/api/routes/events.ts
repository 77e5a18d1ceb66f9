import { Router } from 'express';
import { descriptionsOf, readSettings } from '../../../models/workspace/index.ts';
import * as contract from '../../contract/index.ts';
import { answer } from '../answer.ts';
import { entityContext, eventsAround, mapLayers, tracksOf } from '../explore/index.ts';
import type { Resource, RouteContext } from '../resource.ts';

/** What happened around entities, where, and what is known of one: for timeline, map and inspector. */
export const eventRoutes: Resource = {
  operations: [
    {
      method: 'post',
      path: '/api/events',
      summary: 'Events that some entities take part in, and their number by month',
      right: 'graph.read',
      body: contract.eventsBody,
      answer: contract.graphEvents,
    },
    {
      method: 'post',
      path: '/api/tracks',
      summary: 'Where vehicles and ships went, WGS 84, thinned evenly when there are many points',
      right: 'graph.read',
      body: contract.tracksBody,
      answer: contract.tracks,
    },
    {
      path: '/api/map/layers',
      summary: "The workspace's own ground: towns, waters, roads, zones, as GeoJSON in WGS 84",
      right: 'graph.read',
      answer: contract.mapLayers,
    },
    {
      path: '/api/graph/{id}/context',
      summary: 'Leads, signals, outcomes, events and sources of one entity',
      right: 'graph.read',
      params: contract.idPath,
      answer: contract.entityContext,
    },
  ],
  router,
};

function router({ paths, snapshot }: RouteContext): Router {
  const routes = Router();
  routes.post('/events', async (request, response) => {
    const body = contract.eventsBody.parse(request.body);
    answer(response, contract.graphEvents, await snapshot.use((db) => eventsAround(db, body)));
  });
  routes.post('/tracks', async (request, response) => {
    const body = contract.tracksBody.parse(request.body);
    answer(response, contract.tracks, { tracks: await snapshot.use((db) => tracksOf(db, body)) });
  });
  routes.get('/map/layers', async (_request, response) => {
    answer(response, contract.mapLayers, await snapshot.use(mapLayers));
  });
  routes.get('/graph/:id/context', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    const titles = new Map(descriptionsOf(paths, readSettings(paths)).map((d) => [d.id, d.title]));
    answer(response, contract.entityContext, await snapshot.use((db) => entityContext(db, id, titles)));
  });
  return routes;
}
