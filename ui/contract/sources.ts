import { z } from 'zod';

/** Data health: sources, their files, columns and rejects. */

const bilingual = z.object({ zh: z.string(), en: z.string() });

export const sourceState = z.enum(['red', 'yellow', 'green', 'absent']);

export const sourceReport = z
  .object({
    source: z.string(),
    title: bilingual,
    department: z.string(),
    level: z.int(),
    share: z.string(),
    state: sourceState,
    reasons: z.array(z.string()),
    files: z.int(),
    read: z.int().describe('accepted + refused'),
    accepted: z.int(),
    refused: z.int(),
    duplicates: z.int().describe('among the refused'),
    latestEventAt: z.string().nullable(),
    lagDays: z.number().nullable(),
    completeness: z.number().nullable(),
    outOfRange: z.number().nullable(),
    stale: z.number().nullable(),
    datums: z.array(z.object({ datum: z.string(), rows: z.int(), confidence: z.number().nullable() })),
    faults: z.array(z.object({ source: z.string(), fileName: z.string(), message: z.string(), at: z.string() })),
  })
  .meta({ id: 'SourceReport' });

export const sourceReportList = z
  .object({ runId: z.string(), asOf: z.string(), sources: z.array(sourceReport) })
  .meta({ id: 'SourceReportList' });

export const sourceDetail = z
  .object({
    files: z.array(
      z.object({
        fileName: z.string(),
        sha256: z.string(),
        bytes: z.int(),
        state: z.enum(['red', 'yellow', 'green']),
        reasons: z.array(z.string()),
        readRows: z.int(),
        acceptedRows: z.int(),
        refusedRows: z.int(),
        duplicates: z.int(),
        firstEventAt: z.string().nullable(),
        lastEventAt: z.string().nullable(),
        ingestedAtMs: z.number(),
      }),
    ),
    columns: z.array(
      z.object({
        name: z.string(),
        header: z.string(),
        personal: z.boolean(),
        completeness: z.number().nullable(),
        placeholders: z.int(),
        refusedValues: z.int(),
      }),
    ),
    rules: z.array(
      z.object({ rule: z.string(), column: z.string().nullable(), refusedRow: z.boolean(), count: z.int() }),
    ),
  })
  .meta({ id: 'SourceDetail' });

export const rejectQuery = z.object({
  rule: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
  offset: z.coerce.number().int().min(0).max(100_000_000).default(0),
});

export const rejectList = z
  .object({
    total: z.int(),
    rejects: z.array(
      z.object({
        rowId: z.string(),
        column: z.string().nullable(),
        value: z.string().nullable().describe('null also for personal columns'),
        rule: z.string(),
        message: z.string(),
        refusedRow: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'RejectList' });

export type SourceReport = z.infer<typeof sourceReport>;
export type SourceDetail = z.infer<typeof sourceDetail>;
