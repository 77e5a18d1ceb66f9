import { InputError } from '../../../ingest/base/index.ts';
import type { ExchangeEdge, ExchangeGraph, ExchangeNode, ExchangeValue } from '../exchange.ts';
import { EDGE_SCHEMATA, ftmId, schemaOfKind, schemaOfLink } from './model.ts';

/** An entity of FollowTheMoney. What its schema has no property for stands beside, under `tributary`, which its tools keep and pass on: so nothing is lost on the way back. */
export interface FtmEntity {
  readonly id: string;
  readonly schema: string;
  readonly properties: Readonly<Record<string, readonly string[]>>;
  readonly tributary?: {
    readonly id: string;
    readonly attributes: Readonly<Record<string, ExchangeValue>>;
  };
}

/** The graph as FollowTheMoney entities, one JSON object a line: first the nodes, then the links as edge entities. Persons go by pseudonym, as in the view.
 *  @throws InputError `no-such-node` when a link names a node that is not in the graph */
export function* toFtm(graph: ExchangeGraph): Generator<string> {
  const kinds = new Map<string, string>();
  for (const node of graph.nodes) {
    kinds.set(node.id, _text(node.attributes['kind']) ?? 'thing');
    yield `${JSON.stringify(_node(node, kinds.get(node.id)!))}\n`;
  }
  for (const edge of graph.edges) {
    const [from, to] = [kinds.get(edge.from), kinds.get(edge.to)];
    if (from === undefined || to === undefined)
      throw new InputError(
        'no-such-node',
        `toFtm: link ${edge.id} joins "${edge.from}" and "${edge.to}", and not both are there`,
        {
          id: edge.id,
        },
      );
    yield `${JSON.stringify(_link(edge, from, to))}\n`;
  }
}

function _node({ id, attributes }: ExchangeNode, kind: string): FtmEntity {
  const schema = schemaOfKind(kind);
  const label = _text(attributes['label']) ?? id;
  const properties: Record<string, string[]> = { name: [label] };
  if (schema.startsWith('Env')) properties['envKind'] = [kind];
  if (schema === 'Vehicle') properties['registrationNumber'] = [label];
  if (schema === 'Address') properties['full'] = [label];
  if (schema === 'EnvEvent' || schema === 'EnvReading') {
    const at = _text(attributes['at'] ?? attributes['firstKnownAt']);
    if (at !== null) properties['date'] = [at.slice(0, 19)];
    for (const name of ['value', 'unit'])
      if (attributes[name] !== undefined && attributes[name] !== null) properties[name] = [String(attributes[name])];
  }
  return { id: ftmId('n', id), schema, properties, tributary: { id, attributes } };
}

function _link({ id, from, to, attributes }: ExchangeEdge, fromKind: string, toKind: string): FtmEntity {
  const kind = _text(attributes['kind']) ?? 'linked_to';
  const schema = schemaOfLink(kind, fromKind, toKind);
  const ends = EDGE_SCHEMATA[schema]!;
  const properties: Record<string, string[]> = {
    [ends.source]: [ftmId('n', from)],
    [ends.target]: [ftmId('n', to)],
    role: [kind],
  };
  for (const [name, attribute] of [
    ['startDate', 'validFrom'],
    ['endDate', 'validTo'],
  ] as const) {
    const moment = _text(attributes[attribute]);
    if (moment !== null) properties[name] = [moment.slice(0, 19)];
  }
  return { id: ftmId('l', id), schema, properties, tributary: { id, attributes } };
}

function _text(value: ExchangeValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
