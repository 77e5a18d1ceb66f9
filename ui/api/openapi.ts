import { OpenAPIRegistry, OpenApiGeneratorV31, extendZodWithOpenApi } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import * as contract from '../contract/index.ts';
import { ARROW, tablesOf } from './arrow.ts';
import type { Operation } from './resource.ts';

extendZodWithOpenApi(z);

/** The OpenAPI 3.1 document, made from the same zod shapes that check requests. */
export function openApiDocument(version: string, operations: readonly Operation[]): unknown {
  const registry = new OpenAPIRegistry();
  for (const op of operations) {
    const content =
      op.media === 'none'
        ? null
        : op.answer === undefined
          ? { [op.media ?? 'application/octet-stream']: { schema: z.string() } }
          : {
              'application/json': { schema: op.answer },
              ...(tablesOf(op.answer).length === 0
                ? {}
                : { [ARROW]: { schema: z.string().meta({ format: 'binary' }) } }),
            };
    registry.registerPath({
      method: op.method ?? 'get',
      path: op.path,
      summary: op.summary,
      description: `Right: ${op.right}${op.needsPurpose === true ? ', and a stated purpose' : ''}`,
      request: {
        ...(op.params === undefined ? {} : { params: op.params }),
        ...(op.query === undefined ? {} : { query: op.query }),
        ...(op.rawBody === undefined
          ? {}
          : { body: { content: { 'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) } } } }),
        ...(op.body === undefined ? {} : { body: { content: { 'application/json': { schema: op.body } } } }),
      },
      responses: {
        ...(content === null ? { 204: { description: 'Done' } } : { 200: { description: 'OK', content } }),
        default: { description: 'Problem', content: { 'application/problem+json': { schema: contract.problem } } },
      },
    });
  }
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Tributary 百川',
      version,
      description: 'Leads, entities, reports and decisions of a workspace; persons appear by pseudonym.',
    },
    servers: [{ url: '/' }],
  });
}
