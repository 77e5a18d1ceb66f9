import type { z } from 'zod';

/** An answer of the API that is not 2xx, with the problem document's words. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, detail: string) {
    super(detail);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = code;
  }
}

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly query?: Readonly<Record<string, string | number | boolean | null | undefined>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** Asks the API and checks the answer against its contract.
 *  @throws ApiProblem when the API refuses, is down (`status` 0) or answers with another shape (`code` wrong-shape) */
export async function ask<T extends z.ZodType>(path: string, shape: T, call: Call = {}): Promise<z.infer<T>> {
  const response = await _fetch(path, call);
  const json: unknown = await response.json();
  const checked = shape.safeParse(json);
  if (!checked.success) throw new ApiProblem(response.status, 'wrong-shape', checked.error.message);
  return checked.data;
}

/** Asks for something without a JSON answer (204, or a file). @throws ApiProblem */
export async function send(path: string, call: Call = {}): Promise<Response> {
  return _fetch(path, call);
}

/** Sends a file as the body. @throws ApiProblem */
export async function sendBytes(
  path: string,
  { query, file }: { readonly query: Readonly<Record<string, string>>; readonly file: File },
): Promise<Response> {
  return _fetch(path, { method: 'POST', query, body: file });
}

async function _fetch(path: string, { method = 'GET', query = {}, body, signal }: Call): Promise<Response> {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query))
    if (value !== null && value !== undefined && value !== '') search.set(key, String(value));
  const url = search.size === 0 ? path : `${path}?${search.toString()}`;
  const csrf = /(?:^|; )tributary\.csrf=([^;]+)/.exec(document.cookie)?.[1];
  const response = await fetch(url, {
    method,
    credentials: 'same-origin',
    headers: {
      ...(body === undefined
        ? {}
        : { 'content-type': body instanceof File ? body.type || 'application/octet-stream' : 'application/json' }),
      ...(method === 'GET' || csrf === undefined ? {} : { 'x-csrf-token': decodeURIComponent(csrf) }),
    },
    ...(body === undefined ? {} : { body: body instanceof File ? body : JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiProblem(0, 'unreachable', String(error));
  });
  if (response.ok) return response;
  const problem = (await response.json().catch(() => ({}))) as { code?: string; detail?: string };
  throw new ApiProblem(response.status, problem.code ?? 'unknown', problem.detail ?? response.statusText);
}
