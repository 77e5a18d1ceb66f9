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
  withoutLinkKinds: kindList,
  withoutNodes: kindList.describe('entity ids, comma between'),
  inTime: z.enum(['true', 'false']).default('false').describe('true: dates must advance along the path'),
});

/** Ids in the body of a question: more than an address holds. */
const manyIds = (most: number) => z.array(z.string().min(1).max(300)).min(1).max(most);

export const nodesBody = z.object({ ids: manyIds(5000) });
export const graphNodes = z
  .object({ nodes: z.array(graphNode), unknown: z.array(z.string()).describe('ids that this run does not know') })
  .meta({ id: 'GraphNodes' });

export const amongBody = z.object({ ids: manyIds(5000), with: z.array(z.string()).max(5000).default([]) });
export const subgraph = z.object({ nodes: z.array(graphNode), links: z.array(graphLink) }).meta({ id: 'Subgraph' });

export const evidenceBody = z.object({ ids: manyIds(500) });
export const linkEvidence = z
  .object({ links: z.array(z.object({ id: z.string(), rowIds: z.array(z.string()) })) })
  .meta({ id: 'LinkEvidence' });

export const totalsBody = z.object({ ids: manyIds(2000) });
export const graphTotals = z
  .object({ totals: z.array(z.object({ id: z.string(), neighbours: z.int() })) })
  .meta({ id: 'GraphTotals' });

export const connectBody = z.object({
  ids: manyIds(12),
  withoutNodeKinds: z.array(z.string()).max(40).default([]),
  withoutLinkKinds: z.array(z.string()).max(60).default([]),
  withoutNodes: z.array(z.string()).max(500).default([]),
  maxHops: z.int().min(1).max(12).default(6),
});
export const network = z
  .object({
    nodes: z.array(graphNode),
    links: z.array(graphLink),
    groups: z
      .array(z.array(z.string()))
      .describe('asked entities that hang together; more than one = not all could be joined'),
  })
  .meta({ id: 'Network' });

const patternTest = z.object({
  property: z.string().max(60),
  operator: z.enum(['=', '!=', '<', '<=', '>', '>=', 'contains', 'in', 'missing', 'present']),
  value: z.union([z.string(), z.number(), z.array(z.string())]).optional(),
});
const kindsOf = z.array(z.string().max(60)).max(60).optional();
/** The pattern tree of the graph folder, as it is stored and sent. */
export const pattern = z
  .object({
    version: z.literal(1),
    nodes: z
      .array(z.object({ name: z.string().max(40), kinds: kindsOf, tests: z.array(patternTest).max(20).optional() }))
      .min(1)
      .max(12),
    links: z
      .array(
        z.object({
          name: z.string().max(40),
          from: z.string().max(40),
          to: z.string().max(40),
          direction: z.enum(['out', 'both']),
          kinds: kindsOf,
          tests: z.array(patternTest).max(20).optional(),
        }),
      )
      .max(12),
    absences: z
      .array(
        z.object({
          node: z.string().max(40),
          direction: z.enum(['out', 'in', 'both']),
          kinds: kindsOf,
          nodeKinds: kindsOf,
        }),
      )
      .max(12)
      .optional(),
    times: z
      .array(
        z.object({ first: z.string().max(40), second: z.string().max(40), withinHours: z.number().min(0).optional() }),
      )
      .max(12)
      .optional(),
  })
  .meta({ id: 'Pattern' });
export const patternBody = z.object({ pattern, limit: z.int().min(1).max(2000).default(200) });
export const patternMatches = z
  .object({
    rows: z.array(z.record(z.string(), z.string())).describe('name in the pattern → id'),
    cut: z.boolean().describe('there are more than the limit'),
    nodes: z.array(graphNode),
    links: z.array(graphLink),
  })
  .meta({ id: 'PatternMatches' });

/** Kinds that occur, with how many there are: what a filter or a pattern may name. */
export const graphKinds = z
  .object({
    nodes: z.array(z.object({ kind: z.string(), count: z.int() })),
    links: z.array(z.object({ kind: z.string(), count: z.int() })),
  })
  .meta({ id: 'GraphKinds' });

export type PatternBody = z.infer<typeof pattern>;
export type PatternMatches = z.infer<typeof patternMatches>;
export type Network = z.infer<typeof network>;
export type GraphKinds = z.infer<typeof graphKinds>;
export type GraphNode = z.infer<typeof graphNode>;
export type GraphLink = z.infer<typeof graphLink>;
export type Expansion = z.infer<typeof expansion>;
export type NeighbourCounts = z.infer<typeof neighbourCounts>;
export type GraphPaths = z.infer<typeof graphPaths>;
