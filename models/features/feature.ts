import type { Bilingual } from '../../ingest/schema/index.ts';
import type { Database } from '../../ingest/tables/index.ts';

/** One feature: what it says, how it may move the score, and the words that explain it. Plain data, saved in the model. */
export interface FeatureDefinition {
  /** snake_case, unique; the unit ends the name where there is one. */
  readonly id: string;
  readonly label: Bilingual;
  /** Id of the family that builds it. */
  readonly family: string;
  /** Evidence an investigator knows; reasons add the features of one group together. */
  readonly group: string;
  /** +1: a larger value may only raise the score; -1: only lower it; 0: free. */
  readonly monotone: -1 | 0 | 1;
  /** Sentence with `{value}` (and `{low}`, `{high}`: the middle 80 % of peers). */
  readonly explain: Bilingual;
  /** For a category: its levels; a value is the index of one. A level met later counts as missing. */
  readonly levels?: readonly string[];
}

/** Evidence that features are grouped into. */
export interface FeatureGroup {
  readonly id: string;
  readonly label: Bilingual;
}

/** Features that rest on the same facts, one value a row (NaN = missing), and the latest moment any of those facts became known. */
export interface FeatureBlock {
  readonly features: readonly FeatureDefinition[];
  readonly values: readonly Float64Array[];
  /** Per row, ms UTC; NaN = no fact contributed. */
  readonly latestKnownAt: Float64Array;
}

/** What a family is built over. */
export interface FeatureContext {
  readonly db: Database;
  /** Table with `"row"` (0 … rows-1), `subject_id`, `as_of`. */
  readonly rowTable: string;
  readonly rows: number;
  readonly subjects: readonly string[];
  /** ms UTC, one a row. */
  readonly asOf: Float64Array;
  /** Features of a trained model: levels and typologies are taken from these and not from the data; null while training. */
  readonly wanted: readonly FeatureDefinition[] | null;
  /** Subjects joined through an entity with more of them than this are not neighbours (book-keepers' phones, gates). */
  readonly hubCap: number;
}

/** A family of features, as data: forms, checks and docs read these. */
export interface FeatureFamily {
  readonly id: string;
  readonly label: Bilingual;
  /** Tables it reads; without one of them the family is skipped, and that is reported. */
  readonly needs: readonly string[];
  readonly groups: readonly FeatureGroup[];
  build(context: FeatureContext): Promise<readonly FeatureBlock[]>;
}

/** Subject × as-of features as plain data, column-major. */
export interface FeatureMatrix {
  readonly rows: number;
  readonly subjects: readonly string[];
  /** ms UTC, one a row. */
  readonly asOf: Float64Array;
  readonly features: readonly FeatureDefinition[];
  /** One array a feature, in the order of `features`; NaN = missing. */
  readonly values: readonly Float64Array[];
  /** Latest `known_at` of any contributing fact, by family, ms UTC; null = none. */
  readonly latestKnownAt: Readonly<Record<string, number | null>>;
  /** Families that were not built, and why. */
  readonly skipped: readonly { readonly family: string; readonly reason: string }[];
}
