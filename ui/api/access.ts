import type { Request, RequestHandler, Response } from 'express';
import {
  type Access,
  type Actor,
  type Casework,
  type Principal,
  type Right,
  appendAudit,
  principalAt,
  readAccess,
  sessionHash,
} from '../../casework/index.ts';
import { InputError } from '../../ingest/base/index.ts';
import { Fresh } from './fresh.ts';
import type { Operation } from './resource.ts';
import { ABSOLUTE_MS } from './session-store.ts';

/** The operation that a request asks for, or null: what is not in the table is not reachable. A path without parameters goes first. */
export function operationFinder(operations: readonly Operation[]): (method: string, path: string) => Operation | null {
  const routes = operations
    .map((op) => ({
      op,
      method: (op.method ?? 'get').toUpperCase(),
      pattern: new RegExp(`^${op.path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '[^/]+')}$`),
      parameters: op.path.split('{').length - 1,
    }))
    .toSorted((a, b) => a.parameters - b.parameters);
  return (method, path) => {
    const asked = method === 'HEAD' ? 'GET' : method;
    return routes.find((r) => r.method === asked && r.pattern.test(path))?.op ?? null;
  };
}

/** The one place where rights are checked, for every operation, before its route runs. A refusal for want of a right or a purpose is logged. */
export function guard(casework: Casework, operations: readonly Operation[]): RequestHandler {
  const find = operationFinder(operations);
  const fresh = new Fresh<Access | null>(casework);
  return async (request, response, next) => {
    const path = `${request.baseUrl}${request.path}`;
    const op = find(request.method, path);
    if (op === null) {
      next(Object.assign(new Error(`no such operation: ${request.method} ${path}`), { status: 404 }));
      return;
    }
    const principal = await _principal(casework, fresh, request);
    response.locals['principal'] = principal;
    response.locals['operation'] = op;
    if (op.right !== 'public') await _demand(casework, principal, op, path);
    next();
  };
}

/** Who asks; every operation but the public ones has one. @throws InputError `not-signed-in` */
export function principalIn(response: Response): Principal {
  const principal = maybePrincipalIn(response);
  if (principal === null) throw _notSignedIn();
  return principal;
}

/** Who asks, or null. */
export function maybePrincipalIn(response: Response): Principal | null {
  return (response.locals['principal'] as Principal | null | undefined) ?? null;
}

/** Who acts, for casework. @throws InputError `not-signed-in` */
export function actorIn(response: Response): Actor {
  const { account, purpose } = principalIn(response);
  return { accountId: account.accountId, name: account.displayName, purposeId: purpose?.purposeId ?? null };
}

/** For an operation whose right depends on what it is asked about. @throws InputError `no-right` */
export function demandRight(response: Response, right: Right): void {
  if (!principalIn(response).rights.has(right))
    throw new InputError('no-right', `access: this needs the right ${right}; your roles do not have it`, { right });
}

async function _principal(
  casework: Casework,
  fresh: Fresh<Access | null>,
  request: Request,
): Promise<Principal | null> {
  const { accountId, beganAtMs } = request.session;
  if (accountId === undefined || beganAtMs === undefined) return null;
  if (casework.clock() - beganAtMs > ABSOLUTE_MS) return null;
  const hash = sessionHash(request.sessionID);
  const access = await fresh.use(hash, () => readAccess(casework, accountId, hash));
  return access === null || access.account.accountId !== accountId ? null : principalAt(access, casework.clock());
}

async function _demand(casework: Casework, principal: Principal | null, op: Operation, path: string): Promise<void> {
  if (principal === null) throw _notSignedIn();
  const refused = !principal.rights.has(op.right)
    ? new InputError('no-right', `access: "${op.summary}" needs the right ${op.right}; your roles do not have it`, {
        right: op.right,
      })
    : op.needsPurpose === true && principal.purpose === null
      ? new InputError(
          'purpose-needed',
          'access: person-level data need a stated purpose; PUT /api/session/purpose with legal basis, case number and reason',
        )
      : null;
  if (refused === null) return;
  const { account } = principal;
  await casework.store.db.transaction((tx) =>
    appendAudit(
      tx,
      { accountId: account.accountId, name: account.displayName, purposeId: principal.purpose?.purposeId ?? null },
      casework.clock(),
      {
        action: 'access.refused',
        detail: { operation: `${(op.method ?? 'get').toUpperCase()} ${op.path}`, path, code: refused.code },
      },
    ),
  );
  throw refused;
}

function _notSignedIn(): InputError {
  return new InputError('not-signed-in', 'access: nobody is signed in, or the session has ended; POST /api/session');
}
