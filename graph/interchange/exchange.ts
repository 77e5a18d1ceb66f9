import { InputError } from '../../ingest/base/index.ts';
import type { Positions } from '../layouts/positions.ts';
import type { SubgraphView } from '../stores/views.ts';

/** What a property may be; missing is null. */
export type ExchangeValue = string | number | null;

export interface ExchangeNode {
  readonly id: string;
  readonly attributes: Readonly<Record<string, ExchangeValue>>;
}

export interface ExchangeEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly attributes: Readonly<Record<string, ExchangeValue>>;
}

/** A graph on its way to another tool: what every format of this folder can carry. */
export interface ExchangeGraph {
  readonly nodes: readonly ExchangeNode[];
  readonly edges: readonly ExchangeEdge[];
}

/** A view, ready to leave. Persons stay pseudonymous, as in the view; source rows are joined by spaces.
 *  @param positions  of the view's nodes, in order; null = none  @throws InputError `ragged-columns` */
export function exchangeOf(view: SubgraphView, positions: Positions | null = null): ExchangeGraph {
  if (positions !== null && positions.x.length !== view.nodes.length) {
    throw new InputError(
      'ragged-columns',
      `exchangeOf: ${positions.x.length} positions for ${view.nodes.length} nodes; lay out the same view`,
      {},
    );
  }
  const nodes = view.nodes.map(({ id, ...rest }, i) => {
    const place = positions === null ? {} : { x: positions.x[i]!, y: positions.y[i]! };
    return { id, attributes: { ...rest, ...place } };
  });
  const edges = view.links.map(({ id, from, to, rowIds, ...rest }) => ({
    id,
    from,
    to,
    attributes: { ...rest, ...(rowIds === null ? {} : { rowIds: rowIds.join(' ') }) },
  }));
  return { nodes, edges };
}

/** What kind each attribute is, in order of first appearance: `number` when every value that is there is one. */
export function attributeTypes(
  items: readonly { readonly attributes: ExchangeNode['attributes'] }[],
): Map<string, 'number' | 'string'> {
  const types = new Map<string, 'number' | 'string'>();
  for (const { attributes } of items) {
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null) continue;
      if (typeof value === 'string') types.set(name, 'string');
      else if (!types.has(name)) types.set(name, 'number');
    }
  }
  return types;
}
