import { z } from 'zod';

/** Models: cards, reliability, lift at capacity, slices, decisions. */

const bilingual = z.object({ zh: z.string(), en: z.string() });

export const cardFigure = z
  .object({
    id: z.string(),
    label: bilingual,
    value: z.number().nullable(),
    low: z.number().nullable(),
    high: z.number().nullable(),
    unit: z.enum(['share', 'count', 'days', 'score']),
  })
  .meta({ id: 'CardFigure' });

export const modelCard = z
  .object({
    title: bilingual,
    form: z.enum(['district', 'table']),
    protocol: bilingual,
    champion: z.string(),
    counts: z.record(z.string(), z.number()),
    families: z.array(z.object({ id: z.string(), features: z.int(), latestKnownAt: z.string().nullable() })),
    headline: z.array(cardFigure),
    rivals: z.array(
      z.object({
        id: z.string(),
        label: bilingual,
        figure: cardFigure,
        difference: cardFigure,
        beaten: z.boolean(),
      }),
    ),
    ablation: z.array(cardFigure.extend({ verdict: bilingual })),
    weeks: z.array(z.object({ asOf: z.string(), listed: z.int(), found: z.int(), base: z.number() })),
    reliability: z.array(
      z.object({
        low: z.number(),
        high: z.number(),
        rows: z.number(),
        meanProbability: z.number().nullable(),
        shareFound: z.number().nullable(),
      }),
    ),
    slices: z.array(
      z.object({
        by: z.string(),
        slice: z.string(),
        rows: z.number(),
        findings: z.number(),
        meanProbability: z.number(),
        shareFound: z.number(),
        selectedShare: z.number(),
        recall: z.number().nullable(),
        auroc: z.number().nullable(),
        flagged: z.boolean(),
      }),
    ),
    beside: z.array(cardFigure),
    notes: z.array(z.string()),
    limits: z.array(bilingual),
  })
  .meta({ id: 'ModelCard' });

export const modelSummary = z
  .object({
    modelId: z.string(),
    isServed: z.boolean().describe('made the leads of the served run'),
    isChampion: z.boolean().describe('chosen by people; runs use it until they choose another'),
    isShadow: z.boolean(),
    setting: z.string(),
    headline: z.array(cardFigure),
  })
  .meta({ id: 'ModelSummary' });

export const modelDecision = z.object({
  seq: z.int(),
  at: z.string(),
  action: z.enum(['promote', 'rollback', 'shadow', 'end-shadow', 'release']),
  modelId: z.string(),
  by: z.string(),
  why: z.string(),
});

export const modelList = z
  .object({ models: z.array(modelSummary), decisions: z.array(modelDecision) })
  .meta({ id: 'ModelList' });

export const modelDetail = modelSummary
  .extend({
    trainedFrom: z.string(),
    asOf: z.string(),
    features: z.int(),
    card: modelCard,
    curve: z.array(z.object({ capacity: z.number(), expected: z.number(), low: z.number(), high: z.number() })),
    baseRate: z.number().nullable(),
    typologies: z.array(
      z.object({
        id: z.string(),
        title: bilingual,
        signals: z.int(),
        setAside: z.int(),
        subjects: z.int(),
        lastAt: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'ModelDetail' });

export type ModelSummary = z.infer<typeof modelSummary>;
export type ModelDetail = z.infer<typeof modelDetail>;
export type ModelCard = z.infer<typeof modelCard>;
export type CardFigure = z.infer<typeof cardFigure>;
