import { readFileSync } from 'node:fs';
import { Router } from 'express';
import { SILENT } from '../../../ingest/base/index.ts';
import { TYPOLOGIES, evidenceFile, reportFile, verifyLeads } from '../../../models/index.ts';
import {
  type LeadFilter,
  capacityView,
  leadDetail,
  leadItems,
  leadMatters,
  leadPage,
  leadSignals,
  leadTimeline,
  oncePerSnapshot,
  servedModel,
} from '../../../models/queries/index.ts';
import { readSettings } from '../../../models/workspace/index.ts';
import * as contract from '../../contract/index.ts';
import { answer } from '../answer.ts';
import type { Resource, RouteContext } from '../resource.ts';
import { leadsCsv } from '../leads-csv.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

export const leadRoutes: Resource = {
  operations: [
    {
      path: '/api/leads',
      summary: 'The ranked leads of the served run, narrowed by kind, town, typology, pick or grade',
      right: 'leads.read',
      query: contract.leadListQuery,
      answer: contract.leadList,
    },
    {
      path: '/api/leads.csv',
      summary: 'The same list as a table (UTF-8 with a byte-order mark, for Excel)',
      right: 'leads.read',
      query: contract.leadExportQuery,
      media: 'text/csv',
    },
    {
      path: '/api/leads/capacity',
      summary: 'What a weekly capacity is worth: expected confirmations with interval, the lead at the margin',
      right: 'leads.read',
      query: contract.capacityQuery,
      answer: contract.leadCapacity,
    },
    {
      path: '/api/leads/{id}',
      summary: 'One lead: reasons, what speaks against it, rows',
      right: 'leads.read',
      params: contract.idPath,
      answer: contract.lead,
    },
    {
      path: '/api/leads/{id}/signals',
      summary: 'The findings behind a lead, with the law by date of conduct and the evidence a case would need',
      right: 'leads.read',
      params: contract.idPath,
      answer: contract.leadSignals,
    },
    {
      path: '/api/leads/{id}/timeline',
      summary: "Events, signals and outcomes of the lead's subject",
      right: 'leads.read',
      params: contract.idPath,
      answer: contract.timeline,
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
    {
      method: 'post',
      path: '/api/leads/{id}/verify',
      summary: 'Recomputes every hash from the department’s file to the report; names the first that differs',
      right: 'leads.read',
      params: contract.idPath,
      answer: contract.verification,
    },
  ],
  router,
};

function router({ paths, snapshot }: RouteContext): Router {
  const routes = Router();
  const items = oncePerSnapshot(leadItems);
  const modelOf = servedModel(paths);
  routes.get('/leads', async (request, response) => {
    const { top, offset, ...filter } = contract.leadListQuery.parse(request.query);
    const list = await snapshot.use(async (db, runId) => ({
      runId,
      asOf: await _asOf(db),
      ...leadPage(await items(db), filterOf(filter), { top, offset }),
      typologies: TYPOLOGIES.map(({ id, title }) => ({ id, title })),
    }));
    answer(response, contract.leadList, list);
  });
  routes.get('/leads.csv', async (request, response) => {
    const { lang, ...filter } = contract.leadExportQuery.parse(request.query);
    const page = await snapshot.use(async (db, runId) => ({
      runId,
      ...leadPage(await items(db), filterOf(filter), { top: 1_000_000, offset: 0 }),
    }));
    response.attachment(`leads-${page.runId}.csv`).type('text/csv; charset=utf-8');
    response.send(leadsCsv(page.leads, lang));
  });
  routes.get('/leads/capacity', async (request, response) => {
    const { capacity } = contract.capacityQuery.parse(request.query);
    const view = await snapshot.use(async (db, runId) => capacityView(await modelOf(runId), await items(db), capacity));
    answer(response, contract.leadCapacity, { ...view, weeklyCapacity: readSettings(paths).capacity });
  });
  routes.get('/leads/:id', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    answer(response, contract.lead, await snapshot.use((db) => leadDetail(db, id)));
  });
  routes.get('/leads/:id/signals', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    const found = await snapshot.use(async (db) => ({
      signals: await leadSignals(db, id),
      matters: await leadMatters(db, id),
    }));
    answer(response, contract.leadSignals, found);
  });
  routes.get('/leads/:id/timeline', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    answer(response, contract.timeline, await snapshot.use((db) => leadTimeline(db, id)));
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
  routes.post('/leads/:id/verify', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    const [found] = await snapshot.use((db) => verifyLeads(paths, id, SILENT, { warehouse: db }));
    answer(response, contract.verification, found);
  });
  return routes;
}

async function _asOf(db: Parameters<typeof leadItems>[0]): Promise<string | null> {
  return (await db.rows<{ at: string | null }>('select max(as_of) as "at" from lead'))[0]?.at ?? null;
}

function filterOf(query: Readonly<Partial<Record<keyof LeadFilter, string | undefined>>>): LeadFilter {
  const { kind = null, town = null, typology = null, pick = null, grade = null } = query;
  return { kind, town, typology, pick, grade };
}
