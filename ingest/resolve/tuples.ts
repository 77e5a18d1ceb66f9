import { type Columns, type NumberColumn, InputError } from '../base/index.ts';
import type { EntityKind } from '../schema/index.ts';
import { type Database, type Sql, quoteIdent } from '../tables/index.ts';

/** Fields of `mention` that a kind's tuple may hold. `old_names` comes as one text, parted by U+001F; `lon`, `lat` as texts of 5 decimals. */
export type TupleField =
  | 'name'
  | 'uscc'
  | 'old_names'
  | 'plate'
  | 'plate_class'
  | 'mmsi'
  | 'person_hash'
  | 'phone_hash'
  | 'address'
  | 'lon'
  | 'lat'
  | 'permit_no'
  | 'site_code'
  | 'meter_no'
  | 'mn'
  | 'key';

/** Distinct feature tuples of one kind, in order of their fields (nulls first): what is compared instead of mentions. */
export interface Tuples {
  readonly kind: EntityKind;
  readonly size: number;
  readonly columns: Readonly<Partial<Record<TupleField, readonly (string | null)[]>>>;
  /** Mentions, and source rows behind them, per tuple. */
  readonly mentions: Float64Array;
  readonly rows: Float64Array;
  /** Distinct sources, sorted, joined by a comma. */
  readonly sources: readonly string[];
  /** Smallest mention id. */
  readonly firstMention: readonly string[];
}

const EXPRESSIONS: Partial<Record<TupleField, string>> = {
  old_names: `array_to_string(old_names, chr(31))`,
  lon: `printf('%.5f', lon)`,
  lat: `printf('%.5f', lat)`,
};

/** Numbers every mention of a kind with its tuple (from 0) in the temp table `_tuple_of(mention_id, tuple, …)`. A mention that a person judged is
 *  a tuple of its own: the judgement is about that record, not about every one that reads the same.
 *  @param judged  whether the snapshot has a table `judgement` */
export function tupleOfSql(kind: EntityKind, fields: readonly TupleField[], judged: boolean): Sql {
  const list = fields.map((f) => `nullif(trim(${EXPRESSIONS[f] ?? quoteIdent(f)}), '') as ${quoteIdent(`t_${f}`)}`);
  const order = [...fields.map((f) => `t_${f}`), '_own'].map((f) => `${quoteIdent(f)} nulls first`).join(', ');
  const own = judged
    ? `case when mention_id in (select unnest([left_id, right_id]) from judgement where verdict in ('same', 'different') and state = 'obeyed') then mention_id end`
    : 'null::varchar';
  return {
    sql: `create or replace temp table _tuple_of as
      with m as (select mention_id, coalesce(rows_count, 1) as rows_count, source, ${own} as _own, ${list.join(', ')} from mention where kind = '${kind}')
      select *, dense_rank() over (order by ${order}) - 1 as tuple from m`,
    params: {},
  };
}

/** Loads the distinct tuples of a kind; leaves `_tuple_of` for the join back. */
export async function loadTuples(db: Database, kind: EntityKind, fields: readonly TupleField[]): Promise<Tuples> {
  await db.run(tupleOfSql(kind, fields, await db.has('judgement')).sql);
  const firsts = fields.map((f) => `any_value(${quoteIdent(`t_${f}`)}) as ${quoteIdent(f)}`).join(', ');
  const c = await db.columns(
    `select tuple, ${firsts}, count(*)::double as mentions, sum(rows_count)::double as rows, array_to_string(list_sort(list(distinct source)), ',') as sources,
      min(mention_id) as first_mention from _tuple_of group by tuple order by tuple`,
  );
  const columns: Partial<Record<TupleField, readonly (string | null)[]>> = {};
  for (const f of fields) columns[f] = _texts(c, f);
  return {
    kind,
    size: c.rows,
    columns,
    mentions: _numbers(c, 'mentions'),
    rows: _numbers(c, 'rows'),
    sources: _texts(c, 'sources').map((s) => s ?? ''),
    firstMention: _texts(c, 'first_mention').map((s) => s ?? ''),
  };
}

/** A field's column; absent fields throw, since a plan reads only what it lists. */
export function fieldOf(tuples: Tuples, field: TupleField): readonly (string | null)[] {
  const column = tuples.columns[field];
  if (column === undefined)
    throw new InputError('no-such-field', `fieldOf: tuples of ${tuples.kind} hold no "${field}"`, { field });
  return column;
}

function _texts(c: Columns, name: string): readonly (string | null)[] {
  const column = c.data[name];
  return column?.kind === 'text' ? column.values : Array.from({ length: c.rows }, () => null);
}

function _numbers(c: Columns, name: string): Float64Array {
  return c.rows === 0 ? new Float64Array(0) : (c.data[name] as NumberColumn).values;
}
