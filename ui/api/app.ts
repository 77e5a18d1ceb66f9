import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Express } from 'express';
import helmet from 'helmet';
import { StateError } from '../../ingest/base/index.ts';
import { listLeads } from '../../models/queries/index.ts';
import { problemHandler } from './errors.ts';
import { openApiDocument } from './openapi.ts';
import { docsPage, emptyPage, leadsPage } from './pages.ts';
import type { RouteContext } from './resource.ts';
import { OPERATIONS, RESOURCES } from './routes/index.ts';

export interface AppOptions extends RouteContext {
  /** The built web page; null = plain pages only. */
  readonly web?: string | null;
  /** Told of every fault that is ours, not the caller's. */
  readonly onFault: (error: unknown) => void;
}

/** Builds the API without listening. */
export function appOf(options: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(
    helmet({
      contentSecurityPolicy: {
        directives: {
          defaultSrc: ["'self'"],
          styleSrc: ["'self'", "'unsafe-inline'"],
          imgSrc: ["'self'", 'data:', 'blob:'],
          workerSrc: ["'self'", 'blob:'],
          objectSrc: ["'none'"],
          frameAncestors: ["'self'"],
        },
      },
    }),
  );
  app.use('/api', express.json({ limit: '12mb' }));
  const document = openApiDocument(options.version, OPERATIONS);
  app.get('/openapi.json', (_request, response) => void response.json(document));
  app.get('/docs', (_request, response) => void response.type('html').send(docsPage()));
  for (const resource of RESOURCES) app.use('/api', resource.router(options));
  if (options.web === undefined || options.web === null) _plainPages(app, options);
  else _webPages(app, options.web);
  app.use((request, _response, next) =>
    next(Object.assign(new Error(`no such page: ${request.path}`), { status: 404 })),
  );
  app.use(problemHandler(options.onFault));
  return app;
}

/** The built single-page application: its files, and its one page for every address that is not the API's. */
function _webPages(app: Express, folder: string): void {
  const page = join(folder, 'index.html');
  app.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y' }));
  app.use(express.static(folder, { index: false }));
  app.get(/^\/(?!api\/).*/, (request, response, next) => {
    if (!existsSync(page) || request.path.includes('.')) next();
    else response.type('html').sendFile(page, { headers: { 'cache-control': 'no-cache' } });
  });
}

function _plainPages(app: Express, { snapshot }: RouteContext): void {
  app.get('/', async (_request, response) => {
    try {
      response.type('html').send(await snapshot.use(async (db, runId) => leadsPage(runId, await listLeads(db, 200))));
    } catch (error) {
      if (!(error instanceof StateError)) throw error;
      response.type('html').send(emptyPage(error.message));
    }
  });
}
