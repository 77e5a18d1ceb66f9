import { type Columns, numbersOf, textsOf } from '../../ingest/base/index.ts';
import type { Database, Sql } from '../../ingest/tables/index.ts';

/** Rows of one kind that go over in one transaction: those of the table with `from <= rowid < below`. */
export interface PushBatch {
  /** Place in the push; nodes come before links. The same snapshot and `batchRows` give the same batches. */
  readonly number: number;
  readonly part: 'nodes' | 'links';
  readonly kind: string;
  readonly from: number;
  readonly below: number;
  readonly rows: number;
}

/** A push as a list of batches, and what stays behind. */
export interface PushPlan {
  readonly batches: readonly PushBatch[];
  readonly nodes: number;
  readonly links: number;
  /** Links whose end names no entity. */
  readonly dangling: number;
  readonly nodeKinds: readonly string[];
  readonly linkKinds: readonly string[];
}

/** Links whose ends are no entities, by row: looked for once, so that a batch need not ask again. */
export const PUSH_DANGLING_SQL = `create or replace temp table push_dangling as select rowid as row from link
  where from_id is null or to_id is null or from_id not in (select entity_id from entity) or to_id not in (select entity_id from entity)`;

/** First row and number of rows of every batch, by kind, in order of row. */
export function pushStartsSql(table: 'entity' | 'link', batchRows: number): Sql {
  const whole = table === 'link' ? ' where rowid not in (select row from push_dangling)' : '';
  return {
    sql: `with numbered as (select coalesce(kind, '') as kind, rowid as row,
        (row_number() over (partition by coalesce(kind, '') order by rowid) - 1) // $batch_rows as place from ${table}${whole})
      select kind, min(row) as "from", max(row) + 1 as below, count(*) as rows from numbered group by kind, place order by kind, place`,
    params: { batch_rows: batchRows },
  };
}

/** Cuts the snapshot into batches. Leaves the temporary table `push_dangling` behind for {@link pushRows}. */
export async function planPush(db: Database, batchRows: number): Promise<PushPlan> {
  await db.run(PUSH_DANGLING_SQL);
  const [dangling] = await db.rows<{ n: number }>('select count(*) as n from push_dangling');
  const batches: PushBatch[] = [];
  for (const [part, table] of [
    ['nodes', 'entity'],
    ['links', 'link'],
  ] as const) {
    const { sql, params } = pushStartsSql(table, batchRows);
    for (const row of await db.rows<Omit<PushBatch, 'number' | 'part'>>(sql, params))
      batches.push({ ...row, number: batches.length, part });
  }
  const of = (part: PushBatch['part']): PushBatch[] => batches.filter((b) => b.part === part);
  const sum = (part: PushBatch['part']): number => of(part).reduce((n, b) => n + b.rows, 0);
  const kinds = (part: PushBatch['part']): string[] => [...new Set(of(part).map((b) => b.kind))];
  return {
    batches,
    nodes: sum('nodes'),
    links: sum('links'),
    dangling: dangling!.n,
    nodeKinds: kinds('nodes'),
    linkKinds: kinds('links'),
  };
}

/** Entities of a batch; persons by pseudonym, without name or place. */
export const PUSH_NODES_SQL = `select entity_id as id, case when kind = 'person' then pseudonym else label end as label, mentions, first_known_at as "firstKnownAt",
    case when kind = 'person' then null else lon end as lon, case when kind = 'person' then null else lat end as lat, town
  from entity where rowid >= $from and rowid < $below and coalesce(kind, '') = $kind order by rowid`;

/** Links of a batch. */
export const PUSH_LINKS_SQL = `select from_id as "from", to_id as "to", link_id as id, valid_from as "validFrom", valid_to as "validTo", known_at as "knownAt",
    origin, probability, weight, to_json(row_ids)::varchar as "rowIds"
  from link where rowid >= $from and rowid < $below and coalesce(kind, '') = $kind and rowid not in (select row from push_dangling) order by rowid`;

/** A cell as the server takes it; a moment is ms since 1970. */
export type PushCell = string | number | null | readonly string[];

/** The rows of a batch as lists, in the order of columns that the push texts read. */
export async function pushRows(db: Database, batch: PushBatch): Promise<PushCell[][]> {
  const sql = batch.part === 'nodes' ? PUSH_NODES_SQL : PUSH_LINKS_SQL;
  const columns = await db.columns(sql, { from: batch.from, below: batch.below, kind: batch.kind });
  const readers = Object.keys(columns.data).map((name) => _reader(columns, name));
  return Array.from({ length: columns.rows }, (_x, row) => readers.map((read) => read(row)));
}

function _reader(columns: Columns, name: string): (row: number) => PushCell {
  if (columns.data[name]!.kind === 'number') {
    const { values, valid } = numbersOf(columns, name);
    return (row) => (valid !== null && valid[row] === 0 ? null : values[row]!);
  }
  const texts = textsOf(columns, name);
  if (name !== 'rowIds') return (row) => texts[row]!;
  return (row) => {
    const text = texts[row];
    return text === null || text === undefined ? null : (JSON.parse(text) as string[]);
  };
}
