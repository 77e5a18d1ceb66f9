import { InputError } from '../../ingest/base/index.ts';
import type { ExchangeGraph, ExchangeValue } from './exchange.ts';

/** graphology's serialisation: what sigma, gephi-lite and `Graph.from` read. */
export function toGraphologyJson(graph: ExchangeGraph): string {
  return JSON.stringify({
    attributes: {},
    options: { type: 'directed', multi: true, allowSelfLoops: true },
    nodes: graph.nodes.map((n) => ({ key: n.id, attributes: n.attributes })),
    edges: graph.edges.map((e) => ({ key: e.id, source: e.from, target: e.to, attributes: e.attributes })),
  });
}

/** Reads graphology's serialisation; attributes that are neither text nor number are kept as JSON text.
 *  @throws InputError `bad-json` (not JSON, no nodes, an edge to an unknown node, a repeated key) */
export function fromGraphologyJson(text: string): ExchangeGraph {
  const root = _parsed(text);
  const nodes = _list(root, 'nodes').map((n) => ({ id: _key(n, 'key'), attributes: _attributes(n) }));
  const ids = new Set(nodes.map((n) => n.id));
  if (ids.size < nodes.length) throw _bad('two nodes have the same key');
  const edges = _list(root, 'edges').map((e, i) => {
    const [from, to] = [_key(e, 'source'), _key(e, 'target')];
    for (const end of [from, to])
      if (!ids.has(end)) throw _bad(`edge ${i + 1} names node "${end}", which is not there`);
    return { id: 'key' in e ? _key(e, 'key') : `e${i}`, from, to, attributes: _attributes(e) };
  });
  return { nodes, edges };
}

type Item = Record<string, unknown>;

function _parsed(text: string): Item {
  try {
    const root: unknown = JSON.parse(text);
    if (root !== null && typeof root === 'object' && !Array.isArray(root)) return root as Item;
  } catch (cause) {
    throw new InputError('bad-json', `fromGraphologyJson: ${(cause as Error).message}`, {}, { cause });
  }
  throw _bad('the text is not an object');
}

function _list(root: Item, name: string): Item[] {
  const list = root[name];
  if (!Array.isArray(list) || !list.every((item) => item !== null && typeof item === 'object'))
    throw _bad(`"${name}" is not a list of objects`);
  return list as Item[];
}

function _key(item: Item, name: string): string {
  const key = item[name];
  if (typeof key !== 'string' && typeof key !== 'number') throw _bad(`"${name}" is ${JSON.stringify(key)}, not a key`);
  return String(key);
}

function _attributes(item: Item): Record<string, ExchangeValue> {
  const attributes = (item['attributes'] ?? {}) as Item;
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      value === null || typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value),
    ]),
  );
}

function _bad(what: string): InputError {
  return new InputError('bad-json', `fromGraphologyJson: ${what}`, {});
}
