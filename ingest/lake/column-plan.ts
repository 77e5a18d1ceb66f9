import type { RawColumn, RawTable } from '../formats/index.ts';
import type { CleaningKind, ColumnDescription } from '../schema/index.ts';
import { typedColumns } from '../schema/index.ts';
import { type Database, quoteIdent } from '../tables/index.ts';
import { fastSql } from './fast-value.ts';
import type { FoundColumn } from './find-header.ts';

/** Kinds whose sent text is kept as `<name>_raw` where cleaning changed it. */
const KEEPS_RAW: ReadonlySet<CleaningKind> = new Set<CleaningKind>([
  'name', 'company-name', 'address', 'uscc', 'plate', 'mmsi', 'permit-no', 'manifest-no', 'waste-code', 'industry-code', 'penalty-no',
]); // prettier-ignore

/** Kinds in which a value that may be cut would be a wrong value, not a shorter text. */
const FREE_TEXT: ReadonlySet<CleaningKind> = new Set<CleaningKind>(['text', 'name', 'company-name', 'address', 'list']);

/** How one described column comes out of `raw`, in two steps: SQL over `raw` into table `half`, then what `half` left open through the map `m<i>` (table `map_<i>`). */
export interface ColumnPlan {
  readonly index: number;
  readonly column: ColumnDescription;
  readonly type: string;
  /** The file has the column. */
  readonly isPresent: boolean;
  /** First step, over `raw`: the sent value as text, and what SQL alone makes of it (null where it is missing or left open). */
  readonly first: { readonly sent: string; readonly fast: string };
  /** Over `half`: the sent value where SQL left it open, else null. */
  readonly open: string;
  /** Over `half`: the sent value as text (a number that SQL read, as DuckDB writes it). */
  readonly sent: string;
  /** Over `half`: cleaned by SQL alone. */
  readonly fast: string;
  /** Over `half` and `m<i>`: cleaned. */
  readonly clean: string;
  /** Whether a value may be left open. */
  readonly hasSlow: boolean;
  readonly keepsRaw: boolean;
}

/** Plans for the columns that go into the lake (all but `drop`), in order. */
export function columnPlans(found: readonly FoundColumn[], raw: RawTable): ColumnPlan[] {
  return found.filter((f) => f.column.kind !== 'drop').map((f, index) => _plan(f, index, raw));
}

function _plan(found: FoundColumn, index: number, raw: RawTable): ColumnPlan {
  const { column } = found;
  const type = typedColumns({ columns: [column] })[0]!.type;
  const fast = `half.f${index}`;
  const hasSlow = found.raw !== null && column.kind !== 'list';
  const open = hasSlow ? `half.o${index}` : 'null::varchar';
  return {
    index,
    column,
    type,
    isPresent: found.raw !== null,
    first: found.raw === null ? { sent: 'null::varchar', fast: `null::${type}` } : _first(found.raw, column, raw),
    open,
    sent: hasSlow ? `coalesce(${open}, ${fast}::varchar)` : `${fast}::varchar`,
    fast,
    clean: hasSlow ? `coalesce(${fast}, ${_slow(index, type)})` : fast,
    hasSlow,
    keepsRaw: KEEPS_RAW.has(column.kind) && column.personal !== true,
  };
}

function _first(raw: RawColumn, column: ColumnDescription, table: RawTable): ColumnPlan['first'] {
  const value = _value(raw, column, table);
  const sent = raw.type === 'text' ? value : `${value}::varchar`;
  return { sent, fast: column.kind === 'list' ? _list(sent, column.separator ?? ';') : fastSql(value, raw, column) };
}

/** Makes `half` from `raw`: each value as SQL reads it (`f<i>`), or as sent where SQL leaves it open (`o<i>`). One pass, and the only one over `raw`. */
export async function buildHalf(db: Database, plans: readonly ColumnPlan[]): Promise<void> {
  const items = plans.flatMap(({ index, first, hasSlow }) =>
    hasSlow
      ? [`${first.fast} as f${index}`, `case when (${first.fast}) is null then ${first.sent} end as o${index}`]
      : [`${first.fast} as f${index}`],
  );
  await db.run(`create or replace temp table half as select raw.line as line, ${items.join(', ')} from raw`);
}

/** A value that the end of the file may have cut is marked, so that cleaning refuses it. Spaces and empty text are the slow path's to judge. */
function _value(raw: RawColumn, column: ColumnDescription, table: RawTable): string {
  const name = `raw.${raw.name}`;
  if (table.cutColumn !== raw.name || FREE_TEXT.has(column.kind)) return name;
  return `(case when raw.line in (select line from cut) then ${name} || chr(65533) else ${name} end)`;
}

function _slow(index: number, type: string): string {
  const m = `m${index}`;
  switch (type) {
    case 'DOUBLE':
      return `${m}.num`;
    case 'BIGINT':
      return `${m}.num::bigint`;
    case 'BOOLEAN':
      return `(${m}.num = 1)`;
    case 'TIMESTAMP':
      return `epoch_ms(${m}.num::bigint)`;
    case 'DATE':
      return `${m}.txt::date`;
    default:
      return `${m}.txt`;
  }
}

/** Elements of a list: split at the separator or its full-width form, or read from JSON text; trimmed, empty ones gone; none = null. */
function _list(sent: string, separator: string): string {
  const wide: Readonly<Record<string, string>> = { ';': '；', ',': '，', '/': '／', '|': '｜' };
  const split = `string_split(${wide[separator] === undefined ? sent : `replace(${sent}, '${wide[separator]}', '${separator}')`}, '${separator.replaceAll("'", "''")}')`;
  const items = `case when starts_with(${sent}, '[') and json_valid(${sent}) then from_json(${sent}, '["VARCHAR"]') else ${split} end`;
  const tidy = `list_filter(list_transform(${items}, lambda e: trim(e)), lambda e: e <> '' and e not in ('无', '/', '-', '—', '暂无'))`;
  return `case when len(${tidy}) > 0 then ${tidy} end`;
}

/** `"name"` of a cleaned column. */
export function nameSql(plan: ColumnPlan): string {
  return quoteIdent(plan.column.name);
}
