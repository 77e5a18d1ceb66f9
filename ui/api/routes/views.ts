import { type Response, Router } from 'express';
import {
  addView,
  deleteView,
  freezeView,
  frozenOf,
  listViews,
  nameVersion,
  readFrozen,
  readView,
  saveView,
  shareView,
  verifyFrozen,
  viewVersions,
} from '../../../casework/index.ts';
import * as contract from '../../contract/index.ts';
import { actorIn } from '../access.ts';
import { answer } from '../answer.ts';
import type { Operation, Resource, RouteContext } from '../resource.ts';

const one = { params: contract.idPath };
const OPERATIONS: readonly Operation[] = [
  {
    path: '/api/views',
    summary: 'One’s own saved canvases and those shared with one',
    right: 'graph.read',
    answer: contract.viewList,
  },
  {
    method: 'post',
    path: '/api/views',
    summary: 'Save a new canvas',
    right: 'views.write',
    body: contract.newView,
    largeBody: true,
    answer: contract.view,
  },
  {
    ...one,
    path: '/api/views/{id}',
    summary: 'A saved canvas, newest state; the deep link: refused to whom it is not shared with',
    right: 'graph.read',
    answer: contract.view,
  },
  {
    ...one,
    method: 'put',
    path: '/api/views/{id}',
    summary: 'Save over the version that was edited; a newer one is answered with 409 changed-since',
    right: 'views.write',
    body: contract.viewChange,
    largeBody: true,
    answer: contract.viewSummary,
  },
  {
    ...one,
    method: 'delete',
    path: '/api/views/{id}',
    summary: 'Take a canvas out of every list',
    right: 'views.write',
    media: 'none',
  },
  {
    ...one,
    path: '/api/views/{id}/versions',
    summary: 'Versions of a canvas, newest first',
    right: 'graph.read',
    answer: contract.viewVersionList,
  },
  {
    params: contract.viewVersionPath,
    path: '/api/views/{id}/versions/{version}',
    summary: 'One version with its state',
    right: 'graph.read',
    answer: contract.viewVersionState,
  },
  {
    method: 'put',
    params: contract.viewVersionPath,
    path: '/api/views/{id}/versions/{version}/name',
    summary: 'Name a version, so that it is kept',
    right: 'views.write',
    body: contract.versionName,
    answer: contract.viewVersionList,
  },
  {
    ...one,
    method: 'put',
    path: '/api/views/{id}/share',
    summary: 'Replace whom a canvas is shared with',
    right: 'views.write',
    body: contract.viewShare,
    answer: contract.viewSummary,
  },
  {
    ...one,
    path: '/api/views/{id}/frozen',
    summary: 'Frozen snapshots of a canvas',
    right: 'graph.read',
    answer: contract.frozenList,
  },
  {
    ...one,
    method: 'post',
    path: '/api/views/{id}/frozen',
    summary: 'Freeze what the screen shows, under one hash',
    right: 'views.write',
    body: contract.newFrozen,
    largeBody: true,
    answer: contract.frozen,
  },
  {
    ...one,
    path: '/api/frozen/{id}',
    summary: 'A frozen snapshot with its content',
    right: 'graph.read',
    answer: contract.frozen,
  },
  {
    ...one,
    path: '/api/frozen/{id}/verify',
    summary: 'Whether the stored content still has its hash',
    right: 'graph.read',
    answer: contract.frozenCheck,
  },
];

/** Saved canvases: versions, conflicts, shares, frozen snapshots. */
export const viewRoutes: Resource = { operations: OPERATIONS, router };

function router({ casework }: RouteContext): Router {
  const routes = Router();
  const view = async (response: Response, id: string): Promise<void> => {
    const { summary, state } = await readView(casework, actorIn(response).accountId, id);
    answer(response, contract.view, { ...summary, state });
  };
  const summary = async (response: Response, id: string): Promise<void> => {
    const found = await readView(casework, actorIn(response).accountId, id);
    answer(response, contract.viewSummary, found.summary);
  };
  routes.get('/views', async (_request, response) =>
    answer(response, contract.viewList, { views: await listViews(casework, actorIn(response).accountId) }),
  );
  routes.post('/views', async (request, response) =>
    view(response, await addView(casework, actorIn(response), contract.newView.parse(request.body))),
  );
  routes.get('/views/:id', async (request, response) => view(response, contract.idPath.parse(request.params).id));
  routes.put('/views/:id', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    await saveView(casework, actorIn(response), id, contract.viewChange.parse(request.body));
    await summary(response, id);
  });
  routes.delete('/views/:id', async (request, response) => {
    await deleteView(casework, actorIn(response), contract.idPath.parse(request.params).id);
    response.status(204).end();
  });
  routes.put('/views/:id/share', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    await shareView(casework, actorIn(response), id, contract.viewShare.parse(request.body).with);
    await summary(response, id);
  });
  _versions(routes, casework);
  _frozen(routes, casework);
  return routes;
}

function _versions(routes: Router, casework: RouteContext['casework']): void {
  const list = async (response: Response, id: string): Promise<void> =>
    answer(response, contract.viewVersionList, {
      versions: await viewVersions(casework, actorIn(response).accountId, id),
    });
  routes.get('/views/:id/versions', async (request, response) =>
    list(response, contract.idPath.parse(request.params).id),
  );
  routes.get('/views/:id/versions/:version', async (request, response) => {
    const { id, version } = contract.viewVersionPath.parse(request.params);
    const { of, state } = await readView(casework, actorIn(response).accountId, id, version);
    answer(response, contract.viewVersionState, { ...of, viewId: id, state });
  });
  routes.put('/views/:id/versions/:version/name', async (request, response) => {
    const { id, version } = contract.viewVersionPath.parse(request.params);
    const { name } = contract.versionName.parse(request.body);
    await nameVersion(casework, actorIn(response), id, version, name);
    await list(response, id);
  });
}

function _frozen(routes: Router, casework: RouteContext['casework']): void {
  routes.get('/views/:id/frozen', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    answer(response, contract.frozenList, { frozen: await frozenOf(casework, actorIn(response).accountId, id) });
  });
  routes.post('/views/:id/frozen', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    const given = contract.newFrozen.parse(request.body);
    answer(response, contract.frozen, await freezeView(casework, actorIn(response), id, given));
  });
  routes.get('/frozen/:id', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    answer(response, contract.frozen, await readFrozen(casework, actorIn(response).accountId, id));
  });
  routes.get('/frozen/:id/verify', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    answer(response, contract.frozenCheck, await verifyFrozen(casework, actorIn(response).accountId, id));
  });
}
