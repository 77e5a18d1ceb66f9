import { z } from 'zod';

/** Leads: the ranked list, one lead with its reasons for and against, its report. */

export const leadSummary = z
  .object({
    leadId: z.string(),
    rank: z.int(),
    kind: z.string(),
    label: z.string(),
    probability: z.number().nullable().describe('calibrated chance of being confirmed, 0–1'),
    low: z.number().nullable(),
    high: z.number().nullable(),
    grade: z.string().nullable(),
    confidence: z.string().nullable(),
    pick: z.string().describe('ranked, or exploration with pickChance'),
    pickChance: z.number().nullable(),
    typologies: z.array(z.string()),
  })
  .meta({ id: 'LeadSummary' });

export const leadList = z
  .object({ runId: z.string(), total: z.int(), leads: z.array(leadSummary) })
  .meta({ id: 'LeadList' });

const bilingual = z.object({ zh: z.string(), en: z.string() });

export const reason = z
  .object({
    id: z.string(),
    family: z.string(),
    direction: z.enum(['for', 'against']),
    contribution: z.number(),
    text: bilingual,
    value: z.number().nullable(),
    unit: z.string().nullable(),
    peerLow: z.number().nullable(),
    peerHigh: z.number().nullable(),
    features: z.array(z.string()),
    rowIds: z.array(z.string()),
    signalIds: z.array(z.string()),
  })
  .meta({ id: 'Reason' });

export const against = z
  .object({
    id: z.string(),
    kind: z.enum(['look-alike', 'missing-data', 'contrary-fact', 'model-limit']),
    text: bilingual,
    tested: z.boolean(),
    holds: z.boolean().nullable(),
    typology: z.string().nullable(),
    rowIds: z.array(z.string()),
  })
  .meta({ id: 'Against' });

export const lead = leadSummary
  .extend({
    subjectId: z.string(),
    asOf: z.string(),
    score: z.number(),
    reasons: z.array(reason),
    against: z.array(against).min(1),
    law: z.array(
      z.object({ typology: z.string(), conductFrom: z.string().nullable(), conductTo: z.string().nullable() }),
    ),
    rowIds: z.array(z.string()),
    signalIds: z.array(z.string()),
    modelId: z.string(),
    runId: z.string(),
  })
  .meta({ id: 'Lead' });

export const leadListQuery = z.object({ top: z.coerce.number().int().min(1).max(1000).default(20) });

export const reportQuery = z.object({
  format: z.enum(['html', 'docx']).default('html'),
  lang: z.enum(['zh', 'en']).default('zh'),
});

export type LeadList = z.infer<typeof leadList>;
export type Lead = z.infer<typeof lead>;
