import { Router } from 'express';
import {
  addAccount,
  addGrant,
  changeAccount,
  listAccounts,
  listGrants,
  revokeGrant,
  rightsOf,
} from '../../../casework/index.ts';
import * as contract from '../../contract/index.ts';
import { actorIn } from '../access.ts';
import { answer } from '../answer.ts';
import type { Resource, RouteContext } from '../resource.ts';

/** Accounts, colleagues, time-limited grants. */
export const accountRoutes: Resource = {
  operations: [
    {
      path: '/api/colleagues',
      summary: 'Whom one can mention or assign to',
      right: 'signed-in',
      answer: contract.colleagueList,
    },
    {
      path: '/api/accounts',
      summary: 'All accounts with their roles',
      right: 'accounts.write',
      answer: contract.accountList,
    },
    {
      method: 'post',
      path: '/api/accounts',
      summary: 'Add an account',
      right: 'accounts.write',
      body: contract.newAccount,
      answer: contract.account,
    },
    {
      method: 'patch',
      path: '/api/accounts/{id}',
      summary: 'Change name, unit, roles or password of an account, or disable it; its sessions end',
      right: 'accounts.write',
      params: contract.idPath,
      body: contract.accountChange,
      answer: contract.account,
    },
    {
      path: '/api/grants',
      summary: 'Rights given for a time, past ones too',
      right: 'accounts.write',
      answer: contract.grantList,
    },
    {
      method: 'post',
      path: '/api/grants',
      summary: 'Give one right to one account until a minute',
      right: 'accounts.write',
      body: contract.newGrant,
      answer: contract.grant,
    },
    {
      method: 'delete',
      path: '/api/grants/{id}',
      summary: 'Take a grant back now',
      right: 'accounts.write',
      params: contract.idPath,
      answer: contract.grant,
    },
  ],
  router,
};

function router({ casework }: RouteContext): Router {
  const routes = Router();
  routes.get('/colleagues', async (_request, response) => {
    const accounts = (await listAccounts(casework)).filter((a) => !a.isDisabled);
    answer(response, contract.colleagueList, {
      colleagues: accounts.map(({ accountId, name, displayName, unit, roles }) => ({
        accountId,
        name,
        displayName,
        unit,
        rights: rightsOf(roles),
      })),
    });
  });
  routes.get('/accounts', async (_request, response) =>
    answer(response, contract.accountList, { accounts: await listAccounts(casework) }),
  );
  routes.post('/accounts', async (request, response) => {
    const given = contract.newAccount.parse(request.body);
    answer(response, contract.account, await addAccount(casework, actorIn(response), given));
  });
  routes.patch('/accounts/:id', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    const change = contract.accountChange.parse(request.body);
    answer(response, contract.account, await changeAccount(casework, actorIn(response), id, change));
  });
  routes.get('/grants', async (_request, response) =>
    answer(response, contract.grantList, { grants: await listGrants(casework) }),
  );
  routes.post('/grants', async (request, response) => {
    const { until, ...given } = contract.newGrant.parse(request.body);
    const grant = await addGrant(casework, actorIn(response), { ...given, untilMs: Date.parse(until) });
    answer(response, contract.grant, grant);
  });
  routes.delete('/grants/:id', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    answer(response, contract.grant, await revokeGrant(casework, actorIn(response), id));
  });
  return routes;
}
