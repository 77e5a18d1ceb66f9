import type { Columns } from '../ingest/base/index.ts';
import { type Built, graphFromColumns } from './build/from-columns.ts';

/** A link written by hand; moments are ms UTC. */
export interface TinyLink {
  readonly kind?: string;
  readonly validFrom?: number | null;
  readonly validTo?: number | null;
  readonly knownAt?: number | null;
  readonly weight?: number | null;
}

/** A graph written by hand, for examples and tests: node ids (`id` or `id:kind`, kind `thing` unless said) and links `[from, to, more?]`. */
export function tinyGraph(nodes: readonly string[], links: readonly (readonly [string, string, TinyLink?])[]): Built {
  return graphFromColumns(tinyNodes(nodes), tinyLinks(links));
}

/** The node table of `tinyGraph`. */
export function tinyNodes(nodes: readonly string[]): Columns {
  const parts = nodes.map((text) => text.split(':'));
  return {
    rows: nodes.length,
    data: {
      entity_id: { kind: 'text', values: parts.map((p) => p[0]!) },
      kind: { kind: 'text', values: parts.map((p) => p[1] ?? 'thing') },
    },
  };
}

/** The link table of `tinyGraph`. */
export function tinyLinks(links: readonly (readonly [string, string, TinyLink?])[]): Columns {
  const numbers = (of: (link: TinyLink) => number | null | undefined): Columns['data'][string] => {
    const values = links.map((l) => of(l[2] ?? {}) ?? null);
    return {
      kind: 'number',
      values: Float64Array.from(values, (v) => v ?? 0),
      valid: Uint8Array.from(values, (v) => (v === null ? 0 : 1)),
    };
  };
  return {
    rows: links.length,
    data: {
      from_id: { kind: 'text', values: links.map((l) => l[0]) },
      to_id: { kind: 'text', values: links.map((l) => l[1]) },
      kind: { kind: 'text', values: links.map((l) => l[2]?.kind ?? 'linked') },
      valid_from: numbers((l) => l.validFrom),
      valid_to: numbers((l) => l.validTo),
      known_at: numbers((l) => l.knownAt),
      weight: numbers((l) => l.weight),
    },
  };
}
