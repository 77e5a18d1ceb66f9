import { basename, join } from 'node:path';
import type { SourceDescription } from '../schema/index.ts';
import { type Database, quoteIdent, quoteText } from '../tables/index.ts';
import { type LakeFile, lakeFiles } from './lake-files.ts';
import type { ChangedRow, FileReport, RowChanges } from './report.ts';

/** Rows shown one by one. */
const SHOWN = 20;
/** Not part of what a row says. */
const ABOUT_THE_ROW: ReadonlySet<string> = new Set(['row_id', 'datum_confidence']);

/** The file that a new one of this source stands in for: the one of the same name loaded last, else the last whose name differs in digits only (`x-20260601.csv`, `x-20260608.csv`). */
export function earlierFile(before: readonly LakeFile[], fileName: string): LakeFile | null {
  const name = basename(fileName);
  const bare = (text: string): string => basename(text).replace(/\d+/g, '#');
  const same = before.filter((f) => basename(f.fileName) === name);
  const like = same.length > 0 ? same : before.filter((f) => bare(f.fileName) === bare(name));
  return like.toSorted((a, b) => a.ingestedAtMs - b.ingestedAtMs || (a.fileName < b.fileName ? -1 : 1)).at(-1) ?? null;
}

/** What the lake has of a source, or nothing where an entry is damaged: a comparison is a help, and never stands in the way of a load. */
export function filesBefore(workspace: string, source: string): readonly LakeFile[] {
  try {
    return lakeFiles(workspace, source);
  } catch {
    return [];
  }
}

/** Of a file whose bytes the lake has already: every row is as it was. */
export function sameRows(report: FileReport): RowChanges {
  const { fileName, sha256, acceptedRows } = report;
  return { against: fileName, againstSha256: sha256, new: 0, changed: 0, unchanged: acceptedRows, gone: 0, rows: [] };
}

/** Compares accepted rows with those of the file before, by the description's key (whole rows where it has none), over the columns that both have. Equal rows count as often as they
 *  stand on both sides; what is left of a key on both sides is changed; of one side only, new or gone. unchanged + changed + new = accepted rows. One pass over both files. */
export async function rowChanges(
  db: Database,
  description: SourceDescription,
  files: { readonly workspace: string; readonly before: LakeFile; readonly parquet: string },
): Promise<RowChanges> {
  const was = `read_parquet(${quoteText(join(files.workspace, files.before.parquet))})`;
  const is = `read_parquet(${quoteText(files.parquet)})`;
  const columns = await _commonColumns(db, was, is);
  const keys = description.key.filter((k) => columns.includes(k));
  const [n] = await db.rows<{ same: number; changed: number; fresh: number; gone: number }>(
    countSql(was, is, { keys, columns }),
  );
  const isPart = keys.length > 0 && n!.same + n!.changed === 0;
  return {
    against: files.before.fileName,
    againstSha256: files.before.sha256,
    new: n!.fresh,
    changed: n!.changed,
    unchanged: n!.same,
    gone: isPart ? null : n!.gone,
    rows: isPart || keys.length === 0 ? [] : await db.rows<ChangedRow>(shownSql(was, is, { keys, columns })),
  };
}

async function _commonColumns(db: Database, was: string, is: string): Promise<string[]> {
  const names = async (from: string): Promise<string[]> =>
    (await db.rows<{ column_name: string }>(`describe select * from ${from}`)).map((r) => r.column_name);
  const before = new Set(await names(was));
  return (await names(is)).filter((c) => before.has(c) && !ABOUT_THE_ROW.has(c));
}

interface _Compared {
  readonly keys: readonly string[];
  readonly columns: readonly string[];
}

/** Counts of both files' rows by what became of them. */
export function countSql(was: string, is: string, { keys, columns }: _Compared): string {
  const list = keys.map(quoteIdent).join(', ');
  const of = (from: string, isNew: 0 | 1): string =>
    `select ${isNew} as is_new, ${keys.length === 0 ? '' : `${list}, `}hash(${columns.map(quoteIdent).join(', ')}) as said from ${from}`;
  const by = keys.length === 0 ? 'said' : list;
  return `with sides as (${of(is, 1)} union all ${of(was, 0)}),
    alike as (select ${keys.length === 0 ? '' : `${list}, `}said, sum(is_new) as n_is, sum(1 - is_new) as n_was from sides group by all),
    kept as (select ${by}, sum(least(n_is, n_was)) as same, sum(n_is - least(n_is, n_was)) as is_left, sum(n_was - least(n_is, n_was)) as was_left from alike group by ${by})
    select coalesce(sum(same), 0)::bigint as same, coalesce(sum(least(is_left, was_left)), 0)::bigint as changed,
      coalesce(sum(is_left - least(is_left, was_left)), 0)::bigint as fresh, coalesce(sum(was_left - least(is_left, was_left)), 0)::bigint as gone from kept`;
}

/** The first rows that are new, changed or gone, by key, with the names of the columns that differ; values stay in the lake. Keys that stand on several rows of a file are left out. */
export function shownSql(was: string, is: string, { keys, columns }: _Compared): string {
  const list = keys.map(quoteIdent).join(', ');
  const once = (from: string): string => `(select * from ${from} qualify count(*) over (partition by ${list}) = 1)`;
  const equal = keys.map((k) => `i.${quoteIdent(k)} is not distinct from w.${quoteIdent(k)}`).join(' and ');
  const others = columns.filter((c) => !keys.includes(c));
  const differing = others
    .map((c) => `case when i.${quoteIdent(c)} is distinct from w.${quoteIdent(c)} then ${quoteText(c)} end`)
    .join(', ');
  return `select case when w.row_id is null then 'new' when i.row_id is null then 'gone' else 'changed' end as what, i.row_id as "rowId", w.row_id as "wasRowId",
      case when w.row_id is null or i.row_id is null then [] else list_filter([${differing}]::varchar[], lambda c: c is not null) end as columns
    from ${once(is)} i full join ${once(was)} w on ${equal}
    where w.row_id is null or i.row_id is null or ${others.map((c) => `i.${quoteIdent(c)} is distinct from w.${quoteIdent(c)}`).join(' or ') || 'false'}
    order by what, coalesce(i.row_id, w.row_id) limit ${SHOWN}`;
}
