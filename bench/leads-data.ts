import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { InputError } from '../ingest/base/index.ts';
import type { Network, Relation } from '../models/neighbourhood/index.ts';

/** A set of the benchmark layout: nodes with labels and splits, and the relations between them. */
export interface LeadSet {
  readonly name: string;
  readonly ids: readonly string[];
  readonly types: readonly string[];
  /** 1, 0, or NaN where never checked. */
  readonly labels: Float64Array;
  /** Text cells of every column that is neither id, type nor label. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
  readonly splits: Readonly<Record<string, readonly string[]>>;
  readonly network: Network;
}

/** Reads `nodes.csv.gz` and `edges.csv.gz` of a folder. Links whose end is no node are refused. */
export function readLeadSet(folder: string): LeadSet {
  const nodes = rowsOf(`${folder}/nodes.csv.gz`);
  const header = nodes[0]!;
  const column = (name: string): string[] => {
    const at = header.indexOf(name);
    return nodes.slice(1).map((row) => row[at] ?? '');
  };
  const labelName = header.includes('label') ? 'label' : header.find((name) => name.startsWith('label'));
  if (labelName === undefined) throw new InputError('no-label', `readLeadSet: ${folder} has no label column`);
  const ids = column('id');
  const others = header.filter((name) => !['id', 'type', labelName].includes(name));
  const isSplit = (name: string): boolean => name.startsWith('split_') || /^in_(train|val|test)$/.test(name);
  return {
    name: folder.replace(/\/+$/, '').split('/').at(-1)!,
    ids,
    types: column('type'),
    labels: Float64Array.from(column(labelName), (cell) => (cell === '' ? NaN : Number(cell))),
    columns: Object.fromEntries(others.filter((name) => !isSplit(name)).map((name) => [name, column(name)])),
    splits: Object.fromEntries(
      others.filter((name) => name.startsWith('split_')).map((name) => [name.slice(6), column(name)]),
    ),
    network: { nodes: ids.length, relations: relationsOf(rowsOf(`${folder}/edges.csv.gz`), ids) },
  };
}

/** Numbers of one text column, NaN where empty or no number. */
export function numbersOfCells(cells: readonly string[]): Float64Array {
  return Float64Array.from(cells, (cell) =>
    cell === '' ? NaN : /^\d{4}-\d\d-\d\d$/.test(cell) ? Date.parse(cell) / 86_400_000 : Number(cell),
  );
}

function relationsOf(rows: readonly string[][], ids: readonly string[]): Relation[] {
  const header = rows[0]!;
  const number = new Map(ids.map((id, index) => [id, index]));
  const byName = new Map<string, string[][]>();
  for (const row of rows.slice(1)) {
    const name = row[header.indexOf('relation')] ?? 'link';
    const list = byName.get(name);
    if (list === undefined) byName.set(name, [row]);
    else list.push(row);
  }
  const end = (row: readonly string[], name: string): number => {
    const node = number.get(row[header.indexOf(name)]!);
    if (node === undefined)
      throw new InputError('dangling-link', `relationsOf: link end ${row[header.indexOf(name)]} is no node`);
    return node;
  };
  const valueNames = header.filter((name) => !['src', 'dst', 'relation'].includes(name) && !name.startsWith('in_'));
  return [...byName.entries()].map(([name, list]) => ({
    name,
    from: Int32Array.from(list, (row) => end(row, 'src')),
    to: Int32Array.from(list, (row) => end(row, 'dst')),
    values: Object.fromEntries(
      valueNames.map((value) => [value, numbersOfCells(list.map((row) => row[header.indexOf(value)] ?? ''))]),
    ),
  }));
}

/** Rows of a gzipped CSV; quoted cells may hold commas and doubled quotes, not line breaks. */
export function rowsOf(path: string): string[][] {
  const lines = gunzipSync(readFileSync(path)).toString('utf8').split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => (line.includes('"') ? cellsOf(line) : line.split(',')));
}

function cellsOf(line: string): string[] {
  return Array.from(
    line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g),
    (match) => match[1]?.replaceAll('""', '"') ?? match[2] ?? '',
  );
}
