import type { Table } from 'apache-arrow';
import { InputError, messageOf } from '../../ingest/base/index.ts';
import {
  type ExchangeEdge,
  type ExchangeGraph,
  type ExchangeNode,
  type ExchangeValue,
  attributeTypes,
} from './exchange.ts';

/** Arrow, loaded when first used: most runs never do. */
function _loadArrow() {
  return import('apache-arrow');
}
type Arrow = Awaited<ReturnType<typeof _loadArrow>>;

/** A table of nodes and one of edges, each as an Arrow IPC file (Feather 2): what pandas, R, DuckDB and Polars open. */
export interface ArrowPair {
  readonly nodes: Uint8Array;
  readonly edges: Uint8Array;
}

/** Columns `id` (nodes), `id, source, target` (edges), then one for each attribute: float64 where every value is a number, else utf8; missing is null. */
export async function toArrowPair(graph: ExchangeGraph): Promise<ArrowPair> {
  const arrow = await _loadArrow();
  const ends: Record<string, readonly string[]> = {
    id: graph.edges.map((e) => e.id),
    source: graph.edges.map((e) => e.from),
    target: graph.edges.map((e) => e.to),
  };
  return {
    nodes: _table(arrow, { id: graph.nodes.map((n) => n.id) }, graph.nodes),
    edges: _table(arrow, ends, graph.edges),
  };
}

/** Reads tables of that shape; columns of whole numbers, of other floats and of dictionaries are read too.
 *  @throws InputError `bad-arrow` (not Arrow, a column missing, an edge to an unknown node, a repeated id) */
export async function fromArrowPair(pair: ArrowPair): Promise<ExchangeGraph> {
  const arrow = await _loadArrow();
  const nodes = _rows(arrow, { what: 'nodes', bytes: pair.nodes }, ['id']).map(
    ({ id, ...attributes }): ExchangeNode => ({
      id: String(id),
      attributes,
    }),
  );
  const ids = new Set(nodes.map((n) => n.id));
  if (ids.size < nodes.length) throw _bad('nodes', 'two rows have the same id');
  const edges = _rows(arrow, { what: 'edges', bytes: pair.edges }, ['id', 'source', 'target']).map(
    ({ id, source, target, ...attributes }, i): ExchangeEdge => {
      const [from, to] = [String(source), String(target)];
      for (const end of [from, to])
        if (!ids.has(end)) throw _bad('edges', `row ${i + 1} names node "${end}", which is not there`);
      return { id: String(id), from, to, attributes };
    },
  );
  return { nodes, edges };
}

function _table(
  { Table, Utf8, Float64, vectorFromArray, tableToIPC }: Arrow,
  keys: Readonly<Record<string, readonly string[]>>,
  items: readonly { readonly attributes: ExchangeNode['attributes'] }[],
): Uint8Array {
  const columns = Object.fromEntries(
    Object.entries(keys).map(([name, values]) => [name, vectorFromArray([...values], new Utf8())]),
  );
  for (const [name, type] of attributeTypes(items)) {
    if (Object.hasOwn(keys, name)) continue;
    const values = items.map((item) => item.attributes[name] ?? null);
    columns[name] = (
      type === 'number'
        ? vectorFromArray(values as (number | null)[], new Float64())
        : vectorFromArray(
            values.map((v) => (v === null ? null : String(v))),
            new Utf8(),
          )
    ) as (typeof columns)[string];
  }
  return tableToIPC(new Table(columns), 'file');
}

function _rows(
  { tableFromIPC }: Arrow,
  { what, bytes }: { readonly what: string; readonly bytes: Uint8Array },
  needed: readonly string[],
): Record<string, ExchangeValue>[] {
  let table: Table;
  try {
    table = tableFromIPC(bytes);
  } catch (cause) {
    throw _bad(what, `not an Arrow file (${messageOf(cause)})`);
  }
  const names = table.schema.fields.map((f) => f.name);
  for (const name of needed)
    if (!names.includes(name)) throw _bad(what, `no column "${name}"; there are ${names.join(', ')}`);
  const columns = names.map((name) => table.getChild(name)!);
  return Array.from({ length: table.numRows }, (_x, row) =>
    Object.fromEntries(names.map((name, j) => [name, _plain(columns[j]!.get(row))])),
  );
}

function _plain(value: unknown): ExchangeValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'string') return value;
  return typeof value === 'bigint' ? Number(value) : JSON.stringify(value);
}

function _bad(what: string, why: string): InputError {
  return new InputError('bad-arrow', `fromArrowPair: ${what}: ${why}`, {});
}
