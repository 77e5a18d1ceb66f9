import { InputError } from '../../ingest/base/index.ts';
import type {
  Bilingual,
  ColumnDescription,
  PrivacyLevel,
  ShareClass,
  SourceDescription,
} from '../../ingest/schema/index.ts';
import { type Database, quoteIdent } from '../../ingest/tables/index.ts';

/** One cell of a department's row: what it was cleaned to, and what was sent where the two differ. `hidden` says why a value is not there. */
export interface SourceCell {
  readonly column: string;
  /** Header as the department writes it; null for a column that ingest added. */
  readonly header: string | null;
  readonly value: string | null;
  readonly raw: string | null;
  readonly hidden: 'personal' | null;
}

/** One row as a department sent it: the end of every chain of evidence. */
export interface SourceRow {
  readonly rowId: string;
  readonly source: string;
  readonly title: Bilingual;
  readonly department: string;
  readonly share: ShareClass;
  readonly level: PrivacyLevel;
  readonly use: string | null;
  readonly fileName: string | null;
  readonly fileSha256: string | null;
  /** Line or record in the file, as its format counts them. */
  readonly line: string;
  readonly eventAt: string | null;
  readonly knownAt: string | null;
  readonly cells: readonly SourceCell[];
  readonly rejects: readonly {
    readonly column: string | null;
    readonly value: string | null;
    readonly rule: string;
    readonly message: string;
  }[];
}

/** One source row by its id. Values of personal columns never leave. Cost: one scan of that source's `row_id`.
 *  @throws InputError `no-such-row` */
export async function sourceRow(
  db: Database,
  rowId: string,
  descriptions: readonly SourceDescription[],
): Promise<SourceRow> {
  const [source = '', file = '', ...rest] = rowId.split(':');
  const description = descriptions.find((d) => d.id === source);
  const table = `src_${source}`;
  const row =
    description === undefined || !(await db.has(table))
      ? undefined
      : (
          await db.rows<Record<string, unknown>>(`select * from ${quoteIdent(table)} where row_id = $rowId limit 1`, {
            rowId,
          })
        )[0];
  if (description === undefined || row === undefined)
    throw new InputError(
      'no-such-row',
      `sourceRow: no row "${rowId}" in the served run; row ids are <source>:<file>:<line>`,
      { rowId },
    );
  const files = await db.rows<{ fileName: string; sha256: string }>(
    `select file_name as "fileName", sha256 from source_file where source = $source and starts_with(sha256, $file) order by file_name limit 1`,
    { source, file },
  );
  const rejects = await db.rows<SourceRow['rejects'][number]>(
    `select column_name as "column", value, rule, message from reject where row_id = $rowId order by column_name, rule`,
    { rowId },
  );
  const personal = new Set(description.columns.filter(isPersonal).map((c) => c.name));
  return {
    rowId,
    source,
    title: description.title,
    department: description.department,
    share: description.share,
    level: description.level,
    use: description.use ?? null,
    fileName: files[0]?.fileName ?? null,
    fileSha256: files[0]?.sha256 ?? null,
    line: rest.join(':'),
    eventAt: _text(row['event_at']),
    knownAt: _text(row['known_at']),
    cells: description.columns.filter((c) => c.kind !== 'drop').map((c) => _cell(c, row)),
    rejects: rejects.map((r) => (r.column !== null && personal.has(r.column) ? { ...r, value: null } : r)),
  };
}

/** Whether a column may name a person: it is declared so, or it is a salted hash. */
export function isPersonal(column: ColumnDescription): boolean {
  return column.personal === true || column.kind === 'hash';
}

function _cell(column: ColumnDescription, row: Readonly<Record<string, unknown>>): SourceCell {
  const header = typeof column.header === 'string' ? column.header : (column.header?.[0] ?? column.name);
  const base = { column: column.name, header };
  if (isPersonal(column)) return { ...base, value: null, raw: null, hidden: 'personal' };
  const raw = _text(row[`${column.name}_raw`]);
  const value = _text(row[column.name]);
  return { ...base, value, raw: raw === value ? null : raw, hidden: null };
}

function _text(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map((v) => _text(v) ?? '').join('；');
  return typeof value === 'object' ? JSON.stringify(value) : String(value as number | boolean | bigint);
}
