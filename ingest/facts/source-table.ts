import { type SourceDescription, typedColumns } from '../schema/index.ts';
import { type Database, quoteIdent, quoteText } from '../tables/index.ts';

/** How the rows of one source were counted: `lake = kept + later + undated + repeated`. */
export interface SourceCount {
  readonly source: string;
  readonly files: number;
  readonly lake: number;
  readonly kept: number;
  /** Known only after the run's date. */
  readonly later: number;
  /** Without a moment when they became known: of no use as of any day. */
  readonly undated: number;
  /** Same key as a row that was known earlier (ties: lower row id). */
  readonly repeated: number;
  /** Kept as a view over the lake, not copied (unless its coordinates had to be converted). */
  readonly view: boolean;
}

export interface SourceTableOptions {
  /** `2026-06-30 16:00:00`, UTC. */
  readonly asOf: string;
  /** From this many rows on, a source stays a view over its Parquet files. */
  readonly viewRows: number;
  /** Columns of this source that other sources' `knownWith` name. */
  readonly referenced: readonly string[];
}

/** Makes `src_<id>` from the lake's Parquet files of one source, by path (an empty table when there are none) and adds what it set aside to `set_aside`. */
export async function makeSourceTable(
  db: Database,
  d: SourceDescription,
  files: readonly string[],
  o: SourceTableOptions,
): Promise<SourceCount> {
  const table = quoteIdent(`src_${d.id}`);
  await dropRelation(db, `src_${d.id}`);
  const columns = _srcColumns(d);
  if (files.length === 0) {
    await _keepKnown(db, d.id, null, o.referenced);
    await db.run(`create table ${table} (${columns.map((c) => `${quoteIdent(c.name)} ${c.type}`).join(', ')})`);
    return { source: d.id, files: 0, lake: 0, kept: 0, later: 0, undated: 0, repeated: 0, view: false };
  }
  const lake = `read_parquet([${files.map(quoteText).join(', ')}], union_by_name = true)`;
  const present = await db.rows<{ column_name: string }>(`describe select * from ${lake}`);
  const names = new Set(present.map((p) => p.column_name));
  const asOf = `timestamp ${quoteText(o.asOf)}`;
  const known = _knownSql(d);
  const rows = `(select ${_projection(d, names, columns)} from ${lake})`;
  const dated = `(select r.* replace (${known.sql} as known_at) from ${rows} r${known.joins})`;
  await _keepKnown(db, d.id, dated, o.referenced);
  const repeated = files.length > 1 ? await _setRepeatsAside(db, d, dated, asOf) : 0;
  const without =
    repeated === 0 ? '' : ` and row_id not in (select row_id from set_aside where source = ${quoteText(d.id)})`;
  const select = `select ${_unveiled(d, columns, asOf)} from ${dated} where known_at <= ${asOf}${without}`;
  const [n] = await db.rows<{ lake: number; later: number; undated: number }>(
    `select count(*) as lake, count(*) filter (where known_at > ${asOf}) as later, count(*) filter (where known_at is null) as undated from ${dated}`,
  );
  const view = n!.lake >= o.viewRows && repeated === 0 && d.knownWith === undefined;
  await db.run(`create ${view ? 'view' : 'table'} ${table} as ${select}`);
  return {
    source: d.id,
    files: files.length,
    lake: n!.lake,
    kept: n!.lake - n!.later - n!.undated - repeated,
    later: n!.later,
    undated: n!.undated,
    repeated,
    view,
  };
}

/** Drops a table or view of this name, if there is one. */
export async function dropRelation(db: Database, name: string): Promise<void> {
  const views = await db.rows(`select 1 from duckdb_views() where view_name = ${quoteText(name)} and not internal`);
  await db.run(`drop ${views.length > 0 ? 'view' : 'table'} if exists ${quoteIdent(name)}`);
}

interface SrcColumn {
  readonly name: string;
  readonly type: string;
}

function _srcColumns(d: SourceDescription): SrcColumn[] {
  const place = typedColumns(d).some((c) => c.name === 'lon') && typedColumns(d).some((c) => c.name === 'lat');
  return [
    { name: 'row_id', type: 'VARCHAR' },
    { name: 'event_at', type: 'TIMESTAMP' },
    { name: 'known_at', type: 'TIMESTAMP' },
    ...typedColumns(d),
    ...(place
      ? [
          { name: 'lon_raw', type: 'DOUBLE' },
          { name: 'lat_raw', type: 'DOUBLE' },
          { name: 'datum', type: 'VARCHAR' },
          { name: 'datum_confidence', type: 'DOUBLE' },
        ]
      : []),
  ];
}

/** Every column of the table, typed; one that an older file did not have is null; what was sent (`<name>_raw`) comes along. */
function _projection(d: SourceDescription, names: ReadonlySet<string>, columns: readonly SrcColumn[]): string {
  const own = new Set(columns.map((c) => c.name));
  const parts = columns.map(({ name, type }) => {
    const as = ` as ${quoteIdent(name)}`;
    if (names.has(name)) return `${quoteIdent(name)}::${type}${as}`;
    const sent = name === 'lon_raw' ? 'lon' : name === 'lat_raw' ? 'lat' : null;
    if (sent !== null && names.has(sent)) return `${sent}::DOUBLE${as}`;
    if (name === 'datum' && d.datum !== undefined && d.datum !== 'infer') return `${quoteText(d.datum)}${as}`;
    if (name === 'datum_confidence' && d.datum !== undefined && d.datum !== 'infer') return `1.0::DOUBLE${as}`;
    return `null::${type}${as}`;
  });
  const raw = [...names].filter((n) => n.endsWith('_raw') && !own.has(n)).toSorted();
  return [...parts, ...raw.map(quoteIdent)].join(', ');
}

/** `known_at` no earlier than the rows that the row names. */
function _knownSql(d: SourceDescription): { sql: string; joins: string } {
  const refs = d.knownWith ?? [];
  const joins = refs.map(
    (k, i) =>
      ` left join ${quoteIdent(knownTable(k.source, k.references))} k${i} on k${i}.ref = r.${quoteIdent(k.column)}`,
  );
  const all = ['r.known_at', ...refs.map((_k, i) => `k${i}.known_at`)];
  return { sql: all.length === 1 ? 'r.known_at' : `greatest(${all.join(', ')})`, joins: joins.join('') };
}

/** Temporary table of when each value of a column first was known, over the whole lake: also beyond the run's date, so that a row which
 *  names it is seen to be later too. */
export function knownTable(source: string, column: string): string {
  return `known_${source}__${column}`;
}

async function _keepKnown(
  db: Database,
  source: string,
  dated: string | null,
  columns: readonly string[],
): Promise<void> {
  for (const column of columns) {
    const from =
      dated === null
        ? 'select null::varchar as ref, null::timestamp as known_at where false'
        : `select ${quoteIdent(column)} as ref, min(coalesce(known_at, timestamp 'infinity')) as known_at from ${dated} where ref is not null group by ref`;
    await db.run(`create or replace temp table ${quoteIdent(knownTable(source, column))} as ${from}`);
  }
}

/** Columns, with values that became known after the run's date left out. */
function _unveiled(d: SourceDescription, columns: readonly SrcColumn[], asOf: string): string {
  const late = d.columns.filter((c) => c.knownAt !== undefined && columns.some((s) => s.name === c.name));
  if (late.length === 0) return '*';
  return `* replace (${late.map((c) => `case when (${c.knownAt!}) <= ${asOf} then ${quoteIdent(c.name)} end as ${quoteIdent(c.name)}`).join(', ')})`;
}

/** Rows of later files whose key an earlier known row has. Hashes first, so that only true repeats are compared whole. */
async function _setRepeatsAside(db: Database, d: SourceDescription, dated: string, asOf: string): Promise<number> {
  const keys = d.key.map(quoteIdent);
  const complete = keys.map((k) => `${k} is not null`).join(' and ');
  const rows = `(select row_id, known_at, hash(${keys.join(', ')}) as h, ${keys.join(', ')} from ${dated} where known_at <= ${asOf} and ${complete})`;
  await db.run(`create or replace temp table doubled as select h from ${rows} group by h having count(*) > 1`);
  await db.run(`insert into set_aside
    select ${quoteText(d.id)}, row_id, keeper from (
      select row_id, first_value(row_id) over w as keeper from (select * from ${rows} where h in (select h from doubled))
      window w as (partition by ${keys.join(', ')} order by known_at, row_id))
    where row_id <> keeper order by row_id`);
  await db.run('drop table doubled');
  const [n] = await db.rows<{ n: number }>('select count(*) as n from set_aside where source = $source', {
    source: d.id,
  });
  return n!.n;
}
