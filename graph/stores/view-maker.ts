import { ExternalError, sha256 } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import type { Graph } from '../csr.ts';
import { compareCodePoints } from '../node-finder.ts';
import type { Properties } from './properties.ts';
import { textAt } from './text-heap.ts';
import type { LinkView, NodeView } from './views.ts';

/** The view of a node. */
export function nodeView(graph: Graph, properties: Properties, node: number): NodeView {
  const id = graph.ids[node]!;
  const kind = graph.nodeKinds[graph.nodeKind[node]!]!;
  const label = textAt(properties.labels, node);
  return {
    id,
    kind,
    label: label !== '' ? label : kind === 'person' ? _pseudonymOf(id) : id,
    mentions: _number(properties.mentions[node]!),
    firstKnownAt: _moment(properties.firstKnownAtMs[node]!),
    lon: _number(properties.lon[node]!),
    lat: _number(properties.lat[node]!),
    town: properties.towns[properties.town[node]!]! || null,
  };
}

/** The view of an edge, without evidence. */
export function linkView(graph: Graph, properties: Properties, edge: number): LinkView {
  const row = graph.row[edge]!;
  return {
    id: textAt(properties.linkIds, row),
    kind: graph.linkKinds[graph.kind[edge]!]!,
    from: graph.ids[graph.source[edge]!]!,
    to: graph.ids[graph.out.ends[edge]!]!,
    validFrom: _moment(graph.validFromMs?.[edge] ?? NaN),
    validTo: _moment(graph.validToMs?.[edge] ?? NaN),
    knownAt: _moment(graph.knownAtMs?.[edge] ?? NaN),
    origin: properties.origins[properties.origin[row]!]! || null,
    probability: _number(properties.probability?.[row] ?? NaN),
    weight: properties.weighs?.[row] === 0 ? null : (graph.weight?.[edge] ?? null),
    rowIds: null,
  };
}

/** Evidence of links by `rowid`, in the order asked. */
export async function evidenceOf(db: Database, rows: readonly number[]): Promise<(readonly string[])[]> {
  if (rows.length === 0) return [];
  const found = await db.rows<{ row: number; row_ids: string[] | null }>(evidenceSql(rows));
  const byRow = new Map(found.map((r) => [r.row, r.row_ids ?? []]));
  return rows.map((row) => {
    const evidence = byRow.get(row);
    if (evidence === undefined) {
      throw new ExternalError(
        'snapshot-changed',
        `EmbeddedStore: link row ${row} is in the graph and no longer in the database; open the store again on the snapshot it was built from`,
        { row },
      );
    }
    return evidence;
  });
}

/** Row numbers are written into the text: they are ours and whole. The list goes through a join because DuckDB then skips what holds none of them. */
export function evidenceSql(rows: readonly number[]): string {
  const list = rows.map((row) => row.toFixed(0)).join(', ');
  return `select rowid as row, row_ids from link where rowid in (select unnest([${list}]))`;
}

/** The order in which every home hands links out: by source, target and link id, in code-point order. */
export function sortedLinks(links: readonly LinkView[]): LinkView[] {
  return [...links].sort(
    (a, b) => compareCodePoints(a.from, b.from) || compareCodePoints(a.to, b.to) || compareCodePoints(a.id, b.id),
  );
}

/** For a person who was given no pseudonym: stable, and says nothing. */
function _pseudonymOf(id: string): string {
  return `人员-${sha256(id).slice(0, 8)}`;
}

function _number(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

function _moment(ms: number): string | null {
  return Number.isFinite(ms) ? new Date(ms).toISOString() : null;
}
