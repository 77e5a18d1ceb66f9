import express, { type Express } from 'express';
import helmet from 'helmet';
import { readFileSync } from 'node:fs';
import { StateError } from '../../ingest/base/index.ts';
import { evidenceFile, reportFile } from '../../models/index.ts';
import {
  type SnapshotReader,
  leadDetail,
  leadTotal,
  listLeads,
  entityDetail,
  sourceFiles,
} from '../../models/queries/index.ts';
import type { WorkspacePaths } from '../../models/workspace/index.ts';
import * as contract from '../contract.ts';
import { graphRouter } from './graph.ts';
import { problemHandler } from './errors.ts';
import { answer } from './answer.ts';
import { docsPage, emptyPage, leadsPage } from './pages.ts';
import { openApiDocument } from './openapi.ts';

export interface AppOptions {
  readonly paths: WorkspacePaths;
  readonly snapshot: SnapshotReader;
  readonly version: string;
  /** Told of every fault that is ours, not the caller's. */
  readonly onFault: (error: unknown) => void;
}

/** Builds the API without listening. Read-only: it writes nothing but reports that are asked for in another language. */
export function appOf({ paths, snapshot, version, onFault }: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(
    helmet({
      contentSecurityPolicy: {
        directives: {
          defaultSrc: ["'none'"],
          styleSrc: ["'unsafe-inline'"],
          imgSrc: ["'self'", 'data:'],
          frameAncestors: ["'none'"],
        },
      },
    }),
  );
  _pages(app, snapshot, version);
  app.get('/api/health', async (_request, response) => {
    const runId = await snapshot
      .use((_db, id) => Promise.resolve(id))
      .catch((error: unknown) => (error instanceof StateError ? null : Promise.reject(error)));
    answer(response, contract.health, { status: 'ok', runId, version });
  });
  app.get('/api/leads', async (request, response) => {
    const { top } = contract.leadListQuery.parse(request.query);
    const list = await snapshot.use(async (db, runId) => ({
      runId,
      total: await leadTotal(db),
      leads: await listLeads(db, top),
    }));
    answer(response, contract.leadList, list);
  });
  app.get('/api/leads/:id', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    answer(response, contract.lead, await snapshot.use((db) => leadDetail(db, id)));
  });
  app.get('/api/leads/:id/report', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    const { format, lang } = contract.reportQuery.parse(request.query);
    const path = await snapshot.use((db, runId) => reportFile({ paths, runId, db }, id, { format, language: lang }));
    const bytes = readFileSync(path);
    if (format === 'docx')
      response
        .attachment(`${id}.${lang}.docx`)
        .type('application/vnd.openxmlformats-officedocument.wordprocessingml.document');
    else response.type('html');
    response.send(bytes);
  });
  app.get('/api/leads/:id/evidence', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    response.type('json').send(readFileSync(evidenceFile(paths, id)));
  });
  app.get('/api/entities/:id', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    answer(response, contract.entity, await snapshot.use((db) => entityDetail(db, id)));
  });
  app.use('/api/graph', graphRouter(snapshot));
  app.get('/api/sources', async (_request, response) => {
    answer(
      response,
      contract.sourceList,
      await snapshot.use(async (db, runId) => ({ runId, sources: await sourceFiles(db) })),
    );
  });
  app.use((request, _response, next) =>
    next(Object.assign(new Error(`no such page: ${request.path}`), { status: 404 })),
  );
  app.use(problemHandler(onFault));
  return app;
}

function _pages(app: Express, snapshot: SnapshotReader, version: string): void {
  const document = openApiDocument(version);
  app.get('/openapi.json', (_request, response) => void response.json(document));
  app.get('/docs', (_request, response) => void response.type('html').send(docsPage()));
  app.get('/', async (_request, response) => {
    try {
      response.type('html').send(await snapshot.use(async (db, runId) => leadsPage(runId, await listLeads(db, 200))));
    } catch (error) {
      if (!(error instanceof StateError)) throw error;
      response.type('html').send(emptyPage(error.message));
    }
  });
}
