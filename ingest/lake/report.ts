import type { Detail } from '../base/index.ts';

/** How often one rule met one column. */
export interface RuleCount {
  readonly column: string;
  readonly rule: string;
  readonly count: number;
}

/** What a load left in one cleaned column. */
export interface ColumnReport {
  readonly name: string;
  /** Accepted rows with a value. */
  readonly present: number;
  /** Share of accepted rows with a value, 0–1; 1 when there is no row. */
  readonly completeness: number;
  /** Sent values that only say "missing" (无, /, 1900-01-01 …), counted over the rows read. */
  readonly placeholders: number;
  readonly isAbsent: boolean;
}

/** red: unusable or half lost · yellow: look at it · green. The reasons say why. */
export type QualityState = 'red' | 'yellow' | 'green';

/** A row that is not as it was; values are not copied here. */
export interface ChangedRow {
  readonly what: 'new' | 'changed' | 'gone';
  readonly rowId: string | null;
  readonly wasRowId: string | null;
  /** Cleaned columns that differ. */
  readonly columns: readonly string[];
}

/** A file's accepted rows beside those of the file that it stands in for. `new` + `changed` + `unchanged` = accepted rows of this one. */
export interface RowChanges {
  /** Name of the earlier file, and its hash. */
  readonly against: string;
  readonly againstSha256: string;
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Rows of the earlier file that this one lacks; null when the two have no key in common, so that this is a further part and not a new state. */
  readonly gone: number | null;
  /** The first rows that are not as they were, at most 20. */
  readonly rows: readonly ChangedRow[];
}

/** One file taken in under one description. `readRows` = `acceptedRows` + `refusedRows`. */
export interface FileReport {
  readonly source: string;
  /** Path relative to the folder given, with `/`. */
  readonly fileName: string;
  readonly sha256: string;
  readonly bytes: number;
  /** `skipped`: the lake has these bytes under this description already; the counts are those of that load. */
  readonly outcome: 'ingested' | 'skipped' | 'failed';
  readonly state: QualityState;
  readonly reasons: readonly string[];
  readonly readRows: number;
  readonly acceptedRows: number;
  readonly refusedRows: number;
  /** Rows set aside, by rule; adds up to `refusedRows`. */
  readonly refusedByRule: readonly RuleCount[];
  /** Values refused in rows that were kept (or also set aside), by column and rule. */
  readonly valueRejects: readonly RuleCount[];
  /** Values kept with a remark: repairs and doubts, by column and rule. */
  readonly remarks: readonly RuleCount[];
  readonly columns: readonly ColumnReport[];
  readonly duplicates: number;
  /** Share of refused values among all values sent that were refused for lying out of bounds, 0–1, over sent values. */
  readonly outOfRangeShare: number;
  /** Share of accepted rows known more than a year before the load. */
  readonly staleShare: number;
  readonly firstEventAt: string | null;
  readonly lastEventAt: string | null;
  readonly firstKnownAt: string | null;
  readonly lastKnownAt: string | null;
  readonly extraHeaders: readonly string[];
  readonly notes: readonly string[];
  /** Beside the file of the same name that was loaded before; null = there was none, and in the lake, which does not depend on the order of loads. */
  readonly changes: RowChanges | null;
  readonly error: { readonly code: string; readonly message: string; readonly detail: Detail } | null;
  readonly seconds: number;
}

/** A source over all its files of one load. */
export interface SourceReport {
  readonly source: string;
  readonly state: QualityState;
  readonly files: number;
  readonly readRows: number;
  readonly acceptedRows: number;
  readonly refusedRows: number;
}

/** What `ingestFiles` did. */
export interface IngestReport {
  readonly files: readonly FileReport[];
  readonly sources: readonly SourceReport[];
  /** Files that no description names, and files whose every row belongs to no description; paths as in `fileName`. */
  readonly unrecognised: readonly string[];
  /** Rows of recognised files that no description's `where` takes, by file. */
  readonly unclaimedRows: readonly { readonly fileName: string; readonly rows: number }[];
}

/** Sources of a load with their worst state, by id. */
export function sourceReports(files: readonly FileReport[]): SourceReport[] {
  const sources = [...new Set(files.map((f) => f.source))].toSorted();
  return sources.map((source) => {
    const own = files.filter((f) => f.source === source);
    const sum = (count: (f: FileReport) => number): number => own.reduce((total, f) => total + count(f), 0);
    const state = own.some((f) => f.state === 'red')
      ? 'red'
      : own.some((f) => f.state === 'yellow')
        ? 'yellow'
        : 'green';
    return {
      source,
      state,
      files: own.length,
      readRows: sum((f) => f.readRows),
      acceptedRows: sum((f) => f.acceptedRows),
      refusedRows: sum((f) => f.refusedRows),
    };
  });
}
