import { InputError } from '../base/index.ts';
import { plain } from '../clean/index.ts';
import type { RawColumn } from '../formats/index.ts';
import type { ColumnDescription, SourceDescription } from '../schema/index.ts';

/** A described column and where it stands in the file; null where the file lacks it. */
export interface FoundColumn {
  readonly column: ColumnDescription;
  readonly raw: RawColumn | null;
}

export interface FoundColumns {
  readonly columns: readonly FoundColumn[];
  /** Headers that nobody described; kept out of the lake. */
  readonly extra: readonly string[];
  /** Optional columns that the file lacks. */
  readonly absent: readonly string[];
}

/** Headers compare after NFKC, without spaces and case: `许可证编号 ` is 许可证编号, `罚款金额（万元）` is 罚款金额(万元). */
function _canonical(header: string): string {
  return plain(header).replaceAll(' ', '').toLowerCase();
}

/** Finds each described column among a file's headers.
 *  @throws InputError `wrong-headers` when a required or key column is missing, naming what was found and what was expected */
export function findColumns(description: SourceDescription, raw: readonly RawColumn[], file: string): FoundColumns {
  const byHeader = new Map<string, RawColumn>();
  for (const column of raw)
    if (!byHeader.has(_canonical(column.header))) byHeader.set(_canonical(column.header), column);
  const columns = description.columns.map((column): FoundColumn => {
    const found = headersOf(column)
      .map((h) => byHeader.get(_canonical(h)))
      .find((r) => r !== undefined);
    return { column, raw: found ?? null };
  });
  const lacking = columns.filter((c) => c.raw === null && c.column.kind !== 'drop');
  const must = lacking.filter((c) => c.column.required === true || description.key.includes(c.column.name));
  if (must.length > 0 || lacking.length === columns.filter((c) => c.column.kind !== 'drop').length) {
    const expected = (must.length > 0 ? must : lacking).map((c) => headersOf(c.column).join(' or '));
    throw new InputError(
      'wrong-headers',
      `ingestFiles: ${file} lacks ${expected.map((e) => `"${e}"`).join(', ')}; found ${raw.map((r) => `"${r.header}"`).join(', ')}; is it another table, or were its headers renamed?`,
      { file, expected, found: raw.map((r) => r.header) },
    );
  }
  const used = new Set(columns.map((c) => c.raw?.name));
  const nested = new Set(columns.flatMap((c) => (c.raw === null ? [] : _parents(c.raw.header))));
  const extra = raw.filter((r) => !used.has(r.name) && !nested.has(r.header) && r.header !== '').map((r) => r.header);
  return { columns, extra, absent: lacking.map((c) => headersOf(c.column)[0]!) };
}

/** Headers under which a column may be sent; its own name when none is stated. */
export function headersOf(column: ColumnDescription): readonly string[] {
  return column.header === undefined
    ? [column.name]
    : typeof column.header === 'string'
      ? [column.header]
      : column.header;
}

function _parents(header: string): string[] {
  const parts = header.split('.');
  return parts.slice(1).map((_part, i) => parts.slice(0, i + 1).join('.'));
}
