import { InputError } from '../../ingest/base/index.ts';
import {
  type ExchangeEdge,
  type ExchangeGraph,
  type ExchangeNode,
  type ExchangeValue,
  attributeTypes,
} from './exchange.ts';
import { type XmlElement, parseXml, xmlText } from './xml.ts';

/** GraphML, as yEd, Gephi, igraph and networkx read it: directed, one key for each attribute, numbers as double. A missing value is left out. */
export function toGraphml(graph: ExchangeGraph): string {
  const nodeTypes = attributeTypes(graph.nodes);
  const edgeTypes = attributeTypes(graph.edges);
  const keys = [..._keys('node', 'n', nodeTypes), ..._keys('edge', 'e', edgeTypes)];
  const nodes = graph.nodes.map((n) => `    <node id="${xmlText(n.id)}">${_data('n', nodeTypes, n)}</node>`);
  const edges = graph.edges.map(
    (e) =>
      `    <edge id="${xmlText(e.id)}" source="${xmlText(e.from)}" target="${xmlText(e.to)}">${_data('e', edgeTypes, e)}</edge>`,
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keys,
    '  <graph id="G" edgedefault="directed">',
    ...nodes,
    ...edges,
    '  </graph>',
    '</graphml>',
    '',
  ].join('\n');
}

/** Reads GraphML: the first graph, nested ones refused; keys of type int, long, float and double become numbers, the rest text. An edge without id is given `e<n>`.
 *  @throws InputError `bad-xml`, `bad-graphml` (no graph, an edge to an unknown node, a number that is none) */
export function fromGraphml(text: string): ExchangeGraph {
  const root = parseXml(text);
  const graph = _children(root, 'graph')[0];
  if (_local(root.name) !== 'graphml' || graph === undefined) throw _bad('there is no <graph> in a <graphml>');
  const keys = new Map(_children(root, 'key').map((key) => [key.attributes['id'] ?? '', key]));
  const nodes = _children(graph, 'node').map((node): ExchangeNode => {
    if (_children(node, 'graph').length > 0)
      throw _bad(`node "${node.attributes['id']}" holds a graph; nested graphs are not read`);
    return { id: _required(node, 'id'), attributes: _attributes(node, keys) };
  });
  const ids = new Set(nodes.map((n) => n.id));
  if (ids.size < nodes.length) throw _bad('two nodes have the same id');
  const edges = _children(graph, 'edge').map((edge, i): ExchangeEdge => {
    const [from, to] = [_required(edge, 'source'), _required(edge, 'target')];
    for (const end of [from, to])
      if (!ids.has(end)) throw _bad(`edge ${i + 1} names node "${end}", which is not there`);
    return { id: edge.attributes['id'] ?? `e${i}`, from, to, attributes: _attributes(edge, keys) };
  });
  return { nodes, edges };
}

function _keys(target: string, prefix: string, types: ReadonlyMap<string, 'number' | 'string'>): string[] {
  return [...types].map(
    ([name, type]) =>
      `  <key id="${prefix}.${xmlText(name)}" for="${target}" attr.name="${xmlText(name)}" attr.type="${type === 'number' ? 'double' : 'string'}"/>`,
  );
}

function _data(
  prefix: string,
  types: ReadonlyMap<string, 'number' | 'string'>,
  item: ExchangeNode | ExchangeEdge,
): string {
  return [...types.keys()]
    .map((name) => [name, item.attributes[name] ?? null] as const)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `<data key="${prefix}.${xmlText(name)}">${xmlText(String(value))}</data>`)
    .join('');
}

function _attributes(element: XmlElement, keys: ReadonlyMap<string, XmlElement>): Record<string, ExchangeValue> {
  const out: Record<string, ExchangeValue> = {};
  for (const data of _children(element, 'data')) {
    const id = _required(data, 'key');
    const key = keys.get(id);
    const isNumber = ['int', 'long', 'float', 'double'].includes(key?.attributes['attr.type'] ?? 'string');
    const value = isNumber ? Number(data.text) : data.text;
    if (typeof value === 'number' && (Number.isNaN(value) || data.text.trim() === ''))
      throw _bad(`data "${id}" is "${data.text}", not a number`);
    const name = key?.attributes['attr.name'] ?? id;
    Object.defineProperty(out, name, { value, enumerable: true, configurable: true });
  }
  return out;
}

function _children(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => _local(child.name) === name);
}

function _local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function _required(element: XmlElement, name: string): string {
  const value = element.attributes[name];
  if (value === undefined) throw _bad(`<${element.name}> has no ${name}`);
  return value;
}

function _bad(what: string): InputError {
  return new InputError('bad-graphml', `fromGraphml: ${what}`, {});
}
