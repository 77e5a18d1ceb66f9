import { InputError } from '../../ingest/base/index.ts';
import type { CsvPair } from './csv.ts';
import type { ExchangeEdge, ExchangeGraph, ExchangeNode, ExchangeValue } from './exchange.ts';

/** Reads a node file with `id` and an edge file with `source` and `target` (`id` if there is one), as `toCsvPair` and most tools write them. A cell in quotes is text, without the
 *  apostrophe that kept a formula from running; one without quotes is a number if it reads as one; an empty one is missing.
 *  @throws InputError `bad-csv` with the line */
export function fromCsvPair(pair: CsvPair): ExchangeGraph {
  const nodes = _records('nodes', pair.nodes, ['id']).map(({ id, ...attributes }): ExchangeNode => ({
    id: String(id),
    attributes,
  }));
  const ids = new Set(nodes.map((n) => n.id));
  if (ids.size < nodes.length) throw _bad('nodes', 1, 'two nodes have the same id');
  const edges = _records('edges', pair.edges, ['source', 'target']).map(
    ({ id, source, target, ...attributes }, i): ExchangeEdge => {
      const [from, to] = [String(source), String(target)];
      for (const end of [from, to]) if (!ids.has(end)) throw _bad('edges', i + 2, `node "${end}" is not there`);
      return { id: id === undefined || id === null ? `e${i}` : String(id), from, to, attributes };
    },
  );
  return { nodes, edges };
}

interface Cell {
  readonly text: string;
  readonly quoted: boolean;
}

function _records(what: string, text: string, needed: readonly string[]): Record<string, ExchangeValue>[] {
  const [head, ...rows] = _cells(what, text);
  const names = (head ?? []).map((cell) => cell.text);
  for (const name of needed)
    if (!names.includes(name)) throw _bad(what, 1, `no column "${name}"; there are ${names.join(', ')}`);
  return rows.map((row, i) => {
    if (row.length !== names.length) throw _bad(what, i + 2, `${row.length} cells, the head has ${names.length}`);
    return Object.fromEntries(names.map((name, j) => [name, _value(row[j]!)]));
  });
}

function _value({ text, quoted }: Cell): ExchangeValue {
  if (quoted) return /^'[=+\-@\t\r]/.test(text) ? text.slice(1) : text;
  if (text === '') return null;
  const number = Number(text);
  return Number.isFinite(number) && text.trim() !== '' ? number : text;
}

/** Cells by line; RFC 4180 with any line end. */
function _cells(what: string, text: string): Cell[][] {
  const lines: Cell[][] = [];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  let line: Cell[] = [];
  while (at < text.length) {
    let cell: Cell;
    if (text[at] === '"') {
      let out = '';
      for (at++; ;) {
        const end = text.indexOf('"', at);
        if (end < 0) throw _bad(what, lines.length + 1, 'a quote is not closed');
        out += text.slice(at, end);
        at = end + 1;
        if (text[at] !== '"') break;
        out += '"';
        at++;
      }
      cell = { text: out, quoted: true };
    } else {
      const end = _next(text, at);
      cell = { text: text.slice(at, end), quoted: false };
      at = end;
    }
    line.push(cell);
    if (text[at] === ',') {
      at++;
      if (at >= text.length) line.push({ text: '', quoted: false });
      continue;
    }
    if (at < text.length && text[at] !== '\r' && text[at] !== '\n')
      throw _bad(what, lines.length + 1, `"${text.slice(at, at + 10)}" after a quoted cell`);
    if (text[at] === '\r') at++;
    if (text[at] === '\n') at++;
    lines.push(line);
    line = [];
  }
  if (line.length > 0) lines.push(line);
  return lines;
}

function _next(text: string, from: number): number {
  for (let at = from; at < text.length; at++) if (text[at] === ',' || text[at] === '\r' || text[at] === '\n') return at;
  return text.length;
}

function _bad(what: string, line: number, why: string): InputError {
  return new InputError('bad-csv', `fromCsvPair: ${what}, line ${line}: ${why}`, { what, line });
}
