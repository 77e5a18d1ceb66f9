import { type ExchangeGraph, type ExchangeValue, attributeTypes } from './exchange.ts';

/** Cytoscape's CX2 (2.0): nodes and edges by number, their text ids in attribute `id`, positions in their own places. A missing value is left out. */
export function toCx2(graph: ExchangeGraph): string {
  const numbers = new Map(graph.nodes.map((n, i) => [n.id, i]));
  const edges = graph.edges.map((e, i) => ({
    id: i,
    s: numbers.get(e.from)!,
    t: numbers.get(e.to)!,
    v: _values(e.id, e.attributes),
  }));
  const nodes = graph.nodes.map((n, i) => {
    const { x, y } = n.attributes;
    const place = typeof x === 'number' && typeof y === 'number' ? { x, y } : {};
    return { id: i, ...place, v: _values(n.id, n.attributes) };
  });
  const counts = { attributeDeclarations: 1, nodes: nodes.length, edges: edges.length };
  return JSON.stringify([
    { CXVersion: '2.0', hasFragments: false },
    { metaData: Object.entries(counts).map(([name, elementCount]) => ({ name, elementCount })) },
    { attributeDeclarations: [{ nodes: _declared(graph.nodes), edges: _declared(graph.edges) }] },
    { nodes },
    { edges },
    { status: [{ success: true, error: '' }] },
  ]);
}

const _PLACES: ReadonlySet<string> = new Set(['x', 'y']);

function _declared(items: Parameters<typeof attributeTypes>[0]): object {
  const types = [...attributeTypes(items)].filter(([name]) => !_PLACES.has(name));
  return Object.fromEntries([
    ['id', { d: 'string' }],
    ...types.map(([name, type]) => [name, { d: type === 'number' ? 'double' : 'string' }] as const),
  ]);
}

function _values(id: string, attributes: Readonly<Record<string, ExchangeValue>>): object {
  const present = Object.entries(attributes).filter(([name, value]) => value !== null && !_PLACES.has(name));
  return Object.fromEntries([['id', id], ...present]);
}
