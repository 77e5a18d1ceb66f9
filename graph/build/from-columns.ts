import { type Column, type Columns, InputError, textsOf } from '../../ingest/base/index.ts';
import { type Graph, type LinkArrays, NO_NODE, toCsr } from '../csr.ts';
import { nodeFinder } from '../node-finder.ts';
import { type BuildReport, DANGLING_EXAMPLES } from './build-report.ts';
import { MOST_LINK_KINDS, MOST_NODE_KINDS, codesUpTo } from './codes.ts';
import { reportOf } from './report-of.ts';

/** A graph and what became of its links. */
export interface Built {
  readonly graph: Graph;
  readonly report: BuildReport;
}

/** The graph of two tables. Nodes keep the order of their rows.
 *  @param nodes  texts `entity_id` (distinct, not missing) and `kind`
 *  @param links  texts `from_id`, `to_id`, `kind`; numbers, each optional, `valid_from`, `valid_to`, `known_at` (ms UTC) and `weight` (≥ 0)
 *  @returns Graph whose `row` is the row of `links`. Links that name no node are set aside and counted. O(n + m).
 *  @throws InputError `no-such-column`, `missing-id`, `repeated-id`, `bad-weight`, `too-many-kinds` */
export function graphFromColumns(nodes: Columns, links: Columns): Built {
  const ids = _ids(textsOf(nodes, 'entity_id'));
  const find = nodeFinder(ids);
  const nodeCodes = codesUpTo(MOST_NODE_KINDS, 'graphFromColumns');
  const linkCodes = codesUpTo(MOST_LINK_KINDS, 'graphFromColumns');
  const nodeKind = Uint8Array.from(textsOf(nodes, 'kind'), (k) => nodeCodes.codeOf(k));
  const from = textsOf(links, 'from_id');
  const to = textsOf(links, 'to_id');
  const end = (id: string | null): number => (id === null ? NO_NODE : find(id) >>> 0);
  const arrays: LinkArrays = {
    from: Uint32Array.from(from, end),
    to: Uint32Array.from(to, end),
    kind: Uint16Array.from(textsOf(links, 'kind'), (k) => linkCodes.codeOf(k)),
    validFromMs: attribute(links, 'valid_from', -Infinity),
    validToMs: attribute(links, 'valid_to', Infinity),
    knownAtMs: attribute(links, 'known_at', Infinity),
    weight: checkedWeights(attribute(links, 'weight', 1)),
  };
  const graph = toCsr({ ids, nodeKind, nodeKinds: nodeCodes.names, linkKinds: linkCodes.names }, arrays);
  return { graph, report: reportOf(graph, links.rows, 0, _examples(arrays, from, to)) };
}

/** One number a link, the missing ones replaced; null when the column is absent or holds none. */
export function attribute(links: Columns, name: string, missing: number): Float64Array | null {
  const column: Column | undefined = links.data[name];
  if (column === undefined) return null;
  if (column.kind === 'text') {
    if (column.values.every((v) => v === null)) return null;
    throw new InputError('no-such-column', `graphFromColumns: "${name}" holds text; it must hold numbers`, { name });
  }
  const { values, valid } = column;
  if (valid === null) return values;
  if (!valid.includes(1)) return null;
  return values.map((value, i) => (valid[i] === 0 ? missing : value));
}

/** @throws InputError `bad-weight` naming the first row that is negative or not a number */
export function checkedWeights(weights: Float64Array | null): Float64Array | null {
  const row = weights?.findIndex((w) => !(w >= 0 && w < Infinity)) ?? -1;
  if (row >= 0) {
    throw new InputError(
      'bad-weight',
      `graphFromColumns: link row ${row} has weight ${weights![row]}; a weight is a finite number ≥ 0`,
      { row },
    );
  }
  return weights;
}

function _ids(texts: readonly (string | null)[]): string[] {
  const seen = new Set<string>();
  texts.forEach((id, row) => {
    if (id === null)
      throw new InputError('missing-id', `graphFromColumns: node row ${row} has no entity_id; every node needs one`, {
        row,
      });
    if (seen.has(id))
      throw new InputError('repeated-id', `graphFromColumns: node row ${row} repeats "${id}"; ids must differ`, {
        row,
        id,
      });
    seen.add(id);
  });
  return texts as string[];
}

function _examples(arrays: LinkArrays, from: readonly (string | null)[], to: readonly (string | null)[]): string[] {
  const out: string[] = [];
  for (let row = 0; row < from.length && out.length < DANGLING_EXAMPLES; row++) {
    if (arrays.from[row] === NO_NODE || arrays.to[row] === NO_NODE)
      out.push(`${from[row] ?? 'null'} → ${to[row] ?? 'null'}`);
  }
  return out;
}
