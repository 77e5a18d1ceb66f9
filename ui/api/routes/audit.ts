import { once } from 'node:events';
import { Router } from 'express';
import { appendAudit, auditPage, auditRows, verifyAudit } from '../../../casework/index.ts';
import * as contract from '../../contract/index.ts';
import { actorIn } from '../access.ts';
import { answer } from '../answer.ts';
import type { Resource, RouteContext } from '../resource.ts';

/** The log of who did what: read, verified, exported. */
export const auditRoutes: Resource = {
  operations: [
    {
      path: '/api/audit',
      summary: 'Rows of the audit log, newest first',
      right: 'audit.read',
      query: contract.auditQuery,
      answer: contract.auditPage,
    },
    {
      path: '/api/audit/verify',
      summary: 'Whether the hash chain is whole, or its first broken row',
      right: 'audit.read',
      answer: contract.auditCheck,
    },
    {
      path: '/api/audit.jsonl',
      summary: 'The whole log with its hashes, one row a line',
      right: 'audit.read',
      media: 'application/x-ndjson',
    },
  ],
  router,
};

function router({ casework }: RouteContext): Router {
  const routes = Router();
  routes.get('/audit', async (request, response) => {
    const query = contract.auditQuery.parse(request.query);
    answer(response, contract.auditPage, await auditPage(casework.store.db, query));
  });
  routes.get('/audit/verify', async (_request, response) => {
    const check = await verifyAudit(casework.store.db);
    await casework.store.db.transaction((tx) =>
      appendAudit(tx, actorIn(response), casework.clock(), {
        action: 'audit.verified',
        detail: { rows: check.rows, isWhole: check.isWhole, head: check.head },
      }),
    );
    answer(response, contract.auditCheck, check);
  });
  routes.get('/audit.jsonl', async (_request, response) => {
    await casework.store.db.transaction((tx) =>
      appendAudit(tx, actorIn(response), casework.clock(), { action: 'audit.exported' }),
    );
    response.type('application/x-ndjson').attachment('audit.jsonl');
    for await (const row of auditRows(casework.store.db))
      if (!response.write(`${JSON.stringify(row)}\n`)) await once(response, 'drain');
    response.end();
  });
  return routes;
}
