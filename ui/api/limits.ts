import { type RateLimitRequestHandler, rateLimit } from 'express-rate-limit';

/** Largest JSON body of most operations, and of those marked `largeBody`. */
export const BODY_LIMIT = '512kb';
export const LARGE_BODY_LIMIT = '12mb';

/** Requests a minute and address: of everything, and of signing in. */
export const REQUESTS_A_MINUTE = 3000;
export const SIGN_INS_A_MINUTE = 20;

/** A limit that answers with a problem document like every other refusal. */
export function limitOf(perMinute: number): RateLimitRequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, _response, next) =>
      next(
        Object.assign(new Error(`too many requests: more than ${perMinute} a minute; wait a minute`), { status: 429 }),
      ),
  });
}
