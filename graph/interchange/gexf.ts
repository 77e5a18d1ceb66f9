import { type ExchangeGraph, type ExchangeNode, attributeTypes } from './exchange.ts';
import { xmlText } from './xml.ts';

/** GEXF 1.3, Gephi's own: label, position (`x`, `y`) and weight in their own places, every other attribute by name. A missing value is left out. */
export function toGexf(graph: ExchangeGraph): string {
  const nodeTypes = _withoutOwn(attributeTypes(graph.nodes), ['label', 'x', 'y']);
  const edgeTypes = _withoutOwn(attributeTypes(graph.edges), ['weight']);
  const nodes = graph.nodes.map((n) => {
    const label = n.attributes['label'] ?? n.id;
    return `      <node id="${xmlText(n.id)}" label="${xmlText(String(label))}">${_values(nodeTypes, n)}${_position(n)}</node>`;
  });
  const edges = graph.edges.map((e) => {
    const weight = e.attributes['weight'];
    const weighs = typeof weight === 'number' ? ` weight="${weight}"` : '';
    return `      <edge id="${xmlText(e.id)}" source="${xmlText(e.from)}" target="${xmlText(e.to)}"${weighs}>${_values(edgeTypes, e)}</edge>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">',
    '  <graph defaultedgetype="directed" mode="static">',
    ..._declared('node', nodeTypes),
    ..._declared('edge', edgeTypes),
    '    <nodes>',
    ...nodes,
    '    </nodes>',
    '    <edges>',
    ...edges,
    '    </edges>',
    '  </graph>',
    '</gexf>',
    '',
  ].join('\n');
}

type Types = ReadonlyMap<string, 'number' | 'string'>;

function _withoutOwn(types: Types, own: readonly string[]): Types {
  return new Map([...types].filter(([name]) => !own.includes(name)));
}

function _declared(target: string, types: Types): string[] {
  const lines = [...types].map(
    ([name, type], i) =>
      `      <attribute id="${i}" title="${xmlText(name)}" type="${type === 'number' ? 'double' : 'string'}"/>`,
  );
  return [`    <attributes class="${target}">`, ...lines, '    </attributes>'];
}

function _values(types: Types, item: { readonly attributes: ExchangeNode['attributes'] }): string {
  const values = [...types.keys()].flatMap((name, i) => {
    const value = item.attributes[name] ?? null;
    return value === null ? [] : [`<attvalue for="${i}" value="${xmlText(String(value))}"/>`];
  });
  return values.length === 0 ? '' : `<attvalues>${values.join('')}</attvalues>`;
}

function _position(node: ExchangeNode): string {
  const { x, y } = node.attributes;
  return typeof x === 'number' && typeof y === 'number' ? `<viz:position x="${x}" y="${y}"/>` : '';
}
