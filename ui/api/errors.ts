import type { ErrorRequestHandler } from 'express';
import { z } from 'zod';
import { ExternalError, InputError, StateError, TributaryError, messageOf } from '../../ingest/base/index.ts';

/** The one place that knows status codes: errors become RFC 9457 problem documents. What is not ours shows no inner text. */
export function problemHandler(onFault: (error: unknown) => void): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = statusOf(error);
    const known = error instanceof TributaryError || error instanceof z.ZodError || status < 500;
    if (status >= 500 && !(error instanceof StateError)) onFault(error);
    response
      .status(status)
      .type('application/problem+json')
      .send(
        JSON.stringify({
          type: 'about:blank',
          title: TITLES[status] ?? (status < 500 ? 'Bad request' : 'The work failed'),
          status,
          code:
            error instanceof TributaryError ? error.code : error instanceof z.ZodError ? 'bad-parameter' : 'unexpected',
          detail: known ? detailOf(error) : 'an unexpected fault; the log of the server has it',
          ...(error instanceof StateError ? { info: error.detail } : {}),
        }),
      );
  };
}

const TITLES: Readonly<Record<number, string>> = {
  401: 'Not signed in',
  403: 'Refused',
  404: 'Not found',
  409: 'Not now',
  413: 'Too large',
  429: 'Too many requests',
};
const INPUT_STATUS: Readonly<Record<string, number>> = {
  'not-signed-in': 401,
  'bad-credentials': 401,
  'no-right': 403,
  'purpose-needed': 403,
  'bad-csrf': 403,
  'not-entitled': 403,
  'too-large': 413,
};
const STATE_STATUS: Readonly<Record<string, number>> = { 'no-run': 503, 'account-paused': 429 };

/** @returns HTTP status of an error */
export function statusOf(error: unknown): number {
  if (error instanceof z.ZodError) return 400;
  if (error instanceof InputError) return INPUT_STATUS[error.code] ?? (error.code.startsWith('no-such') ? 404 : 400);
  if (error instanceof StateError) return STATE_STATUS[error.code] ?? 409;
  if (error instanceof ExternalError) return 502;
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500;
}

function detailOf(error: unknown): string {
  if (error instanceof z.ZodError) return error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ');
  return messageOf(error);
}
