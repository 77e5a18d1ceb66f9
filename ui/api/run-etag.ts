import type { RequestHandler } from 'express';
import { StateError, sha256 } from '../../ingest/base/index.ts';
import type { Operation, RouteContext } from './resource.ts';

/** Reads whose answer follows from the run, the address and this program alone: they need not be worked out again for who has them. */
const OF_THE_RUN: readonly RegExp[] = [
  /^\/api\/graph\//,
  /^\/api\/entities\/\{id\}$/,
  /^\/api\/rows\/\{id\}$/,
  /^\/api\/search$/,
  /^\/api\/map\/layers$/,
  /^\/api\/leads(\.csv)?$/,
  /^\/api\/leads\/\{id\}(\/(signals|timeline))?$/,
];

/** Whether an operation's answer follows from the run. */
export function isOfTheRun(op: Operation): boolean {
  return (op.method ?? 'get') === 'get' && OF_THE_RUN.some((pattern) => pattern.test(op.path));
}

/** Gives such reads an ETag made of run, program and address, and answers 304 before any work is done. */
export function runEtag({ snapshot, version }: Pick<RouteContext, 'snapshot' | 'version'>): RequestHandler {
  return async (request, response, next) => {
    if (isOfTheRun(response.locals['operation'] as Operation)) {
      const runId = await snapshot
        .use((_db, id) => Promise.resolve(id))
        .catch((error: unknown) => (error instanceof StateError ? null : Promise.reject(error)));
      if (runId !== null) {
        const what = sha256(JSON.stringify([version, request.originalUrl, request.get('accept') ?? '']));
        response.set({ etag: `W/"${runId}-${what.slice(0, 16)}"`, 'cache-control': 'private, no-cache' });
        if (request.fresh) {
          response.status(304).end();
          return;
        }
      }
    }
    next();
  };
}
