import { readFileSync } from 'node:fs';
import { Router } from 'express';
import { evidenceFile, reportFile } from '../../../models/index.ts';
import { leadDetail, leadTotal, listLeads } from '../../../models/queries/index.ts';
import * as contract from '../../contract/index.ts';
import { answer } from '../answer.ts';
import type { Resource, RouteContext } from '../resource.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

export const leadRoutes: Resource = {
  operations: [
    {
      path: '/api/leads',
      summary: 'The ranked leads of the served run',
      right: 'leads.read',
      query: contract.leadListQuery,
      answer: contract.leadList,
    },
    {
      path: '/api/leads/{id}',
      summary: 'One lead: reasons, what speaks against it, rows',
      right: 'leads.read',
      params: contract.idPath,
      answer: contract.lead,
    },
    {
      path: '/api/leads/{id}/report',
      summary: 'The clue report',
      right: 'leads.read',
      params: contract.idPath,
      query: contract.reportQuery,
      media: 'text/html',
    },
    {
      path: '/api/leads/{id}/evidence',
      summary: 'The evidence bundle: every hash from file to report',
      right: 'leads.read',
      params: contract.idPath,
      media: 'application/json',
    },
  ],
  router,
};

function router({ paths, snapshot }: RouteContext): Router {
  const routes = Router();
  routes.get('/leads', async (request, response) => {
    const { top } = contract.leadListQuery.parse(request.query);
    const list = await snapshot.use(async (db, runId) => ({
      runId,
      total: await leadTotal(db),
      leads: await listLeads(db, top),
    }));
    answer(response, contract.leadList, list);
  });
  routes.get('/leads/:id', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    answer(response, contract.lead, await snapshot.use((db) => leadDetail(db, id)));
  });
  routes.get('/leads/:id/report', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    const { format, lang } = contract.reportQuery.parse(request.query);
    const path = await snapshot.use((db, runId) => reportFile({ paths, runId, db }, id, { format, language: lang }));
    const bytes = readFileSync(path);
    if (format === 'docx') response.attachment(`${id}.${lang}.docx`).type(DOCX);
    else response.type('html');
    response.send(bytes);
  });
  routes.get('/leads/:id/evidence', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    response.type('json').send(readFileSync(evidenceFile(paths, id)));
  });
  return routes;
}
