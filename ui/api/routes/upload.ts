import { Router } from 'express';
import { TributaryError, messageOf, systemClock } from '../../../ingest/base/index.ts';
import { descriptionsOf, readSettings } from '../../../models/workspace/index.ts';
import * as contract from '../../contract/index.ts';
import { answer } from '../answer.ts';
import type { Resource, RouteContext } from '../resource.ts';
import { commitMapping, previewMapping, takeUpload } from '../upload/index.ts';

/** Upload and map a table without code. */
export const uploadRoutes: Resource = {
  operations: [
    {
      method: 'post',
      path: '/api/uploads',
      summary:
        'Send a file (its bytes are the body, application/octet-stream); the answer says what its columns seem to be',
      right: 'sources.write',
      query: contract.uploadQuery,
      answer: contract.uploadDraft,
    },
    {
      method: 'post',
      path: '/api/uploads/{id}/preview',
      summary:
        'What a mapping would make of the file: twenty entities, their links, what is refused; nothing is changed',
      right: 'sources.write',
      params: contract.idPath,
      body: contract.mapping,
      answer: contract.mappingPreview,
    },
    {
      method: 'post',
      path: '/api/uploads/{id}/commit',
      summary:
        'Save the mapping as YAML and take the file in; progress as server-sent events, the last is done or failed',
      right: 'sources.write',
      params: contract.idPath,
      body: contract.mapping,
      media: 'text/event-stream',
    },
  ],
  router,
};

function router({ paths }: RouteContext): Router {
  const routes = Router();
  routes.post('/uploads', async (request, response) => {
    const { fileName } = contract.uploadQuery.parse(request.query);
    const descriptions = descriptionsOf(paths, readSettings(paths));
    answer(response, contract.uploadDraft, await takeUpload(request, { paths, fileName, descriptions }));
  });
  routes.post('/uploads/:id/preview', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    const mapping = contract.mapping.parse(request.body);
    answer(
      response,
      contract.mappingPreview,
      await previewMapping(paths, { uploadId: id, mapping, clock: systemClock }),
    );
  });
  routes.post('/uploads/:id/commit', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    const mapping = contract.mapping.parse(request.body);
    response.type('text/event-stream').set('cache-control', 'no-store');
    const tell = (event: unknown): void =>
      void response.write(`data: ${JSON.stringify(contract.commitEvent.parse(event))}\n\n`);
    const progress = {
      step: (name: string) => tell({ type: 'step', name }),
      tick: (done: number, total: number | null, unit: string) => tell({ type: 'tick', done, total, unit }),
      note: (text: string) => tell({ type: 'note', text }),
    };
    try {
      tell({
        type: 'done',
        result: await commitMapping(paths, { uploadId: id, mapping, progress, clock: systemClock }),
      });
    } catch (error) {
      if (!(error instanceof TributaryError)) throw error;
      tell({ type: 'failed', code: error.code, message: messageOf(error) });
    }
    response.end();
  });
  return routes;
}
