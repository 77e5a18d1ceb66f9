import { z } from 'zod';

/** The graph: nodes, links, counts before loading, pages, paths. */

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

export type GraphNode = z.infer<typeof graphNode>;
export type GraphLink = z.infer<typeof graphLink>;
export type Expansion = z.infer<typeof expansion>;
export type NeighbourCounts = z.infer<typeof neighbourCounts>;
export type GraphPaths = z.infer<typeof graphPaths>;
