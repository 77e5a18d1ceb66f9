import { z } from 'zod';
import { graphNode } from './graph.ts';

/** Search over everything that has a name, and the matching of pasted lists. */

export const searchHit = z
  .object({
    node: graphNode,
    how: z.enum(['exact', 'start', 'inside', 'pinyin', 'near', 'initials', 'fields']),
    text: z.string().describe('the name or number that was found, as compared; empty when fields found it'),
    score: z.number().describe('orders only'),
  })
  .meta({ id: 'SearchHit' });

export const searchQuery = z.object({
  q: z.string().max(300).describe('words, and conditions as field:value'),
  kinds: z
    .string()
    .max(500)
    .optional()
    .transform((text) => (text === undefined || text === '' ? null : text.split(','))),
  limit: z.coerce.number().int().min(1).max(200).default(20),
});

export const searchResults = z
  .object({
    query: z.string(),
    hits: z.array(searchHit),
    total: z.int(),
    notShown: z.int(),
    byKind: z.array(z.object({ kind: z.string(), count: z.int() })).describe('only kinds that the user may see'),
  })
  .meta({ id: 'SearchResults' });

export const listBody = z.object({
  lines: z.array(z.string().max(200)).min(1).max(1000),
  each: z.int().min(1).max(10).default(3),
});

export const listMatches = z
  .object({
    rows: z.array(z.object({ line: z.string(), hits: z.array(searchHit), total: z.int() })),
    matched: z.int().describe('lines with an exact hit'),
    unsure: z.int(),
    unknown: z.int(),
  })
  .meta({ id: 'ListMatches' });

export type SearchHit = z.infer<typeof searchHit>;
export type SearchResults = z.infer<typeof searchResults>;
export type ListMatches = z.infer<typeof listMatches>;
