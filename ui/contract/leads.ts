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

const bilingual = z.object({ zh: z.string(), en: z.string() });

export const leadItem = leadSummary
  .extend({
    subjectId: z.string(),
    town: z.string().nullable().describe('null for a subject without a fixed place'),
    because: bilingual.nullable().describe('the strongest reason, in words'),
  })
  .meta({ id: 'LeadItem' });

const leadFacet = z.array(z.object({ value: z.string().describe("'' = none"), leads: z.int() }));

export const leadList = z
  .object({
    runId: z.string(),
    asOf: z.string().nullable(),
    total: z.int().describe('leads of the run'),
    matching: z.int().describe('leads that pass the filter; leads is a window of them'),
    leads: z.array(leadItem),
    facets: z.object({
      kind: leadFacet,
      town: leadFacet,
      typology: leadFacet,
      pick: leadFacet,
      grade: leadFacet,
    }),
    typologies: z.array(z.object({ id: z.string(), title: bilingual })),
  })
  .meta({ id: 'LeadList' });

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

const wanted = z.string().max(200).optional();

export const leadFilterQuery = z.object({
  kind: wanted.describe('company, site, vehicle, ship'),
  town: wanted.describe('empty = those without a fixed place'),
  typology: wanted.describe('T01 … T16; empty = none'),
  pick: wanted.describe('ranked, exploration or reserve'),
  grade: wanted.describe('高, 中, 低; empty = open'),
});

export const leadListQuery = leadFilterQuery.extend({
  top: z.coerce.number().int().min(1).max(1000).default(20),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
});

export const leadExportQuery = leadFilterQuery.extend({ lang: z.enum(['zh', 'en']).default('zh') });

export const capacityQuery = z.object({ capacity: z.coerce.number().int().min(1).max(2000).default(20) });

export const leadCapacity = z
  .object({
    capacity: z.int(),
    expected: z.number().describe('finds a week on the hold-out at this capacity'),
    low: z.number(),
    high: z.number(),
    marginal: z.number().describe('chance that one lead more would be confirmed'),
    ofList: z.object({ listed: z.int(), expected: z.number(), low: z.number(), high: z.number() }),
    last: z.object({ leadId: z.string(), label: z.string(), probability: z.number().nullable() }).nullable(),
    curve: z.array(z.object({ capacity: z.number(), expected: z.number(), low: z.number(), high: z.number() })),
    meaning: bilingual,
    weeklyCapacity: z.int().describe('the capacity that the workspace is set to'),
  })
  .meta({ id: 'LeadCapacity' });

export const leadSignals = z
  .object({
    signals: z.array(
      z.object({
        signalId: z.string(),
        typology: z.string(),
        rule: z.string(),
        ruleTitle: bilingual,
        at: z.string(),
        knownAt: z.string(),
        strength: z.number().describe("share of its typology's tests that were met, 0–1; not a probability"),
        value: z.number().nullable(),
        unit: z.string().nullable(),
        peerLow: z.number().nullable(),
        peerHigh: z.number().nullable(),
        rowIds: z.array(z.string()),
        entityIds: z.array(z.string()),
      }),
    ),
    matters: z.array(
      z.object({
        typology: z.string(),
        title: bilingual,
        conductFrom: z.string().nullable(),
        conductTo: z.string().nullable(),
        law: z.array(
          z.object({
            name: bilingual,
            law: z.string(),
            articles: z.array(z.string()),
            grade: z.string(),
            note: z.string().nullable(),
            later: z.boolean().describe('in force only after the conduct'),
          }),
        ),
        notes: z.array(bilingual),
        evidence: z.array(z.object({ id: z.string(), text: bilingual, from: z.array(z.string()) })),
      }),
    ),
  })
  .meta({ id: 'LeadSignals' });

export const timeline = z
  .object({
    from: z.string().nullable(),
    to: z.string().nullable(),
    items: z.array(
      z.object({
        id: z.string(),
        lane: z.string().describe("an event's kind, signal or outcome"),
        at: z.string(),
        title: bilingual,
        value: z.number().nullable(),
        unit: z.string().nullable(),
        rowId: z.string(),
      }),
    ),
    lanes: z.array(z.object({ lane: z.string(), items: z.int(), notShown: z.int() })),
  })
  .meta({ id: 'Timeline' });

export const sourceRow = z
  .object({
    rowId: z.string(),
    source: z.string(),
    title: bilingual,
    department: z.string(),
    share: z.string(),
    level: z.int().describe('0 public, 1 business, 2 personal, 3 sensitive'),
    use: z.string().nullable(),
    fileName: z.string().nullable(),
    fileSha256: z.string().nullable(),
    line: z.string(),
    eventAt: z.string().nullable(),
    knownAt: z.string().nullable(),
    cells: z.array(
      z.object({
        column: z.string(),
        header: z.string().nullable(),
        value: z.string().nullable(),
        raw: z.string().nullable().describe('what was sent, where it differs'),
        hidden: z.enum(['personal']).nullable(),
      }),
    ),
    rejects: z.array(
      z.object({ column: z.string().nullable(), value: z.string().nullable(), rule: z.string(), message: z.string() }),
    ),
  })
  .meta({ id: 'SourceRow' });

export const verification = z
  .object({
    leadId: z.string(),
    ok: z.boolean(),
    checked: z.int(),
    broken: z
      .object({
        link: z.string(),
        id: z.string(),
        expected: z.string(),
        found: z.string(),
        message: z.string(),
      })
      .nullable()
      .describe('the first fault in the order of the chain'),
    absent: z.array(z.string()).describe('what could not be looked at'),
  })
  .meta({ id: 'Verification' });

export const reportQuery = z.object({
  format: z.enum(['html', 'docx']).default('html'),
  lang: z.enum(['zh', 'en']).default('zh'),
});

export type LeadList = z.infer<typeof leadList>;
export type LeadItem = z.infer<typeof leadItem>;
export type LeadCapacity = z.infer<typeof leadCapacity>;
export type LeadSignals = z.infer<typeof leadSignals>;
export type Timeline = z.infer<typeof timeline>;
export type SourceRow = z.infer<typeof sourceRow>;
export type Verification = z.infer<typeof verification>;
export type Reason = z.infer<typeof reason>;
export type Against = z.infer<typeof against>;
export type Lead = z.infer<typeof lead>;
