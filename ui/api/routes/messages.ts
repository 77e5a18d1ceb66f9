import { type Response, Router } from 'express';
import {
  type DeskEvent,
  listMessages,
  markAllRead,
  markMessage,
  mayReadView,
  oneMessage,
} from '../../../casework/index.ts';
import { StateError } from '../../../ingest/base/index.ts';
import * as contract from '../../contract/index.ts';
import { actorIn } from '../access.ts';
import { answer } from '../answer.ts';
import type { Resource, RouteContext } from '../resource.ts';

/** One's messages, and the stream that tells the page of new ones. */
export const messageRoutes: Resource = {
  operations: [
    {
      path: '/api/messages',
      summary: 'One’s own messages, newest first',
      right: 'signed-in',
      query: contract.messageQuery,
      answer: contract.messageList,
    },
    {
      method: 'post',
      path: '/api/messages/read',
      summary: 'Mark all of one’s messages as read',
      right: 'signed-in',
      answer: contract.messageList,
    },
    {
      method: 'patch',
      path: '/api/messages/{id}',
      summary: 'Mark one message as read, or read and acknowledged',
      right: 'signed-in',
      params: contract.idPath,
      body: contract.messageChange,
      answer: contract.message,
    },
    {
      path: '/api/stream',
      summary: 'Server-sent events: messages to oneself, saves of views, a new run',
      right: 'signed-in',
      media: 'text/event-stream',
    },
  ],
  router,
};

/** How often a comment line keeps the stream open through proxies, ms. */
const KEEP_ALIVE_MS = 25_000;

function router(context: RouteContext): Router {
  const { casework } = context;
  const routes = Router();
  routes.get('/messages', async (request, response) => {
    const { unread, kind, limit } = contract.messageQuery.parse(request.query);
    const query = { unread: unread === 'true', kind, limit };
    answer(response, contract.messageList, await listMessages(casework, actorIn(response).accountId, query));
  });
  routes.post('/messages/read', async (_request, response) => {
    const { accountId } = actorIn(response);
    await markAllRead(casework, accountId);
    answer(response, contract.messageList, await listMessages(casework, accountId, { unread: false, limit: 100 }));
  });
  routes.patch('/messages/:id', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    const { acknowledge } = contract.messageChange.parse(request.body);
    answer(response, contract.message, await markMessage(casework, actorIn(response), id, acknowledge));
  });
  routes.get('/stream', async (request, response) => _stream(context, response, (end) => request.on('close', end)));
  return routes;
}

async function _stream(
  { casework, snapshot }: RouteContext,
  response: Response,
  onEnd: (end: () => void) => void,
): Promise<void> {
  const { accountId } = actorIn(response);
  response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  response.flushHeaders();
  const send = (event: contract.ServerEvent): void => void response.write(`data: ${JSON.stringify(event)}\n\n`);
  const stop = casework.listen((event) => {
    _told(event, accountId).then(
      (made) => (made === null ? undefined : send(made)),
      () => {},
    );
  });
  const served = (): Promise<string | null> =>
    snapshot
      .use((_db, runId) => Promise.resolve(runId))
      .catch((error: unknown) => (error instanceof StateError ? null : Promise.reject(error)));
  let runId = await served();
  const timer = setInterval(() => {
    response.write(': still here\n\n');
    served().then(
      (now) => {
        if (now !== null && now !== runId) send({ type: 'run', runId: now });
        runId = now;
      },
      () => {},
    );
  }, KEEP_ALIVE_MS);
  onEnd(() => {
    clearInterval(timer);
    stop();
  });
  send({ type: 'hello', runId });

  async function _told(event: DeskEvent, me: string): Promise<contract.ServerEvent | null> {
    if (event.type === 'view') return (await mayReadView(casework.store.db, me, event.viewId)) ? event : null;
    if (event.type === 'access' || event.accountId !== me) return null;
    return { type: 'message', message: { ...(await oneMessage(casework, me, event.messageId)) } };
  }
}
