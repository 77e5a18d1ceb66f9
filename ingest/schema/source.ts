import type { Bilingual, EntityKind, PrivacyLevel, ShareClass } from './kinds.ts';

/** How a value is read and checked; each is one file or one entry under `ingest/clean`. */
export type CleaningKind =
  | 'text'
  | 'name'
  | 'company-name'
  | 'address'
  | 'category'
  | 'list'
  | 'json'
  | 'hash'
  | 'number'
  | 'integer'
  | 'boolean'
  | 'date'
  | 'timestamp'
  | 'month'
  | 'uscc'
  | 'plate'
  | 'mmsi'
  | 'permit-no'
  | 'manifest-no'
  | 'waste-code'
  | 'industry-code'
  | 'penalty-no'
  | 'lon'
  | 'lat'
  | 'drop';

/** Where a moment is written: China time unless `utc`. `formats` use DuckDB strptime; Excel serials and `2026年3月5日` are always tried. */
export interface TimeFormat {
  readonly zone?: 'china' | 'utc';
  readonly formats?: readonly string[];
}

export interface ColumnDescription extends TimeFormat {
  /** Cleaned name, snake_case, unit at the end. */
  readonly name: string;
  /** Header as sent; several are alternatives. A dotted path for JSON. Absent = `name`. */
  readonly header?: string | readonly string[];
  readonly kind: CleaningKind;
  /** An empty or refused value refuses the row. */
  readonly required?: boolean;
  /** Unit as sent → unit of `name`, e.g. `{ from: 'kg', to: 't' }`; a column may name another column that holds the unit. */
  readonly unit?: { readonly from?: string; readonly fromColumn?: string; readonly to: string };
  /** Separator of a `list`. */
  readonly separator?: string;
  /** Accepted values of a `category`; another value is a counted reject of the value, and kept raw. */
  readonly values?: readonly string[];
  /** Bounds of a number or a moment; outside is a counted reject. */
  readonly min?: number | string;
  readonly max?: number | string;
  /** Values that mean missing in this column, beside the general placeholders. */
  readonly missing?: readonly string[];
  /** Personal data: pseudonymised in every output. */
  readonly personal?: boolean;
  /** DuckDB expression: when this value, later than its row, became known (a verdict when the ticket closes). In a run as of an earlier day it is null. */
  readonly knownAt?: string;
}

export type FormatDescription =
  | { readonly kind: 'csv'; readonly encoding?: string; readonly delimiter?: string; readonly gzip?: boolean }
  | { readonly kind: 'xlsx'; readonly sheet?: string; readonly headerRow?: number }
  | { readonly kind: 'jsonl' }
  | { readonly kind: 'parquet' }
  | { readonly kind: 'geojson' }
  | { readonly kind: 'hj212' };

/** Standard fields of a mention, each naming a cleaned column or, behind `=`, a DuckDB expression over cleaned columns.
 *  `key` is an exact identifier within the kind: two mentions of one kind with equal `key` are one entity, whatever the kind. */
export type MentionFields = Partial<
  Record<
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
    | 'key',
    string
  >
>;

export interface MentionDescription {
  readonly role: string;
  readonly kind: EntityKind;
  readonly fields: MentionFields;
  /** DuckDB condition over cleaned columns, beside the rule that a field which can identify the kind (a name or code, not a place alone for a
   *  company) is there. */
  readonly when?: string;
  /** One mention per distinct tuple of fields (with `rows_count`), not per row: for passes, tracks, readings. */
  readonly distinct?: boolean;
  /** A list column: one mention for each of its elements, which the fields call `item`. */
  readonly each?: string;
  /** Cleaned columns that say something about this thing (its trade, class, status): they become `statement` rows. Never personal ones. */
  readonly properties?: readonly string[];
}

/** A relation between two things that one row names. Expressions are DuckDB over cleaned columns (and `item` of a role with `each`). */
export interface LinkDescription {
  readonly kind: string;
  /** Roles of this source's mentions. */
  readonly from: string;
  readonly to: string;
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly when?: string;
}

/** Something a row says happened. `unit` is plain text; the others are DuckDB expressions; `at` and `knownAt` are the row's unless given. */
export interface EventDescription {
  readonly kind: string;
  readonly at?: string;
  readonly knownAt?: string;
  readonly value?: string;
  readonly unit?: string;
  readonly text?: string;
  readonly lon?: string;
  readonly lat?: string;
  readonly participants: readonly string[];
  readonly when?: string;
}

/** What a check found, as a label. Expressions are DuckDB over cleaned columns. */
export interface OutcomeDescription {
  readonly subject: string;
  /** Yields one of VERDICTS, or null for no outcome. */
  readonly verdict: string;
  readonly act?: string;
  readonly conductAt?: string;
  readonly foundAt: string;
  readonly knownAt: string;
  readonly channel?: string;
  readonly reason?: string;
  readonly when?: string;
}

/** Another source's row that must be known before this one is. */
export interface KnownWith {
  readonly column: string;
  readonly source: string;
  readonly references: string;
}

/** A department's table, described as data: everything ingest, resolution and the graph need to know about it. Also the shape of the YAML. */
export interface SourceDescription {
  readonly id: string;
  readonly title: Bilingual;
  readonly department: string;
  readonly share: ShareClass;
  readonly level: PrivacyLevel;
  /** Agreed use (the duty the data were shared for) and, if limited, its last day. */
  readonly use?: string;
  readonly useUntil?: string;
  /** File names (`*` matches any run); the folder does not count. */
  readonly files: readonly string[];
  readonly format: FormatDescription;
  readonly columns: readonly ColumnDescription[];
  /** DuckDB condition over cleaned columns: rows outside belong to another description of the same file, and are not counted here. */
  readonly where?: string;
  /** Cleaned columns that make a row the same row; a second one is set aside as `duplicate`. */
  readonly key: readonly string[];
  /** DuckDB expressions over cleaned columns. */
  readonly eventAt: string;
  readonly knownAt: string;
  /** Rows that carry no date of their own (an edge list) are known no earlier than the rows they name: `column` here equals `references` there. */
  readonly knownWith?: readonly KnownWith[];
  /** The source's coordinates: a stated datum, or `infer`. */
  readonly datum?: 'wgs84' | 'gcj02' | 'bd09' | 'cgcs2000' | 'infer';
  readonly mentions: readonly MentionDescription[];
  readonly links: readonly LinkDescription[];
  readonly events: readonly EventDescription[];
  readonly outcomes: readonly OutcomeDescription[];
}
