import type { Request } from 'express';
import { type RateLimitRequestHandler, ipKeyGenerator, rateLimit } from 'express-rate-limit';

/** Largest JSON body of most operations, and of those marked `largeBody`. */
export const BODY_LIMIT = '512kb';
export const LARGE_BODY_LIMIT = '12mb';

/** Requests a minute: of everything, by account (by address before signing in); of signing in, by address. */
export const REQUESTS_A_MINUTE = 3000;
export const SIGN_INS_A_MINUTE = 60;

/** An office behind one address is many users. */
export function byAccount(request: Request): string {
  return request.session.accountId ?? byAddress(request);
}

export function byAddress(request: Request): string {
  return ipKeyGenerator(request.ip ?? '');
}

/** A limit that answers with a problem document like every other refusal. */
export function limitOf(perMinute: number, keyOf: (request: Request) => string): RateLimitRequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    keyGenerator: keyOf,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, _response, next) =>
      next(
        Object.assign(new Error(`too many requests: more than ${perMinute} a minute; wait a minute`), { status: 429 }),
      ),
  });
}
