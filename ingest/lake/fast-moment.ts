import { quoteText } from '../tables/index.ts';
import type { ColumnDescription } from '../schema/index.ts';
import type { RawColumn } from '../formats/index.ts';

/** Earliest and latest day of a moment that is taken for one, unless a column states its own: below lie the fillers 1900-01-01 and 1899-12-30. */
export const FIRST_DAY = '1900-01-02';
export const LAST_DAY = '2100-12-31';

const WIDTHS: Readonly<Record<string, number>> = {
  '%Y': 4,
  '%m': 2,
  '%d': 2,
  '%H': 2,
  '%M': 2,
  '%S': 2,
  '%g': 3,
  '%f': 6,
};

/** SQL over text `x` that yields the moment as written, without zone, or null where only the slow path may decide. DuckDB's own casts drop
 *  `+08:00` and take `epoch`, so the shape is checked first. */
export function momentSql(x: string, formats: readonly string[]): string {
  const iso = `case when length(${x}) in (19, 23) and ${x}[5] = '-' and ${x}[8] = '-' and ${x}[14] = ':' and ${x}[17] = ':' then try_cast(${x} as timestamp) end`;
  return `coalesce(${[...formats.filter((f) => !f.includes('%z')).map((f) => _formatSql(x, f)), iso].join(', ')})`;
}

/** SQL over text `x` that yields a DATE, or null where the slow path decides. */
export function daySql(x: string, formats: readonly string[]): string {
  const iso = `case when length(${x}) = 10 and ${x}[5] = '-' and ${x}[8] = '-' then try_cast(${x} as date) end`;
  return `coalesce(${[...formats.filter((f) => !f.includes('%z')).map((f) => `${_formatSql(x, f)}::date`), iso].join(', ')})`;
}

/** strptime reads `2026030502153` as if a digit were missing nowhere, and `epoch` as a date: fixed-width formats must match in length. */
function _formatSql(x: string, format: string): string {
  const width = _fixedWidth(format);
  const guard = width === null ? `lower(${x}) not in ('epoch', 'infinity', '-infinity')` : `length(${x}) = ${width}`;
  return `case when ${guard} then try_strptime(${x}, ${quoteText(format)}) end`;
}

function _fixedWidth(format: string): number | null {
  let width = 0;
  for (const part of format.match(/%.|./gs) ?? []) {
    if (!part.startsWith('%')) width += part.length;
    else if (WIDTHS[part] === undefined) return null;
    else width += WIDTHS[part];
  }
  return /%[YmdHMSgf](%[YmdHMSgf])/.test(format) ? width : null;
}

/** SQL of a cleaned TIMESTAMP (UTC) or null. */
export function fastTimestamp(x: string, raw: RawColumn, column: ColumnDescription): string {
  const hours = column.zone === 'utc' ? '' : ' - interval 8 hour';
  const local =
    raw.type === 'moment' ? x : raw.type === 'text' ? momentSql(x, column.formats ?? []) : 'null::timestamp';
  return _within(`(${local})${hours}`, column, 'timestamp');
}

/** SQL of a cleaned DATE or null. */
export function fastDate(x: string, raw: RawColumn, column: ColumnDescription): string {
  const day =
    raw.type === 'moment' ? `${x}::date` : raw.type === 'text' ? daySql(x, column.formats ?? []) : 'null::date';
  return _within(day, column, 'date');
}

function _within(value: string, column: ColumnDescription, type: 'date' | 'timestamp'): string {
  const low = quoteText(String(column.min ?? FIRST_DAY));
  const high = quoteText(String(column.max ?? LAST_DAY));
  return `case when (${value}) between ${type} ${low} and ${type} ${high} then (${value}) end`;
}
