import { z } from 'zod';

/** What the served run is made of: health, sources, entities; and errors. */

export const entity = z
  .object({
    entityId: z.string(),
    kind: z.string(),
    label: z.string().describe('a pseudonym for a person'),
    lon: z.number().nullable(),
    lat: z.number().nullable(),
    statements: z.array(
      z.object({ property: z.string(), value: z.string(), rowId: z.string(), firstKnownAt: z.string().nullable() }),
    ),
  })
  .meta({ id: 'Entity' });

export const sourceHealth = z
  .object({
    source: z.string(),
    fileName: z.string(),
    sha256: z.string(),
    readRows: z.int(),
    acceptedRows: z.int(),
    rejectedRows: z.int(),
    ingestedAt: z.string().nullable(),
  })
  .meta({ id: 'SourceHealth' });
export const sourceList = z.object({ runId: z.string(), sources: z.array(sourceHealth) }).meta({ id: 'SourceList' });

export const health = z
  .object({ status: z.literal('ok'), runId: z.string().nullable(), version: z.string() })
  .meta({ id: 'Health' });

/** Errors as RFC 9457 problem documents. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    info: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'Problem' });

export const idPath = z.object({ id: z.string().min(1).max(300) });
