import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { Desk } from '../../casework/index.ts';
import { InputError } from '../../ingest/base/index.ts';

const COOKIE = 'tributary.csrf';
const HEADER = 'x-csrf-token';

/** Signed double-submit: the token in the readable cookie must come back in the header, and is bound to the session.
 *  @source OWASP Cross-Site Request Forgery Prevention Cheat Sheet */
export class Csrf {
  readonly #secret: string;
  readonly #random: Desk['random'];

  constructor(secret: string, random: Desk['random']) {
    this.#secret = secret;
    this.#random = random;
  }

  /** Sets a fresh token for the session that answers; nobody's session before signing in. */
  issue(response: Response, sessionId: string | null): string {
    const value = Buffer.from(this.#random(18)).toString('base64url');
    const token = `${value}.${this.#sign(value, sessionId)}`;
    response.cookie(COOKIE, token, { sameSite: 'lax', path: '/', secure: response.req.secure });
    return token;
  }

  /** The token that the request brought, when it is good for its session; else a fresh one. */
  current(request: Request, response: Response): string {
    const token = _cookieOf(request);
    return token !== null && this.#isGood(token, _sessionOf(request))
      ? token
      : this.issue(response, _sessionOf(request));
  }

  /** Refuses everything that changes state without the token. @throws InputError `bad-csrf` */
  check(): RequestHandler {
    return (request, _response, next) => {
      if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') {
        next();
        return;
      }
      const cookie = _cookieOf(request);
      const header = request.get(HEADER);
      const isGood = cookie !== null && header === cookie && this.#isGood(cookie, _sessionOf(request));
      next(
        isGood
          ? undefined
          : new InputError(
              'bad-csrf',
              `access: the header ${HEADER} does not carry the cookie ${COOKIE} of this session; GET /api/session gives both`,
            ),
      );
    };
  }

  #isGood(token: string, sessionId: string | null): boolean {
    const [value = '', signature = ''] = token.split('.');
    const wanted = Buffer.from(this.#sign(value, sessionId));
    const found = Buffer.from(signature);
    return found.length === wanted.length && timingSafeEqual(found, wanted);
  }

  #sign(value: string, sessionId: string | null): string {
    return createHmac('sha256', this.#secret)
      .update(`${value}|${sessionId ?? ''}`)
      .digest('base64url');
  }
}

function _sessionOf(request: Request): string | null {
  return request.session.accountId === undefined ? null : request.sessionID;
}

function _cookieOf(request: Request): string | null {
  const found = new RegExp(`(?:^|; )${COOKIE.replace('.', '\\.')}=([^;]+)`).exec(request.get('cookie') ?? '');
  return found === null ? null : decodeURIComponent(found[1]!);
}
