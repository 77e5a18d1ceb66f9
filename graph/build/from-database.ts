import { type Columns, InputError, numbersOf, textsOf, withDefaults } from '../../ingest/base/index.ts';
import type { Database, Sql } from '../../ingest/tables/index.ts';
import { type LinkArrays, NO_NODE, toCsr } from '../csr.ts';
import { DANGLING_EXAMPLES } from './build-report.ts';
import { MOST_LINK_KINDS, MOST_NODE_KINDS } from './codes.ts';
import { type Built, checkedWeights } from './from-columns.ts';
import { reportOf } from './report-of.ts';

export interface GraphFromDatabaseOptions {
  /** Only links known by then, ms UTC; null = all, those without `known_at` too. */
  readonly asOfMs: number | null;
  /** Link kinds to load; null = all. */
  readonly linkKinds: readonly string[] | null;
  /** Link kinds to leave out. */
  readonly withoutLinkKinds: readonly string[];
  /** Rows brought over from the database at a time; bounds the copies in flight. */
  readonly sliceRows: number;
}

export const GRAPH_FROM_DATABASE_DEFAULTS: GraphFromDatabaseOptions = Object.freeze({
  asOfMs: null,
  linkKinds: null,
  withoutLinkKinds: [],
  sliceRows: 1_000_000,
});

/** The graph of a warehouse's `entity` and `link` tables. Nodes are in code-point order of `entity_id`; an edge's `row` is the link's DuckDB
 *  `rowid`, which holds as long as the snapshot is not written. Ends are turned into numbers by the database, so no text of a link is ever in
 *  JavaScript; attributes come over in slices. Leaves the temporary tables `graph_node` and `graph_link` behind only while it runs.
 *  @throws InputError `repeated-id`, `bad-weight`, `too-many-kinds` · ExternalError when a table is missing */
export async function graphFromDatabase(db: Database, options: Partial<GraphFromDatabaseOptions> = {}): Promise<Built> {
  const o = withDefaults('graphFromDatabase', GRAPH_FROM_DATABASE_DEFAULTS, options);
  try {
    await db.run(numberedNodesSql());
    const nodes = await _nodes(db);
    const linkKinds = (await db.rows<{ kind: string }>(linkKindsSql())).map((r) => r.kind);
    _checkKinds(linkKinds.length, MOST_LINK_KINDS);
    const numbered = numberedLinksSql(o);
    await db.run(numbered.sql, numbered.params);
    const loaded = await _links(db, o.sliceRows);
    const graph = toCsr({ ...nodes, linkKinds }, loaded.arrays);
    return { graph, report: reportOf(graph, loaded.read, loaded.outside, await _danglingExamples(db)) };
  } finally {
    for (const table of ['graph_node', 'graph_kind', 'graph_link']) await db.run(`drop table if exists temp.${table}`);
  }
}

/** Numbers the entities from 0 in order of id. */
export function numberedNodesSql(): string {
  return `create or replace temp table graph_node as
    select entity_id, coalesce(kind, '') as kind, row_number() over (order by entity_id) - 1 as node from entity`;
}

/** Kinds of links, in order of name. */
export function linkKindsSql(): string {
  return `select distinct coalesce(kind, '') as kind from link order by kind`;
}

/** Links with their ends as node numbers; `inside` says whether the options keep the link. */
export function numberedLinksSql(o: Pick<GraphFromDatabaseOptions, 'asOfMs' | 'linkKinds' | 'withoutLinkKinds'>): Sql {
  const tests = ['true'];
  const params: Record<string, number | readonly string[]> = {};
  if (o.asOfMs !== null) {
    tests.push('coalesce(epoch_ms(l.known_at) <= $as_of, false)');
    params['as_of'] = o.asOfMs;
  }
  if (o.linkKinds !== null) {
    tests.push(`list_contains($kinds::varchar[], coalesce(l.kind, ''))`);
    params['kinds'] = o.linkKinds;
  }
  if (o.withoutLinkKinds.length > 0) {
    tests.push(`not list_contains($without::varchar[], coalesce(l.kind, ''))`);
    params['without'] = o.withoutLinkKinds;
  }
  const sql = `create or replace temp table graph_link as
    with kinds as (select kind, row_number() over (order by kind) - 1 as code from (${linkKindsSql()}))
    select l.rowid as row, f.node as from_node, t.node as to_node, k.code as kind, ${tests.join(' and ')} as inside,
      l.valid_from, l.valid_to, l.known_at, l.weight
    from link l left join graph_node f on f.entity_id = l.from_id left join graph_node t on t.entity_id = l.to_id
      join kinds k on k.kind = coalesce(l.kind, '')`;
  return { sql, params };
}

async function _nodes(db: Database): Promise<{ ids: string[]; nodeKind: Uint8Array; nodeKinds: string[] }> {
  const kinds = (await db.rows<{ kind: string }>('select distinct kind from graph_node order by kind')).map(
    (r) => r.kind,
  );
  _checkKinds(kinds.length, MOST_NODE_KINDS);
  const columns = await db.columns(
    `with kinds as (select kind, row_number() over (order by kind) - 1 as code from (select distinct kind from graph_node))
     select n.entity_id, k.code from graph_node n join kinds k using (kind) order by n.node`,
  );
  const ids = textsOf(columns, 'entity_id');
  ids.forEach((id, node) => {
    if (id === null || id === ids[node - 1]) {
      throw new InputError(
        'repeated-id',
        `graphFromDatabase: entity_id ${id ?? 'null'} is missing or repeated; entity_id must be a key of entity`,
        { id },
      );
    }
  });
  const nodeKind = columns.rows === 0 ? new Uint8Array(0) : Uint8Array.from(numbersOf(columns, 'code').values);
  return { ids: ids as string[], nodeKind, nodeKinds: kinds };
}

interface LoadedLinks {
  readonly arrays: LinkArrays;
  readonly read: number;
  readonly outside: number;
}

async function _links(db: Database, sliceRows: number): Promise<LoadedLinks> {
  const [size] = await db.rows<{ rows: number; last: number | null; vf: number; vt: number; ka: number; w: number }>(
    `select count(*) as rows, max(row) as last, count(valid_from) as vf, count(valid_to) as vt, count(known_at) as ka, count(weight) as w
     from graph_link`,
  );
  const length = size!.last === null ? 0 : size!.last + 1;
  const numbers = (some: number, missing: number): Float64Array | null =>
    some === 0 ? null : new Float64Array(length).fill(missing);
  const arrays: LinkArrays = {
    from: new Uint32Array(length).fill(NO_NODE),
    to: new Uint32Array(length).fill(NO_NODE),
    kind: new Uint16Array(length),
    validFromMs: numbers(size!.vf, -Infinity),
    validToMs: numbers(size!.vt, Infinity),
    knownAtMs: numbers(size!.ka, Infinity),
    weight: numbers(size!.w, 1),
  };
  const attributes = { valid_from: size!.vf, valid_to: size!.vt, known_at: size!.ka, weight: size!.w };
  const present = Object.entries(attributes).flatMap(([name, some]) => (some === 0 ? [] : [name]));
  let outside = 0;
  for (let start = 0; start < size!.rows; start += sliceRows) {
    const slice = await db.columns(
      `select row, from_node, to_node, kind, inside${present.map((name) => `, ${name}`).join('')} from graph_link
       where rowid >= $start and rowid < $stop`,
      { start, stop: start + sliceRows },
    );
    outside += _place(slice, arrays);
  }
  checkedWeights(arrays.weight);
  return { arrays, read: size!.rows, outside };
}

/** Copies a slice to its rows; returns how many links the options leave out. */
function _place(slice: Columns, arrays: LinkArrays): number {
  const row = numbersOf(slice, 'row').values;
  const inside = numbersOf(slice, 'inside').values;
  const put = (name: string, target: Float64Array | Uint32Array | Uint16Array | null): void => {
    if (target === null) return;
    const { values, valid } = numbersOf(slice, name);
    for (let i = 0; i < row.length; i++)
      if (inside[i] === 1 && (valid === null || valid[i] === 1)) target[row[i]!] = values[i]!;
  };
  put('from_node', arrays.from);
  put('to_node', arrays.to);
  put('kind', arrays.kind);
  put('valid_from', arrays.validFromMs);
  put('valid_to', arrays.validToMs);
  put('known_at', arrays.knownAtMs);
  put('weight', arrays.weight);
  return inside.reduce((count, kept) => count + (kept === 1 ? 0 : 1), 0);
}

async function _danglingExamples(db: Database): Promise<string[]> {
  const rows = await db.rows<{ text: string }>(
    `select coalesce(l.from_id, 'null') || ' → ' || coalesce(l.to_id, 'null') as text
     from graph_link g join link l on l.rowid = g.row
     where g.inside and (g.from_node is null or g.to_node is null) order by g.row limit ${DANGLING_EXAMPLES}`,
  );
  return rows.map((r) => r.text);
}

function _checkKinds(kinds: number, most: number): void {
  if (kinds > most) {
    throw new InputError(
      'too-many-kinds',
      `graphFromDatabase: ${kinds} kinds; at most ${most} fit, so put fine distinctions in a property`,
      { kinds, most },
    );
  }
}
