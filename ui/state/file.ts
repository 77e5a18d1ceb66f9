import { z } from 'zod';
import { graphLink, graphNode } from '../contract/index.ts';
import type { Investigation } from './investigation.ts';

const place = z.object({ x: z.number(), y: z.number() });
const ids = z.array(z.string());
const condition = z.object({
  property: z.string(),
  operator: z.enum(['=', '!=', '>=', '<=', 'contains', 'missing', 'present']),
  value: z.union([z.string(), z.number(), z.null()]),
});

/** A saved investigation, as it is read back. */
export const investigationFile: z.ZodType<Investigation> = z.object({
  version: z.literal(1),
  nodes: z.record(z.string(), graphNode.extend({ origins: ids })),
  links: z.record(z.string(), graphLink),
  places: z.record(z.string(), place),
  pinned: ids,
  selected: ids,
  expanded: z.record(z.string(), z.number()),
  highlighted: ids,
  filter: z.object({
    hiddenNodeKinds: ids,
    hiddenLinkKinds: ids,
    hiddenNodes: ids,
    conditions: z.array(condition),
    window: z.object({ from: z.string(), to: z.string() }).nullable(),
    area: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
  }),
  groups: z.array(z.object({ id: z.string(), label: z.string(), members: ids, folded: z.boolean() })),
  fold: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
  rules: z.array(
    z.object({
      id: z.string(),
      target: z.enum(['node', 'link']),
      when: condition.nullable(),
      set: z.enum(['color', 'size', 'badge']),
      value: z.union([z.string(), z.number(), z.null()]),
      by: z.string().nullable(),
    }),
  ),
  measures: z.record(z.string(), z.record(z.string(), z.number())),
  notes: z.array(
    z.object({
      id: z.string(),
      text: z.string(),
      author: z.string(),
      at: z.string(),
      node: z.string().nullable(),
      place: place.nullable(),
    }),
  ),
  arrows: z.array(
    z.object({
      id: z.string(),
      from: z.string(),
      to: z.string(),
      text: z.string(),
      author: z.string(),
      at: z.string(),
    }),
  ),
  layout: z.string(),
});

/** The state as text: keys in order at every level, so that equal states are equal texts and have one hash. */
export function textOf(state: Investigation): string {
  return JSON.stringify(state, (_key, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : value,
  );
}

/** Reads a saved state; null when the text is none. Links that lack an end are dropped, so that a damaged file cannot leave a loose edge. */
export function stateOf(text: string): Investigation | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const read = investigationFile.safeParse(json);
  if (!read.success) return null;
  const { nodes, links } = read.data;
  const whole = Object.entries(links).filter(([, l]) => nodes[l.from] !== undefined && nodes[l.to] !== undefined);
  return whole.length === Object.keys(links).length ? read.data : { ...read.data, links: Object.fromEntries(whole) };
}
