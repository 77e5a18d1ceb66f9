import { OpenAPIRegistry, OpenApiGeneratorV31, extendZodWithOpenApi } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import * as contract from '../contract.ts';

extendZodWithOpenApi(z);

/** One operation of the API, as data: routes, OpenAPI and the docs page read it. */
export interface Operation {
  readonly path: string;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  /** Absent = not JSON; `media` says what. */
  readonly answer?: z.ZodType;
  readonly media?: string;
}

export const OPERATIONS: readonly Operation[] = [
  { path: '/api/health', summary: 'Whether the server runs, and which run it serves', answer: contract.health },
  {
    path: '/api/leads',
    summary: 'The ranked leads of the served run',
    query: contract.leadListQuery,
    answer: contract.leadList,
  },
  {
    path: '/api/leads/{id}',
    summary: 'One lead: reasons, what speaks against it, rows',
    params: contract.idPath,
    answer: contract.lead,
  },
  {
    path: '/api/leads/{id}/report',
    summary: 'The clue report',
    params: contract.idPath,
    query: contract.reportQuery,
    media: 'text/html',
  },
  {
    path: '/api/leads/{id}/evidence',
    summary: 'The evidence bundle: every hash from file to report',
    params: contract.idPath,
    media: 'application/json',
  },
  {
    path: '/api/entities/{id}',
    summary: 'One entity with each value and the row it stands in; persons by pseudonym',
    params: contract.idPath,
    answer: contract.entity,
  },
  {
    path: '/api/graph/{id}/neighbours',
    summary: 'What surrounds an entity, counted by kind and direction before loading',
    params: contract.idPath,
    answer: contract.neighbourCounts,
  },
  {
    path: '/api/graph/{id}/expand',
    summary: 'One ranked page of neighbours, and how many remain',
    params: contract.idPath,
    query: contract.expandQuery,
    answer: contract.expansion,
  },
  {
    path: '/api/graph/paths',
    summary: 'Short paths between two entities; in time order on request',
    query: contract.pathQuery,
    answer: contract.graphPaths,
  },
  {
    path: '/api/sources',
    summary: 'Files of the served run: rows read, accepted, refused',
    answer: contract.sourceList,
  },
];

/** The OpenAPI 3.1 document, made from the same zod shapes that check requests. */
export function openApiDocument(version: string): unknown {
  const registry = new OpenAPIRegistry();
  for (const op of OPERATIONS) {
    const content =
      op.answer === undefined
        ? { [op.media ?? 'application/octet-stream']: { schema: z.string() } }
        : { 'application/json': { schema: op.answer } };
    registry.registerPath({
      method: 'get',
      path: op.path,
      summary: op.summary,
      request: {
        ...(op.params === undefined ? {} : { params: op.params }),
        ...(op.query === undefined ? {} : { query: op.query }),
      },
      responses: {
        200: { description: 'OK', content },
        default: { description: 'Problem', content: { 'application/problem+json': { schema: contract.problem } } },
      },
    });
  }
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Tributary 百川',
      version,
      description: 'Leads, entities and reports of the served run. Read-only; persons appear by pseudonym.',
    },
    servers: [{ url: '/' }],
  });
}
