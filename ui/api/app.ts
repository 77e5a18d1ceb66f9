import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Express, type RequestHandler } from 'express';
import session from 'express-session';
import helmet from 'helmet';
import { guard } from './access.ts';
import { noteEscapes, refuseBrokenText } from './broken-text.ts';
import { Csrf } from './csrf.ts';
import { problemHandler } from './errors.ts';
import { BODY_LIMIT, LARGE_BODY_LIMIT, REQUESTS_A_MINUTE, byAccount, limitOf } from './limits.ts';
import { openApiDocument } from './openapi.ts';
import { docsPage, emptyPage } from './pages.ts';
import type { Operation, RouteContext } from './resource.ts';
import { OPERATIONS, RESOURCES } from './routes/index.ts';
import { runEtag } from './run-etag.ts';
import { CaseworkSessions, IDLE_MS } from './session-store.ts';

export interface AppOptions extends Omit<RouteContext, 'csrf'> {
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
  const document = openApiDocument(options.version, OPERATIONS);
  app.get('/openapi.json', (_request, response) => void response.json(document));
  app.get('/docs', (_request, response) => void response.type('html').send(docsPage()));
  const csrf = new Csrf(options.casework.secret, options.casework.random);
  app.use('/api', ..._doors(options, csrf));
  for (const resource of RESOURCES) app.use('/api', resource.router({ ...options, csrf }));
  if (options.web === undefined || options.web === null)
    app.get('/', (_q, response) => void response.type('html').send(emptyPage()));
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

/** What every request to the API passes, in this order: session, rate limit, right, CSRF, body, whether the caller has the answer already. */
function _doors({ casework, snapshot, version }: AppOptions, csrf: Csrf): RequestHandler[] {
  const small = express.json({ limit: BODY_LIMIT, verify: noteEscapes });
  const large = express.json({ limit: LARGE_BODY_LIMIT, verify: noteEscapes });
  return [
    session({
      name: 'tributary.sid',
      secret: casework.secret,
      store: new CaseworkSessions(casework),
      resave: false,
      saveUninitialized: false,
      rolling: true,
      cookie: { httpOnly: true, sameSite: 'lax', secure: 'auto', maxAge: IDLE_MS, path: '/' },
    }),
    limitOf(REQUESTS_A_MINUTE, byAccount),
    guard(casework, OPERATIONS),
    csrf.check(),
    (request, response, next) => {
      const op = response.locals['operation'] as Operation;
      if (op.rawBody !== undefined) next();
      else (op.largeBody === true ? large : small)(request, response, next);
    },
    refuseBrokenText,
    runEtag({ snapshot, version }),
  ];
}
