import { type RequestHandler, type Response, Router } from 'express';
import {
  type Principal,
  changeOwnPassword,
  endPurpose,
  principalOf,
  sessionHash,
  signIn,
  statePurpose,
  unreadCount,
} from '../../../casework/index.ts';
import { InputError } from '../../../ingest/base/index.ts';
import * as contract from '../../contract/index.ts';
import { actorIn, maybePrincipalIn, principalIn } from '../access.ts';
import { answer } from '../answer.ts';
import { SIGN_INS_A_MINUTE, byAddress, limitOf } from '../limits.ts';
import type { Resource, RouteContext } from '../resource.ts';

/** Signing in and out, one's password, the purpose for person-level data. */
export const sessionRoutes: Resource = {
  operations: [
    {
      path: '/api/session',
      summary: 'Who is signed in, their rights, the purpose stated, and the CSRF token',
      right: 'public',
      answer: contract.sessionState,
    },
    {
      method: 'post',
      path: '/api/session',
      summary: 'Sign in; the session gets a new secret',
      right: 'public',
      body: contract.signIn,
      answer: contract.sessionState,
    },
    {
      method: 'delete',
      path: '/api/session',
      summary: 'Sign out',
      right: 'public',
      answer: contract.sessionState,
    },
    {
      method: 'put',
      path: '/api/session/password',
      summary: 'Change one’s own password; every session of the account ends',
      right: 'signed-in',
      body: contract.passwordChange,
      answer: contract.sessionState,
    },
    {
      method: 'put',
      path: '/api/session/purpose',
      summary: 'State why person-level data are read, until when',
      right: 'persons.read',
      body: contract.newPurpose,
      answer: contract.sessionState,
    },
    {
      method: 'delete',
      path: '/api/session/purpose',
      summary: 'End the stated purpose',
      right: 'persons.read',
      answer: contract.sessionState,
    },
  ],
  router,
};

function router(context: RouteContext): Router {
  const { casework, csrf } = context;
  const routes = Router();

  const state = async (
    response: Response,
    principal: Principal | null,
    token: string,
    expires: Date | null,
  ): Promise<void> =>
    answer(response, contract.sessionState, {
      account: principal?.account ?? null,
      rights: principal === null ? ['public'] : [...principal.rights],
      expiresAt: expires?.toISOString() ?? null,
      csrfToken: token,
      purpose: principal?.purpose ?? null,
      unreadMessages: principal === null ? 0 : await unreadCount(casework, principal.account.accountId),
    });
  const now = (request: Parameters<RequestHandler>[0]): Promise<Principal | null> =>
    request.session.accountId === undefined
      ? Promise.resolve(null)
      : principalOf(casework, request.session.accountId, sessionHash(request.sessionID));

  routes.get('/session', async (request, response) => {
    const principal = maybePrincipalIn(response);
    const expires = principal === null ? null : (request.session.cookie.expires ?? null);
    response.set('cache-control', 'no-store');
    await state(response, principal, csrf.current(request, response), expires);
  });
  routes.post('/session', limitOf(SIGN_INS_A_MINUTE, byAddress), async (request, response) => {
    const { name, password } = contract.signIn.parse(request.body);
    const account = await signIn(casework, name, password);
    await _renew(request);
    request.session.accountId = account.accountId;
    request.session.beganAtMs = casework.clock();
    await _saved(request);
    const token = csrf.issue(response, request.sessionID);
    await state(response, await now(request), token, request.session.cookie.expires ?? null);
  });
  routes.delete('/session', async (request, response) => {
    await _renew(request);
    await state(response, null, csrf.issue(response, null), null);
  });
  routes.put('/session/password', async (request, response) => {
    const { current, next } = contract.passwordChange.parse(request.body);
    await changeOwnPassword(casework, actorIn(response), current, next);
    await _renew(request);
    await state(response, null, csrf.issue(response, null), null);
  });
  routes.put('/session/purpose', async (request, response) => {
    const given = contract.newPurpose.parse(request.body);
    const hash = sessionHash(request.sessionID);
    await statePurpose(casework, actorIn(response), hash, given);
    const { account } = principalIn(response);
    const principal = await principalOf(casework, account.accountId, hash);
    await state(response, principal, csrf.current(request, response), request.session.cookie.expires ?? null);
  });
  routes.delete('/session/purpose', async (request, response) => {
    await endPurpose(casework, actorIn(response), sessionHash(request.sessionID));
    await state(response, await now(request), csrf.current(request, response), request.session.cookie.expires ?? null);
  });
  return routes;
}

type Asked = Parameters<RequestHandler>[0];

/** A new, empty session under a new secret: nothing of the old one is worth stealing. */
function _renew(request: Asked): Promise<void> {
  return new Promise((done, fail) => {
    request.session.regenerate((error: unknown) => (error ? fail(error) : done()));
  });
}

function _saved(request: Asked): Promise<void> {
  return new Promise((done, fail) => {
    request.session.save((error: unknown) =>
      error ? fail(new InputError('session', 'session: could not be kept')) : done(),
    );
  });
}
