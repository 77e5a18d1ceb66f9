import { ExternalError, sha256 } from '../../ingest/base/index.ts';
import type { Database, Sql } from '../../ingest/tables/index.ts';
import { compareCodePoints } from '../node-finder.ts';
import type { LinkView, NodeView } from './views.ts';

interface EntityRow {
  readonly entity_id: string;
  readonly kind: string | null;
  readonly label: string | null;
  readonly pseudonym: string | null;
  readonly mentions: number | null;
  readonly first_known_at: string | null;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly town: string | null;
}

/** Kinds whose label is never shown. */
const _PSEUDONYMOUS: ReadonlySet<string> = new Set(['person']);

/** Node properties from the warehouse, in the order asked. */
export async function loadNodeViews(db: Database, ids: readonly string[]): Promise<NodeView[]> {
  if (ids.length === 0) return [];
  const { sql, params } = entitiesSql(ids);
  const found = new Map((await db.rows<EntityRow>(sql, params)).map((row) => [row.entity_id, row]));
  return ids.map((id) => {
    const row = found.get(id);
    if (row === undefined) throw _changed(`entity ${id}`);
    return _nodeView(row);
  });
}

/** Links by `rowid`, in the order asked. */
export async function loadLinkViews(db: Database, rows: readonly number[]): Promise<LinkView[]> {
  if (rows.length === 0) return [];
  const found = await db.rows<{ row: number } & Record<string, unknown>>(linksSql(rows));
  const byRow = new Map(found.map((row) => [row.row, row]));
  return rows.map((row) => {
    const link = byRow.get(row);
    if (link === undefined) throw _changed(`link row ${row}`);
    return _linkView(link);
  });
}

/** The order in which every home hands links out: by source, target and link id, in code-point order. */
export function sortedLinks(links: readonly LinkView[]): LinkView[] {
  return [...links].sort(
    (a, b) => compareCodePoints(a.from, b.from) || compareCodePoints(a.to, b.to) || compareCodePoints(a.id, b.id),
  );
}

export function entitiesSql(ids: readonly string[]): Sql {
  return {
    sql: `select entity_id, kind, label, pseudonym, mentions, first_known_at, lon, lat, town
      from entity where entity_id in (select unnest($ids::varchar[]))`,
    params: { ids },
  };
}

/** Row numbers are written into the text: they are ours, whole, and a literal list lets DuckDB skip the row groups without them. */
export function linksSql(rows: readonly number[]): string {
  return `select rowid as row, link_id, kind, from_id, to_id, valid_from, valid_to, known_at, origin, probability, weight, row_ids
    from link where rowid in (${rows.map((row) => row.toFixed(0)).join(', ')})`;
}

function _nodeView(row: EntityRow): NodeView {
  const kind = row.kind ?? '';
  return {
    id: row.entity_id,
    kind,
    label: _PSEUDONYMOUS.has(kind) ? (row.pseudonym ?? _pseudonymOf(row.entity_id)) : (row.label ?? row.entity_id),
    mentions: row.mentions,
    firstKnownAt: row.first_known_at,
    lon: _PSEUDONYMOUS.has(kind) ? null : row.lon,
    lat: _PSEUDONYMOUS.has(kind) ? null : row.lat,
    town: row.town,
  };
}

/** For a person who was given no pseudonym: stable, and says nothing. */
function _pseudonymOf(id: string): string {
  return `人员-${sha256(id).slice(0, 8)}`;
}

function _linkView(row: Record<string, unknown>): LinkView {
  return {
    id: row['link_id'] as string,
    kind: (row['kind'] as string | null) ?? '',
    from: row['from_id'] as string,
    to: row['to_id'] as string,
    validFrom: row['valid_from'] as string | null,
    validTo: row['valid_to'] as string | null,
    knownAt: row['known_at'] as string | null,
    origin: row['origin'] as string | null,
    probability: row['probability'] as number | null,
    weight: row['weight'] as number | null,
    rowIds: (row['row_ids'] as string[] | null) ?? [],
  };
}

function _changed(what: string): ExternalError {
  return new ExternalError(
    'snapshot-changed',
    `EmbeddedStore: ${what} is in the graph and no longer in the database; open the store again on the snapshot it was built from`,
    { what },
  );
}
