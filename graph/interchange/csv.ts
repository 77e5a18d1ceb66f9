import { type ExchangeGraph, attributeTypes } from './exchange.ts';

/** A node file and an edge file. */
export interface CsvPair {
  readonly nodes: string;
  readonly edges: string;
}

/** Two CSV files that Excel, Gephi, pandas and Neo4j read: UTF-8 with byte order mark, comma, CRLF, every text in quotes, a missing value empty. A text that a
 *  spreadsheet would take for a formula (`=`, `+`, `-`, `@` first) gets an apostrophe before it, so that opening the file runs nothing. */
export function toCsvPair(graph: ExchangeGraph): CsvPair {
  const nodeNames = [...attributeTypes(graph.nodes).keys()];
  const edgeNames = [...attributeTypes(graph.edges).keys()];
  return {
    nodes: _csv([
      ['id', ...nodeNames],
      ...graph.nodes.map((n) => [n.id, ...nodeNames.map((name) => n.attributes[name] ?? null)]),
    ]),
    edges: _csv([
      ['id', 'source', 'target', ...edgeNames],
      ...graph.edges.map((e) => [e.id, e.from, e.to, ...edgeNames.map((name) => e.attributes[name] ?? null)]),
    ]),
  };
}

function _csv(rows: readonly (readonly (string | number | null)[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(_cell).join(',')}\r\n`).join('')}`;
}

function _cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
}
