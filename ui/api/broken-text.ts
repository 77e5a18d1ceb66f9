import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { InputError } from '../../ingest/base/index.ts';

const _escaped = new WeakSet<IncomingMessage>();

/** For express.json's `verify`: remembers bodies with `\u` escapes, the only ones that can hold what `refuseBrokenText` refuses. */
export function noteEscapes(request: IncomingMessage, _response: unknown, body: Buffer): void {
  if (body.includes('\\u')) _escaped.add(request);
}

/** Refuses text that no database keeps: NUL and halves of a surrogate pair, in the address or the body. @throws InputError `broken-text` */
export const refuseBrokenText: RequestHandler = (request, _response, next) => {
  const isBroken = /%00/.test(request.url) || (_escaped.has(request) && _hasBroken(request.body));
  next(
    isBroken
      ? new InputError('broken-text', 'request: it holds a NUL character or half a surrogate pair; send whole text')
      : undefined,
  );
};

function _hasBroken(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0') || /\p{Surrogate}/u.test(value);
  if (Array.isArray(value)) return value.some(_hasBroken);
  if (value !== null && typeof value === 'object')
    return Object.entries(value).some(([key, v]) => _hasBroken(key) || _hasBroken(v));
  return false;
}
