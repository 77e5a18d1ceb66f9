import { z } from 'zod';

/** Shapes of the API, checked at run time on both sides; the OpenAPI document is made from them. */

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
  .object({ type: z.string(), title: z.string(), status: z.int(), code: z.string(), detail: z.string() })
  .meta({ id: 'Problem' });

export const leadListQuery = z.object({ top: z.coerce.number().int().min(1).max(1000).default(20) });
export const idPath = z.object({ id: z.string().min(1).max(300) });
export const reportQuery = z.object({
  format: z.enum(['html', 'docx']).default('html'),
  lang: z.enum(['zh', 'en']).default('zh'),
});

export type LeadList = z.infer<typeof leadList>;
export type Lead = z.infer<typeof lead>;

export const graphNode = z
  .object({
    id: z.string(),
    kind: z.string(),
    label: z.string().describe('a pseudonym for a person'),
    mentions: z.number().nullable(),
    firstKnownAt: z.string().nullable(),
    lon: z.number().nullable(),
    lat: z.number().nullable(),
    town: z.string().nullable(),
  })
  .meta({ id: 'GraphNode' });

export const graphLink = z
  .object({
    id: z.string(),
    kind: z.string(),
    from: z.string(),
    to: z.string(),
    validFrom: z.string().nullable(),
    validTo: z.string().nullable(),
    knownAt: z.string().nullable(),
    origin: z.string().nullable(),
    probability: z.number().nullable(),
    weight: z.number().nullable(),
    rowIds: z.array(z.string()).nullable().describe('source rows; null unless evidence was asked for'),
  })
  .meta({ id: 'GraphLink' });

export const neighbourCounts = z
  .object({
    id: z.string(),
    counts: z.array(
      z.object({
        linkKind: z.string(),
        direction: z.enum(['out', 'in']),
        nodeKind: z.string(),
        links: z.int(),
        neighbours: z.int(),
      }),
    ),
  })
  .meta({ id: 'NeighbourCounts' });

export const expansion = z
  .object({ nodes: z.array(graphNode), links: z.array(graphLink), total: z.int(), shown: z.int(), remaining: z.int() })
  .meta({ id: 'Expansion' });

export const graphPath = z
  .object({
    nodes: z.array(graphNode),
    steps: z.array(z.object({ links: z.array(graphLink), at: z.string().nullable() })),
  })
  .meta({ id: 'GraphPath' });

export const graphPaths = z
  .object({ from: z.string(), to: z.string(), paths: z.array(graphPath) })
  .meta({ id: 'GraphPaths' });

const kindList = z
  .string()
  .optional()
  .transform((text) => (text === undefined || text === '' ? null : text.split(',')))
  .describe('kinds, comma between');

export const expandQuery = z.object({
  linkKinds: kindList,
  nodeKinds: kindList,
  direction: z.enum(['out', 'in', 'both']).default('both'),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  offset: z.coerce.number().int().min(0).default(0),
  rank: z.enum(['weight', 'recent', 'degree']).default('weight'),
  evidence: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .describe('true: with the source rows of each link'),
});

export const pathQuery = z.object({
  from: z.string().min(1).max(300),
  to: z.string().min(1).max(300),
  k: z.coerce.number().int().min(1).max(20).default(1),
  maxHops: z.coerce.number().int().min(1).max(12).default(6),
  withoutNodeKinds: kindList,
  inTime: z.enum(['true', 'false']).default('false').describe('true: dates must advance along the path'),
});
