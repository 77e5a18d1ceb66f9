/** A column as a format read it: header as sent, name in SQL, and what its values are. */
export interface RawColumn {
  readonly header: string;
  /** `r0`, `r1` … */
  readonly name: string;
  readonly type: 'text' | 'number' | 'moment' | 'boolean';
}

/** One file read, nothing cleaned: every record in `raw`, every unreadable one in `bad`; the two add up to the file. */
export interface RawTable {
  /** Table or view with `line` (BIGINT, unique, in file order) and the columns' names. */
  readonly table: 'raw';
  readonly columns: readonly RawColumn[];
  /** null: `line` is the line or record number. Else one line holds several rows, and `line` is its number times this plus the row's place. */
  readonly rowsALine: number | null;
  /** Whether decoding left U+FFFD in some values. */
  readonly undecodable: boolean;
  /** Column whose value in the last record may be cut: the file ends inside its last line. */
  readonly cutColumn: string | null;
  /** What a reader of the report should know. */
  readonly notes: readonly string[];
}

/** SQL of a row's number as `row_id` shows it, over an expression for `line`: `12`, or `12.3` for the third row of line 12. */
export function lineTextSql(line: string, raw: Pick<RawTable, 'rowsALine'>): string {
  if (raw.rowsALine === null) return `(${line})::varchar`;
  return `((${line}) // ${raw.rowsALine})::varchar || '.' || ((${line}) % ${raw.rowsALine})::varchar`;
}

/** DDL of the table of unreadable records. */
export const BAD_TABLE = 'create table bad (line bigint, value varchar, rule varchar, message varchar)';

/** Names `r0`… for headers, in order. */
export function rawColumns(headers: readonly string[], type: RawColumn['type'] = 'text'): RawColumn[] {
  return headers.map((header, i) => ({ header, name: `r${i}`, type }));
}

/** Longest line that is read; a longer one means that the file has no lines. */
export const LONGEST_LINE_BYTES = 2_000_000;
/** Longest value kept in a reject, in characters. */
export const LONGEST_REJECT = 500;
