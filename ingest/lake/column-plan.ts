import type { RawColumn, RawTable } from '../formats/index.ts';
import type { CleaningKind, ColumnDescription } from '../schema/index.ts';
import { typedColumns } from '../schema/index.ts';
import { quoteIdent } from '../tables/index.ts';
import { fastSql } from './fast-value.ts';
import type { FoundColumn } from './find-header.ts';

/** Kinds whose sent text is kept as `<name>_raw` where cleaning changed it. */
const KEEPS_RAW: ReadonlySet<CleaningKind> = new Set<CleaningKind>([
  'name', 'company-name', 'address', 'uscc', 'plate', 'mmsi', 'permit-no', 'manifest-no', 'waste-code', 'industry-code', 'penalty-no',
]); // prettier-ignore

/** Kinds in which a value that may be cut would be a wrong value, not a shorter text. */
const FREE_TEXT: ReadonlySet<CleaningKind> = new Set<CleaningKind>(['text', 'name', 'company-name', 'address', 'list']);

/** How one described column comes out of `raw`: SQL over the aliases `raw` and `m<i>`. */
export interface ColumnPlan {
  readonly index: number;
  readonly column: ColumnDescription;
  readonly type: string;
  /** The file has the column. */
  readonly isPresent: boolean;
  /** Sent value as text. */
  readonly sent: string;
  /** Cleaned by SQL alone, null where it is missing or left open. */
  readonly fast: string;
  /** Cleaned: fast, or the slow answer from the map `m<i>` (table `map_<i>`). */
  readonly clean: string;
  /** Whether a map may be needed. */
  readonly hasSlow: boolean;
  readonly keepsRaw: boolean;
}

/** Plans for the columns that go into the lake (all but `drop`), in order. */
export function columnPlans(found: readonly FoundColumn[], raw: RawTable): ColumnPlan[] {
  return found
    .filter((f) => f.column.kind !== 'drop')
    .map((f, index) => {
      const type = typedColumns({ columns: [f.column] })[0]!.type;
      const keepsRaw = KEEPS_RAW.has(f.column.kind) && f.column.personal !== true;
      if (f.raw === null) {
        const none = `null::${type}`;
        return {
          index,
          column: f.column,
          type,
          isPresent: false,
          sent: 'null::varchar',
          fast: none,
          clean: none,
          hasSlow: false,
          keepsRaw,
        };
      }
      const value = _value(f.raw, f.column, raw);
      const sent = f.raw.type === 'text' ? value : `${value}::varchar`;
      if (f.column.kind === 'list') {
        const list = _list(sent, f.column.separator ?? ';');
        return {
          index,
          column: f.column,
          type,
          isPresent: true,
          sent,
          fast: list,
          clean: list,
          hasSlow: false,
          keepsRaw,
        };
      }
      const fast = fastSql(value, f.raw, f.column);
      return {
        index,
        column: f.column,
        type,
        isPresent: true,
        sent,
        fast,
        clean: `coalesce(${fast}, ${_slow(index, type)})`,
        hasSlow: true,
        keepsRaw,
      };
    });
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
